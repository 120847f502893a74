"""Times to improve, for the employee, whoever rates him now, and personnel officers."""

import uuid
from collections.abc import Sequence

from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from content.rules import ContentRules
from service import policy
from service.accounts.checking import require_hr
from service.accounts.tokens import Identity
from service.appraisals.acting import Acting
from service.appraisals.result_shown import TextGiven
from service.improvements.schemas import ImprovementDetail, ImprovementPage
from service.improvements.showing import shown_improvement
from service.paging import cut, due_key
from service.problems import NotFound
from service.sight.seeing import ContentSight, content_sight
from states.stages import Capacity
from states.triggers import Trigger
from store.agency.content_rules import content_rules_of
from store.improvement.reading import (
    Improvement,
    Wanted,
    improvement_of,
    improvement_page,
    outcomes_of,
)
from translations import Locale


async def improvements(
    connection: AsyncConnection,
    identity: Identity,
    locale: Locale,
    *,
    wanted: Wanted,
    cursor: str | None,
    limit: int,
) -> ImprovementPage:
    """A page of the agency's times to improve. Raises `CursorInvalid` and `HrOnly`."""
    after = due_key(cursor)
    await require_hr(connection, identity)
    rows = await improvement_page(connection, identity.agency, wanted, after=after, limit=limit + 1)
    page, following = cut(rows, limit, lambda row: (row.ends_on, row.id))
    return ImprovementPage(items=await in_words(connection, page, identity, locale), next=following)


async def improvement_of_case(
    reading: AsyncEngine, acting: Acting, appraisal: uuid.UUID, identity: Identity, locale: Locale
) -> ImprovementDetail:
    """The time to improve that follows from a case; it tells the result, which is noted as seen before it is shown.

    Raises `NotFound` where there is none or it is not open to the asker, and what `Acting.note_shown` raises.
    """
    async with reading.connect() as connection:
        sight = await content_sight(connection, appraisal, identity)
        row = await improvement_of(connection, appraisal, identity.agency)
        if row is None or not policy.concerns_improvement(sight.sight.capacities):
            raise NotFound
        visible = await _visible(connection, row, sight, identity)
        shown = await _shown(connection, [row], identity, locale, visible=visible, officer=_is_officer(sight))
    await acting.note_shown(identity, sight.sight, [TextGiven(Trigger.RATE, present=True)])
    return shown[0]


async def in_words(
    connection: AsyncConnection, rows: Sequence[Improvement], identity: Identity, locale: Locale
) -> list[ImprovementDetail]:
    """These in words, for a personnel officer, who sees the results of all years."""
    visible = {str(each["appraisal_id"]) for row in rows for each in row.later}
    return await _shown(connection, rows, identity, locale, visible=visible, officer=True)


async def _shown(
    connection: AsyncConnection,
    rows: Sequence[Improvement],
    identity: Identity,
    locale: Locale,
    *,
    visible: set[str],
    officer: bool,
) -> list[ImprovementDetail]:
    outcomes = await outcomes_of(connection, [row.id for row in rows])
    rules: dict[str, ContentRules | None] = {}
    for key in {key for row in rows for key in (row.rulebook, *(each["rulebook"] for each in row.later))}:
        rules[key] = await content_rules_of(connection, key)
    return [
        shown_improvement(
            row,
            [each for each in outcomes if each.improvement_id == row.id],
            rules,
            locale,
            visible=visible,
            may_record=policy.may_close_improvement(officer=officer, own=row.employee_id == identity.person),
        )
        for row in rows
    ]


async def _visible(
    connection: AsyncConnection, row: Improvement, sight: ContentSight, identity: Identity
) -> set[str]:
    """The cases of later years whose result the asker may see: his own, and those in which he is something now."""
    found = {str(each["appraisal_id"]) for each in row.later}
    if sight.own or _is_officer(sight):
        return found
    return {each for each in found if await _concerns(connection, uuid.UUID(each), identity)}


async def _concerns(connection: AsyncConnection, appraisal: uuid.UUID, identity: Identity) -> bool:
    try:
        other = await content_sight(connection, appraisal, identity)
    except NotFound:
        return False
    return policy.concerns_improvement(other.sight.capacities)


def _is_officer(sight: ContentSight) -> bool:
    return Capacity.HR in sight.sight.capacities
