"""Reads appraisals, limited to what one person may see."""

import datetime as dt
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import bindparam, text
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlalchemy.types import Boolean, Date, Text, Uuid

from states.codec import Json
from store.appraisal.rights import (
    AS_HR,
    ASKER,
    CASE,
    CONTESTED,
    COUNTERSIGNED,
    FAR,
    HELD,
    NEAR,
    NOW,
    REACH,
    SIGNED_ABOVE,
)
from store.rows import all_rows, one_row

_HOLDER_NAMES = """ARRAY(
    SELECT holder_person.name
    FROM holders_of({case}.employee_id, {case}.id, {case}.relations_until, {case}.holder, {now},
        signers({case}.snapshot)) AS holder_id
    JOIN person AS holder_person ON holder_person.id = holder_id ORDER BY holder_person.name
)"""

# At most one, and none where the personnel officers stand in or nobody is left.
_RESPONSIBLE = f"""ARRAY(
    SELECT jsonb_build_object('name', acting.name, 'basis', found.basis, 'on_behalf_of', official.name)
    FROM responsible({CASE}, appraisal.holder, {NOW}, signers(appraisal.snapshot)) AS found
    JOIN person AS acting ON acting.id = found.holder
    LEFT JOIN person AS official ON official.id = found.on_behalf_of
)"""  # noqa: S608  # CASE and NOW name columns

_CASE = text(f"""
    SELECT appraisal.id, appraisal.snapshot, cycle.id AS cycle_id, cycle.name AS cycle, cycle.year,
        cycle.rehearsal, cycle.clock, employee.id AS employee_id, employee.name AS employee, unit.id AS unit_id,
        employee.employment, employee.contract_until,
        unit.name AS unit, unit.zone, appraisal.holder, appraisal.outcome, {HELD} AS capacities,
        {_HOLDER_NAMES.format(case="appraisal", now=NOW)} AS holders, {_RESPONSIBLE} AS responsible,
        appraisal.period, appraisal.period_from, appraisal.period_until
    FROM appraisal
    JOIN cycle ON cycle.id = appraisal.cycle_id
    JOIN person AS employee ON employee.id = appraisal.employee_id
    JOIN unit ON unit.id = appraisal.unit_id
    WHERE appraisal.id = :appraisal AND cycle.agency_id = :agency
""").bindparams(*ASKER, bindparam("appraisal", type_=Uuid()))  # noqa: S608  # the constants above and of rights

_DUE = "COALESCE(appraisal.due_on, 'infinity')"

_WANTED = f"""(:stage IS NULL OR appraisal.stage = :stage)
    AND (:cycle IS NULL OR appraisal.cycle_id = :cycle)
    AND (:unit IS NULL OR appraisal.unit_id = :unit)
    AND (:holder IS NULL OR appraisal.holder = :holder)
    AND (:overdue IS NULL
        OR COALESCE(CAST(appraisal.snapshot -> 'deadline' ->> 'lapsed' AS boolean), false) = :overdue)
    AND (:after_id IS NULL OR ({_DUE}, appraisal.id) > (COALESCE(:after_due, 'infinity'), :after_id))"""

_FOUND = f"appraisal.*, cycle.name AS cycle, {NOW} AS moment, {_DUE} AS due"

_OF_THE_LINE = f"""
    FROM appraisal JOIN cycle ON cycle.id = appraisal.cycle_id AND cycle.agency_id = :agency
    WHERE NOT {AS_HR} AND {_WANTED}"""

# What the index of stages knows of CONTESTED and COUNTERSIGNED.
_MAY_BE_CONTESTED = "appraisal.stage IN ('objected', 'objection_review', 'suspended')"
_MAY_BE_COUNTERSIGNED = "appraisal.stage IN ('countersign', 'suspended')"

