"""Cases whose record is damaged stop nobody but themselves, are listed, and go on once they are repaired."""

from pathlib import Path

import pytest

from tests.chaos.poison_ordeal import Poisoned, PoisonOrdeal, run_poison_ordeal

pytestmark = [pytest.mark.engine, pytest.mark.database]


@pytest.mark.timeout(150)
def test_damaged_cases_stop_nobody_else_and_go_on_after_the_repair(tmp_path: Path) -> None:
    ordeal = PoisonOrdeal(seconds=12)
    # A bound for a busy machine: the long run measures the rates.
    _examine(run_poison_ordeal(ordeal, tmp_path), ordeal, at_least=0.7)


@pytest.mark.chaos
@pytest.mark.timeout(1_800)
def test_many_damaged_cases_stop_nobody_else_and_go_on_after_the_repair(tmp_path: Path) -> None:
    ordeal = PoisonOrdeal(seconds=60, busy=40, quiet=40, damaged=80, clients=8, pause_seconds=0.3, within=150)
    _examine(run_poison_ordeal(ordeal, tmp_path), ordeal, at_least=0.9)


def _examine(poisoned: Poisoned, ordeal: PoisonOrdeal, *, at_least: float) -> None:
    poisoned.print_figures(ordeal)
    assert not poisoned.wrong, "\n".join(poisoned.wrong[:40])
    before, during = poisoned.rates
    assert during >= at_least * before > 0
    assert len(poisoned.late[1]) >= ordeal.quiet
    assert max(poisoned.late[1]) <= max(poisoned.late[0], default=0) + 3
    assert len(poisoned.troubles) == ordeal.damaged
    assert all(poisoned.troubles.values())
    assert poisoned.moved == 0
