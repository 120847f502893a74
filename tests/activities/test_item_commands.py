"""An item of an operation becomes a command by the one way in which commands are read."""

import datetime as dt
import uuid
from typing import Any

import pytest
from pydantic import ValidationError

from activities.item_commands import command_of_item, first_day_after
from states.commands import Command
from states.stages import Capacity
from states.triggers import RevisionGround

SOMEBODY = uuid.uuid4()


def command(**parameters: Any) -> Command:
    return command_of_item(
        "extend", parameters, command="operation:1:begin", capacity=Capacity.HR, actor=SOMEBODY, document="d"
    )


def test_every_parameter_that_a_command_knows_reaches_it() -> None:
    made = command(until="2026-02-27", assigned_capacity="rater", ground=next(iter(RevisionGround)).value)
    assert made.until == dt.date(2026, 2, 27)
    assert made.assigned_capacity is Capacity.RATER
    assert made.ground is next(iter(RevisionGround))
    assert (made.actor, made.capacity) == (str(SOMEBODY), Capacity.HR)


def test_an_extension_rests_on_the_text_of_its_operation() -> None:
    assert command(until="2026-02-27").authority == "d"


def test_an_item_names_the_rules_that_its_case_adopts() -> None:
    made = command(rulebook="nasional@3", calendar="kota-2")
    assert (made.rulebook, made.calendar) == ("nasional@3", "kota-2")


def test_what_is_not_given_is_left_out() -> None:
    assert command(until=None, assignee=None) == command()


@pytest.mark.parametrize("wrong", ({"until": "soon"}, {"assigned_capacity": "king"}))
def test_a_value_that_no_command_can_have_is_refused(wrong: dict[str, str]) -> None:
    with pytest.raises(ValidationError):
        command(**wrong)


def test_the_day_of_a_new_period_is_no_part_of_the_command() -> None:
    assert command(new_period="2026-07-01") == command()
    assert first_day_after({"new_period": "2026-07-01"}) == dt.date(2026, 7, 1)
