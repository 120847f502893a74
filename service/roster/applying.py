"""Writes a roster into the database, all or nothing; repeating it changes nothing."""

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
"""So many written rows make it worth to look at the tables anew."""

_FIELDS = tuple(each.name for each in fields(PersonValues))
_WITHOUT_ZONES = "Asia/Jakarta"
"""Where no unit names a zone, days of the agency as a whole are counted in WIB."""

Item = TypeVar("Item")


@dataclass(frozen=True, slots=True)
class ImportResult:
    """What an import wrote, kind by kind, and the verdict for every row."""

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
    """Brings the agency called ``agency``, made if need be, to what ``roster`` says, in one transaction.

    People are recognised by their NIP, units by their id; nobody is ever deleted. A first rater counts from
    2000 on; a rater who changed counts from ``now``. What is doubtful is kept as a finding in the place of what
    earlier imports found about the same people and units. Raises `RosterRefused` where a file is unreadable, and
    where rows are refused, unless ``without_refused`` leaves those out.
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
    """Writes what a comparison found to be new or changed."""

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
        """Units, people, raters, and at last the record of the import with its findings."""
        units, people = self._comparison.units.to_write, self._comparison.people
        for batch in self._batches(units, _unit):
            await keep_units(self._transaction, self._agency, batch)
        for batch in _batches(units, _parent):
            await keep_parents(self._transaction, self._agency, batch)
        ids = await unit_ids(self._transaction, self._agency)
        for batch in self._batches(people.to_write, partial(_person, ids)):
            await keep_people(self._transaction, self._agency, batch)
        # Raters are looked up among the people: by a planner that takes a new agency for an empty one, in vain.
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
    """The zone of the topmost unit; where several are topmost, of most of them; else of most units."""
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
    row["post_since"] = values.post_since.isoformat() if values.post_since else None
    return row


def _rater(relation: tuple[str, str | None]) -> Row:
    return {"nip": relation[0], "superior": relation[1]}


def _key(row: Verdict) -> str:
    return row.key


def _same(finding: Finding) -> Finding:
    return finding


def _kept(row: Verdict) -> bool:
    """Whether a refused row tells something about somebody who is imported by another row."""
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
