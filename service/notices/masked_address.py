"""Masks addresses for everybody but the owner's personnel office."""

import re


def masked_address(address: str) -> str:
    """The masked address: enough to recognise it, too little to write to it.

    It shows the first letter and the domain of an e-mail address, the last three characters of a number or chat.
    """
    if not address:
        return ""
    local, at, domain = address.rpartition("@")
    if at:
        return f"{local[:1]}***@{domain}"
    return f"***{address[-3:]}" if len(address) > 6 else "***"


def without_address(told: str, address: str) -> str:
    """A provider's answer with the address masked everywhere, in upper or lower case."""
    if not address:
        return told
    return re.sub(re.escape(address), lambda _: masked_address(address), told, flags=re.IGNORECASE)
