"""One message instead of many: what is late first, counts in words, and nothing about nobody."""

import datetime as dt
import re
import uuid
from typing import Any

import pytest

from notifications.content import DIGEST, MOST_ITEMS, Content, Item, Line
from notifications.digest import SectionName, as_single, section_of
from notifications.rendering import Message, render
from states.appraisal import DutyKind
from states.stages import HOLDERS, Capacity, Stage
from tests.notifications.contents import PUBLIC_URL, content
from translations import Locale

DAY = dt.date(2027, 1, 20)
EARLIER = dt.date(2027, 1, 18)
NEWS_OF_AN_OBJECTION = (
    "objection_filed",
    "objection_ended",
    "statement_given",
    "statement_missing",
    "receipt_recorded",
    "receipt_answered",
)


def line(template: str, count: int = 1, *, own: bool = True, **changes: Any) -> Line:
    usual: dict[str, Any] = {"stage": Stage.RATING, "earliest_due": DAY}
    return Line(template=template, count=count, own_task=own, **(usual | changes))


def item(template: str, number: int = 1, *, own: bool = True, **changes: Any) -> Item:
    usual: dict[str, Any] = {"stage": Stage.RATING, "due_on": DAY, "appraisal_id": uuid.UUID(int=number)}
    return Item(template=template, own_task=own, **(usual | changes))


def digest(*lines: Line, **changes: Any) -> Content:
    usual: dict[str, Any] = {
        "template": DIGEST,
        "stage": None,
        "due_on": None,
        "appraisal_id": None,
        "lines": lines,
        "total": sum(each.count for each in lines),
    }
    return content(**(usual | changes))


def rendered(*lines: Line, **changes: Any) -> Message:
    return render(digest(*lines, **changes), PUBLIC_URL)


@pytest.mark.parametrize(
    ("lines", "indonesian", "english"),
    (
        ([line("reminder", 5)], "5 tugas menunggu Anda", "5 tasks wait for you"),
        ([line("reminder", 1)], "1 tugas menunggu Anda", "1 task waits for you"),
        (
            [line("reminder", 3), line("escalation", 2)],
            "5 tugas menunggu, 2 terlambat",
            "5 tasks wait for you, 2 overdue",
        ),
        ([line("escalation", 2)], "2 tugas lewat batas waktu", "2 tasks overdue"),
        ([line("escalation", 1)], "1 tugas lewat batas waktu", "1 task overdue"),
        (
            [line("nudge", 1), line("escalation", 4, own=False)],
            "1 tugas menunggu Anda; 4 terlambat di lingkup tanggung jawab Anda",
            "1 task waits for you; 4 overdue in your area of responsibility",
        ),
        (
            [line("escalation", 1, own=False)],
            "1 tugas terlambat di lingkup tanggung jawab Anda",
            "1 task overdue in your area of responsibility",
        ),
        (
            [line("reminder", 2, own=False)],
            "2 tugas belum selesai di lingkup tanggung jawab Anda",
            "2 tasks not done yet in your area of responsibility",
        ),
        (
            [line("changed", 2, own=False, earliest_due=None)],
            "Kabar tentang penilaian kinerja",
            "News about performance appraisals",
        ),
    ),
)
def test_the_subject_counts_in_words_that_read_naturally(
    lines: list[Line], indonesian: str, english: str
) -> None:
    several = {"total": 2}
    assert rendered(*lines, **several).subject == indonesian
    assert rendered(*lines, **several, locale=Locale.ENGLISH).subject == english


def test_the_heading_and_the_first_sentence_say_what_the_subject_says() -> None:
    message = rendered(line("reminder", 3), line("escalation", 2))
    assert f"Ringkasan: {message.subject}." in message.text
    assert f">{message.subject}</h1>" in message.html
    assert f"<title>{message.subject}</title>" in message.html


def test_what_is_late_comes_first_and_what_is_late_below_apart_from_ones_own_tasks() -> None:
    text = rendered(
        line("changed", earliest_due=None),
        line("escalation", 4, own=False),
        line("reminder", 3),
        line("extended"),
        line("nudge"),
        line("reminder", own=False),
        line("escalation", 2),
    ).text
    headings = [
        "Tugas Anda yang lewat batas waktu\n- menilai kinerja: 2 penilaian",
        "Permintaan tindak lanjut\n- ",
        "Tugas Anda\n- menilai kinerja: 3 penilaian",
        "Batas waktu diperpanjang\n- ",
        "Terlambat di lingkup tanggung jawab Anda\n- menilai kinerja: 4 penilaian, menunggu Pejabat Penilai Kinerja",
        "Belum selesai di lingkup tanggung jawab Anda\n- ",
        "Kabar\n- Ada perubahan pada penilaian kinerja Anda",
    ]
    places = [text.index(heading) for heading in headings]
    assert places == sorted(places)


