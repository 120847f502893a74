"""Which training somebody chooses after his result."""

from collections.abc import Mapping

from sqlalchemy.ext.asyncio import AsyncConnection

from service.trainings.named import named_weaknesses
from states.scripted.temperament import Dice
from states.triggers import Trigger
from store.agency.content_rules import content_rules_of
from store.cycle.rehearsing import RehearsedCase
from store.meeting.repository import handed_over


async def wanted_training(
    connection: AsyncConnection, case: RehearsedCase, trigger: Trigger
) -> Mapping[str, str] | None:
    """What a person who agrees with his result chooses to learn, as a request.

    It helps with a weakness that was named when the result was handed over. None for other actions, where the
    scheme offers nothing, and where no weakness was named that something helps with.
    """
    if trigger is not Trigger.AGREE:
        return None
    rules = await content_rules_of(connection, case.appraisal.rulebook)
    if rules is None or not rules.follow_up.trainings:
        return None
    named = named_weaknesses(rules, await handed_over(connection, case.id))
    fitting = [
        {"training": training.name, "weakness": weakness}
        for weakness in named
        for training in rules.follow_up.trainings
        if weakness in training.for_weaknesses
    ]
    dice = Dice(f"training|{case.appraisal.id}")
    return fitting[dice.among(0, 0, len(fitting) - 1)] if fitting else None
