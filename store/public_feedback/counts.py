"""Counts the answers of a unit by period, element and step, as far as they may be shown."""

import datetime as dt
import uuid
from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import Date, Integer, TextClause, Uuid, bindparam, text
from sqlalchemy.ext.asyncio import AsyncConnection

from content.public.periods import Kind
from store.rows import all_rows

_BEGINS: Mapping[Kind, str] = {
    # Without a zone: a day is a day.
    "month": "date_trunc('month', CAST(day AS timestamp))",
    "quarter": "date_trunc('quarter', CAST(day AS timestamp))",
    "half_year": "make_date(CAST(date_part('year', day) AS integer),"
    " CASE WHEN date_part('month', day) < 7 THEN 1 ELSE 7 END, 1)",
    "year": "date_trunc('year', CAST(day AS timestamp))",
}


def _counting(begins: str) -> TextClause:
    # A finished period is shown whole. Of the running one so many answers are shown that at least the minimum is kept
    # back, in the order of their days and in steps of the minimum: then no two looks differ by fewer.
    # All steps of a group are taken apart at once, and counted by numbers alone: that is twice as fast as row by row.
    return text(f"""
        WITH dated AS MATERIALIZED (
            SELECT id, day, scheme, steps, CAST({begins} AS date) AS begins
            FROM public_answer WHERE unit_id = :unit AND day >= :since AND day < :today
        ), size AS (
            SELECT begins, count(*) AS answers FROM dated GROUP BY begins
        ), shown AS (
            SELECT begins, scheme, steps FROM dated JOIN size USING (begins)
            WHERE begins <> :running AND answers >= :minimum
            UNION ALL
            (SELECT begins, scheme, steps FROM dated WHERE begins = :running ORDER BY day, id LIMIT (
                SELECT greatest(0, (answers - :minimum) / :minimum * :minimum) FROM size WHERE begins = :running))
        ), grouped AS (
            SELECT begins, scheme, array_agg(steps) AS steps, max(cardinality(steps)) AS elements
            FROM shown GROUP BY begins, scheme
        )
        SELECT begins, scheme, element, step, answers
        FROM grouped CROSS JOIN LATERAL (
            SELECT CAST((place - 1) % elements AS integer) AS element, step, count(*) AS answers
            FROM unnest(steps) WITH ORDINALITY AS chosen (step, place) GROUP BY 1, 2
        ) AS counted
        ORDER BY begins, scheme, element, step
    """).bindparams(  # noqa: S608  # one of the constants above is put in
        bindparam("unit", type_=Uuid()),
        bindparam("since", type_=Date()),
        bindparam("today", type_=Date()),
        bindparam("running", type_=Date()),
        bindparam("minimum", type_=Integer()),
    )


_COUNTS: Mapping[Kind, TextClause] = {kind: _counting(begins) for kind, begins in _BEGINS.items()}


@dataclass(frozen=True, slots=True)
class Counted:
    """How often a step was chosen for an element in a period, under one version of the scheme."""

    begins: dt.date
    scheme: str
    element: int
    """Its place in the list of the elements."""
    step: int
    """Its place on the scale."""
    answers: int


@dataclass(frozen=True, slots=True)
class Window:
    """What of a unit is to be counted."""

    kind: Kind
    since: dt.date
    today: dt.date
    """Answers of this day are not counted yet."""
    running: dt.date
    """The first day of the period that is not over."""
    minimum: int


async def counts_of(connection: AsyncConnection, unit: uuid.UUID, window: Window) -> list[Counted]:
    """The counts of a unit, by period."""
    values = {
        "unit": unit,
        "since": window.since,
        "today": window.today,
        "running": window.running,
        "minimum": window.minimum,
    }
    return all_rows(Counted, await connection.execute(_COUNTS[window.kind], values))