# A personnel officer sees all cases. So each cycle gives its first lines in order, whatever its size.
_PAGE = text(f"""
    WITH {REACH}, page AS (
        SELECT {_FOUND} {_OF_THE_LINE} AND {NEAR}
            AND (appraisal.employee_id = :person OR cardinality({HELD}) > 0)
        UNION ALL
        SELECT {_FOUND} {_OF_THE_LINE} AND {FAR} AND {_MAY_BE_CONTESTED}
            AND {CONTESTED} AND cardinality({HELD}) > 0
        UNION ALL
        SELECT {_FOUND} {_OF_THE_LINE} AND {FAR} AND {_MAY_BE_COUNTERSIGNED}
            AND {COUNTERSIGNED} AND {SIGNED_ABOVE} AND cardinality({HELD}) > 0
        UNION ALL
        SELECT {_FOUND}
        FROM cycle CROSS JOIN LATERAL (
            SELECT * FROM appraisal WHERE appraisal.cycle_id = cycle.id AND {_WANTED}
            ORDER BY {_DUE}, appraisal.id LIMIT :limit
        ) AS appraisal
        WHERE {AS_HR} AND cycle.agency_id = :agency
        ORDER BY due, id LIMIT :limit
    )
    SELECT page.id, page.stage, page.holder, page.due_on, page.outcome, page.revision, page.entered_at,
        page.cycle_id, page.cycle, employee.id AS employee_id, employee.name AS employee, unit.id AS unit_id,
        unit.name AS unit, COALESCE(CAST(page.snapshot -> 'deadline' ->> 'lapsed' AS boolean), false) AS overdue,
        {_HOLDER_NAMES.format(case="page", now="page.moment")} AS holders
    FROM page
    JOIN person AS employee ON employee.id = page.employee_id
    JOIN unit ON unit.id = page.unit_id
    ORDER BY page.due, page.id
""").bindparams(  # noqa: S608  # the constants above and of rights
    *ASKER,
    bindparam("stage", type_=Text()),
    bindparam("holder", type_=Text()),
    bindparam("cycle", type_=Uuid()),
    bindparam("unit", type_=Uuid()),
    bindparam("overdue", type_=Boolean()),
    bindparam("after_due", type_=Date()),
    bindparam("after_id", type_=Uuid()),
)


@dataclass(frozen=True, slots=True)
class Asker:
    """The person who asks, the capacities that let him see a case, and the real moment."""

    person: uuid.UUID
    agency: uuid.UUID
    seeing: Sequence[str]
    judging: Sequence[str]
    """Capacities that see a case only while an objection to it is open."""
    now: dt.datetime

    @property
    def parameters(self) -> dict[str, Any]:
        """The same as parameters of a statement."""
        return {
            "person": self.person,
            "agency": self.agency,
            "seeing": self.seeing,
            "judging": self.judging,
            "now": self.now,
        }


@dataclass(frozen=True, slots=True)
class Case:
    """One appraisal, with the context that its readers need."""

    id: uuid.UUID
    snapshot: Json
    cycle_id: uuid.UUID
    cycle: str
    year: int
    rehearsal: bool
    clock: list[list[Any]]
    employee_id: uuid.UUID
    employee: str
    employment: str
    contract_until: dt.date | None
    """Last day of a PPPK's contract, as the roster says now."""
    unit_id: uuid.UUID
    unit: str
    zone: str
    holder: str | None
    outcome: str | None
    capacities: Sequence[str]
    """The asker's capacities on it; empty if it does not concern him."""
    holders: Sequence[str]
    """Names of those who are awaited now."""
    responsible: Sequence[Json]
    """The responsible person, at most one: ``name``, ``basis``, and the official on whose behalf (``on_behalf_of``)."""
    period: int
    period_from: dt.date | None
    period_until: dt.date | None


@dataclass(frozen=True, slots=True)
class CaseSummary:
    """One line of a list of appraisals."""

    id: uuid.UUID
    stage: str
    holder: str | None
    due_on: dt.date | None
    outcome: str | None
    revision: int
    entered_at: dt.datetime
    cycle_id: uuid.UUID
    cycle: str
    employee_id: uuid.UUID
    employee: str
    unit_id: uuid.UUID
    unit: str
    overdue: bool
    holders: Sequence[str]


@dataclass(frozen=True, slots=True)
class CaseFilter:
    """Which appraisals are wanted; None does not filter."""

    stage: str | None = None
    holder: str | None = None
    cycle: uuid.UUID | None = None
    unit: uuid.UUID | None = None
    overdue: bool | None = None


async def case(connection: AsyncConnection, appraisal: uuid.UUID, asker: Asker) -> Case | None:
    """An appraisal of the asker's agency. The caller checks ``capacities`` before he shows it."""
    row = (await connection.execute(_CASE, {"appraisal": appraisal, **asker.parameters})).one_or_none()
    return None if row is None else one_row(Case, row)


async def cases(
    connection: AsyncConnection,
    asker: Asker,
    wanted: CaseFilter,
    *,
    after: tuple[dt.date | None, uuid.UUID] | None,
    limit: int,
) -> list[CaseSummary]:
    """The appraisals that concern the asker, the first due first, those without a due day last."""
    rows = await connection.execute(
        _PAGE,
        {
            **asker.parameters,
            "stage": wanted.stage,
            "holder": wanted.holder,
            "cycle": wanted.cycle,
            "unit": wanted.unit,
            "overdue": wanted.overdue,
            "after_due": after[0] if after else None,
            "after_id": after[1] if after else None,
            "limit": limit,
        },
    )
    return all_rows(CaseSummary, rows)
