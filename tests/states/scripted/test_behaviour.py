"""Scripted people: repeatable, human in their hours, and varied enough to show everything."""

import dataclasses
import datetime as dt
from collections import Counter
from collections.abc import Callable
from functools import lru_cache

import pytest
from hypothesis import given
from hypothesis import strategies as st

from states.errors import ConflictOfInterest
from states.events import Acted
from states.rule_context import RuleContext
from states.rules import Unit
from states.scripted.behaviour import USUAL_MIX, Temperament, next_action, temperament_of
from states.scripted.year import simulate_year
from states.simulation import Simulation
from states.stages import CLOSED_STAGES, HOLDERS, OPEN_STAGES, Capacity, Stage
from states.table import NOTED_TRIGGERS
from states.triggers import Outcome, Trigger
from tests.states.builders import (
    CALENDAR,
    QUARTERLY,
    case_in,
    current,
    day,
    knowing,
    lapse_policy,
    local,
    new_appraisal,
    patient,
    rules,
)

AGENCY = 600
EVERYBODY = dict.fromkeys(Capacity, Temperament.STEADY)


def people(number: int) -> dict[Capacity, str]:
    superior = f"superior-{number // 40}"
    return {
        Capacity.EMPLOYEE: "sari",
        Capacity.RATER: f"rater-{number // 8}",
        Capacity.RATER_SUPERIOR: superior,
        Capacity.APPEALS_OFFICER: superior,
        Capacity.HR: "hr-1",
    }


def year(number: int, under: RuleContext, temperaments: dict[Temperament, float] | None = None) -> Simulation:
    appraisal = dataclasses.replace(
        new_appraisal(under, identity=f"case-{number}"), employee=f"staff-{number}"
    )
    return simulate_year(appraisal, under, people(number), temperaments or USUAL_MIX)


@lru_cache(maxsize=1)
def kinds_of_rules() -> tuple[RuleContext, ...]:
    """Some cases end under version 2, most live under the rules of today, with and without the optional steps."""
    return (
        current(moderation=True, plan_screening=True),
        current(),
        rules(),
        current(),
        rules(moderation=True, check_ins=QUARTERLY),
        current(),
    )


def rules_of(number: int) -> RuleContext:
    return kinds_of_rules()[number % len(kinds_of_rules())]


@lru_cache(maxsize=1)
def agency() -> tuple[Simulation, ...]:
    return tuple(year(number, rules_of(number)) for number in range(AGENCY))


def acts(simulations: tuple[Simulation, ...]) -> list[Acted]:
    return [event for each in simulations for event in each.events if isinstance(event, Acted)]


def test_every_appraisal_ends_finalised_or_cancelled() -> None:
    assert {each.appraisal.stage for each in agency()} == CLOSED_STAGES


def test_every_stage_and_every_outcome_occurs_in_an_agency() -> None:
    assert {event.target for event in acts(agency())} | {Stage.SCHEDULED} == set(Stage)
    assert {each.appraisal.outcome for each in agency()} == {None, *Outcome}


ORGANISATION = {
    Trigger.NOTE_CHANGE,
    Trigger.CLOSE_PERIOD,
    Trigger.NOTE_ABSENCE,
    Trigger.NOTE_RETURN,
    Trigger.FOLLOW_PATH,
    Trigger.ADOPT_CALENDAR,
    Trigger.ADOPT_RULES,
}
"""Come from changes of the organisation, which scripted people do not make."""
NOT_IN_EVERY_SCHEME = {Trigger.DECLARE_CONFLICT}
"""What the national scheme does not have."""


def test_every_trigger_of_people_occurs_in_an_agency() -> None:
    possible = set(Trigger) - ORGANISATION - NOTED_TRIGGERS - NOT_IN_EVERY_SCHEME
    assert {event.trigger for event in acts(agency())} == possible


def test_most_appraisals_end_agreed() -> None:
    ends = Counter(each.appraisal.outcome for each in agency())
    assert ends[Outcome.AGREED] > AGENCY / 2
    assert ends[None] < AGENCY / 10


def test_no_script_asks_for_what_the_core_refuses() -> None:
    refused = [refusal for each in agency() for _, refusal in each.refusals]
    assert {type(refusal).__name__ for refusal in refused} <= {"ConflictOfInterest"}


def test_events_are_in_order_of_time() -> None:
    for each in agency():
        moments = [event.at for event in each.events]
        assert moments == sorted(moments)


def test_people_act_on_working_days_in_working_hours() -> None:
    for event in acts(agency()):
        if event.capacity is Capacity.CLOCK:
            continue
        wall = event.at.astimezone(local("2026-01-01 00:00").tzinfo)
        assert CALENDAR.is_working(wall.date()), event
        assert dt.time(8) <= wall.time() < dt.time(16), event


def test_the_same_people_do_the_same_again() -> None:
    assert [each.events for each in agency()[:20]] == [
        year(number, rules_of(number)).events for number in range(20)
    ]


