"""Which results of teams a scripted rater sets."""

import uuid
from collections.abc import Mapping

from sqlalchemy.ext.asyncio import AsyncConnection

from content.inputs.rules import TeamRules
from service.rehearsal.sentences import TEAM_ACHIEVED, TEAM_REASON
from states.scripted.temperament import Dice
from states.triggers import Trigger
from store.agency.content_rules import content_rules_of
from store.cycle.rehearsing import RehearsedCase
from store.team.leading import teams_to_rate


async def wanted_results(
    connection: AsyncConnection, case: RehearsedCase, trigger: Trigger, rater: uuid.UUID
) -> Mapping[uuid.UUID, Mapping[str, str]]:
    """The results, as requests by team, that a rater sets who reviews the last check-in of a leader.

    Nothing for other actions, and where the scheme has no results of teams.
    """
    if trigger is not Trigger.REVIEW_CHECK_IN or case.appraisal.check_ins_done == 0:
        return {}
    content = await content_rules_of(connection, case.appraisal.rulebook)
    inputs = {} if content is None else content.inputs
    rules = {name: each for name, each in inputs.items() if isinstance(each, TeamRules)}
    if content is None or not rules:
        return {}
    results = {}
    for team in await teams_to_rate(connection, case.id, list(rules), rater):
        steps = content.scales[rules[team.input].scale].names
        # Most teams do well: the better half of the scale.
        step = steps[Dice(f"team|{team.id}").among(0, 0, max(0, len(steps) // 2 - 1))]
        results[team.id] = {"step": step, "achieved": TEAM_ACHIEVED, "reason": TEAM_REASON}
    return results
