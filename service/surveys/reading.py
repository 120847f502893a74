"""Surveys for those who answer, for HR and the rater, and the results of a case."""

import uuid

from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from content.sight.rules import Kind
from content.surveys.days import closing_moment
from content.surveys.questions import Questions, questions_of
from service import policy
from service.accounts.tokens import Identity
from service.cycles.checking import require_cycle
from service.paging import cut, id_key
from service.problems import NotFound
from service.sight.seeing import ContentSight, content_sight
from service.surveys.schemas import (
    MySurveys,
    SurveyDetail,
    SurveyListPage,
    SurveyResults,
)
from service.surveys.showing import (
    grouped,
    heading,
    shown_invitation,
    shown_line,
    shown_mine,
    shown_questions,
    shown_result,
)
from states.clock import Clock
from states.stages import Capacity
from store.agency.content_rules import content_rules_of
from store.survey import reading as surveys
from store.survey.answering import Invited, invited
from store.survey.inviting import invitations
from store.survey.reading import SurveyOnRecord, survey_on_record
from translations import Locale


async def questions_on(connection: AsyncConnection, scheme: str, name: str, post: str = "") -> Questions:
    """What a survey asks about the holder of a post."""
    return questions_of(await content_rules_of(connection, scheme), name, post)


async def survey_page(
    connection: AsyncConnection,
    identity: Identity,
    cycle: uuid.UUID,
    locale: Locale,
    *,
    cursor: str | None,
    limit: int,
) -> SurveyListPage:
    """The surveys of a cycle, for personnel officers. Raises `HrOnly`, `NotFound` and `CursorInvalid`."""
    after = id_key(cursor)
    await require_cycle(connection, cycle, identity)
    return await surveys_listed(connection, cycle, locale, after=after, limit=limit, asker=identity.person)


async def surveys_listed(
    connection: AsyncConnection,
    cycle: uuid.UUID,
    locale: Locale,
    *,
    after: uuid.UUID | None,
    limit: int,
    asker: uuid.UUID | None = None,
) -> SurveyListPage:
    """The surveys of a cycle after the one with an id, without that on the asker himself."""
    rows = await surveys.surveys_of_cycle(connection, cycle, asker=asker, after=after, limit=limit + 1)
    page, following = cut(rows, limit, lambda row: (row.id,))
    lines = [shown_line(row, await questions_on(connection, row.scheme, row.input), locale) for row in page]
    return SurveyListPage(items=lines, next=following)


async def my_surveys(connection: AsyncConnection, identity: Identity, locale: Locale) -> MySurveys:
    """What the asker is to answer."""
    rows = await surveys.surveys_to_answer(connection, identity.person, identity.agency)
    return MySurveys(
        items=[shown_mine(row, await questions_on(connection, row.scheme, row.input), locale) for row in rows]
    )


def is_open(found: Invited) -> bool:
    """Whether a survey may be answered now: its last day counts, even if nobody has closed it yet."""
    now = Clock.from_data(found.clock).business(found.real_now)
    return (
        found.state in ("open", "extended")
        and not found.case_over
        and now < closing_moment(found.closes_on, found.zone)
    )


async def survey_detail(
    reading: AsyncEngine, identity: Identity, survey: uuid.UUID, locale: Locale
) -> SurveyDetail:
    """A survey for whoever is invited, the rater and personnel officers. Raises `NotFound` for others."""
    async with reading.connect() as connection:
        return await detail_on(connection, identity, survey, locale)


async def detail_on(
    connection: AsyncConnection, identity: Identity, survey: uuid.UUID, locale: Locale
) -> SurveyDetail:
    """The same on a connection."""
    found = await invited(connection, survey, identity.person, identity.agency)
    asked = found if found is not None and not found.withdrawn else None
    row = await survey_on_record(connection, survey)
    sight = None if row is None else await overseen(connection, row, identity)
    if row is None or (asked is None and sight is None):
        raise NotFound
    questions = await questions_on(connection, row.scheme, row.input, row.post)
    lines = counts = None
    if sight is not None:
        lines = [shown_invitation(each, locale) for each in await invitations(connection, survey)]
        if Capacity.HR in sight.sight.capacities:
            counts = await surveys.totals(connection, survey)
    shown = heading(row, questions, locale)
    rules = questions.rules
    return SurveyDetail(
        **{name: value for name, value in shown.items() if name in SurveyDetail.model_fields},
        help=None
        if rules.help is None
        else (rules.help.id if locale is Locale.INDONESIAN else rules.help.en),
        article=rules.article,
        questions=None
        if asked is None or asked.state == "planned"
        else shown_questions(asked, questions, locale, may_answer=is_open(asked) and not asked.answered),
        invitations=lines,
        may_invite=sight is not None
        and row.state != "closed"
        and policy.inviter(sight.sight.capacities, rules.invited_by) is not None,
        invited=None if counts is None else counts.invited,
        answered=None if counts is None else counts.answered,
    )


async def overseen(
    connection: AsyncConnection, row: SurveyOnRecord, identity: Identity
) -> ContentSight | None:
    """The case of a survey, for those who see its invitations; None for others."""
    try:
        sight = await content_sight(connection, row.appraisal, identity)
    except NotFound:
        return None
    return sight if policy.sees_invitations(sight.sight.capacities) else None


async def results_of_case(
    connection: AsyncConnection, identity: Identity, appraisal: uuid.UUID, locale: Locale
) -> SurveyResults:
    """What the surveys of a case came to. Raises `NotFound` where that is not open to the asker."""
    sight = await content_sight(connection, appraisal, identity)
    if not sight.sees_whole(Kind.INPUT):
        raise NotFound
    rows = await surveys.surveys_of_case(connection, appraisal)
    ids = [row.id for row in rows]
    means = grouped(await surveys.stored_means(connection, ids)) if ids else {}
    texts = grouped(await surveys.stored_texts(connection, ids)) if ids else {}
    return SurveyResults(
        items=[
            shown_result(
                row,
                await questions_on(connection, row.scheme, row.input, row.post),
                means.get(row.id, []),
                texts.get(row.id, []),
                locale,
            )
            for row in rows
        ]
    )
