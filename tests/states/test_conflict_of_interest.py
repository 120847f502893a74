"""A rater with a conflict of interest leaves the rating to the next level up (UU 30/2014 arts 42 and 43)."""

from typing import Any

import pytest

from states.codec import dump_appraisal, load_appraisal
from states.errors import AlreadyRecorded, ConflictOfInterest, IllegalTransition, NobodyAbove
from states.notices import notices_of
from states.permission import allowed_actions
from states.rule_context import RuleContext
from states.stages import Capacity, Stage
from states.templates import Template
from states.triggers import Trigger
from tests.states.builders import (
    CURRENT,
    PEOPLE,
    Case,
    case_in,
    current,
    day,
    deadline_changed,
    lapse_policy,
    local,
)

RATER, SUPERIOR = PEOPLE[Capacity.RATER], PEOPLE[Capacity.RATER_SUPERIOR]
DIRECTOR = "eka"


def declaring(**changes: Any) -> RuleContext:
    return current(conflict_declaration=True, **changes)


def declared(stage: Stage = Stage.RATING) -> Case:
    """A case whose rater has just declared a conflict of interest."""
    case = case_in(stage, declaring(stages=lapse_policy("escalate", book=CURRENT)))
    case.do(Trigger.DECLARE_CONFLICT)
    return case


@pytest.mark.parametrize("stage", (Stage.SELF_ASSESSMENT, Stage.RATING))
def test_a_declared_conflict_hands_the_rating_to_the_level_above_and_moves_nothing_else(stage: Stage) -> None:
    case = case_in(stage, declaring())
    event = case.do(Trigger.DECLARE_CONFLICT)
    assert (event.actor, event.assignee, event.assigned_capacity) == (RATER, SUPERIOR, Capacity.RATER)
    assert case.stage is stage
    assert case.appraisal.conflicted == (RATER,)


def test_a_scheme_that_says_nothing_of_it_knows_no_declaration() -> None:
    with pytest.raises(IllegalTransition):
        case_in(Stage.RATING, current()).do(Trigger.DECLARE_CONFLICT)


def test_rules_that_say_nothing_of_it_are_stored_as_before() -> None:
    assert "conflict_declaration" not in CURRENT.model_dump()
    assert declaring().book.model_dump()["conflict_declaration"] is True


def test_where_nobody_is_above_the_personnel_officers_must_appoint_somebody() -> None:
    case = case_in(Stage.RATING, declaring())
    with pytest.raises(NobodyAbove, match="Ask the personnel officers to appoint"):
        case.do(Trigger.DECLARE_CONFLICT, assignee=None)


@pytest.mark.parametrize("taking_over", (PEOPLE[Capacity.EMPLOYEE], RATER))
def test_neither_the_employee_nor_the_declaring_rater_takes_over(taking_over: str) -> None:
    case = case_in(Stage.RATING, declaring())
    with pytest.raises(NobodyAbove):
        case.do(Trigger.DECLARE_CONFLICT, assignee=taking_over)


def test_the_superior_may_declare_one_as_well_and_it_goes_up_again() -> None:
    case = declared()
    event = case.do(Trigger.DECLARE_CONFLICT, actor=SUPERIOR, assignee=DIRECTOR)
    assert event.assignee == DIRECTOR
    assert case.appraisal.conflicted == (RATER, SUPERIOR)


def test_it_never_comes_back_to_somebody_who_declared_one_before() -> None:
    with pytest.raises(NobodyAbove):
        declared().do(Trigger.DECLARE_CONFLICT, actor=SUPERIOR, assignee=RATER)


def test_nobody_declares_twice() -> None:
    with pytest.raises(AlreadyRecorded):
        declared().do(Trigger.DECLARE_CONFLICT, assignee=DIRECTOR)


def test_the_declaration_is_offered_although_the_successor_is_not_known_yet() -> None:
    case = case_in(Stage.RATING, declaring())
    offered = allowed_actions(case.appraisal, RATER, [Capacity.RATER], case.now, case.rules)
    (action,) = (each for each in offered if each.trigger is Trigger.DECLARE_CONFLICT)
    assert (action.needs_text, action.parameters) == (True, ())


def test_who_declared_one_rates_no_more_even_if_the_relations_name_him_again() -> None:
    case = declared()
    with pytest.raises(ConflictOfInterest):
        case.do(Trigger.RATE)
    assert allowed_actions(case.appraisal, RATER, [Capacity.RATER], case.now, case.rules) == ()


def test_nobody_rates_in_the_name_of_somebody_who_declared_one() -> None:
    with pytest.raises(ConflictOfInterest):
        declared().do(Trigger.RATE, actor="tono", on_behalf_of=RATER)


def test_the_level_above_rates() -> None:
    case = declared()
    case.do(Trigger.RATE, actor=SUPERIOR)
    assert (case.stage, case.appraisal.result_by) == (Stage.FEEDBACK_MEETING, (SUPERIOR,))


def test_hr_may_hand_the_rating_to_somebody_else() -> None:
    case = declared()
    case.do(Trigger.REASSIGN, assignee="dewi", assigned_capacity=Capacity.RATER)
    case.do(Trigger.RATE, actor="dewi")
    assert case.appraisal.conflicted == (RATER,)


