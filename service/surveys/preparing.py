"""Prepares the surveys of cycles, asked to by HR or by itself two weeks before they open."""

import datetime as dt
from collections.abc import AsyncIterator
from dataclasses import dataclass

from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from content.inputs.rules import SurveyRules
from content.surveys.days import begins, day_in, last_day, local_day
from content.surveys.questions import surveys_in
from store.agency.content_rules import content_rules_of
from store.database import autocommit
from store.survey.preparing import (
    Preparation,
    SurveyedCycle,
    prepare_batch,
    schemes_with_surveys,
    surveyed_cycles,
)

BATCH = 1_000
"""Cases of one statement."""
AHEAD = dt.timedelta(days=14)
"""So long before it opens a survey is prepared by itself, so that HR sees who is invited while it may still change."""


@dataclass(frozen=True, slots=True)
class PreparedSurveys:
    """How many were prepared now."""

    surveys: int = 0
    invitations: int = 0

    def __add__(self, other: "PreparedSurveys") -> "PreparedSurveys":
        return PreparedSurveys(self.surveys + other.surveys, self.invitations + other.invitations)


async def prepare_due(database: AsyncEngine) -> PreparedSurveys:
    """Prepares, in all cycles, what opens within two weeks or is open. A repeat prepares only what is new."""
    done = PreparedSurveys()
    async with database.connect() as connection:
        cycles = await surveyed_cycles(connection)
    for cycle in cycles:
        done += await _prepare(database, cycle, None, by_itself=True)
    return done


async def prepare_cycle(
    database: AsyncEngine, cycle: SurveyedCycle, name: str | None = None
) -> PreparedSurveys:
    """Prepares the surveys of a cycle, or those of one input, for all running cases that lack them."""
    return await _prepare(database, cycle, name, by_itself=False)


async def _prepare(
    database: AsyncEngine, cycle: SurveyedCycle, name: str | None, *, by_itself: bool
) -> PreparedSurveys:
    surveys = invitations = 0
    async with autocommit(database).connect() as connection:
        async for scheme, survey, rules in surveys_of_schemes(connection):
            planned = _planned(cycle, scheme, survey, rules)
            if name not in (None, survey) or (by_itself and not _is_time(cycle, rules)):
                continue
            lacked = BATCH
            while lacked == BATCH:
                done = await prepare_batch(connection, planned, BATCH)
                lacked = done.lacked
                surveys += done.prepared
                invitations += done.invitations
    return PreparedSurveys(surveys, invitations)


async def surveys_of_schemes(connection: AsyncConnection) -> AsyncIterator[tuple[str, str, SurveyRules]]:
    """The surveys of all versions of schemes: key, name, rules."""
    for scheme in await schemes_with_surveys(connection):
        for survey, rules in surveys_in(await content_rules_of(connection, scheme)).items():
            yield scheme, survey, rules


def _is_time(cycle: SurveyedCycle, rules: SurveyRules) -> bool:
    """Whether it opens within two weeks, or would be open now. What comes later still is for HR to decide."""
    opens_on = day_in(cycle.year, rules.opens)
    return opens_on - AHEAD <= local_day(cycle.now, cycle.zone) <= last_day(opens_on, rules.days)


def _planned(cycle: SurveyedCycle, scheme: str, survey: str, rules: SurveyRules) -> Preparation:
    # Somebody whose case began late is asked about for as many days as everybody.
    opens_on = max(day_in(cycle.year, rules.opens), local_day(cycle.now, cycle.zone))
    most = {group.name: group.at_most for group in rules.groups if "rule" in rules.invited_by}
    return Preparation(
        cycle=cycle.id,
        input=survey,
        scheme=scheme,
        opens_on=opens_on,
        closes_on=last_day(opens_on, rules.days),
        due=begins(opens_on, cycle.zone),
        now=cycle.now,
        peers=most.get("peers", 0),
        subordinates=most.get("subordinates", 0),
    )
