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
    "month": "date_trunc('month', day)",
    "quarter": "date_trunc('quarter', day)",
    "half_year": "make_date(CAST(date_part('year', day) AS integer),"
    " CASE WHEN date_part('month', day) < 7 THEN 1 ELSE 7 END, 1)",
    "year": "date_trunc('year', day)",
}


def _counting(begins: str) -> TextClause:
    # A finished period is shown whole. Of the running one so many answers are shown that at least the minimum is kept
    # back, in the order of their days and in steps of the minimum: then no two looks differ by fewer.
    return text(f"""
        WITH answer AS (
            SELECT begins, scheme, steps, count(*) OVER (PARTITION BY begins) AS answers,
                CASE WHEN begins = :running
                    THEN row_number() OVER (PARTITION BY begins ORDER BY day, id) END AS place
            FROM (
                SELECT id, day, scheme, steps, CAST({begins} AS date) AS begins
                FROM public_answer WHERE unit_id = :unit AND day >= :since AND day < :today
            ) AS dated
        ), shown AS (
            SELECT begins, scheme, steps FROM answer
            WHERE answers >= :minimum
                AND (place IS NULL OR place <= (answers - :minimum) / :minimum * :minimum)
        )
        SELECT begins, scheme, CAST(element - 1 AS integer) AS element, step, count(*) AS answers
        FROM shown CROSS JOIN LATERAL unnest(steps) WITH ORDINALITY AS chosen (step, element)
        GROUP BY begins, scheme, element, step
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
