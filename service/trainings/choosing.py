"""Chooses trainings after the result, and takes choices back."""

import uuid

from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from content.rules import ContentRules
from service.accounts.tokens import Identity
from service.appraisals.acting import Acting
from service.problems import EmployeeOnly, IdempotencyKeyReused, NoResultYet, NotFound
from service.sight.seeing import ContentSight, is_delivered
from service.trainings.checking import refuse_unfit
from service.trainings.reading import HANDED_OVER, training_sight, weaknesses_in
from service.trainings.schemas import ChosenTraining, NewTraining
from service.trainings.showing import shown_choice
from store.meeting.repository import hold
from store.training import repository as trainings
from store.training.repository import TrainingChoice
from translations import Locale


async def choose(
    database: AsyncEngine,
    acting: Acting,
    identity: Identity,
    appraisal: uuid.UUID,
    key: str,
    body: NewTraining,
    locale: Locale,
) -> ChosenTraining:
    """Chooses a training of the scheme; the same ``key`` with the same body is carried out once.

    Raises `NotFound`, `EmployeeOnly`, `NoResultYet`, `Invalid`, `IdempotencyKeyReused`,
    and what `Acting.note_shown` raises.
    """
    async with database.connect() as connection:
        sight, _ = await _own(connection, appraisal, identity)
    if not is_delivered(sight.sight.appraisal):
        raise NoResultYet
    # Whether a weakness was named is told by a refusal too.
    await acting.note_shown(identity, sight.sight, [HANDED_OVER])
    async with database.begin() as connection:
        # Taken for as long as it is checked, so that nothing is chosen twice at once.
        await hold(connection, appraisal, identity.agency)
        sight, rules = await _own(connection, appraisal, identity)
        before = await trainings.chosen_under(connection, appraisal, key)
        if before is None:
            await _choose(connection, sight, rules, key, body)
            before = await trainings.chosen_under(connection, appraisal, key)
        if before is None or (before.training, before.weakness) != (body.training, body.weakness or ""):
            raise IdempotencyKeyReused
        return shown_choice(rules, before, locale)


async def withdraw(
    database: AsyncEngine, identity: Identity, appraisal: uuid.UUID, choice: uuid.UUID, locale: Locale
) -> ChosenTraining:
    """Takes a choice back; it stays on record. A repeat changes nothing. Raises `NotFound` and `EmployeeOnly`."""
    async with database.begin() as connection:
        _, rules = await _own(connection, appraisal, identity)
        await trainings.withdraw(connection, appraisal, choice)
        found: TrainingChoice | None = await trainings.choice_of(connection, appraisal, choice)
    if found is None:
        raise NotFound
    return shown_choice(rules, found, locale)


async def _own(
    connection: AsyncConnection, appraisal: uuid.UUID, identity: Identity
) -> tuple[ContentSight, ContentRules]:
    sight, rules = await training_sight(connection, appraisal, identity)
    if not sight.own:
        raise EmployeeOnly
    return sight, rules


async def _choose(
    connection: AsyncConnection, sight: ContentSight, rules: ContentRules, key: str, body: NewTraining
) -> None:
    if not is_delivered(sight.sight.appraisal):
        raise NoResultYet
    appraisal = sight.sight.case.id
    named = await weaknesses_in(connection, sight)
    standing = {each.training for each in await trainings.standing_choices(connection, appraisal)}
    refuse_unfit(rules, body, named, standing)
    await trainings.choose(connection, appraisal, key, body.training, body.weakness or "")