def test_a_line_of_several_names_the_earliest_due_day_and_a_line_of_one_its_due_day() -> None:
    text = rendered(line("reminder", 3), line("reminder", stage=Stage.PLAN_REVIEW)).text
    assert "menilai kinerja: 3 penilaian, batas waktu paling awal Rabu, 20 Januari 2027" in text
    assert "menetapkan SKP: 1 penilaian, batas waktu Rabu, 20 Januari 2027" in text


def test_ones_own_appraisal_is_not_counted_but_named_as_such() -> None:
    text = rendered(line("reminder", stage=Stage.SELF_ASSESSMENT), line("reminder", 2)).text
    assert "mengisi penilaian diri: penilaian kinerja Anda sendiri, batas waktu" in text


def test_a_new_task_and_a_reminder_of_one_duty_are_one_line_with_the_earliest_day() -> None:
    text = rendered(line("task_opened", 2), line("reminder", 3, earliest_due=EARLIER)).text
    assert text.count("menilai kinerja") == 1
    assert "menilai kinerja: 5 penilaian, batas waktu paling awal Senin, 18 Januari 2027" in text


def test_the_lines_of_a_section_come_by_their_due_day_and_those_without_one_last() -> None:
    text = rendered(
        line("reminder", stage=Stage.PLAN_REVIEW, earliest_due=None),
        line("reminder", stage=Stage.RATING),
        line("reminder", stage=Stage.MIDYEAR_REVIEW, earliest_due=EARLIER),
    ).text
    places = [text.index(duty) for duty in ("memantau kemajuan", "menilai kinerja", "menetapkan SKP")]
    assert places == sorted(places)


def test_the_same_news_of_several_stages_is_one_line_without_a_count() -> None:
    text = rendered(
        line("changed", stage=Stage.FIRST_HALF, own=False, earliest_due=None),
        line("changed", stage=Stage.RATING, own=True, earliest_due=None),
    ).text
    assert text.count("- Ada perubahan pada penilaian kinerja Anda\n") == 1


def test_the_oldest_cases_have_a_link_each_and_the_others_a_number() -> None:
    oldest = tuple(item("escalation", number) for number in range(1, MOST_ITEMS + 1))
    message = rendered(line("escalation", 7), oldest=oldest)
    for number in range(1, MOST_ITEMS + 1):
        link = f"{PUBLIC_URL}/appraisals/{uuid.UUID(int=number)}"
        assert f"{number}. menilai kinerja, batas waktu Rabu, 20 Januari 2027\n   {link}\n" in message.text
        assert f'<a href="{link}"' in message.html
        assert f"Buka nomor {number}: menilai kinerja" in message.html
    assert "2 lainnya ada di daftar tugas Anda." in message.text


def test_nothing_is_said_of_others_where_there_are_none() -> None:
    oldest = (item("escalation", 1), item("reminder", 2))
    assert "lainnya" not in rendered(line("escalation", 2), oldest=oldest).text


def test_news_among_the_oldest_needs_no_duty_and_no_due_day() -> None:
    news = item("changed", 2, stage=Stage.FIRST_HALF, due_on=None)
    text = rendered(line("reminder"), line("changed"), oldest=(item("reminder"), news)).text
    assert "2. Ada perubahan pada penilaian kinerja Anda\n" in text


def test_a_digest_leads_to_the_list_of_tasks() -> None:
    message = rendered(line("reminder", 2))
    assert message.link == f"{PUBLIC_URL}/tasks"
    assert f"Buka daftar tugas Anda:\n{PUBLIC_URL}/tasks" in message.text
    assert f'href="{PUBLIC_URL}/tasks"' in message.html


def test_whoever_nudged_for_all_of_it_is_named_and_escaped() -> None:
    message = rendered(line("nudge", 2), line("reminder"), nudger="Rina <b>")
    assert "Permintaan tindak lanjut oleh Rina <b>\n" in message.text
    assert "Permintaan tindak lanjut oleh Rina &lt;b&gt;</h2>" in message.html
    assert message.text.count("Rina") == 1


def test_a_digest_of_one_case_is_that_cases_own_message() -> None:
    one = digest(line("reminder"), oldest=(item("reminder", 2),))
    assert render(one, PUBLIC_URL) == render(content(), PUBLIC_URL)


def test_a_digest_with_one_nudge_names_who_asks() -> None:
    message = rendered(line("nudge"), oldest=(item("nudge"),), nudger="Rina Wati")
    assert message.template == "nudge"
    assert "Rina Wati meminta Anda menindaklanjuti" in message.text


def test_a_nudge_of_several_people_about_one_case_stays_a_digest() -> None:
    message = rendered(line("nudge"), oldest=(item("nudge"),))
    assert (message.template, message.subject) == (DIGEST, "1 tugas menunggu Anda")


