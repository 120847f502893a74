"""Reads the mail that arrives at a return path: what it says about the message that was sent."""

import email
import re
import uuid
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from email.message import Message
from email.utils import getaddresses

from notifications.mail_status import blames_address, enhanced_status
from notifications.return_path import ReturnPaths
from store.message.delivery_reports import Outcome

MOST_BYTES = 1024 * 1024
"""Only this much of a mail is read. A report stands at its beginning, a copy of the message at its end."""
_RECIPIENT_HEADERS = ("X-Original-To", "Delivered-To", "X-Envelope-To", "Envelope-To", "To", "Cc")
_ACTIONS = {"failed": Outcome.BOUNCED, "delayed": Outcome.DELAYED, "delivered": Outcome.DELIVERED}
"""RFC 3464 §2.3.3. The actions "relayed" and "expanded" are left out: the mail was only passed on."""
_MACHINES = re.compile(r"^(mailer-daemon|postmaster|mail-daemon|mdaemon|bounces?)@", re.IGNORECASE)
_SUBJECTS = re.compile(
    r"undeliver|delivery (status|fail|problem|has failed)|failure notice|returned mail|mail delivery|not delivered"
    r"|tidak (dapat |bisa )?terkirim|gagal (di)?kirim",
    re.IGNORECASE,
)
_DELAYED = re.compile(
    r"delayed|will (be retried|keep trying|retry)|warning|no action is required", re.IGNORECASE
)
_SAID = 500


@dataclass(frozen=True, slots=True)
class Bounce:
    """What a mail server reports about a message later."""

    message: uuid.UUID
    outcome: Outcome
    answer: str
    bad_address: bool


class NotABounce(ValueError):
    """The mail says nothing about a message that we sent; the text says why."""


def read_bounce(content: bytes, return_paths: ReturnPaths, recipients: Sequence[str] = ()) -> Bounce:
    """Reads what a mail says. ``recipients`` are those of its envelope; if there are none, its headers count.

    Only the signed return path tells which message the mail is about, because anybody can write the mail itself.
    Raises `NotABounce`.
    """
    mail = email.message_from_bytes(content[:MOST_BYTES])
    message = _message_of(mail, return_paths, recipients)
    if message is None:
        raise NotABounce("it did not come to a return path of ours")
    for group in _reported(mail):
        outcome = _ACTIONS.get(_header(group, "Action").lower())
        if outcome is not None:
            return _from_report(message, outcome, group)
    if mail.get_content_type() == "multipart/report":
        raise NotABounce("its report says nothing about the delivery")
    return _from_words(message, mail)


def _message_of(mail: Message, paths: ReturnPaths, recipients: Sequence[str]) -> uuid.UUID | None:
    addresses = list(recipients)
    if not addresses:
        values = [str(value) for name in _RECIPIENT_HEADERS for value in mail.get_all(name, [])]
        addresses = [address for _, address in getaddresses(values)]
    return next((found for found in map(paths.read, addresses) if found is not None), None)


def _reported(mail: Message) -> Iterator[Message]:
    """The fields about each recipient in a delivery status (RFC 3464 §2.3).

    The first group of fields is about the whole mail. It has no action and is left out.
    """
    for part in mail.walk():
        if part.get_content_type() == "message/delivery-status":
            groups = part.get_payload()
            if isinstance(groups, list):
                yield from (group for group in groups if isinstance(group, Message) and group["Action"])


def _from_report(message: uuid.UUID, outcome: Outcome, group: Message) -> Bounce:
    status, diagnostic = _header(group, "Status"), _header(group, "Diagnostic-Code")
    said = diagnostic.partition(";")[2].strip() or diagnostic
    # The reporting server's own status may be a bare 5.0.0 although the diagnostic says more.
    own = "" if status.endswith(".0.0") else status
    answer = said if own and own in said else f"{status} {said}".strip()
    bad = outcome is Outcome.BOUNCED and blames_address(f"{own} {said}")
    return Bounce(message, outcome, answer[:_SAID], bad)


def _from_words(message: uuid.UUID, mail: Message) -> Bounce:
    """Reads a mail without a report, as some servers send it: only its words tell whether the message failed."""
    addresses = getaddresses([_header(mail, "From")])
    by_machine = any(_MACHINES.match(address) for _, address in addresses)
    subject = _header(mail, "Subject")
    # Some servers mark their bounces like absence notes, but the sender's address shows that it is a machine.
    if not by_machine and _header(mail, "Auto-Submitted").lower().startswith("auto-replied"):
        raise NotABounce("it is an absence note")
    if not (by_machine or mail["X-Failed-Recipients"] or _SUBJECTS.search(subject)):
        raise NotABounce("neither its sender nor its subject is that of a bounce")
    text = _text(mail)
    status = enhanced_status(text)
    delayed = status.startswith("4.") if status else bool(_DELAYED.search(f"{subject} {text}"))
    line = next((line for line in text.splitlines() if status and status in line), subject)
    answer = " ".join(line.split())[:_SAID]
    if delayed:
        return Bounce(message, Outcome.DELAYED, answer, bad_address=False)
    return Bounce(message, Outcome.BOUNCED, answer, bad_address=blames_address(line))


def _text(mail: Message) -> str:
    """The first plain text, up to the quotation of the message that was sent."""
    for part in mail.walk():
        if part.get_content_type() == "text/plain":
            raw = part.get_payload(decode=True)
            text = raw.decode("utf-8", "replace") if isinstance(raw, bytes) else ""
            return re.split(
                r"^-+ ?(?:This is a copy|Original message|Below this line)", text, flags=re.MULTILINE
            )[0]
    return ""


def _header(mail: Message, name: str) -> str:
    return " ".join(str(mail.get(name, "")).split())
