"""Whatever happens before, who has received a result and is within the days is heard (PP 30/2019 art 59).

Random sequences of all commands by all officials, who come and go, of lapses, absences and decrees. After each, an
employee within his days objects, is heard, is judged by somebody without a part in the result, and that stands.
"""

import datetime as dt
import random
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from states.agenda import agenda
from states.appraisal import Appraisal
from states.calendar import WorkingCalendar
from states.commands import Command
from states.decide import decide
from states.errors import DomainError
from states.events import Acted
from states.evolve import evolve
from states.national import national_calendar
from states.outcomes import SETTLED
from states.permission import allowed_actions
from states.rule_context import RuleContext
from states.stage_groups import OBJECTION_STAGES
from states.stages import Capacity, Stage
from states.triggers import Outcome, Trigger
from tests.states.builders import CURRENT, QUARTERLY, Case, case_in, current, rules

OFFICIALS = ("budi", "wati", "joko", "rina", "dewi", "plh")
"""Whoever may come to act in any capacity: raters change, superiors step in, officers are replaced."""

RULE_SETS = {
    "today": current(),
    "moderated": current(moderation=True, plan_screening=True, check_ins=QUARTERLY),
    "without check-ins": current(check_ins=(), paths={}),
    "version 2": rules(),
}
CLOSING = [dt.date(2026, 6, 10), dt.date(2026, 12, 28), dt.date(2027, 1, 6), dt.date(2027, 2, 3)]
UNTOUCHED = "an official without a part in it"
OPERATIONS = (
    Trigger.NOTE_ABSENCE,
    Trigger.NOTE_RETURN,
    Trigger.CLOSE_PERIOD,
    Trigger.FOLLOW_PATH,
    Trigger.NOTE_CHANGE,
    Trigger.ADOPT_CALENDAR,
)


TOWARDS_A_RESULT = frozenset(
    {
        Trigger.RATE,
        Trigger.RETURN_RATING,
        Trigger.CONFIRM_RATING,
        Trigger.DELIVER_RESULT,
        Trigger.ACKNOWLEDGE_RECEIPT,
        Trigger.AGREE,
        Trigger.COUNTERSIGN,
        Trigger.FINALISE,
        Trigger.REOPEN,
    }
)
"""What stories prefer, so that they come to results, given and given anew by changing people."""


@dataclass
class Told:
    """A case on its way, with everybody who has had a part in a result."""

    case: Case
    parts: set[str] = field(default_factory=set)

    def give(self, command: Command) -> DomainError | None:
        case = self.case
        new = None
        if command.trigger is Trigger.ADOPT_CALENDAR:
            new = RuleContext(case.rules.book, _with_more_days(case))
        try:
            events = decide(case.appraisal, command, case.now, case.rules, new)
        except DomainError as refusal:
            return refusal
        for event in events:
            case.appraisal = evolve(case.appraisal, event)
            self._note(event)
        if new is not None:
            case.rules = new
        return None

    def _note(self, event: object) -> None:
        setting = {
            Trigger.RATE,
            Trigger.CONFIRM_RATING,
            Trigger.DELIVER_RESULT,
            Trigger.COUNTERSIGN,
            Trigger.CHANGE_RESULT,
        }
        if isinstance(event, Acted) and event.trigger in setting and event.actor:
            self.parts |= {event.actor, *([event.on_behalf_of] if event.on_behalf_of else [])}


def _with_more_days(case: Case) -> WorkingCalendar:
    closed = case.rules.calendar.closed
    added = frozenset(day for day in CLOSING if day not in closed)
    return national_calendar(range(2025, 2029), added=frozenset(sorted(added)[:1]) | (closed & set(CLOSING)))


def stories() -> st.SearchStrategy[list[tuple[int, int, int]]]:
    """Choices: what to do, by whom, and how long after the step before."""
    return st.lists(
        st.tuples(st.integers(0, 9_999), st.integers(0, 5), st.integers(0, 40)), min_size=5, max_size=40
    )


STARTS = (Stage.SCHEDULED, Stage.RATING, Stage.FEEDBACK_MEETING, Stage.RESPONSE, Stage.RESPONSE)


def told(under: RuleContext, start: Stage, story: list[tuple[int, int, int]]) -> Iterator[Told]:
    """The case after each step of a story that begins in ``start``."""
    case = case_in(start, under) if under.book.check_ins else Case(under)
    current_case = Told(case, set(case.appraisal.result_by))
    for choice, who, pause in story:
        case.now += dt.timedelta(days=pause % 9, hours=pause)
        if pause > 30 and (wake := agenda(case.appraisal, case.rules)) is not None:
            case.now = max(case.now, wake)
        case.wake(case.now)
        current_case.give(_chosen(current_case, choice, OFFICIALS[who]))
        yield current_case


