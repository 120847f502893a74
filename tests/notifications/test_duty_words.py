"""What is said about objections, statements, receipts and moved due days, and what is left unsaid."""

import datetime as dt
import email
import email.policy
from dataclasses import replace

import pytest

from notifications.content import Content, holder_of, owed
from notifications.mail import compose
from notifications.rendering import Message, render, sentence
from notifications.samples import EXAMPLE_URL, duties_of, sample
from states.appraisal import DutyKind
from states.receipt_evidence import Evidence
from states.stages import Stage
from tests.notifications.contents import PUBLIC_URL, content
from tests.notifications.envelopes import SENDER, envelope
from translations import Locale

NEW = (
    "duty_opened",
    "duty_reminder",
    "duty_escalation",
    "objection_filed",
    "statement_given",
    "statement_missing",
    "objection_ended",
    "receipt_recorded",
    "receipt_answered",
    "deadline_moved",
)


def rendered(template: str, **changes: object) -> Message:
    usual: dict[str, object] = {"template": template, "stage": Stage.OBJECTION_REVIEW}
    return render(content(**(usual | changes)), PUBLIC_URL)


def test_what_is_owed_is_the_duty_and_else_the_stage() -> None:
    assert owed(Stage.RATING, DutyKind.REPORT, None) == "report"
    assert owed(Stage.RATING, "", None) == "rating"


def test_a_report_is_owed_as_such_also_while_a_result_waits_to_be_opened() -> None:
    assert owed(Stage.RESPONSE, DutyKind.REPORT, Evidence.SEEN) == "report"


@pytest.mark.parametrize(
    ("duty", "holder"),
    (
        ("employee_statement", "employee"),
        ("rater_statement", "rater"),
        ("report", "rater"),
        ("receipt_answer", "hr"),
    ),
)
def test_a_duty_waits_on_who_owes_it_whoever_holds_the_stage(duty: str, holder: str) -> None:
    assert holder_of(Stage.OBJECTION_REVIEW, duty) == holder


def test_in_a_closed_stage_nobody_is_awaited() -> None:
    assert holder_of(Stage.FINALISED, "") == ""


def test_a_side_is_asked_for_its_statement_with_the_day_and_what_its_silence_means() -> None:
    text = rendered("duty_opened", duty=DutyKind.EMPLOYEE_STATEMENT).text
    assert (
        "Anda diminta menyampaikan penjelasan atas keberatan, untuk penilaian kinerja Anda sendiri." in text
    )
    assert "Batas waktu: Rabu, 20 Januari 2027." in text
    assert "hal itu dicatat dan pemeriksaan dapat dilanjutkan" in text


def test_the_rater_is_asked_as_the_rater() -> None:
    text = rendered("duty_opened", duty=DutyKind.RATER_STATEMENT, locale=Locale.ENGLISH).text
    assert "You are asked to give a statement on the objection, as the rater of one of the people" in text


def test_the_examining_official_hears_of_a_late_statement_as_of_somebody_elses() -> None:
    text = rendered("duty_escalation", duty=DutyKind.EMPLOYEE_STATEMENT, own_task=False).text
    assert "Hal ini menunggu pegawai yang bersangkutan" in text
    assert "Anda belum" not in text


def test_a_report_is_asked_for_with_the_article_that_it_rests_on() -> None:
    text = rendered("duty_reminder", stage=Stage.RESPONSE, duty=DutyKind.REPORT).text
    assert "PP 30/2019 Pasal 51 ayat (1)" in text
    assert "tidak mengurangi hak untuk mengajukan keberatan" in text


def test_an_objection_that_was_filed_is_acknowledged_to_who_filed_it() -> None:
    text = rendered("objection_filed", stage=Stage.OBJECTED, own_task=True).text
    assert (
        "Keberatan Anda atas hasil penilaian kinerja telah diajukan. Pesan ini adalah tanda terimanya."
        in text
    )


def test_the_rater_is_told_of_an_objection_against_a_result_that_he_gave() -> None:
    text = rendered("objection_filed", stage=Stage.OBJECTED, own_task=False).text
    assert "Keberatan atas hasil penilaian yang Anda berikan telah diajukan." in text
    assert "Keberatan Anda" not in text


def test_how_an_objection_ended_is_read_in_the_application_only() -> None:
    texts = {rendered("objection_ended", stage=stage).text for stage in (Stage.FINALISED, Stage.REPORTING)}
    (text,) = texts
    assert "telah diputus atau dicabut" in text
    assert "Setelah masuk, Anda dapat membaca bagaimana keberatan itu berakhir" in text


