"""Invites to a survey by hand, and takes invitations back."""

import uuid

from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from activities.attended.surveys import INVITED, tell_survey
from content.surveys.questions import Questions
from service import policy
from service.accounts.tokens import Identity
from service.problems import FieldError, Invalid, NotFound, NotYoursToInvite, SurveyClosed
from service.sight.seeing import ContentSight
from service.surveys import wording
from service.surveys.reading import detail_on, overseen, questions_on
from service.surveys.schemas import NewInvitation, SurveyDetail
from store.attending.repository import take
from store.attending.telling import silence
from store.survey import inviting
from store.survey.reading import survey_on_record
from store.survey.repository import HeldSurvey, held
from translations import Locale


async def invite(
    database: AsyncEngine, identity: Identity, survey: uuid.UUID, body: NewInvitation, locale: Locale
) -> SurveyDetail:
    """Invites somebody who fits a group. To repeat it changes nothing.

    Raises `NotFound`, `NotYoursToInvite`, `SurveyClosed` and `Invalid`.
    """
    async with database.begin() as connection:
        sight, found, questions, by = await _may_change(connection, identity, survey)
        await _refuse_unfit(connection, sight, found, questions, body)
        await inviting.invite(connection, survey, body.person, body.group, by)
        if found.state != "planned":
            await tell_survey(connection, found, INVITED, sight.sight.now, found.closes_on, [body.person])
        return await detail_on(connection, identity, survey, locale)


async def withdraw(
    database: AsyncEngine, identity: Identity, survey: uuid.UUID, person: uuid.UUID, locale: Locale
) -> SurveyDetail:
    """Takes an invitation back; an answer that was given stays. To repeat it changes nothing.

    Raises `NotFound`, `NotYoursToInvite` and `SurveyClosed`.
    """
    async with database.begin() as connection:
        await _may_change(connection, identity, survey)
        if person not in {each.person for each in await inviting.invitations(connection, survey)}:
            raise NotFound
        await inviting.withdraw(connection, survey, person)
        await silence(connection, survey, person)
        return await detail_on(connection, identity, survey, locale)


async def _may_change(
    connection: AsyncConnection, identity: Identity, survey: uuid.UUID
) -> tuple[ContentSight, HeldSurvey, Questions, str]:
    row = await survey_on_record(connection, survey)
    sight = None if row is None else await overseen(connection, row, identity)
    # In the order in which the engine takes them when it opens and closes: otherwise each could wait for the other.
    attended = None if sight is None else await take(connection, survey)
    found = None if attended is None else await held(connection, survey)
    if sight is None or found is None:
        raise NotFound
    questions = await questions_on(connection, found.scheme, found.input)
    by = policy.inviter(sight.sight.capacities, questions.rules.invited_by)
    if by is None:
        raise NotYoursToInvite
    if found.state == "closed" or found.case_over:
        raise SurveyClosed
    return sight, found, questions, by


async def _refuse_unfit(
    connection: AsyncConnection,
    sight: ContentSight,
    found: HeldSurvey,
    questions: Questions,
    body: NewInvitation,
) -> None:
    if body.group not in {group.name for group in questions.rules.groups}:
        raise Invalid(errors=[FieldError("/group", wording.GROUP_NOT_ASKED)])
    fits = await inviting.fits(connection, found.id, body.person, body.group, sight.sight.now)
    if not fits:
        message = wording.NOBODY if fits is None else wording.NOT_OF_THE_GROUP
        raise Invalid(errors=[FieldError("/person", message)])
