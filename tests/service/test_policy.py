"""What follows from holding a capacity."""

import re
import uuid
from dataclasses import replace
from typing import get_args

import pytest

from content.forms.form import Form
from service import policy
from states.appraisal import Suspension
from states.errors import NotPermitted, ParameterInvalid
from states.stages import Capacity, Stage
from states.table import TABLE
from states.triggers import Trigger
from store.meeting.standing import ARRANGED_IN
from tests.service.snapshots import SNAPSHOT

ME, OTHER = uuid.uuid4(), uuid.uuid4()


def test_the_actors_of_every_trigger_are_those_of_the_table() -> None:
    for trigger in Trigger:
        expected = {capacity for row in TABLE if row.trigger is trigger for capacity in row.by}
        assert set(policy.actors_of(trigger)) == expected - {Capacity.CLOCK}


@pytest.mark.parametrize("stage", tuple(Stage))
def test_an_appeals_officer_sees_contested_cases_only(stage: Stage) -> None:
    seen = policy.seeing_capacities(["appeals_officer"], replace(SNAPSHOT, stage=stage))
    assert bool(seen) is (stage in {Stage.OBJECTED, Stage.OBJECTION_REVIEW})


def test_an_objection_that_is_suspended_is_still_open_to_its_officer() -> None:
    suspended = replace(
        SNAPSHOT, stage=Stage.SUSPENDED, suspension=Suspension(Stage.OBJECTION_REVIEW, None, None, None)
    )
    assert policy.seeing_capacities(["appeals_officer"], suspended) == (Capacity.APPEALS_OFFICER,)


def test_nobody_sees_anything_without_a_capacity() -> None:
    assert policy.seeing_capacities([], SNAPSHOT) == ()
    assert policy.seeing_capacities(["clock"], SNAPSHOT) == ()


def test_a_capacity_that_is_not_held_cannot_be_chosen() -> None:
    with pytest.raises(NotPermitted):
        policy.acting_capacity((Capacity.EMPLOYEE,), Capacity.HR, Trigger.CANCEL, SNAPSHOT)


def test_the_only_fitting_capacity_is_taken() -> None:
    held = (Capacity.RATER, Capacity.HR)
    assert policy.acting_capacity(held, None, Trigger.CANCEL, SNAPSHOT) is Capacity.HR


def test_two_fitting_capacities_need_a_choice() -> None:
    stage = replace(SNAPSHOT, stage=Stage.FIRST_HALF)
    with pytest.raises(ParameterInvalid, match="rater, hr"):
        policy.acting_capacity((Capacity.RATER, Capacity.HR), None, Trigger.REVISE_PLAN, stage)


def test_without_a_fitting_capacity_the_core_is_left_to_refuse() -> None:
    held = (Capacity.RATER,)
    assert policy.acting_capacity(held, None, Trigger.CANCEL, SNAPSHOT) is Capacity.RATER


@pytest.mark.parametrize(
    ("kind", "delivered", "capacity", "expected"),
    (
        ("submit_plan", False, Capacity.EMPLOYEE, True),
        ("rate", False, Capacity.EMPLOYEE, False),
        ("rate", True, Capacity.EMPLOYEE, True),
        ("return_rating", True, Capacity.EMPLOYEE, False),
        ("rate", False, Capacity.RATER, True),
        ("return_rating", False, Capacity.HR, True),
        ("rate", False, Capacity.RATER_SUPERIOR, True),
        ("result", False, Capacity.EMPLOYEE, True),
        ("authority", False, Capacity.EMPLOYEE, True),
        ("ask_rater", False, Capacity.EMPLOYEE, True),
        ("ask_employee", False, Capacity.RATER, True),
        ("give_statement", False, Capacity.EMPLOYEE, True),
        ("give_statement", False, Capacity.RATER, True),
        ("give_statement", False, Capacity.APPEALS_OFFICER, True),
        ("give_statement", False, Capacity.HR, True),
        ("give_statement", False, Capacity.RATER_SUPERIOR, False),
        ("ask_employee", False, Capacity.RATER_SUPERIOR, False),
    ),
)
def test_who_reads_which_text(kind: str, delivered: bool, capacity: Capacity, expected: bool) -> None:
    assert policy.may_read(kind, OTHER, delivered=delivered, capacities=[capacity], person=ME) is expected


