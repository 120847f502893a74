"""What a mail server's status says about an address (RFC 3463)."""

import re

_ENHANCED = re.compile(r"(?<![\d.])([245])\.(\d{1,3})\.(\d{1,3})(?![\d.])")
_OF_THE_ADDRESS = frozenset({"1.0", "1.1", "1.2", "1.3", "1.4", "1.6", "1.10", "2.0", "2.1"})
"""Subject and detail of a status: no such mailbox or system, bad syntax, moved away; mailbox disabled."""
_BASIC_OF_THE_ADDRESS = frozenset({550, 551, 553})
"""Replies to RCPT that blame the mailbox, unless an enhanced status says otherwise (RFC 5321 §4.2.3)."""
_BASIC = re.compile(r"(?<![\d.])([45]\d\d)(?![\d.])")


def enhanced_status(text: str) -> str | None:
    """The first enhanced status in what a server said, such as ``5.1.1``."""
    found = _ENHANCED.search(text)
    return found[0] if found else None


def blames_address(text: str) -> bool:
    """Whether a permanent refusal blames the address. A full mailbox or a policy is not the address's fault.

    ``text`` is what the server said, with its codes first.
    """
    status = enhanced_status(text)
    if status is not None and not status.endswith(".0.0"):
        return status.startswith("5.") and status[2:] in _OF_THE_ADDRESS
    basic = _BASIC.search(text)
    return basic is not None and int(basic[1]) in _BASIC_OF_THE_ADDRESS