def test_a_year_can_be_stopped_anywhere() -> None:
    until = local("2026-08-01 00:00")
    half = simulate_year(new_appraisal(rules()), rules(), people(1), until=until)
    whole = simulate_year(new_appraisal(rules()), rules(), people(1))
    assert half.events == [event for event in whole.events if event.at <= until]


def test_an_appeals_officer_who_is_the_rater_is_replaced_when_the_conflict_shows() -> None:
    """Art 59, level by level: in small units both are one person."""
    one = dict.fromkeys((Capacity.RATER, Capacity.APPEALS_OFFICER, Capacity.HR), "budi")
    objecting = {Temperament.OBJECTING: 1.0}
    simulation = simulate_year(new_appraisal(rules()), rules(), one, objecting)
    [(_, refusal)] = simulation.refusals
    assert isinstance(refusal, ConflictOfInterest)
    replacing = next(event for event in acts((simulation,)) if event.trigger is Trigger.REASSIGN)
    assert (replacing.assigned_capacity, replacing.assignee) == (Capacity.APPEALS_OFFICER, "budi+")
    assert simulation.appraisal.stage is Stage.FINALISED


def test_a_script_that_asks_for_the_impossible_is_a_fault_and_not_hidden() -> None:
    nobody_else = dict.fromkeys((Capacity.RATER, Capacity.HR), "sari")
    with pytest.raises(ConflictOfInterest):
        simulate_year(new_appraisal(rules()), rules(), nobody_else)


def test_an_absent_rater_is_replaced_by_hr_after_the_last_escalation() -> None:
    case = case_in(Stage.RATING)
    planned = next_action(case.appraisal, {Capacity.RATER: Temperament.ABSENT}, case.now, case.rules)
    assert planned is not None
    assert (planned.trigger, planned.capacity) == (Trigger.REASSIGN, Capacity.HR)
    assert planned.assigned_capacity is Capacity.RATER
    assert case.appraisal.deadline is not None
    assert planned.at > case.rules.steps(case.appraisal.deadline)[-1].at


def test_whoever_takes_over_late_acts_on_the_next_working_day() -> None:
    case = case_in(Stage.RATING)
    case.wake(local("2027-02-19 17:00"))
    planned = next_action(case.appraisal, EVERYBODY, case.now, case.rules)
    assert planned is not None
    assert (planned.trigger, planned.capacity) == (Trigger.RATE, Capacity.RATER)
    assert local("2027-02-22 08:00") <= planned.at < local("2027-02-22 16:00")


def test_an_absent_employee_is_given_the_receipt_by_hr_and_then_the_silence_lapses() -> None:
    case = case_in(Stage.RESPONSE)
    absent = EVERYBODY | {Capacity.EMPLOYEE: Temperament.ABSENT}
    planned = next_action(case.appraisal, absent, case.now, case.rules)
    assert planned is not None
    assert (planned.trigger, planned.capacity) == (Trigger.RECORD_RECEIPT, Capacity.HR)
    case.do(planned.trigger, planned.capacity, at=planned.at, received_on=planned.received_on)
    assert next_action(case.appraisal, absent, case.now, case.rules) is None
    assert case.lapsed().stage is Stage.COUNTERSIGN


def test_where_the_clock_only_waits_hr_lets_the_silence_lapse() -> None:
    case = case_in(Stage.RESPONSE, patient())
    case.do(Trigger.ACKNOWLEDGE_RECEIPT)
    silent = EVERYBODY | {Capacity.EMPLOYEE: Temperament.LATE}
    planned = next_action(case.appraisal, silent, case.now, case.rules)
    assert planned is not None
    assert (planned.trigger, planned.capacity) == (Trigger.LAPSE_RESPONSE, Capacity.HR)


def test_an_objecting_employee_objects_within_the_14_days() -> None:
    case = case_in(Stage.RESPONSE)
    case.do(Trigger.ACKNOWLEDGE_RECEIPT)
    objecting = EVERYBODY | {Capacity.EMPLOYEE: Temperament.OBJECTING}
    planned = next_action(case.appraisal, objecting, case.now, case.rules)
    assert planned is not None
    assert planned.trigger is Trigger.OBJECT
    assert planned.at < case.lapse


@pytest.mark.parametrize(
    ("temperament", "earliest", "latest"),
    (
        (Temperament.PROMPT, "2026-07-02", "2026-07-03"),
        (Temperament.STEADY, "2026-07-07", "2026-07-09"),
        (Temperament.LATE, "2026-07-16", "2026-07-23"),
    ),
)
def test_a_temperament_shows_in_the_day_of_the_report(
    temperament: Temperament, earliest: str, latest: str
) -> None:
    """The report is due from 1 to 15 July 2026."""
    case = case_in(Stage.MIDYEAR_REPORT)
    planned = next_action(case.appraisal, {Capacity.EMPLOYEE: temperament}, case.now, case.rules)
    assert planned is not None
    assert planned.trigger is Trigger.SUBMIT_CHECK_IN
    assert day(earliest) <= CALENDAR.local_date(planned.at) <= day(latest)
    assert planned.delay == planned.at - case.appraisal.entered_at


