"""Writes a roster into the database, all or nothing. A repetition changes nothing."""

import datetime as dt
import uuid
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from functools import partial
from itertools import islice
from typing import TypeVar

from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from service.roster.comparing import Comparison, RosterRefused, compare, refuse_unreadable
from service.roster.progress import Stage, Watcher, unwatched
from service.roster.rows import Roster, RosterFile, UnitRow
from service.roster.verdicts import Changes, Outcome, Verdict, Verdicts
from store.person.importing import (
    Row,
    agency_named,
    change_raters,
    keep_parents,
    keep_people,
    keep_units,
    tell_the_planner,
    unit_ids,
)
from store.person.presence import PersonValues
from store.roster.keeping import Finding, forget_findings, keep_findings, record_import

ROWS_AT_ONCE = 5_000
_MANY = 1_000
"""After this many written rows, new statistics for the database's planner are worth their time."""

_FIELDS = tuple(each.name for each in fields(PersonValues))
_WITHOUT_ZONES = "Asia/Jakarta"
"""If no unit names a zone, days of the agency as a whole are counted in WIB."""

Item = TypeVar("Item")


@dataclass(frozen=True, slots=True)
class ImportResult:
    """What an import wrote of each kind, and the verdict for every row."""

    agency_id: uuid.UUID
    agency_is_new: bool
    verdicts: Verdicts

    @property
    def units(self) -> Changes:
        """Units imported."""
        return self.verdicts.changes(RosterFile.UNITS)

    @property
    def people(self) -> Changes:
        """People imported."""
        return self.verdicts.changes(RosterFile.PEOPLE)

    @property
    def raters(self) -> Changes:
        """Relations of people to their raters."""
        return self.verdicts.raters


async def apply_roster(
    database: AsyncEngine,
    agency: str,
    roster: Roster,
    *,
    now: dt.datetime | None = None,
    without_refused: bool = False,
    watcher: Watcher = unwatched,
) -> ImportResult:
    """Changes the agency called ``agency`` to what ``roster`` says, in one transaction; makes it if missing.

    People are recognised by their NIP, units by their id; nobody is ever deleted. A first rater counts from
    2000 on; a changed rater counts from ``now``. Doubts are stored as findings, which replace the findings of
    earlier imports about the same people and units. Raises `RosterRefused` if a file is unreadable. Raises it
    also if rows are refused, unless ``without_refused`` leaves those rows out.
    """
    refuse_unreadable(roster)
    moment = now or dt.datetime.now(dt.UTC)
    async with database.begin() as transaction:
        agency_id, is_new = await agency_named(transaction, agency, _zone_of(roster.units))
        comparison = await compare(transaction, agency_id, roster, watcher)
        verdicts = comparison.verdicts
        if verdicts.refused and not without_refused:
            raise RosterRefused(f"{verdicts.refused} rows are refused; nothing was written", verdicts)
        await _Writing(transaction, agency_id, comparison, moment, watcher).write(roster.digest)
        return ImportResult(agency_id, is_new, verdicts)