def _chosen(told: Told, choice: int, official: str) -> Command:
    """Mostly what somebody may do now, towards a result; now and then an operation or anything at all."""
    case = told.case
    offered = [
        (action.trigger, capacity)
        for capacity in Capacity
        for action in allowed_actions(
            case.appraisal,
            case.appraisal.employee if capacity is Capacity.EMPLOYEE else official,
            [capacity],
            case.now,
            case.rules,
        )
    ]
    offered += [each for each in offered if each[0] in TOWARDS_A_RESULT] * 6
    noted = [(Trigger.NOTE_SEEN, Capacity.EMPLOYEE), (Trigger.NOTE_DELIVERY, Capacity.CLOCK)]
    kind, number = choice % 10, choice // 10
    if kind == 0:
        trigger, capacity = OPERATIONS[number % len(OPERATIONS)], Capacity.HR
    elif kind == 1 or not offered:
        trigger, capacity = noted[number % 2] if number % 3 else (Trigger.EXTEND, Capacity.HR)
    else:
        trigger, capacity = offered[number % len(offered)]
    actor = case.appraisal.employee if capacity is Capacity.EMPLOYEE else official
    behalf = "an official on leave" if number % 7 == 0 and capacity is Capacity.RATER else None
    return case.command(
        trigger, capacity, actor=actor, on_behalf_of=behalf, id=f"key-{case.appraisal.sequence}"
    )


def within_the_days(appraisal: Appraisal, today: dt.date) -> bool:
    """A result is before the employee, its days run, and no objection is open or decided."""
    source = appraisal.suspension.source if appraisal.suspension else appraisal.stage
    return (
        appraisal.received_on is not None
        and appraisal.response_due is not None
        and today <= appraisal.response_due
        and source not in OBJECTION_STAGES
        and appraisal.outcome not in SETTLED
    )


def objects_and_is_heard(told: Told) -> None:
    """The employee's way from his objection to a decision that stands, from wherever the case is now."""
    case = told.case
    case.do(Trigger.OBJECT)
    assert case.stage is Stage.OBJECTED
    assert not case.appraisal.late_by
    for person in told.parts:
        assert _refused(case, Trigger.ADMIT_OBJECTION, actor=person) == "conflict_of_interest", person
    assert _refused(case, Trigger.CANCEL) == "objection_open"
    case.do(Trigger.ADMIT_OBJECTION, actor=UNTOUCHED)
    assert _refused(case, Trigger.UPHOLD_RESULT, actor=UNTOUCHED) == "both_sides_not_heard"
    assert _refused(case, Trigger.DISMISS_OBJECTION, actor=UNTOUCHED) == "both_sides_not_heard"
    _hear(case)
    case.do(Trigger.CHANGE_RESULT, actor=UNTOUCHED, result="the new result")
    assert (case.appraisal.outcome, case.appraisal.result) == (Outcome.CHANGED, "the new result")
    assert _refused(case, Trigger.OBJECT) in ("settled_by_objection", "illegal_transition")
    assert _refused(case, Trigger.RATE, capacity=Capacity.RATER) == "illegal_transition"


def _hear(case: Case) -> None:
    if case.rules.book.objection.statements is None:
        case.do(Trigger.HEAR_EMPLOYEE, actor=UNTOUCHED)
        case.do(Trigger.HEAR_RATER, actor=UNTOUCHED)
        return
    case.do(Trigger.ASK_EMPLOYEE, actor=UNTOUCHED)
    case.do(Trigger.ASK_RATER, actor=UNTOUCHED)
    case.do(Trigger.GIVE_STATEMENT, Capacity.EMPLOYEE)
    case.wake(case.now + dt.timedelta(days=20))  # the rater is silent


def _refused(case: Case, trigger: Trigger, capacity: Capacity | None = None, **fields: Any) -> str | None:
    try:
        case.decide(trigger, capacity, **fields)
    except DomainError as refusal:
        return refusal.code
    return None


@pytest.mark.parametrize("name", RULE_SETS)
@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(start=st.sampled_from(STARTS), story=stories())
def test_within_the_days_an_employee_is_heard_whatever_happened_before(
    name: str, start: Stage, story: list[tuple[int, int, int]]
) -> None:
    for step in told(RULE_SETS[name], start, story):
        case = step.case
        if within_the_days(case.appraisal, case.today):
            kept = (case.appraisal, case.now, list(case.events), case.rules)
            objects_and_is_heard(step)
            case.appraisal, case.now, case.events, case.rules = kept


def test_the_stories_lead_to_results_that_are_signed_countersigned_reported_and_suspended() -> None:
    """Otherwise the property would hold of nothing."""
    dice = random.Random(1)
    seen: Counter[Stage] = Counter()
    for number in range(200):
        story = [(dice.randrange(10_000), dice.randrange(6), dice.randrange(41)) for _ in range(30)]
        for step in told(RULE_SETS["today"], STARTS[number % len(STARTS)], story):
            if within_the_days(step.case.appraisal, step.case.today):
                seen[step.case.stage] += 1
    assert {Stage.RESPONSE, Stage.AGREED, Stage.FINALISED, Stage.SUSPENDED} <= seen.keys()
    assert seen.total() > 200


def test_the_property_is_about_the_rules_of_today() -> None:
    assert RULE_SETS["today"].book == CURRENT
