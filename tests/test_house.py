"""The house keeps its shape: no circles, small files, nothing loose where rooms are, each table in its place."""

import statistics
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import grimp
import pytest

ROOT = Path(__file__).parents[1]
ROOMS = (
    "activities",
    "content",
    "notifications",
    "schemes",
    "service",
    "states",
    "store",
    "translations",
    "workflows",
)
MOST_LINES = 300
MEDIAN_LINES = 75
BELONGS_TO_ALL = {"__init__", "addresses", "answer", "idempotency", "paging", "policy", "wording"}
"""What stands in `service/` itself, since every noun needs it."""


def lengths() -> dict[str, int]:
    """Lines of each source file; migrations apart, which are never edited."""
    return {
        str(path.relative_to(ROOT)): len(path.read_text("utf-8").splitlines())
        for room in ROOMS
        for path in (ROOT / room).rglob("*.py")
        if "versions" not in path.parts
    }


def imports() -> dict[str, set[str]]:
    graph = grimp.build_graph(*ROOMS)
    return {module: graph.find_modules_directly_imported_by(module) for module in graph.modules}


def test_no_module_imports_itself_by_a_circle() -> None:
    try:
        TopologicalSorter(imports()).prepare()
    except CycleError as circle:
        pytest.fail(" > ".join(circle.args[1]))


def test_no_file_is_too_long_to_be_read_at_once() -> None:
    assert {name: lines for name, lines in lengths().items() if lines > MOST_LINES} == {}


def test_most_files_fit_on_a_screen() -> None:
    assert statistics.median(lengths().values()) <= MEDIAN_LINES


def test_nothing_stands_loose_in_the_service_but_what_belongs_to_all_of_it() -> None:
    assert {path.stem for path in (ROOT / "service").glob("*.py")} == BELONGS_TO_ALL


def test_a_table_stands_in_a_file_of_that_name() -> None:
    elsewhere = {
        str(path.relative_to(ROOT))
        for path in (ROOT / "store").rglob("*.py")
        if "table=True" in path.read_text("utf-8") and path.name != "table.py"
    }
    assert elsewhere == set()
