"""Results and indicators of a plan as a filled form. A plan of words alone, or of another shape, has none."""

from collections.abc import Iterable, Iterator
from typing import TypeAlias

from pydantic import JsonValue

from content.parts import Values
from content.rules import ContentRules

Row: TypeAlias = Values
"""One row of a filled form, with its ``id``."""


def results_of(plan: Values, rules: ContentRules) -> tuple[Row, ...]:
    """The rows of the plan that say what the employee is to achieve (*rencana hasil kerja*)."""
    return tuple(_rows(plan.get(rules.plan.results)))


def indicators_of(plan: Values, rules: ContentRules) -> tuple[tuple[str, Row], ...]:
    """The indicators (*indikator kinerja individu*), each with the id of its result."""
    return tuple(
        (identity(result), indicator)
        for result in results_of(plan, rules)
        for indicator in _rows(result.get(rules.plan.indicators))
    )


def result_ids(plan: Values, rules: ContentRules) -> tuple[str, ...]:
    """The ids of the results, in the order of the plan, each once."""
    return _once(identity(row) for row in results_of(plan, rules))


def indicator_ids(plan: Values, rules: ContentRules) -> tuple[str, ...]:
    """The ids of all indicators, in the order of the plan, each once."""
    return _once(identity(row) for _result, row in indicators_of(plan, rules))


def identity(row: Row) -> str:
    """The id of a row that `results_of` or `indicators_of` gave."""
    return str(row["id"])


def _rows(value: JsonValue) -> Iterator[Row]:
    if isinstance(value, list):
        for row in value:
            if isinstance(row, dict) and isinstance(row.get("id"), str):
                yield row


def _once(ids: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(ids))
