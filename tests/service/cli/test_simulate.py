"""A scheme can be tried out on invented people without any server."""

import re
from pathlib import Path

import pytest

from tests.service.cli.conftest import CommandLine

NATIONAL = Path("tests/fixtures/nasional-3.yaml").read_text("utf-8")


async def test_a_simulated_year_shows_outcomes_stages_and_pace(alone: CommandLine) -> None:
    answer = await alone("simulate", "--people", 150, "--year", 2027)
    assert answer.code == 0
    assert re.search(r"150 appraisal-years with \d+ events in \d+\.\d\d s: \d+ a second", answer.out)
    for expected in ("agreed", "Outcomes", "Days in each stage", "Median", "Self-assessment"):
        assert expected in answer.out


async def test_a_scheme_file_is_simulated(alone: CommandLine, tmp_path: Path) -> None:
    file = tmp_path / "daerah.yaml"
    file.write_text(NATIONAL.replace("scheme: nasional", "scheme: daerah"), "utf-8")
    assert (await alone("simulate", "--people", 5, "--scheme", file)).code == 0


@pytest.mark.parametrize("arguments", (("--people", 0), ("--year", 2044), ("--people", "many")))
async def test_numbers_out_of_range_are_wrong_usage(
    alone: CommandLine, arguments: tuple[object, ...]
) -> None:
    assert (await alone("simulate", *arguments)).code == 2


async def test_an_unknown_scheme_is_an_error(alone: CommandLine) -> None:
    answer = await alone("simulate", "--scheme", "antah-berantah")
    assert (answer.code, "nasional" in answer.err) == (1, True)


async def test_a_scheme_in_order_is_shown_with_its_deadlines(alone: CommandLine) -> None:
    answer = await alone("scheme", "check", "schemes/nasional")
    assert answer.code == 0
    assert "nasional@4 is in order" in answer.out
    assert "countersign" in answer.out


async def test_every_mistake_of_a_scheme_is_named_with_line_and_field(
    alone: CommandLine, tmp_path: Path
) -> None:
    file = tmp_path / "daerah.yaml"
    file.write_text(NATIONAL.replace("moderation: false", "moderation: maybe", 1), "utf-8")
    answer = await alone("scheme", "check", file)
    assert answer.code == 1
    assert re.search(r"daerah\.yaml:\d+: moderation: ", answer.err)
