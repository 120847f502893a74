"""What the messages about an appointment say to the employee and to the rater."""

import datetime as dt
import uuid
from dataclasses import replace
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from notifications.composing import content_of
from notifications.content import Content
from notifications.days import time_in_words
from notifications.kinds import LOCKED, Kind, is_wanted, kind_of
from notifications.lint import lint
from notifications.rendering import render, sentence
from states.stages import Stage
from states.templates import INFORMING, Template
from store.meeting.standing import TOLD_BY
from store.message.channels import ChannelName
from store.message.due import DueCase, DueGroup, DueMessage
from tests.notifications.contents import PUBLIC_URL, content
from tests.notifications.invitations import invitation
from translations import Locale

DAY = dt.date(2027, 1, 11)
WITA = ZoneInfo("Asia/Makassar")


def about(template: str, *, own: bool = True, **changes: Any) -> Content:
    usual = content(template=template, stage=Stage.FEEDBACK_MEETING, own_task=own, due_on=DAY)
    where: dict[str, Any] = {"time": "10.00–11.00 WITA", "place": "Ruang A & B"}
    return replace(usual, **(where | changes))


def due(template: str, cases: int = 1) -> DueMessage:
    stage = Stage.FEEDBACK_MEETING
    return DueMessage(
        id=uuid.UUID(int=9),
        channel=ChannelName.EMAIL,
        attempt=1,
        digest=cases > 1,
        rehearsal=False,
        recipient_id=uuid.UUID(int=3),
        recipient_name="Budi Santoso",
        address="budi@contoh.go.id",
        address_is_bad=False,
        locale=Locale.INDONESIAN,
        nudger=None,
        groups=(DueGroup(template, stage, True, cases, DAY, None),),
        oldest=tuple(
            DueCase(template, stage, True, DAY, uuid.UUID(int=number), None, None, None)
            for number in range(cases)
        ),
        total=cases,
    )


@pytest.mark.parametrize("template", TOLD_BY)
@pytest.mark.parametrize("own", (True, False))
def test_every_reader_is_told_day_time_place_and_where_to_read_on(template: str, own: bool) -> None:
    text = render(about(template, own=own), PUBLIC_URL).text
    for told in ("Senin, 11 Januari 2027", "10.00–11.00 WITA", "Ruang A & B", f"{PUBLIC_URL}/appraisals/"):
        assert told in text


@pytest.mark.parametrize("template", TOLD_BY)
def test_the_rater_is_not_told_whose_result_it_is(template: str) -> None:
    text = render(about(template, own=False), PUBLIC_URL).text
    assert "salah seorang pegawai yang Anda nilai" in text
    assert "kinerja Anda" not in text.partition("-- ")[0]


def test_a_place_is_escaped_in_html() -> None:
    html = render(about("meeting_set", place="<b>Aula</b>"), PUBLIC_URL).html
    assert "&lt;b&gt;Aula&lt;/b&gt;" in html
    assert "<b>Aula" not in html


def test_a_fragment_may_not_print_a_place() -> None:
    (problem,) = lint("id/digest_line.jinja", "{{ place }}")
    assert "'place' is printed without escaping" in problem.text


def test_the_inbox_names_the_day_without_knowing_the_hour() -> None:
    told = sentence(about("meeting_changed", time="", place=""))
    assert told == "Perubahan jadwal penyampaian hasil penilaian: Senin, 11 Januari 2027"


@pytest.mark.parametrize(
    ("locale", "words"), ((Locale.INDONESIAN, "10.00–11.30 WITA"), (Locale.ENGLISH, "10:00–11:30 WITA"))
)
def test_hours_are_written_as_the_reader_writes_them(locale: Locale, words: str) -> None:
    begins = dt.datetime(2027, 1, 11, 10, tzinfo=WITA)
    assert time_in_words(begins, begins + dt.timedelta(minutes=90), locale) == words


def test_a_meeting_past_midnight_names_both_days() -> None:
    begins = dt.datetime(2027, 1, 11, 23, tzinfo=WITA)
    words = time_in_words(begins, begins + dt.timedelta(hours=2), Locale.INDONESIAN)
    assert words == "23.00–01.00 (Selasa, 12 Januari 2027) WITA"


def test_a_message_of_its_own_says_when_and_where() -> None:
    made = content_of(due("meeting_set"), (invitation(),))
    assert (made.time, made.place) == ("10.00–11.00 WITA", "Ruang rapat lantai 2")


def test_a_digest_of_several_appointments_says_that_there_are_some() -> None:
    made = content_of(due("meeting_set", cases=2), (invitation(), invitation(revision=2)))
    text = render(made, PUBLIC_URL).text
    assert "Pertemuan untuk menyampaikan hasil penilaian telah dijadwalkan" in text
    assert "Ruang rapat" not in text


@pytest.mark.parametrize("template", TOLD_BY)
def test_an_appointment_is_told_as_a_fact_of_a_kind_of_its_own(template: str) -> None:
    assert Template(template) in INFORMING
    assert kind_of(template, Stage.RATING) is Kind.MEETING
    assert Kind.MEETING in LOCKED
    assert is_wanted(Kind.MEETING, ChannelName.WHATSAPP, preferred=None)
