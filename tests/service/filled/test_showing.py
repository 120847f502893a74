"""A filled form is shown with its labels, each value in words, in the reader's language."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from content.forms.context import FormContext
from content.forms.example import example
from service.filled.schemas import Filled, ShownField, ShownRow
from service.filled.showing import shown_filled
from service.filled.titles import Titles
from service.filled.values import number
from states.triggers import Trigger
from tests.service.filled.written import PLAN, RULES, titles
from translations import Locale

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=20,
)


def shown(
    content: Any, trigger: Trigger = Trigger.SUBMIT_PLAN, locale: Locale = Locale.ENGLISH, **more: Any
) -> Filled:
    known = titles(content if trigger is Trigger.SUBMIT_PLAN and isinstance(content, dict) else PLAN, locale)
    return shown_filled({"content": content, **more}, RULES.form_for(trigger), RULES, known, locale)


def row_of(filled: Filled, section: str, place: int = 0) -> ShownRow:
    return next(each for each in filled.sections if each.name == section).rows[place]


def field_of(row: ShownRow, name: str) -> ShownField:
    return next(each for each in row.fields if each.name == name)


def test_a_row_is_called_by_its_first_words_and_its_choice_by_its_label() -> None:
    row = row_of(shown(PLAN), "results")
    assert (row.id, row.title) == ("h1", "Izin terbit tepat waktu")
    assert field_of(row, "kind").in_words == "Main result"


def test_labels_are_read_in_the_readers_language() -> None:
    row = row_of(shown(PLAN, locale=Locale.INDONESIAN), "results")
    assert field_of(row, "kind").in_words == "Kinerja utama"


def test_the_superiors_result_is_shown_in_his_words() -> None:
    assert field_of(row_of(shown(PLAN), "results"), "supports").in_words == "Layanan publik membaik"


@pytest.mark.parametrize(
    ("locale", "words"),
    (
        (Locale.ENGLISH, "waiting for the superior's plan"),
        (Locale.INDONESIAN, "menunggu SKP Pejabat Penilai Kinerja"),
    ),
)
def test_what_waits_for_the_superiors_plan_says_so(locale: Locale, words: str) -> None:
    waiting = {"results": [{"id": "h1", "result": "Izin", "supports": "waiting"}]}
    assert field_of(row_of(shown(waiting, locale=locale), "results"), "supports").in_words == words


@pytest.mark.parametrize(
    ("locale", "words"), ((Locale.ENGLISH, "1,200 dokumen"), (Locale.INDONESIAN, "1.200 dokumen"))
)
def test_a_target_is_a_number_with_its_unit_as_the_language_writes_it(locale: Locale, words: str) -> None:
    indicators = field_of(row_of(shown(PLAN, locale=locale), "results"), "indicators").rows
    assert field_of(indicators[0], "target").in_words == words


@pytest.mark.parametrize(
    ("value", "english", "indonesian"),
    (
        (0, "0", "0"),
        (-1250.5, "-1,250.5", "-1.250,5"),
        (12.0, "12", "12"),
        (1_000_000, "1,000,000", "1.000.000"),
        (0.125, "0.125", "0,125"),
        (True, "True", "True"),
        ("12", "12", "12"),
    ),
)
def test_a_number_is_written_as_the_language_writes_it(value: Any, english: str, indonesian: str) -> None:
    assert (number(value, Locale.ENGLISH), number(value, Locale.INDONESIAN)) == (english, indonesian)


@given(st.floats(allow_nan=False, allow_infinity=False) | st.integers())
def test_every_number_can_be_written(value: float) -> None:
    written = number(value, Locale.INDONESIAN)
    assert float(written.replace(".", "").replace(",", ".")) == value or "e" in written


def test_a_target_in_words_is_shown_as_it_stands() -> None:
    indicators = field_of(row_of(shown(PLAN), "results"), "indicators").rows
    assert field_of(indicators[1], "target").in_words == "Lebih cepat daripada tahun lalu"


def test_a_part_for_a_value_is_called_as_the_value() -> None:
    assert row_of(shown(PLAN), "behaviour").title == "Adaptability"


def test_parts_stand_in_the_order_of_what_they_are_for_whatever_order_they_were_kept_in() -> None:
    kept = {
        "behaviour": {
            name: {"expectation": "Melayani"}
            for name in ("loyal", "adaptif", "unknown", "akuntabel", "kompeten")
        }
    }
    behaviour = next(each for each in shown(kept).sections if each.name == "behaviour")
    assert [row.id for row in behaviour.rows] == ["akuntabel", "kompeten", "loyal", "adaptif", "unknown"]


def test_a_part_for_a_result_is_called_as_the_plan_calls_it() -> None:
    rating = {"results": {"h1": {"rating": "above", "reason": "Semua terbit"}}}
    row = row_of(shown(rating, Trigger.RATE), "results")
    assert (row.id, row.title) == ("h1", "Izin terbit tepat waktu")


def test_a_day_is_read_in_full_and_one_that_is_none_as_it_stands() -> None:
    rows = [{"id": "a", "action": "Pelatihan", "until": "2027-03-01"}, {"id": "b", "until": "someday"}]
    filled = shown({"actions": rows}, Trigger.DELIVER_RESULT)
    assert field_of(row_of(filled, "actions"), "until").in_words == "1 March 2027"
    assert field_of(row_of(filled, "actions", 1), "until").in_words == "someday"


def test_what_the_form_does_not_know_stays_in_the_content_and_out_of_the_sections() -> None:
    filled = shown({**PLAN, "other": {"a": 1}})
    assert filled.content is not None
    assert filled.content["other"] == {"a": 1}
    assert "other" not in [each.name for each in filled.sections]


def test_words_alone_have_no_form() -> None:
    filled = shown_filled(
        {"text": "Rencana"}, RULES.form_for(Trigger.SUBMIT_PLAN), RULES, Titles(), Locale.ENGLISH
    )
    assert (filled.text, filled.form, filled.content, filled.sections) == ("Rencana", None, None, [])


def test_a_form_of_a_scheme_without_forms_is_shown_as_it_stands() -> None:
    filled = shown_filled({"content": {"a": 1}}, None, None, Titles(), Locale.ENGLISH)
    assert (filled.content, filled.sections) == ({"a": 1}, [])


@pytest.mark.parametrize("name", sorted(RULES.forms))
@pytest.mark.parametrize("locale", list(Locale))
def test_each_filled_field_of_a_valid_form_has_words_or_rows(name: str, locale: Locale) -> None:
    form = RULES.forms[name]
    context = FormContext(plan=PLAN, superior_results=frozenset({"p1"}), evidence=frozenset({"e1"}))
    content = example(form, RULES, context)
    filled = shown_filled({"content": content}, (name, form), RULES, titles(PLAN, locale), locale)
    assert {each.name for each in filled.sections} == {key for key, value in content.items() if value}
    fields = [field for section in filled.sections for row in section.rows for field in row.fields]
    assert [field.name for field in fields if not field.in_words and not field.rows] == []


@given(JSON)
def test_whatever_stands_on_record_it_can_be_shown(content: Any) -> None:
    assert shown(content).content == (content if isinstance(content, dict) else None)


@given(JSON)
def test_whatever_stands_in_a_section_on_record_it_can_be_shown(inner: Any) -> None:
    for trigger in (Trigger.SUBMIT_PLAN, Trigger.RATE, Trigger.DELIVER_RESULT):
        for section in ("results", "behaviour", "overall", "actions"):
            assert shown({section: inner}, trigger) is not None
            assert shown({section: [inner]}, trigger) is not None
            assert shown({section: {"h1": inner}}, trigger) is not None
