"""The bytes of an e-mail: headers, two forms of the same text, and appointments for the reader's calendar."""

import email.errors
import email.policy
import email.utils
from email.headerregistry import Address
from email.message import EmailMessage

from notifications.channel import Envelope
from notifications.invitation import MEDIA_TYPE, Invitation, calendar_file
from translations import Locale, translate
from translations import mark as _

SENDER_NAME = "Kinerja"
FILE_NAME = _("appointment")
"""What the file of an appointment is called."""

# Seven bits only: no server on the way has to convert the mail, and a signature over its body stays valid.
_POLICY = email.policy.SMTP.clone(cte_type="7bit")


def message_id(envelope: Envelope, *, sender: str) -> str:
    """The same for every attempt, so that a mail server can recognise a repetition (RFC 5322 §3.6.4)."""
    return f"<{envelope.id}@{sender.rpartition('@')[2]}>"


def compose(envelope: Envelope, *, sender: str) -> bytes:
    """The message as it goes over the wire. Raises `ValueError` if a header cannot hold an address."""
    mail = EmailMessage(policy=_POLICY)
    mail["From"] = Address(SENDER_NAME, addr_spec=sender)
    mail["To"] = _address(envelope.name, envelope.address)
    mail["Subject"] = envelope.message.subject
    mail["Date"] = email.utils.localtime()
    mail["Message-ID"] = message_id(envelope, sender=sender)
    # RFC 3834 §5: so that absence notes and other machines do not answer.
    mail["Auto-Submitted"] = "auto-generated"
    mail["X-Auto-Response-Suppress"] = "All"
    if envelope.reply_to:
        mail["Reply-To"] = _address("", envelope.reply_to)
    if envelope.unsubscribe is not None:
        _offer_unsubscribing(mail, envelope.unsubscribe)
    mail.set_content(envelope.message.text)
    mail.add_alternative(envelope.message.html, subtype="html")
    for number, invitation in enumerate(envelope.invitations, 1):
        _attach(mail, invitation, number, sender=sender, envelope=envelope)
    # Set last, because the two calls above move every Content- header into the parts.
    mail["Content-Language"] = envelope.message.locale.value
    return mail.as_bytes()


def _attach(
    mail: EmailMessage, invitation: Invitation, number: int, *, sender: str, envelope: Envelope
) -> None:
    """Adds an appointment as a part that calendars recognise by its method (RFC 6047 §2.4)."""
    locale = envelope.message.locale
    main, _slash, sub = MEDIA_TYPE.partition("/")
    mail.add_attachment(
        calendar_file(invitation, organizer=sender, attendee=envelope.address, locale=locale),
        maintype=main,
        subtype=sub,
        params={"method": invitation.method, "charset": "utf-8"},
        filename=file_name(locale, number),
    )


def file_name(locale: Locale, number: int = 1) -> str:
    """What the file of an appointment is called; several in one mail are numbered."""
    name = translate(FILE_NAME, locale)
    return f"{name}.ics" if number == 1 else f"{name}-{number}.ics"


def _offer_unsubscribing(mail: EmailMessage, link: str) -> None:
    mail["List-Unsubscribe"] = f"<{link}>"
    # One click is offered for https only (RFC 8058 §3.1): the link authorises, so nobody may read it on the way.
    if link.startswith("https://"):
        mail["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"


def _address(name: str, address: str) -> Address:
    try:
        return Address(name, addr_spec=address)
    except (IndexError, ValueError, email.errors.HeaderParseError) as error:
        # The standard library's parser raises any of the three for a malformed address.
        raise ValueError(f"{address!r} is not an e-mail address") from error
