"""Compares a roster with what the database has of the agency, in a few queries for any number of rows."""

import uuid
from dataclasses import dataclass

from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from service.roster.compared_people import ComparedPeople, PeopleComparison
from service.roster.compared_units import ComparedUnits, compare_units
from service.roster.progress import Stage, Watcher, unwatched
from service.roster.rows import Roster, RosterFile
from service.roster.verdicts import Outcome, Verdict, Verdicts
from store.person.presence import known_agency, ordered_raters, present_people, present_units


class RosterRefused(ValueError):
    """The roster cannot be imported as it is; nothing was written.

    ``verdicts`` has the verdict for every row. It is None if a file could not be read at all.
    """

    def __init__(self, message: str, verdicts: Verdicts | None = None) -> None:
        self.verdicts = verdicts
        super().__init__(message)


@dataclass(frozen=True, repr=False)
class Comparison:
    """The verdicts, and what an import has to write."""

    verdicts: Verdicts
    units: ComparedUnits
    people: ComparedPeople


async def check_roster(
    database: AsyncEngine, agency: str, roster: Roster, *, watcher: Watcher = unwatched
) -> Verdicts:
    """What an import into the agency called ``agency`` would do with every row. Nothing is written.

    Raises `RosterRefused` if a file could not be read at all.
    """
    refuse_unreadable(roster)
    async with database.connect() as connection:
        comparison = await compare(connection, await known_agency(connection, agency), roster, watcher)
    return comparison.verdicts


def refuse_unreadable(roster: Roster) -> None:
    """Raises `RosterRefused` if a file could not be read at all."""
    if roster.unreadable:
        raise RosterRefused("; ".join(problem.reason for problem in roster.unreadable))


async def compare(
    connection: AsyncConnection, agency: uuid.UUID | None, roster: Roster, watcher: Watcher
) -> Comparison:
    """Compares the roster with what the agency has. If the agency is None, it is new and has nothing."""
    total = len(roster.units) + len(roster.people)
    watcher(Stage.COMPARING, 0, total)
    known = [] if agency is None else await present_units(connection, agency)
    units = compare_units(roster, known)
    units.verdicts += [
        Verdict(row.file, row.line, row.key or "", Outcome.REFUSED, (), row.problems)
        for row in roster.refused
        if row.file is RosterFile.UNITS
    ]
    units.verdicts.sort(key=lambda verdict: verdict.line)
    comparison = PeopleComparison(roster, units.heirs)
    seen = 0
    if agency is not None:
        async for page in present_people(connection, agency):
            comparison.take_in(page)
            seen += len(page)
            watcher(Stage.COMPARING, min(seen, total), total)
    people = comparison.finish({} if agency is None else await ordered_raters(connection, agency))
    watcher(Stage.COMPARING, total, total)
    rows = (*units.verdicts, *people.verdicts)
    vanished = (*units.vanished, *people.vanished)
    return Comparison(Verdicts(agency, rows, vanished, people.raters.changes), units, people)
