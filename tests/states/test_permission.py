"""Who may do what, and what is offered to whom."""

import dataclasses
from collections.abc import Callable

import pytest

from states.decide import decide
from states.errors import ConflictOfInterest, DomainError, NotPermitted
from states.permission import Action, allowed_actions
from states.stages import OPEN_STAGES, Capacity, Stage
from states.table import PERMISSIONS, UNOFFERED_TRIGGERS
from states.triggers import Trigger
from tests.states.builders import CURRENT, PEOPLE, Case, case_in, current, knowing, lapse_policy, patient

STAGES = sorted(Stage)
PERSONS = [capacity for capacity in Capacity if capacity is not Capacity.CLOCK]


def in_stage(stage: Stage) -> Case:
    return case_in(stage, knowing(stage))


def offered(case: Case, capacity: Capacity, actor: str | None = None) -> tuple[Action, ...]:
    return allowed_actions(case.appraisal, actor or PEOPLE[capacity], [capacity], case.now, case.rules)


def accepted(case: Case, trigger: Trigger, capacity: Capacity) -> bool:
    try:
        case.decide(trigger, capacity)
    except DomainError:
        return False
    return True


def in_stage_today(stage: Stage) -> Case:
    """The same under the rules of today, with every optional step."""
    under = current(plan_screening=True, moderation=True, stages=lapse_policy("escalate", book=CURRENT))
    return case_in(stage, under)


@pytest.mark.parametrize("lapsed", (False, True))
@pytest.mark.parametrize("situation", (in_stage, in_stage_today))
@pytest.mark.parametrize("stage", STAGES)
def test_what_is_offered_is_exactly_what_is_accepted(
    stage: Stage, situation: Callable[[Stage], Case], lapsed: bool
) -> None:
    case = situation(stage)
    if lapsed and case.appraisal.deadline is not None:
        case.lapsed()
    for capacity in Capacity:
        names = {action.trigger for action in offered(case, capacity)}
        possible = {trigger for trigger in Trigger if accepted(case, trigger, capacity)}
        assert names == possible - UNOFFERED_TRIGGERS


@pytest.mark.parametrize("stage", STAGES)
def test_parts_of_a_change_and_what_the_service_notes_are_never_offered_by_themselves(stage: Stage) -> None:
    case = in_stage(stage)
    names = {action.trigger for capacity in Capacity for action in offered(case, capacity)}
    assert not names & UNOFFERED_TRIGGERS


@pytest.mark.parametrize("stage", STAGES)
def test_who_has_two_capacities_is_offered_both_in_the_order_of_the_table(stage: Stage) -> None:
    case = in_stage(stage)
    both = allowed_actions(case.appraisal, "tono", [Capacity.RATER, Capacity.HR], case.now, case.rules)
    single = {*offered(case, Capacity.RATER, "tono"), *offered(case, Capacity.HR, "tono")}
    assert set(both) == single
    order = [trigger for stage_, trigger in PERMISSIONS if stage_ is stage]
    assert [action.trigger for action in both] == sorted((action.trigger for action in both), key=order.index)


@pytest.mark.parametrize("stage", STAGES)
def test_without_a_capacity_nothing_is_offered(stage: Stage) -> None:
    case = in_stage(stage)
    assert allowed_actions(case.appraisal, "sari", [], case.now, case.rules) == ()


@pytest.mark.parametrize("situation", (in_stage, in_stage_today))
@pytest.mark.parametrize("stage", sorted(OPEN_STAGES))
def test_somebody_is_offered_something_in_every_open_stage(
    stage: Stage, situation: Callable[[Stage], Case]
) -> None:
    case = situation(stage)
    assert any(offered(case, capacity) for capacity in PERSONS)


def test_an_offer_names_what_must_come_with_it() -> None:
    case = case_in(Stage.FIRST_HALF)
    offers = {action.trigger: action for action in offered(case, Capacity.HR)}
    assert offers[Trigger.REVISE_PLAN] == Action(Trigger.REVISE_PLAN, Capacity.HR, True, ("ground",))
    assert offers[Trigger.REASSIGN].parameters == ("assignee", "assigned_capacity")
    assert offers[Trigger.OPEN_CHECK_IN] == Action(Trigger.OPEN_CHECK_IN, Capacity.HR, False, ())


def test_an_extension_and_a_receipt_name_their_days_and_what_they_rest_on() -> None:
    offers = {action.trigger: action.parameters for action in offered(case_in(Stage.RESPONSE), Capacity.HR)}
    assert offers[Trigger.EXTEND] == ("until", "authority")
    assert offers[Trigger.RECORD_RECEIPT] == ("received_on", "evidence")


