"""Thirty-seven people of a roster who cannot be launched, each with the cause that must be listed."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from states.absences import AbsenceKind
from store.base import new_id
from store.cycle.obstacles import NOTHING_TO_REPAIR, SkipReason
from store.launch.outcomes import FailReason
from tests.fixtures.agency import LONG_AGO, SmallAgency

STANDINGS: Mapping[str, SkipReason] = {
    "02": SkipReason.UNPAID_LEAVE,
    "04": SkipReason.SUSPENDED,
    "07": SkipReason.STATE_OFFICIAL,
    "13": SkipReason.UNPAID_LEAVE,
    "20": SkipReason.PRE_RETIREMENT,
    "98": SkipReason.LEFT_SERVICE,
}
ABSENCES: Mapping[AbsenceKind, SkipReason] = {
    AbsenceKind.UNPAID_LEAVE: SkipReason.UNPAID_LEAVE,
    AbsenceKind.SUSPENDED: SkipReason.SUSPENDED,
    AbsenceKind.STATE_OFFICIAL: SkipReason.STATE_OFFICIAL,
    AbsenceKind.PRE_RETIREMENT: SkipReason.PRE_RETIREMENT,
    AbsenceKind.RETIRED: SkipReason.LEFT_SERVICE,
    AbsenceKind.DIED: SkipReason.LEFT_SERVICE,
    AbsenceKind.LEFT: SkipReason.LEFT_SERVICE,
}
WITHOUT_SUPERIOR: Mapping[SkipReason, int] = {
    SkipReason.NO_RATER: 3,  # and the head of the agency
    SkipReason.OWN_SUPERIOR: 4,
    SkipReason.SUPERIOR_UNKNOWN: 4,
    SkipReason.SUPERIOR_LOOP: 4,
    SkipReason.SUPERIOR_DAMAGED: 3,
}
IN_BAD_UNITS: Mapping[str, int] = {
    SkipReason.UNIT_MERGED: 2,
    SkipReason.NO_CALENDAR: 2,
    FailReason.CALENDAR_UNKNOWN: 1,
}
BAD = 37
WARNED = 5
"""So many have a finding that must not keep them out."""


@dataclass(frozen=True)
class BadRows:
    """Who cannot be launched, and why."""

    causes: dict[uuid.UUID, str]
    agency: SmallAgency

    @property
    def repairable(self) -> set[uuid.UUID]:
        """Those whom HR can repair: not who needs no appraisal, and not the head, whom somebody outside rates."""
        return {
            person
            for person, cause in self.causes.items()
            if cause not in NOTHING_TO_REPAIR and person != self.agency.head
        }

    @property
    def outcomes(self) -> dict[uuid.UUID, tuple[str, str]]:
        """Outcome and reason as they must be listed."""
        return {
            person: ("failed" if cause == FailReason.CALENDAR_UNKNOWN else "skipped", cause)
            for person, cause in self.causes.items()
        }


async def spoil(database: AsyncEngine, agency: SmallAgency) -> BadRows:
    """Makes the rows bad, spread over the agency; some others get warnings only."""
    step = len(agency.employees) // BAD
    people = iter(agency.employees[::step])
    causes: dict[uuid.UUID, str] = {agency.head: SkipReason.NO_RATER}
    async with database.begin() as connection:
        for standing, reason in STANDINGS.items():
            causes[person := next(people)] = reason
            await _run(
                connection, "UPDATE person SET legal_standing = :value WHERE id = :id", person, standing
            )
        for kind, reason in ABSENCES.items():
            causes[person := next(people)] = reason
            await _absent(connection, person, kind)
        roster = await _import(connection, agency)
        for reason, count in WITHOUT_SUPERIOR.items():
            for _ in range(count):
                causes[person := next(people)] = reason
                await _run(connection, "DELETE FROM assignment WHERE employee_id = :id", person)
                if reason is not SkipReason.NO_RATER:
                    await _found(connection, agency, roster, person, reason)
        for cause, count in IN_BAD_UNITS.items():
            unit = await _unit(connection, agency, cause)
            for _ in range(count):
                causes[person := next(people)] = cause
                await _run(connection, "UPDATE person SET unit_id = :value WHERE id = :id", person, unit)
        warned = [person for person in agency.employees if person not in causes][:WARNED]
        for person, cause in zip(
            warned,
            ("superior_unknown", "superior_loop", "email_missing", "two_units", "own_superior"),
            strict=True,
        ):
            await _found(connection, agency, roster, person, cause)
    assert len(causes) == BAD
    return BadRows(causes, agency)


async def repair(database: AsyncEngine, bad: BadRows) -> None:
    """What HR does about those who can be repaired."""
    agency = bad.agency
    async with database.begin() as connection:
        for person in bad.repairable:
            await _run(connection, "UPDATE person SET unit_id = :value WHERE id = :id", person, agency.unit)
            await _run(
                connection,
                """
                INSERT INTO assignment (id, employee_id, capacity, holder_id, kind, valid_from, letter, recorded_at)
                SELECT gen_random_uuid(), :id, 'rater', :value, 'definitive', '2020-01-01', '', now()
                WHERE NOT EXISTS (SELECT FROM assignment WHERE employee_id = :id)
                """,
                person,
                agency.rater,
            )


async def _run(connection: AsyncConnection, statement: str, person: uuid.UUID, value: object = None) -> None:
    parameters = {"id": person, "value": value} if ":value" in statement else {"id": person}
    await connection.execute(text(statement), parameters)


async def _absent(connection: AsyncConnection, person: uuid.UUID, kind: AbsenceKind) -> None:
    await connection.execute(
        text("""
            INSERT INTO absence (id, person_id, kind, valid_from, letter, reason, recorded_at)
            VALUES (:id, :person, :kind, :since, '', '', now())
        """),
        {"id": new_id(), "person": person, "kind": kind, "since": LONG_AGO},
    )


async def _import(connection: AsyncConnection, agency: SmallAgency) -> uuid.UUID:
    roster = new_id()
    await connection.execute(
        text("""
            INSERT INTO roster_import (id, agency_id, digest, counts, applied_at)
            VALUES (:id, :agency, repeat('0', 64), '{}', now())
        """),
        {"id": roster, "agency": agency.agency},
    )
    return roster


async def _found(
    connection: AsyncConnection, agency: SmallAgency, roster: uuid.UUID, person: uuid.UUID, cause: str
) -> None:
    await connection.execute(
        text("""
            INSERT INTO roster_finding (id, agency_id, person_id, import_id, cause, line, parameters, found_at)
            VALUES (:id, :agency, :person, :roster, :cause, 2, '{}', now())
        """),
        {"id": new_id(), "agency": agency.agency, "person": person, "roster": roster, "cause": cause},
    )


async def _unit(connection: AsyncConnection, agency: SmallAgency, cause: str) -> uuid.UUID:
    unit = new_id()
    zones: Mapping[str, str] = {SkipReason.NO_CALENDAR: "", FailReason.CALENDAR_UNKNOWN: "Asia/Nowhere"}
    merged = cause == SkipReason.UNIT_MERGED
    await connection.execute(
        text("""
            INSERT INTO unit (id, agency_id, code, name, kind, zone, merged_into, merged_at)
            VALUES (:id, :agency, :cause, 'Unit contoh', '', :zone, :into, :at)
        """),
        {
            "id": unit,
            "agency": agency.agency,
            "cause": cause,
            "zone": zones.get(cause, "Asia/Jakarta"),
            "into": agency.unit if merged else None,
            "at": LONG_AGO if merged else None,
        },
    )
    return unit
