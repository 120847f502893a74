"""How a scheme comes to a predicate, in words: each cell, each band, each weighting."""

import pytest

from content.rating.rules import MatrixMethod
from content.rules import ContentRules
from schemes.loading import builtin_names, builtin_system
from service.schemes.rating import shown_rating
from service.schemes.schemas import SchemeRating
from translations import Locale


def rules_of(name: str) -> ContentRules:
    content = builtin_system(name).content
    assert content is not None
    return content


def rating_of(name: str, locale: Locale = Locale.ENGLISH) -> SchemeRating:
    rules = rules_of(name)
    assert rules.rating is not None
    return shown_rating(rules.rating, rules, locale)


def test_a_matrix_says_what_follows_from_each_of_its_nine_cells() -> None:
    found = rating_of("nasional")
    assert (found.method, found.weights) == ("matrix", [])
    assert [line.predicate for line in found.follows] == [
        *("very_good", "good", "poor"),
        *("good", "good", "poor"),
        *("needs_improvement", "needs_improvement", "very_poor"),
    ]
    assert found.follows[0].in_words == "Results Above expectations, behaviour Above expectations: Very good"


def test_it_is_said_in_indonesian_as_well() -> None:
    found = rating_of("nasional", Locale.INDONESIAN)
    assert found.follows[-1].in_words == (
        "Hasil kerja Di bawah ekspektasi, perilaku kerja Di bawah ekspektasi: Sangat Kurang"
    )


def test_bands_stand_from_the_highest_with_what_they_need() -> None:
    found = rating_of("pp30-numerik")
    assert found.method == "bands"
    assert [line.predicate for line in found.follows] == ["very_good", "good", "fair", "poor", "very_poor"]
    first, second, *_ = (line.in_words for line in found.follows)
    assert first.startswith("From 110, only if “")
    assert first.endswith("is answered with yes: Very good")
    assert second == "From 90: Good"


def test_weights_are_given_as_numbers_and_in_words() -> None:
    first = rating_of("pp30-numerik").weights[0]
    assert first.weights == {"plan": 60, "behaviour": 24, "survey": 16}
    assert first.in_words.startswith("Plan 60 %, ")
    assert first.article


def test_what_is_rated_apart_is_named() -> None:
    assert len(rating_of("gerunggang").apart) >= 2
    assert rating_of("nasional").apart == []


def test_predicates_stand_from_the_best() -> None:
    assert rating_of("nasional").predicates[0].name == "very_good"


@pytest.mark.parametrize("locale", Locale)
@pytest.mark.parametrize("name", builtin_names())
def test_every_scheme_of_the_program_can_be_told(name: str, locale: Locale) -> None:
    found = rating_of(name, locale)
    rating = rules_of(name).rating
    assert rating is not None
    expected = 9 if isinstance(rating.method, MatrixMethod) else len(rating.method.bands)
    assert len(found.follows) == expected
    assert all("{" not in line.in_words for line in found.follows)
