"""A short kill test; the long one is `make chaos`."""

import random
from pathlib import Path

import pytest

from tests.chaos.ordeal import Ordeal, run_ordeal

pytestmark = [pytest.mark.engine, pytest.mark.database, pytest.mark.timeout(200)]


def test_nothing_acknowledged_is_lost_when_each_process_is_killed_once(tmp_path: Path) -> None:
    ordeal = Ordeal(
        kills_of_each=1,
        employees=12,
        clients=8,
        workers=1,
        apis=1,
        days_a_second=2.0,
        calm_seconds=(1.0, 3.0),
        seed=random.SystemRandom().randrange(1 << 32),
        overlapping=0.0,
    )
    ledger, wrong = run_ordeal(ordeal, tmp_path)
    ledger.print_figures()
    assert not wrong, "\n".join(wrong[:40])
    assert sum(bool(asked.acknowledged) for asked in ledger.asked) > 20
