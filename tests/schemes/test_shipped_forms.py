"""Every form that comes with the program can be filled in, is described as it is checked, and gives a predicate."""

import jsonschema
import pytest

from content.forms.filled_schema import filled_schema
from content.parts import Words
from schemes.loading import builtin_names, builtin_system
from states.triggers import Trigger
from tests.schemes.filled import Year, content_of
from tests.translations.terms import wrong_in

FORMS = [(name, form) for name in builtin_names() for form in content_of(name).forms]
RATINGS = [(name, form) for name, form in FORMS if content_of(name).forms[form].trigger is Trigger.RATE]
SEEDS = (0, 1, 2, 7)


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("echelon", ("", "21"))
@pytest.mark.parametrize(("scheme", "form"), FORMS)
def test_a_shipped_form_has_an_example_without_mistakes(
    scheme: str, form: str, echelon: str, seed: int
) -> None:
    year = Year(scheme, echelon=echelon)
    assert year.mistakes(form, year.example(form, seed=seed)) == ()


@pytest.mark.parametrize(("scheme", "form"), FORMS)
def test_a_shipped_form_is_described_as_it_is_checked(scheme: str, form: str) -> None:
    year = Year(scheme)
    jsonschema.validate(year.example(form), filled_schema(year.content.forms[form], year.content))


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize(("scheme", "form"), RATINGS)
def test_a_shipped_rating_gives_a_predicate_with_its_working(scheme: str, form: str, seed: int) -> None:
    year = Year(scheme)
    outcome = year.rated(year.example(form, seed=seed), form=form)
    assert year.content.rating is not None
    assert outcome.predicate in year.content.scales[year.content.rating.predicates].names
    assert outcome.working


@pytest.mark.parametrize("scheme", builtin_names())
def test_nothing_is_handed_in_empty(scheme: str) -> None:
    year = Year(scheme)
    assert [name for name in year.content.forms if not year.mistakes(name, {})] == []


@pytest.mark.parametrize("scheme", builtin_names())
def test_the_seven_values_and_the_siasn_codes_are_those_of_the_law_everywhere(scheme: str) -> None:
    content, national = content_of(scheme), content_of("nasional")
    assert content.value_choices == national.value_choices
    assert content.rating is not None
    assert [step.code for step in content.scales[content.rating.predicates].steps] == [1, 2, 3, 4, 5]


@pytest.mark.parametrize("scheme", builtin_names())
def test_the_deadlines_are_the_national_ones(scheme: str) -> None:
    book, national = builtin_system(scheme).book, builtin_system("nasional").book
    assert dict(book.deadline_rules) == dict(national.deadline_rules)


@pytest.mark.parametrize("scheme", builtin_names())
def test_what_people_read_uses_the_words_of_the_law(scheme: str) -> None:
    assert [words for words in _words_in(content_of(scheme)) if wrong_in(words.id)] == []


def _words_in(part: object) -> list[Words]:
    if isinstance(part, Words):
        return [part]
    if isinstance(part, dict):
        return [words for value in part.values() for words in _words_in(value)]
    if isinstance(part, tuple):
        return [words for value in part for words in _words_in(value)]
    fields = getattr(type(part), "model_fields", {})
    return [words for name in fields for words in _words_in(getattr(part, name))]
