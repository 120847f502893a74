"""Selects the people of a launch or a preflight, by the agency's units and people that a request names."""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy.ext.asyncio import AsyncConnection

from service.launches.request import NewLaunch
from service.problems import FieldError, Invalid
from store.cycle.choosing import agency_of, people_of, units_by_code, units_of
from store.cycle.selection import Selection
from translations import mark as _


class UnitCodesUnknown(LookupError):
    """The agency has no unit with these ``codes``."""

    def __init__(self, codes: Sequence[str]) -> None:
        self.codes = tuple(codes)
        super().__init__(", ".join(codes))


class PeopleUnknown(LookupError):
    """The agency has nobody with these ``ids``."""

    def __init__(self, ids: Sequence[uuid.UUID]) -> None:
        self.ids = tuple(ids)
        super().__init__(", ".join(map(str, ids)))


@dataclass(frozen=True, slots=True)
class _Known:
    units: frozenset[uuid.UUID]
    people: frozenset[uuid.UUID]


async def require_known(connection: AsyncConnection, agency: uuid.UUID, who: Selection) -> None:
    """Raises `Invalid` for units and people outside the agency, because a wrong id would silently find nothing."""
    known = await _known(connection, agency, who)
    errors = [
        FieldError(f"/units/{place}", _("The agency has no such unit."))
        for place, unit in enumerate(who.units)
        if unit not in known.units
    ]
    errors += [
        FieldError(f"/people/{place}", _("The agency has no such person."))
        for place, person in enumerate(who.people)
        if person not in known.people
    ]
    if errors:
        raise Invalid(errors=errors)


async def chosen_by_codes(
    connection: AsyncConnection,
    cycle: uuid.UUID,
    codes: Sequence[str],
    criteria: Mapping[str, object],
) -> NewLaunch:
    """A launch of a cycle for the units with these ``codes`` and the other ``criteria``, by field.

    Raises `UnitCodesUnknown`, `PeopleUnknown`, and `pydantic.ValidationError` for values that no roster can have.
    """
    agency = await agency_of(connection, cycle)
    units = await units_by_code(connection, agency, codes)
    unknown = sorted(set(codes) - units.keys())
    if unknown:
        raise UnitCodesUnknown(unknown)
    chosen = NewLaunch.model_validate({**criteria, "units": tuple(units.values())}, strict=False)
    known = await _known(connection, agency, chosen.selection())
    strangers = sorted(set(chosen.people) - known.people, key=str)
    if strangers:
        raise PeopleUnknown(strangers)
    return chosen


async def _known(connection: AsyncConnection, agency: uuid.UUID, who: Selection) -> _Known:
    return _Known(
        units=frozenset(await units_of(connection, agency, who.units) if who.units else ()),
        people=frozenset(await people_of(connection, agency, who.people) if who.people else ()),
    )
