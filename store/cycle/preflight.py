"""Looks at a cycle before it is launched: who would get an appraisal, who would not, and what will go wrong."""

import datetime as dt
import uuid
from collections.abc import AsyncIterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from sqlalchemy import ARRAY, Integer, Row, Text, TextClause, Uuid, bindparam, text
from sqlalchemy.ext.asyncio import AsyncConnection

from store.cycle.causes import CAUSES, Cause, Severity, severity_of
from store.cycle.findings import FINDING_BINDS, PEOPLE, finding_of, findings_of
from store.cycle.selection import EVERYBODY, Selection

DEFAULT_SPAN = 50
"""The most people that one rater should have, unless the caller says otherwise; no regulation sets a number."""

ROWS_AT_ONCE = 1_000

_ALL = (
    *FINDING_BINDS,
    bindparam("causes", type_=ARRAY(Text())),
    bindparam("after", type_=Uuid()),
    bindparam("limit", type_=Integer()),
)
_SHOWN = """
    person.id AS person, person.name AS person_name, person.title_before AS person_title_before,
    person.title_after AS person_title_after, COALESCE(person.nip, '') AS nip, COALESCE(person.post, '') AS post,
    unit.id AS unit, unit.code AS unit_code, unit.name AS unit_name,
    rater.id AS rater, rater.name AS rater_name, rater.title_before AS rater_title_before,
    rater.title_after AS rater_title_after,
    stand_in.id AS stand_in, stand_in.name AS stand_in_name, stand_in.title_before AS stand_in_title_before,
    stand_in.title_after AS stand_in_title_after, found.basis, found.people"""
# The rater is shown even for findings that say nothing else about him.
_JOINED = """
    JOIN unit ON unit.id = found.unit_id
    LEFT JOIN person ON person.id = found.person
    LEFT JOIN person AS rater
        ON rater.id = COALESCE(found.rater, assigned_holder(found.person, 'rater', :moment))
    LEFT JOIN person AS stand_in ON stand_in.id = found.stand_in"""


@dataclass(frozen=True, slots=True)
class Look:
    """What the check looks at, and as of which moment."""

    cycle: uuid.UUID
    agency: uuid.UUID
    year: int
    moment: dt.datetime
    """In business time, like the moment of a launch."""
    span: int = DEFAULT_SPAN
    """More people than this are too many for one rater; only people of ``who`` count."""
    who: Selection = EVERYBODY
    provisional: tuple[int, ...] = ()
    """Years of the cycle's course whose public holidays are not decreed."""

    def parameters(self) -> dict[str, Any]:
        """The values for the statements below."""
        return {
            "cycle": self.cycle,
            "agency": self.agency,
            "year": self.year,
            "moment": self.moment,
            "span": self.span,
            **self.who.parameters(),
        }


@dataclass(frozen=True, slots=True)
class CauseTotal:
    """How often one cause was found."""

    cause: Cause
    count: int
    """People, or units for a vacant post."""
    people: int
    """How many appraisals are concerned."""


@dataclass(frozen=True, slots=True)
class Preflight:
    """What a launch would lead to, and what is wrong."""

    people: int
    """Everybody who is looked at: the sum of the five numbers below."""
    running: int
    """Have a started appraisal in the cycle."""
    ready: int
    """Would be started now."""
    exempt: int
    not_in_service: int
    blocked: int
    causes: tuple[CauseTotal, ...]
    """The causes that were found, the most urgent first."""


@dataclass(frozen=True, slots=True)
class Named:
    """Somebody in a finding."""

    id: uuid.UUID
    name: str
    title_before: str
    title_after: str


@dataclass(frozen=True, slots=True)
class Finding:
    """One person, or one unit, with whom something is wrong."""

    cause: Cause
    person: Named | None
    """None where the unit itself is meant."""
    nip: str
    post: str
    unit: uuid.UUID
    unit_code: str
    unit_name: str
    rater: Named | None
    stand_in: Named | None
    """Who acts for a rater who is away."""
    basis: str
    """Why the stand-in may act: a kind of substitution or assignment."""
    people: int

    @property
    def subject(self) -> uuid.UUID:
        """The id by which findings of one cause are sorted."""
        return self.unit if self.person is None else self.person.id