def test_everybody_reads_what_he_wrote_as_long_as_he_sees_the_case() -> None:
    assert policy.may_read("return_rating", ME, delivered=False, capacities=[Capacity.EMPLOYEE], person=ME)
    assert not policy.may_read("submit_plan", ME, delivered=True, capacities=[], person=ME)


HELD_AND_ASKED = {
    Capacity.RATER: {Capacity.EMPLOYEE},
    Capacity.RATER_SUPERIOR: {Capacity.EMPLOYEE, Capacity.RATER},
    Capacity.HR: {
        Capacity.EMPLOYEE,
        Capacity.RATER,
        Capacity.RATER_SUPERIOR,
        Capacity.APPEALS_OFFICER,
        Capacity.HR,
    },
}


@pytest.mark.parametrize("held", tuple(Capacity))
@pytest.mark.parametrize("awaited", tuple(Capacity))
def test_who_may_nudge_whom(held: Capacity, awaited: Capacity) -> None:
    assert policy.may_nudge([held], awaited) is (awaited in HELD_AND_ASKED.get(held, set()))


def test_nobody_nudges_about_the_own_appraisal() -> None:
    assert not policy.may_nudge([Capacity.EMPLOYEE, Capacity.HR], Capacity.RATER)


def test_nobody_nudges_without_a_capacity() -> None:
    assert not policy.may_nudge([], Capacity.EMPLOYEE)


def test_forms_ask_something_of_employees_and_raters_only() -> None:
    triggers = get_args(Form.model_fields["trigger"].annotation)
    assert set(policy.FILLING) == {capacity for trigger in triggers for capacity in policy.actors_of(trigger)}


@pytest.mark.parametrize(
    ("held", "trigger", "expected"),
    (
        (["employee"], Trigger.SUBMIT_PLAN, Capacity.EMPLOYEE),
        (["rater"], Trigger.RATE, Capacity.RATER),
        (["hr", "rater"], Trigger.RATE, Capacity.RATER),
        (["rater"], Trigger.SUBMIT_PLAN, None),
        (["hr"], Trigger.RATE, None),
        (["rater_superior"], Trigger.RATE, None),
        (["employee", "rater"], Trigger.RATE, None),
        ([], Trigger.RATE, None),
    ),
)
def test_a_form_is_filled_in_by_whoever_hands_it_in(
    held: list[str], trigger: Trigger, expected: Capacity | None
) -> None:
    assert policy.filling_capacity(held, trigger) is expected


@pytest.mark.parametrize("capacity", tuple(Capacity))
def test_whoever_acts_as_the_rater_arranges_the_meeting_and_nobody_else(capacity: Capacity) -> None:
    assert policy.may_arrange_meeting([capacity]) is (capacity is Capacity.RATER)


def test_nobody_arranges_a_meeting_about_himself() -> None:
    assert not policy.may_arrange_meeting([Capacity.EMPLOYEE, Capacity.RATER])


@pytest.mark.parametrize("capacity", tuple(Capacity))
def test_a_meeting_concerns_the_two_and_the_personnel_office(capacity: Capacity) -> None:
    at_it = {Capacity.EMPLOYEE, Capacity.RATER, Capacity.HR}
    assert policy.concerns_meeting([capacity]) is (capacity in at_it)


@pytest.mark.parametrize("capacity", tuple(Capacity))
def test_an_agenda_is_the_raters_alone_until_the_result_is_handed_over(capacity: Capacity) -> None:
    assert policy.may_read_agenda([capacity], delivered=False) is (capacity is Capacity.RATER)
    assert policy.may_read_agenda([capacity], delivered=True) is policy.concerns_meeting([capacity])


@pytest.mark.parametrize("other", (Capacity.RATER, Capacity.HR))
def test_of_the_own_case_nobody_reads_it_before(other: Capacity) -> None:
    assert not policy.may_read_agenda([Capacity.EMPLOYEE, other], delivered=False)
    assert policy.may_read_agenda([Capacity.EMPLOYEE, other], delivered=True)


