"""A launch whose worker is killed twice: nobody is lost, nobody is doubled, and every bad row is listed."""

from pathlib import Path

import pytest

from store.launch.outcomes import Outcome
from tests.chaos.bad_rows import BAD
from tests.chaos.launch_ordeal import Launched, LaunchOrdeal, run_launch_ordeal

pytestmark = [pytest.mark.engine, pytest.mark.database]


@pytest.mark.timeout(240)
def test_of_four_hundred_the_bad_rows_are_listed_though_the_worker_dies_twice(tmp_path: Path) -> None:
    ordeal = LaunchOrdeal(people=400, pace=150, kills_at=(0.25, 0.7))
    _examine(run_launch_ordeal(ordeal, tmp_path), ordeal)


@pytest.mark.chaos
@pytest.mark.timeout(3_600)
def test_of_fourteen_thousand_the_bad_rows_are_listed_though_the_worker_dies_twice(tmp_path: Path) -> None:
    ordeal = LaunchOrdeal(people=14_000, pace=0, kills_at=(0.3, 0.6))
    launched = run_launch_ordeal(ordeal, tmp_path)
    print(
        f"\n  {ordeal.people} people in {launched.seconds:.0f} s with {len(ordeal.kills_at)} kills; "
        f"not yet noted at the kills: {launched.unmarked}"
    )
    _examine(launched, ordeal)


def _examine(launched: Launched, ordeal: LaunchOrdeal) -> None:
    bad, repaired = launched.bad, launched.bad.repairable
    assert len(bad.causes) == BAD
    assert launched.between.keys() == launched.after.keys()
    assert len(launched.between) == ordeal.people

    missing = {person: each for person, each in launched.between.items() if each[0] != Outcome.STARTED}
    assert missing == bad.outcomes
    assert launched.first["started"] == ordeal.people - BAD
    assert (launched.first["already"], launched.first["seen"]) == (0, ordeal.people)
    assert sum(launched.first["skipped"].values()) + launched.first["failed"] == BAD
    assert launched.engine_between == launched.ids_but(set(bad.causes))
    assert all(launched.unstarted.values())
    assert all(launched.unmarked)

    left = {person: each for person, each in launched.after.items() if each[0] != Outcome.STARTED}
    assert left == {person: each for person, each in bad.outcomes.items() if person not in repaired}
    assert launched.second["started"] == len(repaired)
    assert launched.second["seen"] == BAD
    assert launched.engine_after == launched.ids_but(set(bad.causes) - repaired)
