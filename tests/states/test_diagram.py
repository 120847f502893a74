"""The lifecycle as a picture."""

import re

import pytest

from states.diagram import EVERYWHERE, mermaid
from states.stages import CLOSED_STAGES, Stage
from states.table import TABLE

ARROW = re.compile(r"^    (\w+) --> (\w+): (.+)$", re.MULTILINE)


def drawn() -> set[tuple[str, str, str]]:
    return {
        (source, target, name)
        for source, target, names in ARROW.findall(mermaid())
        for name in names.split(", ")
    }


def test_every_move_of_the_table_is_drawn_once() -> None:
    moves = {
        (row.source.value, row.target.value, row.trigger.value)
        for row in TABLE
        if row.target is not row.source and row.trigger not in EVERYWHERE
    }
    assert drawn() == moves
    assert len(ARROW.findall(mermaid())) == len({(source, target) for source, target, _ in moves})


def test_the_picture_begins_at_the_launch_and_ends_in_the_closed_stages() -> None:
    text = mermaid()
    assert text.startswith("stateDiagram-v2\n    [*] --> scheduled\n")
    assert {f"    {stage} --> [*]" for stage in CLOSED_STAGES} <= set(text.splitlines())


def test_what_is_possible_everywhere_is_said_in_words() -> None:
    text = mermaid()
    assert all(trigger.value in text for trigger in EVERYWHERE)


@pytest.mark.parametrize("stage", list(Stage))
def test_the_current_stage_is_marked(stage: Stage) -> None:
    assert mermaid(stage).endswith(f"    class {stage.value} current\n")


def test_without_a_current_stage_nothing_is_marked() -> None:
    assert "class" not in mermaid()
