"""The plan of an appraisal with its revisions, for a person who may see it."""

import uuid
from collections.abc import Sequence

from sqlalchemy.ext.asyncio import AsyncConnection

from content.sight.rules import Kind
from service.accounts.tokens import Identity
from service.appraisals.asker import asker_of
from service.filled.titles import result_titles, titles_of
from service.filled.written import form_in
from service.plans.cascading import shown_above, shown_below
from service.plans.revisions import PLANNING, Revision, awaiting, in_force, revisions_of
from service.plans.schemas import PlanDetail, PlanRevision, RevisionList
from service.plans.seeing import sees_plan
from service.plans.showing import shown_line, shown_revision
from service.problems import NotFound
from service.sight.seeing import ContentSight, content_sight
from states.codec import Json
from store.agency.content_rules import content_rules_of
from store.file.acts import acts_of
from store.file.texts import texts_of
from store.plan.cascade import plans_below
from store.plan.context import CaseAround, case_around
from translations import Locale


async def seen_plan(
    connection: AsyncConnection, appraisal: uuid.UUID, identity: Identity
) -> tuple[ContentSight, tuple[Revision, ...]]:
    """The case with the revisions of its plan. Raises `NotFound` where its plan is not open to the asker."""
    sight = await content_sight(connection, appraisal, identity)
    if not sight.sees(Kind.PLAN):
        raise NotFound
    acts = await acts_of(connection, appraisal, PLANNING, until=sight.sight.appraisal.sequence)
    return sight, revisions_of(acts)


async def plan_of(
    connection: AsyncConnection, appraisal: uuid.UUID, identity: Identity, locale: Locale
) -> PlanDetail:
    """The plan in force, one that waits to be decided on, and the plans above and below. Raises `NotFound`."""
    sight, revisions = await seen_plan(connection, appraisal, identity)
    shown = [each for each in (in_force(revisions), awaiting(revisions)) if each is not None]
    texts = await texts_of(connection, appraisal, [each.digest for each in shown])
    around = await case_around(connection, appraisal)
    titles = await titles_above(connection, around)
    below = await plans_below(connection, appraisal, asker_of(identity))
    theirs = {key: await content_rules_of(connection, key) for key in {each.rulebook for each in below}}
    plans = {each.number: texts[each.digest].content for each in shown}
    read = [await _read(connection, each, plans[each.number], titles, locale) for each in shown]
    rules = sight.rules
    # A plan that waits to be decided on is looked at as it would hang together; without one, as it does.
    latest = form_in(plans[shown[-1].number]) if shown else None
    valid = form_in(plans[shown[0].number]) if in_force(revisions) is not None else None
    return PlanDetail(
        appraisal_id=appraisal,
        in_force=_numbered(read, in_force(revisions)),
        submitted=_numbered(read, awaiting(revisions)),
        above=None if rules is None else shown_above(around, latest, rules, titles),
        below=None
        if not below or rules is None
        else shown_below(
            below,
            valid,
            rules,
            has_plan=in_force(revisions) is not None,
            sees=lambda each: sees_plan(each, theirs[each.rulebook]),
        ),
    )


async def revisions_list(
    connection: AsyncConnection, appraisal: uuid.UUID, identity: Identity, locale: Locale
) -> RevisionList:
    """All revisions in the order of submission. Raises `NotFound`."""
    _sight, revisions = await seen_plan(connection, appraisal, identity)
    return RevisionList(items=[shown_line(each, locale) for each in revisions])


async def titles_above(connection: AsyncConnection, around: CaseAround) -> dict[str, str]:
    """What the results of the superior's plan say, by id; read by the scheme version of his own case."""
    if around.superior_scheme is None:
        return {}
    return result_titles(around.superior_plan, await content_rules_of(connection, around.superior_scheme))


async def _read(
    connection: AsyncConnection, revision: Revision, written: Json, above: dict[str, str], locale: Locale
) -> PlanRevision:
    rules = await content_rules_of(connection, revision.submitted.rulebook)
    titles = titles_of(rules, locale, plan=form_in(written), above=above)
    return shown_revision(revision, written, rules, titles, locale)


def _numbered(read: Sequence[PlanRevision], wanted: Revision | None) -> PlanRevision | None:
    return None if wanted is None else next(each for each in read if each.number == wanted.number)
