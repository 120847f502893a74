"""The cascade between plans: which result of a superior is supported by whom, and which is by nobody."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from content.forms.fields import ItemField, Source
from content.forms.items import WAITING
from content.parts import Values
from content.plan.reading import Row, identity, result_ids, results_of
from content.rules import ContentRules
from states.triggers import Trigger


@dataclass(frozen=True, slots=True)
class Support:
    """A result of a subordinate that supports a result of the superior."""

    subordinate: str
    """The key of the subordinate among the plans that were given."""
    result: str
    """The id of the subordinate's result."""


@dataclass(frozen=True, slots=True)
class Cascade:
    """A superior's results from above."""

    supports: Mapping[str, tuple[Support, ...]]
    """By id of each of the superior's results, in the order of that plan; empty: nobody supports it."""
    waiting: Mapping[str, int]
    """How many results of a subordinate still wait for the superior's plan; only subordinates who wait."""
    lost: tuple[Support, ...]
    """Results that support something which the superior's plan no longer has."""

    @property
    def unsupported(self) -> tuple[str, ...]:
        """The superior's results that nobody supports."""
        return tuple(result for result, supports in self.supports.items() if not supports)


def supported_by(row: Row, rules: ContentRules) -> tuple[str, ...]:
    """The ids of the superior's results that a row of a plan supports, or ``waiting``."""
    return tuple(name for field in _support_fields(rules) for name in _names(row.get(field)))


def cascade(superior: Values, subordinates: Mapping[str, Values], rules: ContentRules) -> Cascade:
    """Who supports what of the superior's plan. Linear in the number of all rows."""
    supports: dict[str, list[Support]] = {result: [] for result in result_ids(superior, rules)}
    waiting: dict[str, int] = {}
    lost: list[Support] = []
    for subordinate, plan in subordinates.items():
        for row in results_of(plan, rules):
            for name in supported_by(row, rules):
                if name == WAITING:
                    waiting[subordinate] = waiting.get(subordinate, 0) + 1
                else:
                    supports.get(name, lost).append(Support(subordinate, identity(row)))
    return Cascade({result: tuple(found) for result, found in supports.items()}, waiting, tuple(lost))


def upwards(
    plan: Values, superior: Values | None, rules: ContentRules
) -> tuple[tuple[Row, tuple[Row, ...]], ...]:
    """Each result of a plan with the superior's results that it supports; with none while it waits."""
    known = {} if superior is None else {identity(row): row for row in results_of(superior, rules)}
    return tuple(
        (row, tuple(known[name] for name in supported_by(row, rules) if name in known))
        for row in results_of(plan, rules)
    )


def _support_fields(rules: ContentRules) -> tuple[str, ...]:
    found = rules.form_for(Trigger.SUBMIT_PLAN)
    if found is None:
        return ()
    return tuple(
        field.name
        for section in found[1].sections
        if section.name == rules.plan.results
        for field in section.fields
        if isinstance(field, ItemField) and field.of is Source.SUPERIOR_RESULTS
    )


def _names(value: object) -> Iterator[str]:
    for name in value if isinstance(value, list) else [value]:
        if isinstance(name, str):
            yield name
