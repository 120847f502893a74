"""Every cause says what is wrong, what to do and who has to do it, in both languages."""

from string import Formatter

import pytest

from service.preflight.wording import BASES, EXPLANATIONS, FIXERS, SEVERITIES, Fixer, basis_name, explain
from store.cycle.causes import CAUSES, Cause, Concern, Severity
from store.cycle.obstacles import NOTHING_TO_REPAIR, SkipReason
from translations import Locale


def test_every_cause_is_explained() -> None:
    assert set(EXPLANATIONS) == set(CAUSES)
    assert set(FIXERS) == set(Fixer)
    assert set(SEVERITIES) == set(Severity)


def test_every_ground_on_which_somebody_acts_has_a_name() -> None:
    assert set(BASES) == {"definitive", "plt", "plh", "delegated", "stepping_in"}
    assert basis_name("", Locale.ENGLISH) == ""
    assert "Plt." in basis_name("plt", Locale.INDONESIAN)


@pytest.mark.parametrize("locale", tuple(Locale))
@pytest.mark.parametrize("cause", CAUSES)
def test_a_cause_is_two_sentences_and_a_name(cause: Cause, locale: Locale) -> None:
    explained = explain(cause, locale, span=50)
    assert explained.wrong.endswith(".")
    assert explained.remedy.endswith(".")
    assert explained.fixer_name
    assert not any("{" in text for text in (explained.wrong, explained.remedy))


@pytest.mark.parametrize("locale", tuple(Locale))
def test_no_two_causes_say_the_same(locale: Locale) -> None:
    assert len({explain(cause, locale, span=50).wrong for cause in CAUSES}) == len(CAUSES)


def test_nobody_has_to_mend_exemptions_and_departures_and_somebody_everything_else() -> None:
    for cause, explanation in EXPLANATIONS.items():
        assert (explanation.fixer is Fixer.NOBODY) == (cause in NOTHING_TO_REPAIR)


def test_the_limit_of_a_span_is_named() -> None:
    assert "40" in explain(Concern.SPAN_OVER_LIMIT, Locale.INDONESIAN, span=40).wrong
    fields = {field for _, field, _, _ in Formatter().parse(EXPLANATIONS[SkipReason.NO_RATER].wrong) if field}
    assert fields == set()
