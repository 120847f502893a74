"""Nobody with a part in a result decides an objection to it (PP 30/2019 art 59)."""

import pytest

from states.errors import (
    ConflictOfInterest,
)
from states.stages import Capacity, Stage
from states.triggers import Trigger
from tests.states.builders import Case, case_in, current


def objected_after(*steps: tuple[Trigger, Capacity, str]) -> Case:
    """An objection to a result in which these people had a part."""
    case = case_in(Stage.RATING, current(moderation=True))
    for trigger, capacity, actor in steps:
        case.do(trigger, capacity, actor=actor)
    case.do(Trigger.OBJECT)
    return case


RATED = (Trigger.RATE, Capacity.RATER, "budi")
CONFIRMED = (Trigger.CONFIRM_RATING, Capacity.HR, "rina")
DELIVERED = (Trigger.DELIVER_RESULT, Capacity.RATER, "budi")
STEPPED_IN = (Trigger.RATE, Capacity.RATER, "wati")
RETURNED = (Trigger.RETURN_RATING, Capacity.HR, "rina")


@pytest.mark.parametrize("person", ("budi", "wati", "rina"))
def test_who_stepped_in_or_confirmed_decides_nothing_also_where_the_rater_came_back(person: str) -> None:
    case = objected_after(STEPPED_IN, RETURNED, RATED, CONFIRMED, DELIVERED)
    with pytest.raises(ConflictOfInterest):
        case.do(Trigger.ADMIT_OBJECTION, actor=person)


def test_an_official_without_a_part_in_the_result_decides() -> None:
    case = objected_after(STEPPED_IN, RETURNED, RATED, CONFIRMED, DELIVERED)
    case.do(Trigger.ADMIT_OBJECTION, actor="joko")
    assert case.stage is Stage.OBJECTION_REVIEW


def test_who_had_a_stand_in_rate_for_him_decides_nothing_either() -> None:
    case = case_in(Stage.RATING, current())
    case.do(Trigger.RATE, actor="plh", on_behalf_of="budi")
    case.do(Trigger.DELIVER_RESULT, actor="plh")
    case.do(Trigger.OBJECT)
    with pytest.raises(ConflictOfInterest):
        case.do(Trigger.ADMIT_OBJECTION, actor="budi")


def test_who_took_part_in_an_earlier_result_stays_barred_after_a_reopening() -> None:
    case = case_in(Stage.FINALISED, current())
    case.do(Trigger.REOPEN)
    case.do(Trigger.RATE, actor="dewi")
    case.do(Trigger.DELIVER_RESULT, actor="dewi")
    case.do(Trigger.OBJECT)
    with pytest.raises(ConflictOfInterest):
        case.do(Trigger.ADMIT_OBJECTION, actor="budi")
