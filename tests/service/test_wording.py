"""Every stage, action, capacity, outcome and refusal can be read in both languages."""

import datetime as dt

import pytest

from schemes.loading import builtin_scheme
from service import wording
from service.api.problems.endpoints import PROBLEMS
from service.appraisals.wording import BASES
from service.deadlines.wording import DUTIES, LAPSED
from service.objections.wording import DISMISSAL_GROUNDS, REOPENING_GROUNDS
from service.problems import TITLES
from service.problems.refusals import KINDS, REFUSALS
from states.appraisal import DutyKind
from states.errors import OvertakenBy
from states.stages import Capacity, Stage
from states.triggers import DismissalGround, Outcome, RatingBasis, ReopeningGround, Trigger
from translations import Locale


def test_everything_has_a_name() -> None:
    assert set(wording.STAGES) == set(Stage)
    assert set(wording.TRIGGERS) == set(Trigger)
    assert set(wording.CAPACITIES) == set(Capacity)
    assert set(wording.OUTCOMES) == set(Outcome)
    assert set(DUTIES) == set(LAPSED) == set(DutyKind)
    assert set(DISMISSAL_GROUNDS) == set(DismissalGround)
    assert set(REOPENING_GROUNDS) == set(ReopeningGround)
    assert set(BASES) == set(RatingBasis)


@pytest.mark.parametrize("locale", tuple(Locale))
def test_no_two_stages_or_actions_are_called_the_same(locale: Locale) -> None:
    assert len({wording.stage_name(stage, locale) for stage in Stage}) == len(Stage)
    assert len({wording.trigger_name(trigger, locale) for trigger in Trigger}) == len(Trigger)


def test_every_problem_has_a_title() -> None:
    assert set(TITLES) == set(PROBLEMS)


@pytest.mark.parametrize("locale", tuple(Locale))
def test_every_lapse_of_the_national_scheme_can_be_put_in_words(locale: Locale) -> None:
    rules = [rule for _, rule in builtin_scheme("nasional").deadline_rules]
    assert rules
    assert all(wording.lapse_meaning(rule.on_lapse, locale).endswith(".") for rule in rules)


def test_parameters_are_read_as_names_and_dates() -> None:
    read = wording.readable(
        {"trigger": "rate", "stage": "rating", "capacity": "hr", "date": "2026-12-04", "other": "x"},
        Locale.INDONESIAN,
    )
    assert read == {
        "trigger": "“nilai”",
        "stage": "“Penilaian”",
        "capacity": "pengelola kepegawaian",
        "date": "Jumat, 4 Desember 2026",
        "other": "x",
    }


def test_a_date_that_nobody_knows_stays_a_dash() -> None:
    assert wording.readable({"date": "-"}, Locale.ENGLISH) == {"date": "-"}


def test_every_refusal_of_the_core_is_known_by_its_code() -> None:
    assert set(KINDS) == set(REFUSALS)
    assert all(kind.code == code for code, kind in KINDS.items())


@pytest.mark.parametrize(
    ("locale", "sentence"),
    (
        (Locale.ENGLISH, "Siti Aminah (rater) acted last: approve the plan."),
        (Locale.INDONESIAN, "Tindakan terakhir oleh Siti Aminah ({capacity}): {trigger}."),
    ),
)
def test_whoever_came_first_is_read_by_name_with_what_was_done(locale: Locale, sentence: str) -> None:
    at = dt.datetime(2026, 1, 20, 3, tzinfo=dt.UTC)
    first = OvertakenBy("Siti Aminah", Capacity.RATER, Trigger.APPROVE_PLAN, at)
    assert wording.overtaken_sentence(first, locale) == sentence.format(
        capacity=wording.capacity_name(Capacity.RATER, locale),
        trigger=wording.trigger_name(Trigger.APPROVE_PLAN, locale),
    )
