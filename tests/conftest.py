"""Fixtures of the whole suite, and the order in which it runs."""

from pathlib import Path

import pytest

pytest_plugins = ("tests.fixtures.servers",)

ROOT = Path(__file__).parent

LONGEST = (
    "workflows/test_equivalence.py",
    "service/demo/test_demonstration.py",
    "service/rehearsal/test_year.py",
    "systems/test_who_sees_what_by_default.py",
    "systems/test_who_sees_what.py",
    "service/runtime/test_embedded.py",
    "chaos/test_launch.py",
    "chaos/test_engine_away.py",
    "chaos/test_short_run.py",
    "store/operation/test_nothing_waits_on_nobody.py",
    "service/api/test_contract.py",
    "workflows/test_relaying.py",
    "workflows/test_appraisal.py",
    "workflows/test_launching.py",
    "workflows/test_receipt.py",
    "workflows/test_attending.py",
    "chaos/test_killed_between.py",
    "states/test_simulation.py",
    "service/operations/test_course.py",
    "service/api/test_follow_up.py",
    "service/api/test_team_results.py",
    "chaos/test_poisoned.py",
    "chaos/test_forged.py",
    "store/test_plans.py",
)
"""Files that take half a minute and more. They begin first: of several processes none then waits for the last."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Puts the longest files first and leaves the order otherwise."""
    places = {ROOT / name: place for place, name in enumerate(LONGEST)}
    items.sort(key=lambda item: places.get(item.path, len(LONGEST)))
