"""The file of an appointment, read by a reader that knows the standard and by the library that calendars use."""

import datetime as dt
import uuid
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar

from notifications.invitation import Invitation, calendar_file
from tests.notifications.invitations import invitation, lines_of, values_of
from translations import Locale

ORGANIZER, ATTENDEE = "kinerja@contoh.go.id", "budi@contoh.go.id"


def file_of(given_: Invitation, locale: Locale = Locale.INDONESIAN, attendee: str = ATTENDEE) -> bytes:
    return calendar_file(given_, organizer=ORGANIZER, attendee=attendee, locale=locale)


def event_of(given_: Invitation) -> dict[str, str]:
    return values_of(lines_of(file_of(given_)), "VEVENT")


def test_the_file_has_what_the_standard_asks_of_a_request() -> None:
    lines = lines_of(file_of(invitation()))
    assert lines[0] == "BEGIN:VCALENDAR"
    whole = values_of(lines, "VCALENDAR")
    assert (whole["VERSION"], whole["METHOD"], whole["PRODID"]) == (
        "2.0",
        "REQUEST",
        "-//Kinerja//Kinerja//ID",
    )
    assert {"UID", "DTSTAMP", "DTSTART", "ORGANIZER", "ATTENDEE", "SEQUENCE", "SUMMARY"} <= set(
        event_of(invitation())
    )


@pytest.mark.parametrize(
    ("zone", "name", "offset", "hour"),
    (
        ("Asia/Jakarta", "WIB", "+0700", "09"),
        ("Asia/Makassar", "WITA", "+0800", "10"),
        ("Asia/Jayapura", "WIT", "+0900", "11"),
    ),
)
def test_the_time_is_that_of_the_place_and_the_file_brings_its_zone(
    zone: str, name: str, offset: str, hour: str
) -> None:
    lines = lines_of(file_of(invitation(zone=zone)))
    assert f"DTSTART;TZID={zone}:20270111T{hour}0000" in lines
    assert values_of(lines, "VTIMEZONE")["TZID"] == zone
    standard = values_of(lines, "STANDARD")
    assert (standard["TZNAME"], standard["TZOFFSETTO"]) == (name, offset)
    assert lines.index("BEGIN:VTIMEZONE") < lines.index("BEGIN:VEVENT")


def test_a_calendar_reads_the_same_moment_and_place() -> None:
    given_ = invitation(place="Ruang A; lantai 2, gedung “Bhakti”\\sayap kiri")
    (event,) = Calendar.from_ical(file_of(given_)).walk("VEVENT")
    assert event.decoded("dtstart") == given_.starts_at
    assert event.decoded("dtend") == given_.ends_at
    assert event.decoded("dtstart").tzinfo == ZoneInfo("Asia/Makassar")
    assert str(event["location"]) == given_.place


def test_a_change_moves_the_same_entry() -> None:
    first, later = event_of(invitation()), event_of(invitation(number=3, place="Aula"))
    assert (first["UID"], first["SEQUENCE"]) == (later["UID"], "0")
    assert later["SEQUENCE"] == "3"


def test_a_cancellation_takes_the_entry_away() -> None:
    lines = lines_of(file_of(invitation(number=1, cancelled=True)))
    assert "METHOD:CANCEL" in lines
    event = values_of(lines, "VEVENT")
    assert (event["STATUS"], event["UID"]) == ("CANCELLED", event_of(invitation())["UID"])


@pytest.mark.parametrize("other", ({"revision": 2}, {"appraisal_id": uuid.UUID(int=3)}))
def test_another_result_has_an_entry_of_its_own(other: dict[str, object]) -> None:
    assert event_of(invitation(**other))["UID"] != event_of(invitation())["UID"]


def test_the_entry_is_called_by_an_id_that_leads_to_nobody() -> None:
    given_ = invitation()
    assert uuid.UUID(given_.uid).version == 5
    assert str(given_.appraisal_id) not in file_of(given_).decode()


@pytest.mark.parametrize(
    ("locale", "summary"),
    (
        (Locale.INDONESIAN, "Penyampaian hasil penilaian"),
        (Locale.ENGLISH, "Handing over of an appraisal result"),
    ),
)
def test_the_title_names_neither_a_person_nor_a_result(locale: Locale, summary: str) -> None:
    event = values_of(lines_of(file_of(invitation(), locale)), "VEVENT")
    assert event["SUMMARY"] == summary
    assert event["CLASS"] == "PRIVATE"
    assert "DESCRIPTION" not in event


def test_nobody_is_asked_to_answer() -> None:
    event = event_of(invitation())
    assert "RSVP=FALSE" in event["ATTENDEE"]
    assert event["ATTENDEE"].endswith(f"mailto:{ATTENDEE}")
    assert event["ORGANIZER"] == f"mailto:{ORGANIZER}"


def test_who_has_no_address_gets_a_file_without_one() -> None:
    assert "ATTENDEE" not in values_of(lines_of(file_of(invitation(), attendee="")), "VEVENT")


def test_the_file_is_the_same_whenever_it_is_asked_for() -> None:
    assert file_of(invitation()) == file_of(invitation())
    assert event_of(invitation())["DTSTAMP"] == "20270104T010203Z"


@given(
    place=st.text(st.characters(exclude_categories=("C", "Zl", "Zp")), min_size=1, max_size=300),
    minutes=st.integers(0, 60 * 24 * 365),
    zone=st.sampled_from(("Asia/Jakarta", "Asia/Makassar", "Asia/Jayapura")),
)
def test_any_place_at_any_time_makes_a_file_that_reads_as_it_was_given(
    place: str, minutes: int, zone: str
) -> None:
    starts = dt.datetime(2026, 1, 1, tzinfo=dt.UTC) + dt.timedelta(minutes=minutes)
    given_ = invitation(place=place, starts_at=starts, ends_at=starts + dt.timedelta(hours=8), zone=zone)
    content = file_of(given_)
    lines_of(content)
    (event,) = Calendar.from_ical(content).walk("VEVENT")
    assert str(event["location"]) == place
    assert event.decoded("dtstart") == starts