@pytest.mark.parametrize(
    ("stage", "capacity", "trigger", "parameters"),
    (
        (Stage.OBJECTED, Capacity.APPEALS_OFFICER, Trigger.DISMISS_OBJECTION, ("dismissal_ground",)),
        (Stage.FINALISED, Capacity.HR, Trigger.REOPEN, ("reopening_ground", "reference")),
        (Stage.COUNTERSIGN, Capacity.EMPLOYEE, Trigger.OBJECT, ()),
    ),
)
def test_what_ends_or_opens_an_objection_names_its_ground(
    stage: Stage, capacity: Capacity, trigger: Trigger, parameters: tuple[str, ...]
) -> None:
    offers = {action.trigger: action for action in offered(in_stage_today(stage), capacity)}
    assert offers[trigger] == Action(trigger, capacity, True, parameters)


@pytest.mark.parametrize("stage", sorted(OPEN_STAGES))
def test_nobody_acts_as_the_employee_of_another_case(stage: Stage) -> None:
    case = in_stage(stage)
    assert offered(case, Capacity.EMPLOYEE, "dewi") == ()


@pytest.mark.parametrize("capacity", [capacity for capacity in PERSONS if capacity is not Capacity.EMPLOYEE])
@pytest.mark.parametrize("stage", sorted(Stage))
def test_nobody_judges_or_manages_the_own_case(stage: Stage, capacity: Capacity) -> None:
    case = in_stage(stage)
    assert offered(case, capacity, PEOPLE[Capacity.EMPLOYEE]) == ()


def test_the_own_case_is_refused_as_a_conflict_of_interest() -> None:
    case = case_in(Stage.RATING)
    with pytest.raises(ConflictOfInterest):
        case.do(Trigger.RATE, actor=PEOPLE[Capacity.EMPLOYEE])


def test_a_refusal_names_the_stage_the_action_and_the_capacity() -> None:
    case = case_in(Stage.PLAN_REVIEW)
    with pytest.raises(NotPermitted) as refusal:
        case.do(Trigger.APPROVE_PLAN, Capacity.EMPLOYEE)
    assert (refusal.value.code, refusal.value.status) == ("not_permitted", 403)
    assert str(refusal.value) == (
        "The action approve_plan in the stage plan_review is not open to the capacity employee."
    )


def test_one_who_set_the_result_is_offered_no_decision_on_the_objection() -> None:
    case = case_in(Stage.OBJECTION_REVIEW)
    assert offered(case, Capacity.APPEALS_OFFICER, "budi") == ()
    assert {action.trigger for action in offered(case, Capacity.APPEALS_OFFICER)} == {
        Trigger.HEAR_EMPLOYEE,
        Trigger.HEAR_RATER,
    }


def test_no_end_of_an_examination_is_offered_before_both_sides_had_their_say() -> None:
    """Art 59(3): nobody is dismissed unheard either."""
    case = in_stage_today(Stage.OBJECTION_REVIEW)
    ends = {Trigger.DISMISS_OBJECTION, Trigger.UPHOLD_RESULT, Trigger.CHANGE_RESULT}
    asking = {Trigger.ASK_EMPLOYEE, Trigger.ASK_RATER}
    assert {action.trigger for action in offered(case, Capacity.APPEALS_OFFICER)} == asking
    case.do(Trigger.ASK_EMPLOYEE)
    case.do(Trigger.ASK_RATER)
    case.do(Trigger.GIVE_STATEMENT, Capacity.EMPLOYEE)
    assert offered(case, Capacity.APPEALS_OFFICER) == tuple(
        action for action in offered(case, Capacity.APPEALS_OFFICER) if action.trigger is Trigger.ASK_EMPLOYEE
    )
    case.do(Trigger.GIVE_STATEMENT, Capacity.RATER)
    assert {action.trigger for action in offered(case, Capacity.APPEALS_OFFICER)} == asking | ends


def test_a_late_objection_is_not_offered_where_the_scheme_refuses_it() -> None:
    case = case_in(Stage.COUNTERSIGN, patient(late_objection="refuse"))
    assert {action.trigger for action in offered(case, Capacity.EMPLOYEE)} == {Trigger.AGREE}


def test_the_matrix_grants_only_what_a_capacity_of_the_stage_may_do() -> None:
    assert all(capacities for capacities in PERMISSIONS.values())
    assert not any(stage is Stage.CANCELLED for stage, _ in PERMISSIONS)


def test_a_command_without_its_document_is_offered_but_not_accepted() -> None:
    case = case_in(Stage.RATING)
    command = dataclasses.replace(case.command(Trigger.RATE), document=None)
    assert Trigger.RATE in {action.trigger for action in offered(case, Capacity.RATER)}
    with pytest.raises(DomainError, match="needs a text"):
        decide(case.appraisal, command, case.now, case.rules)
