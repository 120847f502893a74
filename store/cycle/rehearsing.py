"""Reads what scripted people need to know about a rehearsal, and what it led to."""

import datetime as dt
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ARRAY, DateTime, Integer, Row, Uuid, bindparam, select, text
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlmodel import col

from states.appraisal import Appraisal
from states.clock import Clock
from states.codec import load_appraisal
from states.stages import Capacity
from store.appraisal.rights import CASE
from store.cycle.table import Cycle
from store.rows import all_rows

OVERLAP = dt.timedelta(seconds=3)
"""A row bears the moment at which its statement began. It is seen a little later, once it is committed."""

_CYCLE = select(
    col(Cycle.id),
    col(Cycle.agency_id),
    col(Cycle.name),
    col(Cycle.year),
    col(Cycle.clock),
    col(Cycle.rehearsal),
).where(col(Cycle.id) == bindparam("cycle"))
_OF_AGENCY = select(col(Cycle.id)).where(col(Cycle.agency_id) == bindparam("agency"))
_NAMED = _OF_AGENCY.where(col(Cycle.name) == bindparam("name"))
_REAL = select(_OF_AGENCY.where(~col(Cycle.rehearsal)).exists())
# The first rater that the roster named: whoever took over later is a stand-in.
_PEOPLE = text("""
    SELECT person.id, person.nip, person.name, (
        SELECT holder_id FROM assignment
        WHERE employee_id = person.id AND capacity = 'rater' AND kind = 'definitive'
        ORDER BY valid_from, id LIMIT 1
    ) AS rater, EXISTS (
        SELECT FROM role_grant WHERE person_id = person.id AND agency_id = :agency AND role = 'hr') AS hr
    FROM person WHERE agency_id = :agency ORDER BY nip
""").bindparams(bindparam("agency", type_=Uuid()))
_CHANGED = text(f"""
    SELECT appraisal.snapshot, appraisal.updated_at,
        ARRAY(SELECT holders_of({CASE}, 'rater', moment, signed)) AS raters,
        ARRAY(SELECT holders_of({CASE}, 'rater_superior', moment, signed)) AS superiors,
        ARRAY(SELECT holders_of({CASE}, 'appeals_officer', moment, signed)) AS appeals_officers
    FROM appraisal
    JOIN cycle ON cycle.id = appraisal.cycle_id
    CROSS JOIN LATERAL (
        SELECT business_at(cycle.clock, now()) AS moment, signers(appraisal.snapshot) AS signed) AS present
    WHERE appraisal.cycle_id = :cycle AND (
        appraisal.id = ANY(:again) OR (
            appraisal.updated_at >= :since AND NOT EXISTS (
                SELECT FROM unnest(:ids, :sequences) AS known(id, sequence)
                WHERE known.id = appraisal.id AND known.sequence = appraisal.sequence)))
""").bindparams(  # noqa: S608  # CASE names columns
    bindparam("cycle", type_=Uuid()),
    bindparam("since", type_=DateTime(timezone=True)),
    bindparam("again", type_=ARRAY(Uuid())),
    bindparam("ids", type_=ARRAY(Uuid())),
    bindparam("sequences", type_=ARRAY(Integer())),
)


@dataclass(frozen=True, slots=True)
class RehearsedCycle:
    """A cycle with the clock of its cases."""

    id: uuid.UUID
    agency_id: uuid.UUID
    name: str
    year: int
    clock: Clock
    rehearsal: bool


@dataclass(frozen=True, slots=True)
class ScriptedPerson:
    """Somebody of the agency, with the rater that the roster named first."""

    id: uuid.UUID
    nip: str
    name: str
    rater: uuid.UUID | None
    hr: bool


@dataclass(frozen=True, slots=True)
class RehearsedCase:
    """An appraisal as it stands, with those who may act on it now."""

    appraisal: Appraisal
    holders: Mapping[Capacity, tuple[uuid.UUID, ...]]
    """The people for rater, superior and appeals officer; nobody where they would judge in their own cause."""

    @property
    def id(self) -> uuid.UUID:
        """The appraisal's id."""
        return uuid.UUID(self.appraisal.id)

    @property
    def employee(self) -> uuid.UUID:
        """Whose appraisal it is."""
        return uuid.UUID(self.appraisal.employee)


class ChangedCases:
    """Reads the cases of a cycle that changed since the last read, in one query however many have not changed."""

    def __init__(self, cycle: uuid.UUID) -> None:
        self._cycle = cycle
        self._latest = dt.datetime.min.replace(tzinfo=dt.UTC)
        self._known: dict[uuid.UUID, tuple[int, dt.datetime]] = {}
        self._again: set[uuid.UUID] = set()

    def ask_again(self, appraisal: uuid.UUID) -> None:
        """Makes the next `read` include the case, whether it has changed or not."""
        self._again.add(appraisal)

    async def read(self, connection: AsyncConnection) -> list[RehearsedCase]:
        """The cases that changed; all of them at first."""
        since = self._latest - OVERLAP if self._known else self._latest
        self._known = {id_: seen for id_, seen in self._known.items() if seen[1] >= since}
        again, self._again = self._again, set()
        rows = await connection.execute(
            _CHANGED,
            {
                "cycle": self._cycle,
                "since": since,
                "again": list(again),
                "ids": list(self._known),
                "sequences": [sequence for sequence, _ in self._known.values()],
            },
        )
        return [self._case(row) for row in rows]

    def _case(self, row: Row[Any]) -> RehearsedCase:
        appraisal = load_appraisal(row.snapshot)
        self._known[uuid.UUID(appraisal.id)] = (appraisal.sequence, row.updated_at)
        self._latest = max(self._latest, row.updated_at)
        return RehearsedCase(
            appraisal,
            {
                Capacity.RATER: tuple(row.raters),
                Capacity.RATER_SUPERIOR: tuple(row.superiors),
                Capacity.APPEALS_OFFICER: tuple(row.appeals_officers),
            },
        )


async def rehearsed_cycle(connection: AsyncConnection, cycle: uuid.UUID) -> RehearsedCycle:
    """The cycle with its clock. Raises `LookupError` where there is none."""
    row = (await connection.execute(_CYCLE, {"cycle": cycle})).one_or_none()
    if row is None:
        raise LookupError(f"there is no cycle {cycle}")
    return RehearsedCycle(
        id=row.id,
        agency_id=row.agency_id,
        name=row.name,
        year=row.year,
        clock=Clock.from_data(row.clock),
        rehearsal=row.rehearsal,
    )


async def cycle_named(connection: AsyncConnection, agency: uuid.UUID, name: str) -> uuid.UUID | None:
    """The id of an agency's cycle of this name, or None."""
    found: uuid.UUID | None = await connection.scalar(_NAMED, {"agency": agency, "name": name})
    return found


async def has_real_cycles(connection: AsyncConnection, agency: uuid.UUID) -> bool:
    """Whether the agency has cycles that are no rehearsals."""
    return bool(await connection.scalar(_REAL, {"agency": agency}))


async def scripted_people(connection: AsyncConnection, agency: uuid.UUID) -> list[ScriptedPerson]:
    """Everybody of the agency by NIP."""
    return all_rows(ScriptedPerson, await connection.execute(_PEOPLE, {"agency": agency}))
