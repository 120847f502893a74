"""Every stage, action, capacity, outcome and refusal can be read in both languages."""

import pytest

from schemes.loading import builtin_scheme
from service import wording
from service.api.problems.endpoints import PROBLEMS
from service.problems import TITLES
from service.refusals import KINDS, refusal_from
from states.errors import ParameterInvalid, TooEarly
from states.stages import Capacity, Stage
from states.triggers import Outcome, Trigger
from translations import Locale


def test_everything_has_a_name() -> None:
    assert set(wording.STAGES) == set(Stage)
    assert set(wording.TRIGGERS) == set(Trigger)
    assert set(wording.CAPACITIES) == set(Capacity)
    assert set(wording.OUTCOMES) == set(Outcome)


@pytest.mark.parametrize("locale", tuple(Locale))
def test_no_two_stages_or_actions_are_called_the_same(locale: Locale) -> None:
    assert len({wording.stage_name(stage, locale) for stage in Stage}) == len(Stage)
    assert len({wording.trigger_name(trigger, locale) for trigger in Trigger}) == len(Trigger)


def test_every_problem_has_a_title() -> None:
    assert set(TITLES) == set(PROBLEMS)


@pytest.mark.parametrize("locale", tuple(Locale))
def test_every_lapse_of_the_national_scheme_can_be_put_in_words(locale: Locale) -> None:
    rules = [
        rule
        for stage in builtin_scheme("nasional").stages.values()
        for rule in (stage.deadline, stage.after_receipt)
        if rule is not None
    ]
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


@pytest.mark.parametrize(
    "error",
    (
        TooEarly(trigger="rate", date="2026-01-01"),
        ParameterInvalid(
            "Give a day of receipt from {earliest} to {latest}.",
            field="received_on",
            earliest="2026-01-01",
            latest="2026-01-02",
        ),
    ),
)
def test_a_refusal_survives_the_way_through_the_engine(error: TooEarly | ParameterInvalid) -> None:
    back = refusal_from(error.details)
    assert type(back) is type(error)
    assert back is not None
    assert (str(back), back.details, back.status) == (str(error), error.details, error.status)


def test_a_refusal_that_is_not_known_here_is_none() -> None:
    assert refusal_from({"code": "unheard_of"}) is None
    assert len(KINDS) == 12
