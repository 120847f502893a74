"""What is expected of a unit, in sentences of both languages."""

import pytest

from content.rating.distribution import LimitState, Verdict
from content.rating.rules import Limit
from service.distributions.showing import step_name
from service.distributions.wording import (
    VERDICTS,
    expected_in_words,
    level_hint,
    verdict_name,
    warning_sentence,
)
from tests.fixtures.rated import PREDICATES, national
from translations import Locale

EN, ID = Locale.ENGLISH, Locale.INDONESIAN


@pytest.mark.parametrize(
    ("limit", "english", "indonesian"),
    (
        (
            Limit(predicates=("a",), largest=True, at_most=70),
            "No other predicate has more people than A. At most 70 % of the people rated have A.",
            "Tidak ada predikat lain yang jumlah orangnya melebihi A. "
            "Paling banyak 70 % dari orang yang dinilai berpredikat A.",
        ),
        (
            Limit(predicates=("a", "b"), some=True),
            "At least one person has A or B.",
            "Paling sedikit satu orang berpredikat A atau B.",
        ),
        (Limit(predicates=("a",), at_most=0), "Nobody has A.", "Tidak seorang pun berpredikat A."),
        (
            Limit(predicates=("a",), at_least=12.5),
            "At least 12.5 % of the people rated have A.",
            "Paling sedikit 12,5 % dari orang yang dinilai berpredikat A.",
        ),
        (
            Limit(predicates=("a",), at_least=60, at_most=70),
            "Between 60 % and 70 % of the people rated have A.",
            "Antara 60 % dan 70 % dari orang yang dinilai berpredikat A.",
        ),
    ),
)
def test_each_kind_of_limit_is_a_sentence(limit: Limit, english: str, indonesian: str) -> None:
    names = [name.upper() for name in limit.predicates]
    assert expected_in_words(limit, names, EN) == english
    assert expected_in_words(limit, names, ID) == indonesian


def test_a_warning_names_the_level_what_is_expected_and_what_is_there() -> None:
    state = LimitState(Limit(predicates=("a",), at_most=70), 11, 73.333333, Verdict.NOT_MET)
    assert warning_sentence(state, "Istimewa", "Paling banyak 70 %.", 15, ID) == (
        "Predikat unit adalah “Istimewa”. Yang diharapkan: Paling banyak 70 %. "
        "Kenyataannya 11 dari 15 orang (73,3 %)."
    )
    assert "There are 11 of 15 people (73.3 %)." in warning_sentence(state, "Excellent", "x", 15, EN)


@pytest.mark.parametrize("locale", tuple(Locale))
def test_every_limit_of_the_national_scheme_has_its_sentence(locale: Locale) -> None:
    content = national()
    assert content.rating is not None
    assert content.rating.distribution is not None
    for limits in content.rating.distribution.expected.values():
        for limit in limits:
            names = [step_name(content, content.rating.predicates, name, locale) for name in limit.predicates]
            assert set(names).isdisjoint(PREDICATES)
            sentence = expected_in_words(limit, names, locale)
            assert sentence.endswith(".")
            assert all(name in sentence for name in names)


@pytest.mark.parametrize("locale", tuple(Locale))
def test_every_verdict_has_a_name(locale: Locale) -> None:
    assert len({verdict_name(verdict, locale) for verdict in Verdict}) == len(VERDICTS) == len(Verdict)


def test_a_step_that_the_scheme_dropped_is_called_as_in_data() -> None:
    assert step_name(national(), "organisation", "splendid", EN) == "splendid"


def test_the_hint_says_what_becomes_of_the_predicate_and_who_rates() -> None:
    assert level_hint("Bidang A", "Good", EN) == (
        "The employee leads Bidang A, whose predicate is “Good”. It becomes the rating of results, "
        "which the rater sets."
    )
    assert "belum ditentukan" in level_hint("Bidang A", None, ID)
