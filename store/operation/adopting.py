"""Keeps the calendars and scheme versions that running cases adopt, and finds those cases; the items move them."""

import uuid
from collections.abc import Mapping

from sqlalchemy.ext.asyncio import AsyncConnection

from schemes.loading import builtin_names, builtin_system
from schemes.system import System
from states.changes import AdoptCalendar, AdoptRules
from states.errors import ParameterInvalid
from states.operations import adopting
from states.operations.extending import require_cycle
from states.operations.items import Performed
from states.operations.requested_change import RequestedChange
from states.rules import Rulebook
from store.agency.rule_contexts import SchemeChanged, keep_calendars, keep_scheme, keep_system
from store.cycle.calendars import calendar_years
from store.operation import rules_in_use, selecting
from store.operation.checking import check_people, check_units


async def adopt_calendar(
    connection: AsyncConnection, requested: RequestedChange, change: AdoptCalendar
) -> Performed:
    """Keeps each calendar of running cases with the days of the decree, and the days for later launches."""
    adopting.check_days(change)
    cycles = await rules_in_use.cycles_with_days(connection, requested.agency, change.cycles)
    adopting.require_cycles(change, cycles)
    years = {identity: calendar_years(cycle.year) for identity, cycle in cycles.items()}
    adopting.require_days_covered(change, {year for covered in years.values() for year in covered})
    present = await rules_in_use.calendars_of(connection, list(cycles))
    new = {
        (cycle, calendar.key): adopting.calendar_with(calendar, change, years[cycle])
        for cycle, calendar in present
    }
    await keep_calendars(connection, new.values())
    await rules_in_use.set_working_days(
        connection,
        {
            identity: adopting.working_days_with(cycle.working_days, change, years[identity])
            for identity, cycle in cycles.items()
        },
    )
    items = [
        adopting.calendar_item(case.id, case.calendar, new[case.cycle, case.calendar])
        for case in await rules_in_use.running_cases(connection, list(cycles))
    ]
    return Performed(tuple(item for item in items if item is not None))


async def adopt_rules(
    connection: AsyncConnection, requested: RequestedChange, change: AdoptRules
) -> Performed:
    """Keeps the versions to which cases move. A whole cycle launches by the new version from then on."""
    adopting.check_scope(change)
    if change.people:
        await check_people(connection, requested, people=change.people)
    if change.unit is not None:
        await check_units(connection, requested, "unit", [change.unit])
    if change.cycle is not None:
        require_cycle(known=await selecting.has_cycle(connection, requested.agency, change.cycle))
    known = await _known_books(connection, requested.agency)
    adopting.require_scheme(change, known)
    cases = await rules_in_use.cases_in_scope(
        connection, requested.agency, people=change.people, unit=change.unit, cycle=change.cycle
    )
    found = {key: adopting.newer_book(key, change.scheme, known) for key in {case.rulebook for case in cases}}
    await _keep(connection, [book for book in found.values() if book is not None])
    if adopting.is_whole_cycle(change):
        await _launch_by(connection, change, known)
    return Performed(
        tuple(
            adopting.rules_item(case.id, book) for case in cases if (book := found[case.rulebook]) is not None
        )
    )


async def _launch_by(connection: AsyncConnection, change: AdoptRules, known: Mapping[str, Rulebook]) -> None:
    if change.cycle is None:
        return
    present = await rules_in_use.scheme_of(connection, change.cycle)
    book = adopting.newer_book(present, change.scheme, known)
    if book is not None:
        await _keep(connection, [book])
        await rules_in_use.set_scheme(connection, change.cycle, book.key)


async def _known_books(connection: AsyncConnection, agency: uuid.UUID) -> dict[str, Rulebook]:
    """The versions that come with the program and those of the agency's cycles, by their keys."""
    return {key: system.book for key, system in _builtin().items()} | await rules_in_use.books_of(
        connection, agency
    )


def _builtin() -> dict[str, System]:
    return {system.book.key: system for system in map(builtin_system, builtin_names())}


async def _keep(connection: AsyncConnection, books: list[Rulebook]) -> None:
    """Stores versions that may be new to the store: those that come with the program, with what they say of content."""
    builtin = _builtin()
    for book in books:
        try:
            if book.key in builtin:
                await keep_system(connection, book, builtin[book.key].content)
            else:
                await keep_scheme(connection, book)
        except SchemeChanged as changed:
            raise ParameterInvalid(
                "This version of the scheme is in use with other rules.", field="scheme"
            ) from changed
