"""An e-mail with an appointment, by the bytes that go over the wire."""

import email
import email.policy
import re
from dataclasses import replace
from email.message import EmailMessage

from icalendar import Calendar

from notifications.channel import Envelope
from notifications.mail import compose
from tests.notifications.envelopes import SENDER, envelope
from tests.notifications.invitations import invitation, lines_of
from translations import Locale


def mail_of(given: Envelope) -> EmailMessage:
    return email.message_from_bytes(compose(given, sender=SENDER), policy=email.policy.default)


def calendars_of(mail: EmailMessage) -> list[EmailMessage]:
    return [part for part in mail.iter_attachments() if part.get_content_type() == "text/calendar"]


def bytes_of(part: EmailMessage) -> bytes:
    content = part.get_payload(decode=True)
    assert isinstance(content, bytes)
    return content


def test_a_mail_without_an_appointment_stays_as_it_was() -> None:
    mail = mail_of(envelope())
    assert mail.get_content_type() == "multipart/alternative"
    assert list(mail.iter_attachments()) == []


def test_the_appointment_is_a_part_beside_both_forms_of_the_text() -> None:
    mail = mail_of(envelope(invitations=(invitation(),)))
    assert mail.get_content_type() == "multipart/mixed"
    texts, calendar = mail.iter_parts()
    assert texts.get_content_type() == "multipart/alternative"
    assert [part.get_content_type() for part in texts.iter_parts()] == ["text/plain", "text/html"]
    assert calendar.get_content_type() == "text/calendar"


def test_the_part_names_its_method_and_its_charset() -> None:
    (part,) = calendars_of(mail_of(envelope(invitations=(invitation(),))))
    assert part["Content-Type"].params["method"] == "REQUEST"
    assert part["Content-Type"].params["charset"] == "utf-8"
    assert part["Content-Disposition"].content_disposition == "attachment"
    assert part.get_filename() == "jadwal-penyampaian-hasil.ics"


def test_a_cancellation_says_so_in_the_part_and_in_the_file() -> None:
    (part,) = calendars_of(mail_of(envelope(invitations=(invitation(number=1, cancelled=True),))))
    assert part["Content-Type"].params["method"] == "CANCEL"
    assert "METHOD:CANCEL" in lines_of(bytes_of(part))


def test_the_file_arrives_byte_for_byte() -> None:
    given = envelope(invitations=(invitation(place="Ruang “Étoile”, lantai 2"),))
    (part,) = calendars_of(mail_of(given))
    lines_of(bytes_of(part))
    (event,) = Calendar.from_ical(bytes_of(part)).walk("VEVENT")
    assert str(event["location"]) == "Ruang “Étoile”, lantai 2"
    assert str(event["attendee"]) == f"mailto:{given.address}"
    assert str(event["organizer"]) == f"mailto:{SENDER}"


def test_the_wire_has_seven_bits_and_short_lines() -> None:
    raw = compose(envelope(invitations=(invitation(place="Ruang é" * 40),)), sender=SENDER)
    assert raw.isascii()
    assert max(len(line) for line in raw.split(b"\r\n")) <= 998
    assert not re.search(rb"(?<!\r)\n", raw)


def test_several_appointments_are_files_of_their_own() -> None:
    both = (invitation(), invitation(revision=2))
    parts = calendars_of(mail_of(envelope(invitations=both)))
    assert [part.get_filename() for part in parts] == [
        "jadwal-penyampaian-hasil.ics",
        "jadwal-penyampaian-hasil-2.ics",
    ]


def test_the_file_has_a_name_in_the_language_of_its_reader() -> None:
    given = envelope(invitations=(invitation(),))
    english = replace(given, message=replace(given.message, locale=Locale.ENGLISH))
    (part,) = calendars_of(mail_of(english))
    assert part.get_filename() == "appointment.ics"
    assert "SUMMARY:Handing over of an appraisal result" in lines_of(bytes_of(part))


def test_the_headers_of_the_mail_stay_at_its_top() -> None:
    mail = mail_of(envelope(invitations=(invitation(),)))
    assert mail["Content-Language"] == "id"
    assert mail["Auto-Submitted"] == "auto-generated"
    assert mail["To"] == "Budi Santoso <budi@contoh.go.id>"
