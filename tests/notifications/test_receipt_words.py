"""No message suggests another start of the 14 days than the rule of the case does (PP 30/2019 art 59(1))."""

import datetime as dt
from typing import Any

import pytest

from notifications.content import DIGEST, Item, Line
from notifications.rendering import Message, render
from states.receipt_evidence import Evidence
from states.rules import DeemedAfter, Unit
from states.stages import Stage
from tests.notifications.contents import PUBLIC_URL, content
from translations import Locale

OPENS = "dihitung sejak hari Anda membuka hasil itu di aplikasi"
CONFIRMS = "dihitung sejak hari Anda menyatakan di aplikasi telah menerima hasil itu"


def of_result(**changes: Any) -> Message:
    """The message that the own result can be read."""
    return render(content(template="result_ready", stage=Stage.RESPONSE, **changes), PUBLIC_URL)


def words(html: str) -> str:
    return " ".join(html.split())


def test_where_opening_starts_the_days_the_result_mail_says_so_and_speaks_of_no_confirming() -> None:
    message = of_result(awaits=Evidence.SEEN)
    for body in (message.text, words(message.html)):
        assert OPENS in body
        assert "menyatakan" not in body
        assert "dinyatakan" not in body
    assert "Mohon dibaca paling lambat Rabu, 20 Januari 2027." in message.text
    assert message.subject == "Hasil penilaian kinerja Anda dapat dibaca"


def test_where_confirming_starts_the_days_the_result_mail_says_so_and_not_that_opening_does() -> None:
    message = of_result(awaits=Evidence.ACKNOWLEDGED)
    for body in (message.text, words(message.html)):
        assert CONFIRMS in body
        assert "membuka" not in body
    assert "Mohon dibaca dan dinyatakan penerimaannya paling lambat Rabu, 20 Januari 2027." in message.text


@pytest.mark.parametrize("awaits", (Evidence.SEEN, Evidence.ACKNOWLEDGED))
@pytest.mark.parametrize(
    ("unit", "days"), ((Unit.WORKING_DAYS, "5 hari kerja"), (Unit.CALENDAR_DAYS, "5 hari"))
)
def test_where_receipt_is_deemed_the_result_mail_says_after_how_long(
    awaits: Evidence, unit: Unit, days: str
) -> None:
    message = of_result(awaits=awaits, deemed_after=DeemedAfter(unit=unit, length=5))
    for body in (message.text, words(message.html)):
        assert f"dianggap telah Anda terima paling lambat {days} setelah pemberitahuannya sampai" in body


def test_where_receipt_is_never_deemed_the_result_mail_does_not_speak_of_it() -> None:
    assert "dianggap" not in of_result(awaits=Evidence.SEEN).text


def test_a_result_mail_that_leaves_after_the_opening_tells_the_day_on_which_the_days_began() -> None:
    message = of_result(received_on=dt.date(2027, 1, 6), deemed_after=DeemedAfter(unit="hari", length=5))
    for body in (message.text, words(message.html)):
        assert "sejak hasil itu Anda terima, yaitu Rabu, 6 Januari 2027" in body
        assert "dianggap" not in body
        assert "membuka" not in body
    assert "Batas waktu menanggapinya: Rabu, 20 Januari 2027." in message.text


def test_in_english_too() -> None:
    message = of_result(
        awaits=Evidence.SEEN,
        locale=Locale.ENGLISH,
        deemed_after=DeemedAfter(unit="hari_kerja", length=5),
    )
    assert "run from the day on which you open the result in the application" in message.text
    assert "at the latest 5 working days after its notice arrives" in message.text
    assert "Please read it by Wednesday, 20 January 2027." in message.text


@pytest.mark.parametrize(
    ("awaits", "duty"),
    (
        (Evidence.SEEN, "membuka dan membaca hasil penilaian"),
        (Evidence.ACKNOWLEDGED, "membaca hasil penilaian dan menyatakan telah menerimanya"),
        (None, "menanggapi hasil penilaian"),
    ),
)
@pytest.mark.parametrize("template", ("reminder", "escalation", "extended", "nudge"))
def test_before_the_receipt_no_message_asks_for_a_response_by_the_day_of_the_receipt(
    template: str, awaits: Evidence | None, duty: str
) -> None:
    asked = content(template=template, stage=Stage.RESPONSE, awaits=awaits, nudger="Rina Wati")
    message = render(asked, PUBLIC_URL)
    assert duty in message.subject
    assert duty in message.text
    assert duty in words(message.html)


def test_a_digest_tells_results_to_be_opened_from_results_to_be_answered() -> None:
    day = dt.date(2027, 1, 20)
    asked = content(
        template=DIGEST,
        stage=None,
        due_on=None,
        appraisal_id=None,
        lines=(
            Line("reminder", Stage.RESPONSE, False, 2, day, Evidence.SEEN),
            Line("reminder", Stage.RESPONSE, False, 3, day),
        ),
        total=5,
    )
    text = render(asked, PUBLIC_URL).text
    assert "membuka dan membaca hasil penilaian: 2 penilaian" in text
    assert "menanggapi hasil penilaian: 3 penilaian" in text


def test_a_digest_of_the_one_result_keeps_what_begins_its_days() -> None:
    told = content()
    assert told.appraisal_id is not None
    only = Item("result_ready", Stage.RESPONSE, True, told.due_on, told.appraisal_id, Evidence.SEEN)
    asked = content(
        template=DIGEST,
        stage=None,
        lines=(Line("result_ready", Stage.RESPONSE, True, 1, told.due_on, Evidence.SEEN),),
        oldest=(only,),
        total=1,
    )
    assert OPENS in render(asked, PUBLIC_URL).text
