"""Which relations stay with a move, which period closes, and what follows (PP 30/2019 arts 24(3), 36)."""

from typing import Any

import pytest

from states.changes import MergeUnits, Move
from states.effects import RESULT_STAGES
from states.errors import ConflictOfInterest, ParameterInvalid
from states.operations.merging import check_merger, merged, refuse_unit_below
from states.operations.moving import check_move, moved, officials_of, require_successor
from states.operations.refusals import NamedPerson
from states.stage_groups import PLAN_STAGES, PLANNED_STAGES
from states.stages import OPEN_STAGES, Stage
from states.triggers import Trigger
from tests.states.builders import day
from tests.states.operations.requests import (
    BUDI,
    JOKO,
    OFFICER,
    OTHER_UNIT,
    SARI,
    UNIT,
    WATI,
    change,
    open_case,
    ordered,
    suspended_from,
)

UNDER_A_PLAN = {*PLANNED_STAGES, Stage.SELF_ASSESSMENT}
WITHOUT_A_PLAN = OPEN_STAGES - RESULT_STAGES - UNDER_A_PLAN - {Stage.SUSPENDED}
HANDED = {"assignee": str(WATI), "assigned_capacity": "rater"}


def move(**fields: Any) -> Move:
    made = change("move", **({"person": SARI, "unit": UNIT, "rater": WATI} | fields))
    assert isinstance(made, Move)
    return made


def merger(**fields: Any) -> MergeUnits:
    made = change("merge_units", **({"units": [UNIT], "into": OTHER_UNIT} | fields))
    assert isinstance(made, MergeUnits)
    return made


def test_nobody_orders_his_own_move_or_rates_himself() -> None:
    check_move(ordered(move()), move())
    with pytest.raises(ConflictOfInterest):
        check_move(ordered(move(person=OFFICER)), move(person=OFFICER))
    with pytest.raises(ParameterInvalid, match="appraises himself") as refusal:
        check_move(ordered(move(rater=SARI)), move(rater=SARI))
    assert refusal.value.field == "rater"


def test_whoever_rates_others_says_what_becomes_of_them() -> None:
    with pytest.raises(ParameterInvalid, match="rates 4 people") as refusal:
        require_successor(move(), NamedPerson(SARI, away=False, rates=4))
    assert refusal.value.field == "successor"


@pytest.mark.parametrize(
    ("made", "rates"), ((move(), 0), (move(successor=JOKO), 4), (move(keeps_people=True), 4))
)
def test_others_may_move(made: Move, rates: int) -> None:
    require_successor(made, NamedPerson(SARI, away=False, rates=rates))


def test_a_move_may_touch_the_line_of_the_person_the_rater_and_the_successor() -> None:
    assert officials_of(move()) == {SARI, WATI}
    assert officials_of(move(successor=JOKO)) == {SARI, WATI, JOKO}


@pytest.mark.parametrize("stage", sorted(RESULT_STAGES))
def test_a_result_that_is_being_settled_stays_with_those_who_settle_it(stage: Stage) -> None:
    case = open_case(stage)
    meant = moved(ordered(move()), move(), [case])
    assert (meant.staying, meant.closing) == ((case.id,), ())
    (item,) = meant.items
    assert (item.trigger, item.parameters) == (Trigger.NOTE_CHANGE, {})


@pytest.mark.parametrize("stage", sorted(UNDER_A_PLAN))
def test_under_an_approved_plan_the_period_closes_on_the_day_before(stage: Stage) -> None:
    made, case = move(effective_on="2026-07-01"), open_case(stage)
    meant = moved(ordered(made), made, [case])
    assert (meant.staying, meant.closing, meant.last_day) == ((case.id,), (case.id,), day("2026-06-30"))
    (item,) = meant.items
    assert (item.trigger, item.parameters) == (Trigger.CLOSE_PERIOD, {"new_period": "2026-07-01"})


@pytest.mark.parametrize("stage", sorted(WITHOUT_A_PLAN))
def test_without_a_plan_the_case_goes_on_with_the_new_rater(stage: Stage) -> None:
    case = open_case(stage)
    meant = moved(ordered(move()), move(), [case])
    assert (meant.staying, meant.closing) == ((), ())
    (item,) = meant.items
    assert (item.trigger, item.parameters) == (Trigger.NOTE_CHANGE, HANDED)


def test_several_periods_of_one_person_keep_their_order() -> None:
    own = [
        open_case(Stage.RATING, 101),
        open_case(Stage.FIRST_HALF, 102),
        open_case(Stage.PLAN_DRAFTING, 103),
    ]
    meant = moved(ordered(move()), move(), own)
    assert meant.staying == (own[0].id, own[1].id)
    assert meant.closing == (own[1].id,)
    assert [item.appraisal for item in meant.items] == [case.id for case in own]


@pytest.mark.parametrize("stage", sorted(UNDER_A_PLAN | {Stage.RATING, Stage.RESPONSE}))
def test_what_is_suspended_under_a_plan_is_resumed_first(stage: Stage) -> None:
    with pytest.raises(ParameterInvalid, match="suspended under an approved plan") as refusal:
        moved(ordered(move()), move(), [open_case(Stage.RATING, 102), suspended_from(stage)])
    assert refusal.value.field == "person"


@pytest.mark.parametrize("stage", (Stage.SCHEDULED, *PLAN_STAGES))
def test_what_is_suspended_before_a_plan_goes_on_with_the_new_rater(stage: Stage) -> None:
    (item,) = moved(ordered(move()), move(), [suspended_from(stage)]).items
    assert (item.trigger, item.parameters) == (Trigger.NOTE_CHANGE, HANDED)


def test_a_unit_is_merged_neither_into_itself_nor_into_one_below_it() -> None:
    check_merger(merger())
    refuse_unit_below(merger(), {OTHER_UNIT})
    with pytest.raises(ParameterInvalid, match="merged into itself") as itself:
        check_merger(merger(units=[UNIT, OTHER_UNIT]))
    with pytest.raises(ParameterInvalid, match="stands below one that is merged") as below:
        refuse_unit_below(merger(), {OTHER_UNIT, UNIT})
    assert (itself.value.field, below.value.field) == ("into", "into")


def test_a_merger_is_noted_in_each_open_appraisal() -> None:
    performed = merged([BUDI, JOKO], 7)
    assert [(item.appraisal, item.trigger, item.parameters) for item in performed.items] == [
        (BUDI, Trigger.NOTE_CHANGE, {}),
        (JOKO, Trigger.NOTE_CHANGE, {}),
    ]
    assert (performed.relations, performed.unresolved) == (7, ())