@pytest.mark.parametrize("temperament", list(Temperament))
@pytest.mark.parametrize("stage", sorted(OPEN_STAGES))
def test_whoever_is_awaited_somebody_plans_to_act(stage: Stage, temperament: Temperament) -> None:
    """Unless the clock itself will move the case."""
    case = case_in(stage, knowing(stage))
    planned = next_action(case.appraisal, dict.fromkeys(Capacity, temperament), case.now, case.rules)
    assert planned is not None or HOLDERS[stage] is Capacity.CLOCK


@pytest.mark.parametrize("under", (patient, current), ids=("version 2", "today"))
@pytest.mark.parametrize("temperament", list(Temperament))
def test_an_agency_of_one_temperament_still_comes_to_an_end(
    temperament: Temperament, under: Callable[[], RuleContext]
) -> None:
    same = under()
    ends = {year(number, same, {temperament: 1.0}).appraisal.stage for number in range(60)}
    assert ends <= CLOSED_STAGES


@pytest.mark.parametrize("policy", ("wait", "escalate"))
def test_a_scheme_that_refuses_late_objections_is_never_asked_for_one(policy: str) -> None:
    strict = rules(late_objection="refuse", stages=lapse_policy(policy))
    mix = {Temperament.LATE: 0.8, Temperament.OBJECTING: 0.2}
    assert {year(number, strict, mix).appraisal.stage for number in range(60)} <= CLOSED_STAGES


def test_a_scheme_without_reminders_still_comes_to_an_end() -> None:
    book = rules().book
    bare = {name: ladder.model_copy(update={"rungs": ()}) for name, ladder in book.ladders.items()}
    assert {year(number, rules(ladders=bare)).appraisal.stage for number in range(60)} <= CLOSED_STAGES


def test_deadlines_in_months_still_come_to_an_end() -> None:
    monthly = {"unit": Unit.MONTHS, "length": 1, "date": None}
    stages = {}
    for stage, rule in rules().book.stages.items():
        deadline = rule.deadline and rule.deadline.model_copy(update=monthly)
        stages[stage] = rule.model_copy(update={"deadline": deadline})
    assert {year(number, rules(stages=stages)).appraisal.stage for number in range(60)} <= CLOSED_STAGES


@given(moment=st.integers(0, 500), temperament=st.sampled_from(list(Temperament)))
def test_a_plan_stays_the_same_until_its_moment(moment: int, temperament: Temperament) -> None:
    case = case_in(Stage.PLAN_REVIEW)
    temperaments = dict.fromkeys(Capacity, temperament)
    first = next_action(case.appraisal, temperaments, case.now, case.rules)
    assert first is not None
    later = case.now + (first.at - case.now) * moment / 500
    assert next_action(case.appraisal, temperaments, later, case.rules) == first


def test_a_planned_action_becomes_a_command_with_a_text_only_where_one_is_needed() -> None:
    case = case_in(Stage.PLAN_DRAFTING)
    planned = next_action(case.appraisal, EVERYBODY, case.now, case.rules)
    assert planned is not None
    command = planned.command(id="key-1", actor="sari", document="text-1")
    assert (command.trigger, command.actor, command.document) == (Trigger.SUBMIT_PLAN, "sari", "text-1")
    case = case_in(Stage.FEEDBACK_MEETING)
    planned = next_action(case.appraisal, EVERYBODY, case.now, case.rules)
    assert planned is not None
    assert planned.command(id="key-1", actor="budi", document="text-1").document is None


@pytest.mark.parametrize("stage", (Stage.SCHEDULED, Stage.CANCELLED))
def test_nobody_plans_anything_before_the_planning_opens_or_after_a_cancellation(stage: Stage) -> None:
    case = case_in(stage)
    assert next_action(case.appraisal, EVERYBODY, case.now, case.rules) is None


def test_a_mix_is_met_by_many_people() -> None:
    found = Counter(temperament_of(f"person-{number}") for number in range(10_000))
    for temperament, share in USUAL_MIX.items():
        assert abs(found[temperament] / 10_000 - share) < 0.015


def test_one_person_keeps_the_temperament() -> None:
    assert temperament_of("sari") is temperament_of("sari")


@pytest.mark.parametrize("mix", ({Temperament.LATE: 0.0}, {Temperament.LATE: -1.0, Temperament.PROMPT: 2.0}))
def test_a_mix_without_shares_is_refused(mix: dict[Temperament, float]) -> None:
    with pytest.raises(ValueError, match="mix"):
        temperament_of("sari", mix)
