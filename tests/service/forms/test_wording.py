"""Every mistake in a form is said in both languages, with what to do, at its place."""

import pytest

from content.forms.fields import RowsField, Source
from content.forms.mistakes import Mistake, Reason
from content.parts import Words
from service.forms.naming import Names
from service.forms.placing import place_in_words
from service.forms.wording import REASONS, field_error, field_errors, sentence_of
from service.problems.wording import finding_sentence
from tests.content.forms.schemes import PLAN_FORM, RULES
from tests.fixtures.content import SMALL
from translations import Locale

PLAN, RATING = SMALL.forms["plan"], SMALL.forms["rating"]
EVERYTHING = {
    "least": "1",
    "most": "2",
    "length": "0",
    "count": "0",
    "decimals": "2",
    "of": "aspects",
    "value": "quantity",
    "field": "aspect",
    "rows": "indicators",
    "sum": "99",
    "expected": "100",
    "entry": "observation",
    "predicate": "good",
    "family": "teachers",
}


@pytest.mark.parametrize("reason", tuple(Reason))
@pytest.mark.parametrize("locale", tuple(Locale))
def test_every_reason_has_a_sentence(reason: Reason, locale: Locale) -> None:
    said = finding_sentence(field_error(Mistake((), reason, EVERYTHING)), locale)
    assert said.endswith(".")
    assert "{" not in said


def test_there_is_no_sentence_without_a_reason() -> None:
    assert set(REASONS) == set(Reason)


@pytest.mark.parametrize("expected", ("text", "number", "yes_no", "target", "list", "object", "id"))
def test_a_wrong_type_says_what_is_expected(expected: str) -> None:
    mistake = Mistake((), Reason.WRONG_TYPE, {"expected": expected})
    assert sentence_of(mistake) != REASONS[Reason.WRONG_TYPE]


@pytest.mark.parametrize("source", tuple(Source))
def test_an_item_that_is_not_there_says_of_what(source: Source) -> None:
    mistake = Mistake((), Reason.NO_SUCH_ITEM, {"of": source.value})
    assert sentence_of(mistake) != REASONS[Reason.NO_SUCH_ITEM]


def test_a_wrong_predicate_says_which_one_follows_where_that_is_known() -> None:
    assert "{predicate}" in sentence_of(Mistake((), Reason.PREDICATE_WRONG, {"predicate": "good"}))
    assert sentence_of(Mistake((), Reason.PREDICATE_WRONG)) == REASONS[Reason.PREDICATE_WRONG]


def test_no_decimals_are_a_whole_number() -> None:
    mistake = Mistake((), Reason.TOO_PRECISE, {"decimals": "0"})
    assert sentence_of(mistake) == "This must be a whole number."


def test_a_pointer_names_the_place_below_the_body() -> None:
    (error,) = field_errors([Mistake(("results", 0, "a/b~c"), Reason.MISSING)])
    assert error.field == "/content/results/0/a~1b~0c"


def test_another_prefix_may_be_given() -> None:
    (error,) = field_errors([Mistake(("what",), Reason.MISSING)], ())
    assert error.field == "/what"


def test_with_names_a_sentence_has_the_labels_of_the_scheme() -> None:
    mistake = Mistake(
        ("results", 0, "indicators"), Reason.NOT_EACH_HAS, {"field": "aspect", "value": "quantity"}
    )
    label = Words(id="Aspek", en="Aspect")
    indicators = PLAN.sections[0].fields[2]
    assert isinstance(indicators, RowsField)
    aspect = indicators.fields[0].model_copy(update={"label": label})
    rows = indicators.model_copy(update={"fields": (aspect,)})
    section = PLAN.sections[0].model_copy(update={"fields": (rows,)})
    form = PLAN.model_copy(update={"sections": (section,)})
    error = field_error(mistake, names=Names(SMALL, form))
    assert finding_sentence(error, Locale.ENGLISH) == "One row here must have “quantity” as “Aspect”."
    assert finding_sentence(error, Locale.INDONESIAN) == (
        "Satu baris di sini harus memiliki “quantity” sebagai “Aspek”."
    )


@pytest.mark.parametrize(
    ("reason", "parameters", "said"),
    (
        (
            Reason.NONE_HAS,
            {"rows": "indicators", "field": "aspect", "value": "cost", "family": "teachers"},
            "“teachers”: paling sedikit satu baris “indicators” harus memiliki “cost” sebagai “aspect”.",
        ),
        (
            Reason.NOT_EACH_HAS,
            {"field": "aspect", "value": "quantity", "family": "teachers"},
            "“teachers”: satu baris di sini harus memiliki “quantity” sebagai “aspect”.",
        ),
    ),
)
def test_what_is_asked_of_a_job_family_says_of_which(
    reason: Reason, parameters: dict[str, str], said: str
) -> None:
    error = field_error(Mistake(("results",), reason, parameters), names=Names(RULES, PLAN_FORM))
    assert finding_sentence(error, Locale.INDONESIAN) == said


@pytest.mark.parametrize(
    ("parameters", "expected"),
    (
        ({"entry": "observation"}, "note"),
        ({"of": "expectation"}, "expectation"),
        ({"of": "aspects"}, "list"),
        ({"predicate": "good"}, "good"),
        ({"predicate": "unheard"}, "unheard"),
        ({"family": "unheard"}, "unheard"),
        ({"of": "unheard"}, "unheard"),
        ({"entry": "unheard"}, "unheard"),
        ({"field": "unheard"}, "unheard"),
        ({"field": "unheard", "value": "quantity"}, "quantity"),
        ({"least": "3"}, "3"),
    ),
)
def test_names_are_labels_where_the_scheme_knows_them(parameters: dict[str, str], expected: str) -> None:
    last = list(Names(SMALL, PLAN).said(parameters).values())[-1]
    assert (last.id if isinstance(last, Words) else last) == expected


def test_a_field_of_no_form_keeps_its_name() -> None:
    assert Names(SMALL).said({"field": "aspect"}) == {"field": "aspect"}


@pytest.mark.parametrize(
    ("path", "place"),
    (
        ((), ""),
        (("results",), "results"),
        (("results", 1), "results 2"),
        (("results", 1, "result"), "results 2 › result"),
        (("results", 0, "indicators", 2, "target", "unit"), "results 1 › indicators 3 › target"),
        (("results", 0, "unheard"), "results 1 › unheard"),
        (("unheard", 3, "x"), "unheard › 3 › x"),
    ),
)
def test_a_place_is_said_as_a_reader_finds_it(path: tuple[str | int, ...], place: str) -> None:
    assert place_in_words(path, PLAN, SMALL, Locale.INDONESIAN) == place


def test_a_part_about_a_value_bears_its_label_and_one_about_a_row_its_id() -> None:
    behaviour = ("behaviour", "adaptif", "rating")
    assert place_in_words(behaviour, RATING, SMALL, Locale.INDONESIAN) == "behaviour › adaptif › rating"
    result = ("results", "h1", "reason")
    assert place_in_words(result, RATING, SMALL, Locale.ENGLISH) == "results › h1 › reason"
