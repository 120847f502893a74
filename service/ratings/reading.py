"""The result that counts, for a person who may see it."""

import uuid

from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from content.forms.form import Form
from content.rules import ContentRules
from content.sight.rules import Kind
from service.accounts.tokens import Identity
from service.appraisals.acting import Acting
from service.appraisals.result_shown import TextGiven
from service.filled.titles import titles_of
from service.filled.written import form_in
from service.plans.revisions import PLANNING, in_force, revisions_of
from service.problems import NotFound
from service.ratings.evidence import evidence_titles
from service.ratings.in_force import RATING, result_in_force
from service.ratings.schemas import RatingDetail
from service.ratings.seeing import sees_result
from service.ratings.showing import shown_result
from service.sight.seeing import ContentSight, content_sight
from states.triggers import RatingBasis, Trigger
from store.agency.content_rules import content_rules_of
from store.file.acts import acts_of
from store.file.evidence import called_evidence
from store.file.texts import texts_of
from translations import Locale


def rating_form(rules: ContentRules | None, basis: RatingBasis | None) -> tuple[str, Form] | None:
    """The form of a rating on this basis; where the scheme has none of its own, that of a plan."""
    if rules is None:
        return None
    return rules.form_for(Trigger.RATE, basis) or rules.form_for(Trigger.RATE)


async def rating_of(
    reading: AsyncEngine, acting: Acting, appraisal: uuid.UUID, identity: Identity, locale: Locale
) -> RatingDetail:
    """The result that counts; the own one is noted as seen before it is given out.

    Raises `NotFound` where there is none, or none that is open to the asker, and what `Acting.note_shown` raises.
    """
    async with reading.connect() as connection:
        sight = await content_sight(connection, appraisal, identity)
        found = await _read(connection, sight, locale)
    given = TextGiven(Trigger.RATE, present=found.delivered_at is not None)
    await acting.note_shown(identity, sight.sight, [given])
    return found


async def _read(connection: AsyncConnection, sight: ContentSight, locale: Locale) -> RatingDetail:
    case = sight.sight.case.id
    acts = await acts_of(connection, case, (*PLANNING, *RATING), until=sight.sight.appraisal.sequence)
    result = result_in_force(acts)
    if result is None or not sees_result(sight, result):
        raise NotFound
    plan = in_force(revisions_of(acts)) if sight.sees(Kind.PLAN) else None
    digests = [result.digest] if plan is None else [result.digest, plan.digest]
    texts = await texts_of(connection, case, digests)
    rules = await content_rules_of(connection, result.by.rulebook)
    pieces = await called_evidence(connection, case) if sight.sees(Kind.EVIDENCE) else []
    titles = titles_of(
        rules,
        locale,
        plan=None if plan is None else form_in(texts[plan.digest].content),
        evidence=evidence_titles(pieces, locale),
    )
    form = rating_form(rules, sight.sight.appraisal.basis)
    return shown_result(case, result, texts[result.digest].content, form, rules, titles, locale)