@pytest.mark.parametrize("capacity", (Capacity.RATER, Capacity.RATER_SUPERIOR, Capacity.APPEALS_OFFICER))
def test_hr_hands_nothing_back_to_who_declared_one(capacity: Capacity) -> None:
    with pytest.raises(ConflictOfInterest):
        declared().do(Trigger.REASSIGN, assignee=RATER, assigned_capacity=capacity)


def test_an_answer_to_a_dispute_does_not_bring_him_back_either() -> None:
    case = declared()
    case.do(Trigger.DISPUTE_RATER)
    with pytest.raises(ConflictOfInterest):
        case.do(Trigger.ANSWER_DISPUTE, assignee=RATER, assigned_capacity=Capacity.RATER)


def test_a_noted_change_of_the_organisation_is_no_appointment_and_is_noted() -> None:
    case = declared()
    case.do(Trigger.NOTE_CHANGE, Capacity.HR, assignee=RATER, assigned_capacity=Capacity.RATER)
    assert case.appraisal.conflicted == (RATER,)


def test_he_decides_no_objection_to_the_result() -> None:
    case = declared()
    case.do(Trigger.RATE, actor=SUPERIOR)
    case.do(Trigger.DELIVER_RESULT, actor=SUPERIOR)
    case.do(Trigger.OBJECT)
    with pytest.raises(ConflictOfInterest):
        case.do(Trigger.ADMIT_OBJECTION, actor=RATER)
    case.do(Trigger.ADMIT_OBJECTION)


def test_a_rater_whom_hr_had_confirmed_may_be_disputed_anew_after_it() -> None:
    case = case_in(Stage.RATING, declaring())
    case.do(Trigger.DISPUTE_RATER)
    case.do(Trigger.ANSWER_DISPUTE)
    case.do(Trigger.DECLARE_CONFLICT)
    assert not case.appraisal.rater_confirmed


def test_the_deadline_stays_where_enough_working_days_are_left() -> None:
    case = case_in(Stage.RATING, declaring())
    due = case.due_on
    event = case.do(Trigger.DECLARE_CONFLICT)
    assert (event.deadline, event.due_before, case.due_on) == (None, None, due)


def test_the_new_rater_has_at_least_the_working_days_that_the_rule_leaves() -> None:
    """On Friday 29 January 2027 three working days lead to Wednesday 3 February; the law keeps its 31 January."""
    case = case_in(Stage.RATING, declaring())
    event = case.do(Trigger.DECLARE_CONFLICT, at=local("2027-01-29 09:00"))
    assert case.due_on == day("2027-02-03")
    assert event.due_before == day("2027-01-31")
    assert case.appraisal.deadline is not None
    assert case.appraisal.deadline.by_law == day("2027-01-31")


def test_after_the_lapse_the_new_rater_is_not_overdue_at_once() -> None:
    case = case_in(Stage.RATING, declaring()).lapsed()
    case.do(Trigger.DECLARE_CONFLICT)
    assert case.appraisal.deadline is not None
    assert not case.appraisal.deadline.lapsed
    assert case.due_on > case.today


def test_a_rule_that_leaves_no_working_days_moves_nothing() -> None:
    stages = deadline_changed(Stage.RATING, book=CURRENT, minimum_working_days=0)
    case = case_in(Stage.RATING, declaring(stages=stages)).lapsed()
    assert case.do(Trigger.DECLARE_CONFLICT).deadline is None


def test_the_deadline_of_the_employee_is_not_the_raters_to_move() -> None:
    case = case_in(Stage.SELF_ASSESSMENT, declaring())
    due = case.due_on
    case.do(Trigger.DECLARE_CONFLICT, at=local("2027-01-08 09:00"))
    assert case.due_on == due


def told(case: Case) -> set[tuple[str, str | None, str]]:
    return {
        (notice.audience.value, notice.recipient, notice.template.value)
        for notice in notices_of(case.events[-1], case.appraisal)
    }


def test_both_raters_the_employee_and_hr_are_told_and_the_new_rater_gets_the_task() -> None:
    fact = Template.CONFLICT_DECLARED.value
    assert told(declared()) == {
        ("employee", None, fact),
        ("hr", None, fact),
        ("rater", RATER, fact),
        ("rater", SUPERIOR, fact),
        ("rater", SUPERIOR, Template.HANDED_OVER.value),
    }


def test_before_the_rating_the_new_rater_is_told_without_a_task() -> None:
    assert ("rater", SUPERIOR, Template.HANDED_OVER.value) not in told(declared(Stage.SELF_ASSESSMENT))
    assert ("rater", SUPERIOR, Template.CONFLICT_DECLARED.value) in told(declared(Stage.SELF_ASSESSMENT))


def test_a_snapshot_keeps_who_declared_one_and_leaves_out_that_nobody_did() -> None:
    case = declared()
    assert load_appraisal(dump_appraisal(case.appraisal)) == case.appraisal
    assert "conflicted" not in dump_appraisal(case_in(Stage.RATING, declaring()).appraisal)