class _Writing:
    """Writes the new and changed rows of a comparison."""

    def __init__(
        self,
        transaction: AsyncConnection,
        agency: uuid.UUID,
        comparison: Comparison,
        now: dt.datetime,
        watcher: Watcher,
    ) -> None:
        self._transaction = transaction
        self._agency = agency
        self._comparison = comparison
        self._now = now
        self._watcher = watcher
        self._done = 0
        changed = comparison.people.raters.changed
        self._total = len(comparison.units.to_write) + len(comparison.people.to_write) + len(changed)

    async def write(self, digest: str) -> None:
        """Writes units, people, raters, and last the record of the import with its findings."""
        units, people = self._comparison.units.to_write, self._comparison.people
        for batch in self._batches(units, _unit):
            await keep_units(self._transaction, self._agency, batch)
        for batch in _batches(units, _parent):
            await keep_parents(self._transaction, self._agency, batch)
        ids = await unit_ids(self._transaction, self._agency)
        for batch in self._batches(people.to_write, partial(_person, ids)):
            await keep_people(self._transaction, self._agency, batch)
        # Raters are looked up among the people. Without new statistics the planner believes that a new agency
        # is empty, and plans that look-up badly.
        await self._tell_the_planner()
        for batch in self._batches(people.raters.changed.items(), _rater):
            await change_raters(self._transaction, self._agency, batch, self._now)
        await self._tell_the_planner()
        await self._record(digest)
        self._watcher(Stage.WRITING, self._total, self._total)

    async def _tell_the_planner(self) -> None:
        if self._total >= _MANY:
            await tell_the_planner(self._transaction)

    async def _record(self, digest: str) -> None:
        verdicts = self._comparison.verdicts
        counts = {
            file.value: {outcome.value: verdicts.count(file, outcome) for outcome in Outcome}
            for file in RosterFile
        }
        imported = await record_import(self._transaction, self._agency, digest, counts)
        told = [
            row for row in verdicts.rows if row.key and (row.outcome is not Outcome.REFUSED or _kept(row))
        ]
        for file, keys in ((RosterFile.PEOPLE, "nips"), (RosterFile.UNITS, "units")):
            for some in _batches([row for row in told if row.file is file], _key):
                await forget_findings(self._transaction, self._agency, **{keys: some})
        findings = (finding for row in told for finding in _findings(row))
        for batch in _batches(findings, _same):
            await keep_findings(self._transaction, self._agency, imported, batch)

    def _batches(self, items: Iterable[Item], shape: Callable[[Item], Row]) -> Iterator[list[Row]]:
        for batch in _batches(items, shape):
            self._watcher(Stage.WRITING, self._done, self._total)
            yield batch
            self._done += len(batch)


Shaped = TypeVar("Shaped")


def _batches(items: Iterable[Item], shape: Callable[[Item], Shaped]) -> Iterator[list[Shaped]]:
    shaped = map(shape, items)
    while batch := list(islice(shaped, ROWS_AT_ONCE)):
        yield batch


def _zone_of(units: Sequence[UnitRow]) -> str:
    """The commonest zone of the topmost units; if none of them names a zone, the commonest of all units."""
    tops = Counter(unit.zone for unit in units if unit.parent_id is None and unit.zone)
    zones = tops or Counter(unit.zone for unit in units if unit.zone)
    return zones.most_common(1)[0][0] if zones else _WITHOUT_ZONES


def _unit(unit: UnitRow) -> Row:
    return {"code": unit.unit_id, "name": unit.name, "kind": unit.kind, "zone": unit.zone}


def _parent(unit: UnitRow) -> Row:
    return {"code": unit.unit_id, "parent": unit.parent_id}


def _person(units: Mapping[str, uuid.UUID], person: tuple[str, PersonValues]) -> Row:
    nip, values = person
    row: Row = {"nip": nip, **{name: getattr(values, name) for name in _FIELDS}}
    row["unit"] = str(units[values.unit])
    for name in ("post_since", "contract_until"):
        row[name] = row[name].isoformat() if row[name] else None
    return row


def _rater(relation: tuple[str, str | None]) -> Row:
    return {"nip": relation[0], "superior": relation[1]}


def _key(row: Verdict) -> str:
    return row.key


def _same(finding: Finding) -> Finding:
    return finding


def _kept(row: Verdict) -> bool:
    """Whether a refused row says something about a person whom another row imports."""
    return any(finding.code == "two_units" for finding in row.findings)


def _findings(row: Verdict) -> Iterator[Finding]:
    for finding in row.findings:
        if row.outcome is Outcome.REFUSED and finding.code != "two_units":
            continue
        yield {
            "nip" if row.file is RosterFile.PEOPLE else "unit": row.key,
            "cause": finding.code,
            "line": row.line,
            "parameters": dict(finding.parameters),
        }