@pytest.mark.parametrize(
    ("duty", "side"),
    (
        (DutyKind.EMPLOYEE_STATEMENT, "Pegawai yang bersangkutan tidak menyampaikan penjelasan"),
        (DutyKind.RATER_STATEMENT, "Pejabat Penilai Kinerja tidak menyampaikan penjelasan"),
        ("", "Salah satu pihak tidak menyampaikan penjelasan"),
    ),
)
def test_the_examining_official_learns_which_side_was_silent_and_may_go_on(duty: str, side: str) -> None:
    text = rendered("statement_missing", duty=duty).text
    assert side in text
    assert "Anda dapat melanjutkan pemeriksaan" in text


def test_a_receipt_on_record_is_told_with_its_day_and_the_way_to_dispute_it() -> None:
    received = dt.date(2027, 1, 6)
    text = rendered("receipt_recorded", stage=Stage.COUNTERSIGN, due_on=None, received_on=received).text
    assert "hasil penilaian kinerja Anda diterima pada Rabu, 6 Januari 2027." in text
    assert (
        "14 hari untuk mengajukan keberatan dihitung sejak tanggal itu (PP 30/2019 Pasal 59 ayat (1))" in text
    )
    assert "ditandai terlambat, tetapi tidak hilang" in text
    assert "sanggah catatan itu di aplikasi" in text
    assert "Batas waktu" not in text


@pytest.mark.parametrize("template", ("receipt_recorded", "receipt_answered"))
def test_the_last_day_in_time_is_named_where_it_is_known(template: str) -> None:
    text = rendered(template, stage=Stage.RESPONSE).text
    assert "Batas waktu mengajukan keberatan: Rabu, 20 Januari 2027." in text


def test_a_moved_due_day_is_the_new_one_and_never_an_earlier_one() -> None:
    text = rendered("deadline_moved", stage=Stage.RATING).text
    assert "Batas waktu bagi Anda untuk menilai kinerja" in text
    assert "Batas waktu baru: Rabu, 20 Januari 2027. Tidak ada batas waktu yang menjadi lebih awal." in text


def test_the_superior_of_a_silent_official_is_told_that_the_decision_is_not_his() -> None:
    text = rendered("escalation", own_task=False).text
    assert "Keputusan tetap pada pejabat itu, kecuali pengelola kepegawaian mengalihkannya." in text


@pytest.mark.parametrize("changes", ({"own_task": True}, {"own_task": False, "stage": Stage.RATING}))
def test_of_other_late_tasks_nothing_is_said_about_a_decision(changes: dict[str, object]) -> None:
    assert "Keputusan tetap" not in rendered("escalation", **changes).text


@pytest.mark.parametrize("locale", tuple(Locale))
@pytest.mark.parametrize("template", NEW)
def test_the_line_in_the_inbox_is_the_subject_of_the_mail(template: str, locale: Locale) -> None:
    example = sample(template, locale)
    assert sentence(example) == render(example, EXAMPLE_URL).subject


def _mails() -> list[Content]:
    return [
        replace(sample(template, locale, duty=duty), recipient_name="Budi Santoso")
        for template in NEW
        for locale in Locale
        for duty in duties_of(template)
    ]


@pytest.mark.parametrize("example", _mails(), ids=lambda each: f"{each.template}-{each.duty}-{each.locale}")
def test_a_mail_program_reads_one_subject_both_forms_and_no_way_to_switch_it_off(example: Content) -> None:
    message = render(example, PUBLIC_URL)
    mail = email.message_from_bytes(
        compose(envelope(message=message), sender=SENDER), policy=email.policy.default
    )
    # A long subject stands whole on the second line of its header, behind the blank that continues it.
    assert mail["Subject"].lstrip() == message.subject
    assert mail["From"] == "Kinerja <kinerja@contoh.go.id>"
    assert mail["Content-Language"] == str(example.locale)
    assert mail["List-Unsubscribe"] is None
    assert mail.get_content_type() == "multipart/alternative"
    plain, html = mail.get_body(("plain",)), mail.get_body(("html",))
    assert plain is not None
    assert html is not None
    assert plain.get_content().splitlines() == message.text.splitlines()
    assert (
        f"<title>{message.subject.partition(' paling lambat ')[0].partition(' by ')[0]}" in html.get_content()
    )
