"""A launch whose worker is killed twice: nobody is lost, nobody is doubled, every bad row is listed, and the engine
follows everybody in the end.
"""

from pathlib import Path

import pytest

from store.launch.outcomes import Outcome
from tests.chaos.bad_rows import BAD
from tests.chaos.launch_ordeal import Launched, LaunchOrdeal, Moment, run_launch_ordeal

pytestmark = [pytest.mark.engine, pytest.mark.database]


@pytest.mark.timeout(240)
def test_of_four_hundred_the_bad_rows_are_listed_though_the_worker_dies_twice(tmp_path: Path) -> None:
    ordeal = LaunchOrdeal(people=400, pace=50, kills=((0.25, Moment.IN_A_PAGE), (0.4, Moment.TELLING)))
    _examine(run_launch_ordeal(ordeal, tmp_path), ordeal)


@pytest.mark.chaos
@pytest.mark.timeout(3_600)
def test_of_fourteen_thousand_the_bad_rows_are_listed_though_the_worker_dies_twice(tmp_path: Path) -> None:
    ordeal = LaunchOrdeal(people=14_000, pace=0, kills=((0.3, Moment.IN_A_PAGE), (0.6, Moment.TELLING)))
    launched = run_launch_ordeal(ordeal, tmp_path)
    print(
        f"\n  {ordeal.people} people in {launched.seconds:.0f} s with {len(ordeal.kills)} kills, followed "
        f"{launched.followed_seconds:.0f} s later; not followed at the kills: {launched.unfollowed}"
    )
    _examine(launched, ordeal)


def _examine(launched: Launched, ordeal: LaunchOrdeal) -> None:
    bad, repaired = launched.bad, launched.bad.repairable
    between, after = launched.between, launched.after
    assert len(bad.causes) == BAD
    assert between.outcomes.keys() == after.outcomes.keys()
    assert len(between.outcomes) == ordeal.people

    missing = {person: each for person, each in between.outcomes.items() if each[0] != Outcome.STARTED}
    assert missing == bad.outcomes
    assert launched.first["started"] == ordeal.people - BAD
    assert (launched.first["already"], launched.first["seen"]) == (0, ordeal.people)
    assert sum(launched.first["skipped"].values()) + launched.first["failed"] == BAD
    # What was told and not noted is told once more, by whoever takes it next.
    assert launched.unfollowed[-1] > 0
    assert between.rows == dict.fromkeys(between.rows, ordeal.people - BAD)
    assert between.running == launched.ids_but(set(bad.causes))
    assert all(between.unstarted.values())

    left = {person: each for person, each in after.outcomes.items() if each[0] != Outcome.STARTED}
    assert left == {person: each for person, each in bad.outcomes.items() if person not in repaired}
    assert launched.second["started"] == len(repaired)
    assert launched.second["seen"] == BAD
    assert after.rows == dict.fromkeys(after.rows, ordeal.people - BAD + len(repaired))
    assert after.running == launched.ids_but(set(bad.causes) - repaired)
    assert {person for person, unknown in after.unstarted.items() if not unknown} == repaired