def test_the_stages_of_the_meeting_are_those_that_the_database_knows() -> None:
    assert sorted(re.findall("'([a-z_]+)'", ARRANGED_IN)) == sorted(policy.MEETING_STAGES)


@pytest.mark.parametrize(
    ("capacities", "readable"),
    (
        ((Capacity.HR,), True),
        ((Capacity.HR, Capacity.EMPLOYEE), False),
        ((Capacity.EMPLOYEE,), False),
        ((Capacity.RATER,), False),
        ((Capacity.RATER_SUPERIOR,), False),
        ((), False),
    ),
)
def test_why_a_conflict_of_interest_was_declared_is_for_hr_and_not_about_themselves(
    capacities: tuple[Capacity, ...], readable: bool
) -> None:
    kind = Trigger.DECLARE_CONFLICT
    assert policy.may_read(kind, OTHER, delivered=True, capacities=capacities, person=ME) is readable


def test_who_declared_a_conflict_of_interest_reads_his_own_words_where_he_sees_the_case() -> None:
    kind, held = Trigger.DECLARE_CONFLICT, (Capacity.HR,)
    assert policy.may_read(kind, ME, delivered=False, capacities=held, person=ME)
    assert not policy.may_read(kind, ME, delivered=False, capacities=(), person=ME)


@pytest.mark.parametrize(
    ("officer", "superior", "head", "sees", "rates"),
    (
        (False, False, False, False, False),
        (False, False, True, False, False),
        (True, False, False, True, True),
        (False, True, False, True, True),
        (True, False, True, True, False),
        (True, True, False, True, True),
    ),
)
def test_a_unit_is_open_to_hr_and_the_leader_above_and_its_head_never_decides(
    officer: bool, superior: bool, head: bool, sees: bool, rates: bool
) -> None:
    assert policy.may_see_distribution(officer=officer, superior=superior) is sees
    assert policy.may_rate_unit(officer=officer, superior=superior, head=head) is rates


@pytest.mark.parametrize(
    ("officer", "rater", "belongs", "sees", "rates"),
    (
        (True, False, False, True, True),
        (False, True, False, True, True),
        (False, False, True, True, False),
        (True, False, True, True, False),
        (False, True, True, True, False),
        (False, False, False, False, False),
    ),
)
def test_a_team_is_rated_by_hr_and_the_rater_of_its_leader_and_never_from_within(
    officer: bool, rater: bool, belongs: bool, sees: bool, rates: bool
) -> None:
    assert policy.may_see_team(officer=officer, rater=rater, belongs=belongs) is sees
    assert policy.may_rate_team(officer=officer, rater=rater, belongs=belongs) is rates


@pytest.mark.parametrize(
    ("officer", "own", "may"), ((True, False, True), (True, True, False), (False, False, False))
)
def test_members_are_changed_by_hr_and_nobody_changes_his_own_membership(
    officer: bool, own: bool, may: bool
) -> None:
    assert policy.may_change_team(officer=officer, own=own) is may


@pytest.mark.parametrize(
    ("held", "by", "capacity"),
    (
        ((Capacity.RATER,), (Capacity.EMPLOYEE, Capacity.RATER), Capacity.RATER),
        ((Capacity.HR, Capacity.RATER), (Capacity.RATER, Capacity.HR), Capacity.RATER),
        ((Capacity.HR,), (Capacity.RATER,), None),
        ((), (Capacity.EMPLOYEE,), None),
        ((Capacity.EMPLOYEE, Capacity.HR), (Capacity.HR,), None),
        ((Capacity.EMPLOYEE, Capacity.HR), (Capacity.HR, Capacity.EMPLOYEE), Capacity.EMPLOYEE),
    ),
)
def test_somebody_adds_to_a_case_in_a_capacity_that_he_holds_and_to_his_own_as_its_employee(
    held: tuple[Capacity, ...], by: tuple[Capacity, ...], capacity: Capacity | None
) -> None:
    assert policy.author_capacity(held, by) is capacity
