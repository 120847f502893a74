"""Something befalls the engine for a moment: people notice nothing, and what fell due meanwhile is made up for."""

from pathlib import Path

import pytest

from tests.chaos.fault_ordeal import Borne, FaultOrdeal, p95, run_fault_ordeal
from tests.chaos.faults import EngineKilled, Fault, WorkerFrozen

pytestmark = [pytest.mark.engine, pytest.mark.database, pytest.mark.timeout(150)]


@pytest.mark.parametrize("fault", (EngineKilled(), WorkerFrozen()), ids=lambda fault: fault.name)
def test_people_act_as_before_while_the_engine_is_away_and_it_catches_up(
    fault: Fault, tmp_path: Path
) -> None:
    ordeal = FaultOrdeal(seconds=20, before_seconds=8)
    borne = run_fault_ordeal(ordeal, fault, tmp_path)
    borne.print_figures(fault.name, ordeal)
    examine(borne, ordeal)


def examine(borne: Borne, ordeal: FaultOrdeal) -> None:
    """What is promised, whatever befell the engine."""
    assert not borne.wrong, "\n".join(borne.wrong[:40])
    assert borne.unanswered == 0
    assert min(len(borne.before), len(borne.during)) > 20
    assert p95(borne.during) <= 1.5 * p95(borne.before) + 0.05
    assert borne.caught_up_after <= ordeal.within
    assert borne.missed >= ordeal.quiet
