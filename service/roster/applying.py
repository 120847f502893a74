"""Writes a checked roster into the database, all or nothing; repeating it changes nothing."""

import datetime as dt
import uuid
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from service.roster.rows import PersonRow, Roster, UnitRow
from store.person.importing import Changes, Row, agency_named, keep_people, keep_raters, keep_units

_ROWS_AT_ONCE = 2_000


class RosterRefused(ValueError):
    """The roster has problems; nothing was written."""


@dataclass(frozen=True, slots=True)
class ImportResult:
    """What an import wrote, kind by kind."""

    agency_id: uuid.UUID
    agency_is_new: bool
    units: Changes
    people: Changes
    raters: Changes


async def apply_roster(
    engine: AsyncEngine, agency: str, roster: Roster, *, now: dt.datetime | None = None
) -> ImportResult:
    """Brings the agency called ``agency``, made if need be, to what ``roster`` says, in one transaction.

    People are recognised by their NIP, units by their id; nobody is ever deleted. A first rater counts from
    2000 on; a rater who changed counts from ``now``. Raises `RosterRefused` for a roster with problems.
    """
    if roster.problems:
        raise RosterRefused(f"the roster has {len(roster.problems)} problems; nothing was written")
    moment = now or dt.datetime.now(dt.UTC)
    async with engine.begin() as transaction:
        agency_id, is_new = await agency_named(transaction, agency, _zone_of(roster.units))
        return ImportResult(
            agency_id,
            is_new,
            units=await keep_units(transaction, agency_id, [_unit(unit) for unit in roster.units]),
            people=await _keep_people(transaction, agency_id, roster.people),
            raters=await _keep_raters(transaction, agency_id, roster.people, moment),
        )


async def _keep_people(
    transaction: AsyncConnection, agency: uuid.UUID, people: tuple[PersonRow, ...]
) -> Changes:
    total = Changes()
    for start in range(0, len(people), _ROWS_AT_ONCE):
        rows = [_person(person) for person in people[start : start + _ROWS_AT_ONCE]]
        total += await keep_people(transaction, agency, rows)
    return total


async def _keep_raters(
    transaction: AsyncConnection, agency: uuid.UUID, people: tuple[PersonRow, ...], now: dt.datetime
) -> Changes:
    total = Changes()
    for start in range(0, len(people), _ROWS_AT_ONCE):
        rows = (
            {"nip": person.nip.digits, "superior": person.superior_nip}
            for person in people[start : start + _ROWS_AT_ONCE]
        )
        total += await keep_raters(transaction, agency, rows, now)
    return total


def _zone_of(units: Iterable[UnitRow]) -> str:
    """The zone of the topmost unit; where several are topmost, of most of them."""
    tops = Counter(unit.zone.key for unit in units if unit.parent_id is None)
    return tops.most_common(1)[0][0]


def _unit(unit: UnitRow) -> Row:
    return {
        "code": unit.unit_id,
        "name": unit.name,
        "kind": unit.kind,
        "zone": unit.zone.key,
        "parent": unit.parent_id,
    }


def _person(person: PersonRow) -> Row:
    return {
        "unit": person.unit_id,
        "nip": person.nip.digits,
        "name": person.name,
        "title_before": person.title_before or "",
        "title_after": person.title_after or "",
        "post": person.position,
        "post_kind": person.position_kind.value,
        "echelon": person.echelon.value if person.echelon else "",
        "grade": person.grade,
        "employment": person.employment.value,
        "legal_standing": person.standing.value,
        "post_since": person.position_since.isoformat(),
        "email": person.email or "",
        "phone": person.phone or "",
    }
