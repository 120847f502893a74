"""What follows for open appraisals from who was responsible before a change and who is after it."""

import uuid
from collections.abc import Iterable

import pytest

from states.operations.items import Item, OpenCase
from states.operations.outcome import Cases, outcome
from states.stages import Stage
from states.triggers import Trigger
from tests.states.operations.requests import BUDI, JOKO, WATI, open_case

CASE = open_case(Stage.RATING).id


def by_id(*cases: OpenCase) -> Cases:
    return {case.id: case for case in cases}


def rated_by(rater: uuid.UUID | None) -> Cases:
    return by_id(open_case(Stage.RATING, rater=rater))


def notes(items: Iterable[Item]) -> list[tuple[uuid.UUID, Trigger, dict[str, object]]]:
    return [(item.appraisal, item.trigger, dict(item.parameters)) for item in items]


def test_where_nobody_else_is_responsible_nothing_follows() -> None:
    performed = outcome(rated_by(BUDI), rated_by(BUDI), ())
    assert (performed.items, performed.relations, performed.unresolved) == ((), 0, ())


def test_another_rater_is_noted_with_who_it_is() -> None:
    performed = outcome(rated_by(BUDI), rated_by(WATI), (), written=1)
    handed = {"assignee": str(WATI), "assigned_capacity": "rater"}
    assert notes(performed.items) == [(CASE, Trigger.NOTE_CHANGE, handed)]
    assert (performed.relations, performed.unresolved) == (1, ())


@pytest.mark.parametrize("before", (by_id(), rated_by(BUDI)), ids=("not open before", "rated before"))
def test_a_case_for_which_nobody_is_found_is_noted_and_counted(before: Cases) -> None:
    performed = outcome(before, rated_by(None), ())
    assert notes(performed.items) == [(CASE, Trigger.NOTE_CHANGE, {})]
    assert performed.unresolved == (CASE,)


def test_a_case_for_which_nobody_was_found_before_either_is_left_alone() -> None:
    performed = outcome(rated_by(None), rated_by(None), ())
    assert (performed.items, performed.unresolved) == ((), ())


def test_a_case_that_the_change_brings_within_reach_is_left_alone_if_somebody_is_found() -> None:
    assert outcome({}, rated_by(BUDI), ()).items == ()


def test_a_case_that_is_no_longer_within_reach_is_left_alone() -> None:
    assert outcome(rated_by(BUDI), {}, ()).items == ()


def test_what_happens_to_the_own_appraisal_takes_the_place_of_the_note() -> None:
    own = Item(CASE, Trigger.SUSPEND)
    assert outcome(rated_by(BUDI), rated_by(WATI), [own, None]).items == (own,)


def test_the_first_capacity_with_another_holder_is_the_one_that_is_noted() -> None:
    before = by_id(open_case(Stage.OBJECTED, appeals_officer=WATI))
    both = by_id(open_case(Stage.OBJECTED, rater=JOKO, appeals_officer=BUDI))
    officer = by_id(open_case(Stage.OBJECTED, appeals_officer=BUDI))
    (noted,) = outcome(before, both, ()).items
    assert noted.parameters == {"assignee": str(JOKO), "assigned_capacity": "rater"}
    (noted,) = outcome(before, officer, ()).items
    assert noted.parameters == {"assignee": str(BUDI), "assigned_capacity": "appeals_officer"}


def test_own_items_come_first_and_the_others_follow_case_by_case() -> None:
    before = by_id(*(open_case(Stage.RATING, number) for number in (101, 102, 103)))
    after = by_id(*(open_case(Stage.RATING, number, rater=WATI) for number in (101, 102, 103)))
    items = outcome(before, after, [Item(uuid.UUID(int=103), Trigger.RESUME)]).items
    assert [(item.appraisal.int, item.trigger) for item in items] == [
        (103, Trigger.RESUME),
        (101, Trigger.NOTE_CHANGE),
        (102, Trigger.NOTE_CHANGE),
    ]
