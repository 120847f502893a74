"""The long kill test: `make chaos`."""

import os
import random
from pathlib import Path

import pytest

from tests.chaos.ordeal import Ordeal, run_ordeal

pytestmark = [pytest.mark.chaos, pytest.mark.engine, pytest.mark.database, pytest.mark.timeout(2400)]


def test_nothing_acknowledged_is_lost_in_a_storm_of_kills(tmp_path: Path) -> None:
    """CHAOS_SEED repeats the kills and the dice of an earlier run, CHAOS_KILLS sets how many of each kind."""
    ordeal = Ordeal(
        kills_of_each=int(os.environ.get("CHAOS_KILLS", "26")),
        employees=40,
        clients=12,
        workers=2,
        apis=2,
        days_a_second=0.2,
        calm_seconds=(0.5, 3.5),
        pause_seconds=0.2,
        seed=int(os.environ.get("CHAOS_SEED", random.SystemRandom().randrange(1 << 32))),
    )
    ledger, wrong = run_ordeal(ordeal, tmp_path)
    ledger.print_figures()
    assert not wrong, "\n".join(wrong[:40])
    assert sum(ledger.kills().values()) >= 4 * ordeal.kills_of_each
