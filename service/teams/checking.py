"""Whether a team is open to somebody, and what its scheme says of its result."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy.ext.asyncio import AsyncConnection

from content.inputs.rules import TeamRules
from content.rules import ContentRules
from service import policy
from service.accounts.checking import is_officer
from service.accounts.tokens import Identity
from service.problems import NoTeams, NotFound, OwnTeam, TeamForHr
from store.agency.content_rules import content_rules_of
from store.team.reading import Team, team_of


@dataclass(frozen=True, slots=True)
class TeamSight:
    """A team that is open to the asker."""

    team: Team
    content: ContentRules
    rules: TeamRules
    officer: bool
    may_rate: bool
    """Whether he may set its result, and read it here."""


async def team_sight(connection: AsyncConnection, team: uuid.UUID, identity: Identity) -> TeamSight:
    """The team, for HR, whoever rates its leader, and who belongs to it. Raises `NotFound` for everybody else."""
    found = await team_of(connection, team, identity.agency)
    if found is None:
        raise NotFound
    held = {
        "officer": await is_officer(connection, identity),
        "rater": identity.person in found.raters,
        "belongs": found.belongs(identity.person),
    }
    if not policy.may_see_team(**held):
        raise NotFound
    content = await content_rules_of(connection, found.scheme)
    inputs = team_inputs(content)
    if content is None or found.input not in inputs:
        raise NoTeams
    return TeamSight(
        found, content, inputs[found.input], held["officer"], may_rate=policy.may_rate_team(**held)
    )


def team_inputs(content: ContentRules | None) -> Mapping[str, TeamRules]:
    """The inputs of a scheme that are results of teams. Raises `NoTeams` where there is none."""
    found = {
        name: rules
        for name, rules in ({} if content is None else content.inputs).items()
        if isinstance(rules, TeamRules)
    }
    if not found:
        raise NoTeams
    return found


def require_may_rate(sight: TeamSight) -> None:
    """Raises `OwnTeam` for who leads the team or belongs to it."""
    if not sight.may_rate:
        raise OwnTeam


def require_may_change(sight: TeamSight, identity: Identity, person: uuid.UUID) -> None:
    """Raises `TeamForHr`, and `OwnTeam` for an officer who would decide on his own membership."""
    if not sight.officer:
        raise TeamForHr
    if not policy.may_change_team(officer=True, own=person == identity.person):
        raise OwnTeam
