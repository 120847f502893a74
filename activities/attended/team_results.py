"""The result of a team: asked of whoever rates its leader, and absent when its last day is over without one."""

import datetime as dt
import uuid
from zoneinfo import ZoneInfo

import structlog
from sqlalchemy.ext.asyncio import AsyncConnection

from content.inputs.rules import TeamRules
from content.rules import ContentRules
from content.teams.asking import Asking, asking_of
from store.agency.content_rules import content_rules_of
from store.attending.repository import Attended
from store.attending.telling import silence, tell
from store.team.carrying import carry
from store.team.reading import Team, results_of, team_of
from store.team.writing import hold, set_absent

ASKED, REMINDER = "team_result_asked", "team_result_reminder"
LATE = dt.timedelta(days=90)
"""So long after its last day a result is still waited for: ratings that are not handed in yet read it."""
MISSING = -1
"""The occurrence of what personnel officers are told when the last day is over; the others count days before it."""

_log = structlog.get_logger(__name__)


async def attend_team_result(connection: AsyncConnection, attended: Attended) -> dt.datetime | None:
    """Asks, reminds, or records that the result is absent. With a result on record nothing is to be done any more.

    What personnel officers are told of an absent result stands for as long as a late one is waited for.
    """
    await hold(connection, attended.id)
    team = await team_of(connection, attended.id, None)
    if team is None:
        return None
    if await results_of(connection, team.id):
        await silence(connection, attended.id)
        return None
    content, rules = await team_rules(connection, team)
    asking = asking_of(rules, team.year, ZoneInfo(team.zone))
    if attended.now >= asking.closes:
        if team.absent_at is None:
            await _close(connection, team, content, rules, asking, attended.now)
        return None if attended.now >= asking.closes + LATE else asking.closes + LATE
    days = asking.passed(attended.now)
    if days is not None:
        template = ASKED if days == asking.first else REMINDER
        # Who belongs to the team sets no result of it: then personnel officers are asked.
        recipients = team.apart(team.raters) or team.apart(team.officers)
        await _tell(connection, team, template, recipients, asking, days, attended.now)
    return asking.following(attended.now)


async def team_rules(connection: AsyncConnection, team: Team) -> tuple[ContentRules, TeamRules]:
    """What the scheme of a team's cycle says of content, and of its result."""
    content = await content_rules_of(connection, team.scheme)
    rules = None if content is None else content.inputs.get(team.input)
    if content is None or not isinstance(rules, TeamRules):
        raise LookupError("the scheme of a team knows its input")
    return content, rules


def numbers_of(content: ContentRules, rules: TeamRules) -> dict[str, float]:
    """The number of each step of the scale of a team's result."""
    return {step.name: step.number for step in content.scales[rules.scale].steps if step.number is not None}


async def _close(
    connection: AsyncConnection,
    team: Team,
    content: ContentRules,
    rules: TeamRules,
    asking: Asking,
    now: dt.datetime,
) -> None:
    await set_absent(connection, team.id, now)
    await carry(connection, team, numbers_of(content, rules), team.members, now)
    await silence(connection, team.id)
    await _tell(connection, team, REMINDER, team.apart(team.officers), asking, MISSING, now)
    _log.warning("team_result_absent", team=str(team.id))


async def _tell(
    connection: AsyncConnection,
    team: Team,
    template: str,
    recipients: list[uuid.UUID],
    asking: Asking,
    occurrence: int,
    now: dt.datetime,
) -> None:
    if team.about is None:
        # Nobody of the team is appraised, so that no file carries a result; there is nothing to ask for.
        _log.warning("team_without_cases", team=str(team.id))
        return
    await tell(
        connection,
        team.id,
        team.about,
        template,
        recipients,
        rule="team-result",
        occurrence=occurrence,
        due_on=asking.due_on,
        at=now,
    )
