"""Reads the results and indicators of a plan. Whatever has not their shape is passed over."""

from pydantic import JsonValue

from content.parts import Values
from content.rules import ContentRules

Row = Values
"""A row of a plan, with its ``id``."""


def results_of(plan: Values, rules: ContentRules) -> tuple[Row, ...]:
    """The results of a plan, in its order."""
    return _rows(plan.get(rules.plan.results))


def indicators_of(plan: Values, rules: ContentRules) -> tuple[tuple[str, Row], ...]:
    """The indicators of all results, each with the id of its result."""
    return tuple(
        (str(result["id"]), indicator)
        for result in results_of(plan, rules)
        for indicator in _rows(result.get(rules.plan.indicators))
    )


def _rows(value: JsonValue) -> tuple[Row, ...]:
    if not isinstance(value, list):
        return ()
    return tuple(row for row in value if isinstance(row, dict) and isinstance(row.get("id"), str))
