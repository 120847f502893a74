"""What is said about surveys, results of teams and times to improve, where it leads, and what is left unsaid."""

import uuid
from typing import Any

import pytest

from notifications.content import DIGEST, Content, Item, Line
from notifications.kinds import LOCKED, Kind, kind_of
from notifications.rendering import Message, render, sentence
from notifications.samples import EXAMPLE_URL, sample
from states.stages import Stage
from states.templates import INFORMING, Template
from store.attending.standing import OF_TEMPLATE
from tests.notifications.contents import PUBLIC_URL, content
from translations import Locale

ATTENDED = uuid.UUID(int=7)
BESIDE = ("survey_invited", "survey_reminder", "team_result_asked", "team_result_reminder")
OF_IMPROVEMENT = ("improvement_began", "improvement_reminder", "improvement_test_due")


def rendered(template: str, **changes: Any) -> Message:
    return render(content(template=template, attended=ATTENDED, **changes), PUBLIC_URL)


@pytest.mark.parametrize("template", BESIDE)
@pytest.mark.parametrize("locale", tuple(Locale))
def test_who_has_no_right_in_the_case_is_led_to_what_he_may_do_and_told_nothing_of_the_case(
    template: str, locale: Locale
) -> None:
    messages = {rendered(template, locale=locale, stage=stage, own_task=True) for stage in Stage}
    assert len(messages) == 1
    (message,) = messages
    place = "surveys" if template.startswith("survey") else "teams"
    assert message.link == f"{PUBLIC_URL}/{place}/{ATTENDED}"
    assert "appraisals/" not in message.text + message.html


@pytest.mark.parametrize("template", OF_IMPROVEMENT)
def test_a_time_to_improve_leads_to_the_case_and_does_not_say_what_it_is(template: str) -> None:
    message = rendered(template)
    assert message.link == f"{PUBLIC_URL}/appraisals/{uuid.UUID(int=2)}"
    assert "memperbaiki" not in (message.subject + message.text + message.html).lower()


def test_a_survey_says_that_the_answer_is_confidential_and_by_when_it_is_wanted() -> None:
    text = rendered("survey_reminder").text
    assert "Jawaban Anda rahasia" in text
    assert "Batas waktu: Rabu, 20 Januari 2027." in text


def test_the_employee_and_the_rater_are_reminded_in_words_of_their_own() -> None:
    assert "Tindak lanjut atas hasil penilaian kinerja Anda" in rendered("improvement_reminder").text
    assert "Beri bimbingan kinerja" in rendered("improvement_reminder", own_task=False).text


@pytest.mark.parametrize("template", OF_TEMPLATE)
@pytest.mark.parametrize("locale", tuple(Locale))
def test_the_line_in_the_inbox_is_the_subject_of_the_mail(template: str, locale: Locale) -> None:
    example = sample(template, locale)
    assert sentence(example) == render(example, EXAMPLE_URL).subject


@pytest.mark.parametrize("template", OF_TEMPLATE)
def test_its_kind_is_the_same_wherever_the_case_stands(template: str) -> None:
    assert len({kind_of(template, stage) for stage in Stage}) == 1


def test_nobody_does_without_the_mail_about_what_follows_from_a_result() -> None:
    assert {kind_of(template, Stage.FINALISED) for template in OF_IMPROVEMENT} == {Kind.FOLLOW_UP}
    assert Kind.FOLLOW_UP in LOCKED
    assert Kind.FEEDBACK not in LOCKED


def test_only_the_beginning_of_a_time_to_improve_is_told_as_a_fact() -> None:
    assert INFORMING & {Template(each) for each in OF_TEMPLATE} == {Template.IMPROVEMENT_BEGAN}


def digest(*lines: Line, items: tuple[Item, ...] = ()) -> Message:
    total = sum(each.count for each in lines)
    gathered: Content = content(
        template=DIGEST, stage=None, due_on=None, appraisal_id=None, lines=lines, oldest=items, total=total
    )
    return render(gathered, PUBLIC_URL)


def line(template: str, count: int = 1, *, own: bool = True, stage: Stage = Stage.RATING) -> Line:
    return Line(template, stage, own, count, content().due_on)


def test_a_digest_adds_up_invitations_and_reminders_whatever_the_stages_of_the_cases() -> None:
    text = digest(line("survey_invited", 2), line("survey_reminder", stage=Stage.OBJECTED)).text
    assert "- mengisi survei perilaku kerja: 3 orang, batas waktu paling awal Rabu, 20 Januari 2027" in text
    assert "3 tugas menunggu Anda" in text


def test_a_digest_counts_teams_and_employees_as_what_they_are() -> None:
    text = digest(
        line("team_result_asked", 2), line("improvement_test_due", 4, own=False), line("improvement_reminder")
    ).text
    assert "- mengisi hasil kerja tim: 2 tim, batas waktu paling awal" in text
    assert "- mencatat hasil uji kompetensi: 4 pegawai" in text
    assert "- menjalankan tindak lanjut hasil penilaian: penilaian kinerja Anda sendiri" in text
    assert "7 tugas menunggu Anda" in text


def test_a_digest_tells_of_a_beginning_among_the_news() -> None:
    text = digest(line("improvement_began"), line("changed")).text
    assert "Kabar" in text
    assert "- Tindak lanjut atas hasil penilaian telah dimulai" in text


def test_a_case_of_a_digest_leads_where_its_reader_can_act() -> None:
    items = (
        Item("survey_invited", Stage.RATING, True, None, uuid.UUID(int=2), attended=ATTENDED),
        Item("reminder", Stage.RATING, True, None, uuid.UUID(int=5)),
    )
    text = digest(line("survey_invited"), line("reminder"), items=items).text
    assert f"{PUBLIC_URL}/surveys/{ATTENDED}" in text
    assert f"{PUBLIC_URL}/appraisals/{uuid.UUID(int=5)}" in text
    assert str(uuid.UUID(int=2)) not in text


def test_a_digest_with_one_survey_only_becomes_its_own_message() -> None:
    item = Item("survey_invited", Stage.RATING, True, None, uuid.UUID(int=2), attended=ATTENDED)
    message = digest(line("survey_invited"), items=(item,))
    assert (message.template, message.link) == ("survey_invited", f"{PUBLIC_URL}/surveys/{ATTENDED}")