def test_a_digest_of_several_cases_stays_one() -> None:
    two = digest(line("reminder", 2), oldest=(item("reminder"), item("reminder", 2)))
    assert as_single(two) is two


def test_a_digest_of_nothing_is_an_error() -> None:
    with pytest.raises(ValueError, match="at least one line"):
        rendered()


def test_more_cases_than_are_named_are_an_error() -> None:
    oldest = tuple(item("reminder", number) for number in range(MOST_ITEMS + 1))
    with pytest.raises(ValueError, match="names 5 cases at most, not 6"):
        rendered(line("reminder", 6), oldest=oldest)


def test_a_rehearsal_of_a_digest_is_marked() -> None:
    message = rendered(line("reminder", 2), rehearsal=True)
    assert message.subject == "[GLADI] 2 tugas menunggu Anda"
    assert message.text.startswith("Ini gladi")


@pytest.mark.parametrize("locale", tuple(Locale))
@pytest.mark.parametrize("stage", [stage for stage in Stage if HOLDERS.get(stage, Capacity.CLOCK) != "clock"])
def test_every_duty_has_its_line_in_both_languages(stage: Stage, locale: Locale) -> None:
    message = rendered(
        line("reminder", 2, stage=stage), line("escalation", 2, own=False, stage=stage), locale=locale
    )
    assert len(re.findall(r"^- \S.*\S$", message.text, re.MULTILINE)) == 2
    assert "{" not in message.text


@pytest.mark.parametrize(
    "template", (*NEWS_OF_AN_OBJECTION, "finalised", "changed", "handed_over", "result_ready")
)
def test_what_asks_for_nothing_is_news(template: str) -> None:
    assert section_of(line(template)) is section_of(line(template, own=False)) is SectionName.NEWS
    assert rendered(line(template), line(template, own=False)).subject == "Kabar tentang penilaian kinerja"


@pytest.mark.parametrize("locale", tuple(Locale))
@pytest.mark.parametrize("duty", tuple(DutyKind))
def test_what_is_owed_beside_a_stage_has_its_line_in_both_languages(duty: DutyKind, locale: Locale) -> None:
    message = rendered(
        line("duty_reminder", 2, duty=duty), line("duty_escalation", 2, own=False, duty=duty), locale=locale
    )
    assert len(re.findall(r"^- \S.*\S$", message.text, re.MULTILINE)) == 2
    assert "{" not in message.text


def test_a_statement_and_the_task_of_its_stage_are_two_lines() -> None:
    text = rendered(
        line("reminder", stage=Stage.OBJECTION_REVIEW),
        line("duty_reminder", stage=Stage.OBJECTION_REVIEW, duty=DutyKind.RATER_STATEMENT),
    ).text
    assert "- memeriksa dan memutus keberatan: 1 penilaian" in text
    assert "- menyampaikan penjelasan atas keberatan: 1 penilaian" in text


def test_a_late_report_of_others_names_who_owes_it_and_not_who_holds_the_stage() -> None:
    late = line("duty_escalation", own=False, stage=Stage.RESPONSE, duty=DutyKind.REPORT)
    message = rendered(late, locale=Locale.ENGLISH)
    assert "report the result that is not settled yet: 1 appraisal, waiting for the rater" in message.text


def test_a_due_day_that_a_decree_has_moved_stands_with_those_that_were_extended() -> None:
    assert section_of(line("deadline_moved")) is section_of(line("extended")) is SectionName.EXTENDED


def test_a_digest_of_one_statement_becomes_the_message_about_it() -> None:
    about: dict[str, Any] = {"stage": Stage.OBJECTION_REVIEW, "duty": DutyKind.EMPLOYEE_STATEMENT}
    message = rendered(line("duty_opened", **about), oldest=(item("duty_opened", **about),))
    assert message.template == "duty_opened"
    assert message.subject == "Anda diminta menyampaikan penjelasan atas keberatan"


def test_a_digest_of_a_whole_agency_is_no_longer_than_its_duties() -> None:
    lines = [line("escalation", 4000, own=False, stage=stage) for stage in (Stage.RATING, Stage.PLAN_REVIEW)]
    message = rendered(*lines, oldest=tuple(item("escalation", number, own=False) for number in range(5)))
    assert "7995 lainnya" in message.text
    assert len(message.text) < 2000


def test_what_reads_the_same_to_many_is_put_into_words_once_for_each_language() -> None:
    many = [
        render(digest(line("reminder", 3), recipient_name=name, locale=locale), PUBLIC_URL).text
        for name in ("Ani", "Budi")
        for locale in Locale
    ]
    assert ["3 penilaian" in text for text in many] == [True, False, True, False]
    assert ["3 appraisals" in text for text in many] == [False, True, False, True]
    assert ["Budi" in text for text in many] == [False, False, True, True]