async def preflight(connection: AsyncConnection, look: Look) -> Preflight:
    """Counts where people stand before a launch, and the causes that were found, in one statement."""
    found = {row.cause: row for row in await connection.execute(_summary(), look.parameters())}
    running, people = found[None].running, found[None].people
    causes = tuple(
        CauseTotal(cause, found[cause].findings, found[cause].people) for cause in CAUSES if cause in found
    )
    kept_out = {
        severity: sum(total.count for total in causes if severity_of(total.cause) is severity)
        for severity in (Severity.EXEMPT, Severity.NOT_IN_SERVICE, Severity.BLOCKS)
    }
    return Preflight(
        people=people,
        running=running,
        ready=people - running - sum(kept_out.values()),
        exempt=kept_out[Severity.EXEMPT],
        not_in_service=kept_out[Severity.NOT_IN_SERVICE],
        blocked=kept_out[Severity.BLOCKS],
        causes=causes,
    )


async def findings(
    connection: AsyncConnection, look: Look, cause: Cause, *, after: uuid.UUID | None, limit: int
) -> list[Finding]:
    """The next findings of one cause, in the order of their subjects' ids."""
    rows = await connection.execute(_page(cause), look.parameters() | {"after": after, "limit": limit})
    return [_finding(cause, row) for row in rows]


async def every_finding(
    connection: AsyncConnection, look: Look, causes: tuple[Cause, ...] = CAUSES
) -> AsyncIterator[list[Finding]]:
    """All findings of ``causes``, cause by cause, then by unit and name; a thousand at a time.

    The connection must be in a transaction: the rows are read through a cursor and show one moment.
    """
    named: dict[str, Cause] = {cause.value: cause for cause in causes}
    rows = await connection.stream(_report(causes), look.parameters() | {"causes": list(named)})
    async for part in rows.partitions(ROWS_AT_ONCE):
        yield [_finding(named[row.cause], row) for row in part]


def _statement(query: str) -> TextClause:
    """A statement with the parameters that it uses bound to their types."""
    statement = text(f"WITH RECURSIVE {PEOPLE} {query}")
    return statement.bindparams(*(bind for bind in _ALL if bind.key in statement._bindparams))


@cache
def _summary() -> TextClause:
    return _statement(f"""
        SELECT CAST(NULL AS text) AS cause, count(*) FILTER (WHERE running) AS running, NULL AS findings,
            count(*) AS people
        FROM entrant
        UNION ALL
        SELECT cause, NULL, count(*), CAST(sum(people) AS bigint) FROM ({findings_of()}) AS found GROUP BY cause
    """)  # noqa: S608  # constants and names of parameters


@cache
def _page(cause: Cause) -> TextClause:
    return _statement(f"""
        SELECT {_SHOWN}
        FROM (
            SELECT * FROM ({finding_of(cause)}) AS every
            WHERE :after IS NULL OR COALESCE(person, unit_id) > :after
            ORDER BY COALESCE(person, unit_id) LIMIT :limit
        ) AS found {_JOINED}
        ORDER BY COALESCE(found.person, found.unit_id)
    """)  # noqa: S608  # constants and names of parameters


@cache
def _report(causes: tuple[Cause, ...]) -> TextClause:
    return _statement(f"""
        SELECT found.cause, {_SHOWN}
        FROM ({findings_of(causes)}) AS found {_JOINED}
        ORDER BY array_position(CAST(:causes AS text[]), found.cause), unit.code, person.name, person.id
    """)  # noqa: S608  # constants and names of parameters


def _finding(cause: Cause, row: Row[Any]) -> Finding:
    return Finding(
        cause=cause,
        person=_named(row.person, row.person_name, row.person_title_before, row.person_title_after),
        nip=row.nip,
        post=row.post,
        unit=row.unit,
        unit_code=row.unit_code,
        unit_name=row.unit_name,
        rater=_named(row.rater, row.rater_name, row.rater_title_before, row.rater_title_after),
        stand_in=_named(row.stand_in, row.stand_in_name, row.stand_in_title_before, row.stand_in_title_after),
        basis=row.basis,
        people=row.people,
    )


def _named(id_: uuid.UUID | None, name: str, before: str, after: str) -> Named | None:
    return None if id_ is None else Named(id_, name, before, after)
