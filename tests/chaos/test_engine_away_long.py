"""Whatever befalls the engine for minutes, people notice nothing, and it catches up: `make chaos`."""

import os
from pathlib import Path

import pytest

from tests.chaos.fault_ordeal import FaultOrdeal, run_fault_ordeal
from tests.chaos.faults import (
    EngineDiskFull,
    EngineKilled,
    EngineStoreDeleted,
    EngineStoreOlder,
    Fault,
    WorkerFrozen,
)
from tests.chaos.test_engine_away import examine

pytestmark = [pytest.mark.chaos, pytest.mark.engine, pytest.mark.database, pytest.mark.timeout(3_600)]

LONGEST = float(os.environ.get("CHAOS_FAULT_SECONDS", "600"))
"""How long the engine is away."""


@pytest.mark.parametrize(
    ("fault", "seconds"),
    (
        (EngineKilled(), LONGEST),
        (WorkerFrozen(), LONGEST / 5),
        (EngineDiskFull(), LONGEST / 5),
        (EngineStoreDeleted(), LONGEST / 10),
        (EngineStoreOlder(), LONGEST / 10),
    ),
    ids=lambda value: value.name if isinstance(value, Fault) else f"{value:.0f}s",
)
def test_people_act_as_before_whatever_befalls_the_engine_and_it_catches_up(
    fault: Fault, seconds: float, tmp_path: Path
) -> None:
    ordeal = FaultOrdeal(
        seconds=seconds,
        before_seconds=max(15.0, seconds / 10),
        busy=40,
        quiet=40,
        clients=8,
        pause_seconds=0.3,
    )
    try:
        borne = run_fault_ordeal(ordeal, fault, tmp_path)
    except PermissionError as refused:
        pytest.skip(f"a disk of its own cannot be had here: {refused}")
    borne.print_figures(fault.name, ordeal)
    examine(borne, ordeal)
