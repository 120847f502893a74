"""What the thresholds of a scheme suggest to the rater. A suggestion shows its working, and never rates."""

import uuid
from collections.abc import Mapping

from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from content.parts import Values
from content.rating.rules import SuggestionRules
from content.rating.suggestion import Suggestion, suggestion
from content.rules import ContentRules
from content.sight.rules import Kind
from service.accounts.tokens import Identity
from service.filled.titles import titles_of
from service.filled.written import form_in
from service.plans.revisions import PLANNING, in_force, revisions_of
from service.problems import NotFound
from service.ratings.naming import Names
from service.ratings.schemas import SuggestionDetail
from service.ratings.showing import shown_working
from service.sight.seeing import ContentSight, content_sight
from states.codec import Json
from states.triggers import Trigger
from store.entry.progress import last_numbers
from store.entry.repository import PROGRESS
from store.file.acts import acts_of
from store.file.texts import texts_of
from translations import Locale


async def suggestion_of(
    reading: AsyncEngine, appraisal: uuid.UUID, identity: Identity, locale: Locale
) -> SuggestionDetail:
    """What is suggested for the results; for whoever sees the rating before it is delivered.

    Raises `NotFound` for everybody else, for a case without a plan in force, and under a scheme that suggests nothing.
    """
    async with reading.connect() as connection:
        sight = await content_sight(connection, appraisal, identity)
        rules = sight.rules
        rule = None if rules is None or rules.rating is None else rules.rating.suggestion
        if rules is None or rule is None or not sight.sees(Kind.RATING_DRAFT) or not sight.sees(Kind.PLAN):
            raise NotFound
        plan, assessed = await _texts(connection, sight)
        field = rule.achievement.realised.field
        progress = await last_numbers(connection, appraisal, kind=PROGRESS, field=field)
    if plan is None:
        raise NotFound
    found = suggestion(rules, plan, _parts(assessed, rule), progress)
    if found is None:
        raise NotFound
    return _shown(found, plan, rules, rule, sight.sight.appraisal.rulebook, locale)


async def _texts(connection: AsyncConnection, sight: ContentSight) -> tuple[Values | None, Values | None]:
    """The plan in force, and the self-assessment that was handed in last."""
    case = sight.sight.case.id
    triggers = (*PLANNING, Trigger.SUBMIT_SELF_ASSESSMENT)
    acts = await acts_of(connection, case, triggers, until=sight.sight.appraisal.sequence)
    plan = in_force(revisions_of(acts))
    assessed = [
        act.digest for act in acts if act.trigger == Trigger.SUBMIT_SELF_ASSESSMENT and act.digest is not None
    ]
    digests = [*([] if plan is None else [plan.digest]), *assessed[-1:]]
    texts = await texts_of(connection, case, digests)
    return (
        None if plan is None else form_in(texts[plan.digest].content),
        form_in(texts[assessed[-1]].content) if assessed else None,
    )


def _parts(assessed: Values | None, rule: SuggestionRules) -> Mapping[str, Values]:
    section: Json | object = {} if assessed is None else assessed.get(rule.achievement.realised.section)
    if not isinstance(section, dict):
        return {}
    return {item: part for item, part in section.items() if isinstance(part, dict)}


def _shown(
    found: Suggestion,
    plan: Values,
    rules: ContentRules,
    rule: SuggestionRules,
    scheme: str,
    locale: Locale,
) -> SuggestionDetail:
    titles = titles_of(rules, locale, plan=plan, evidence={})
    names = Names(rules, titles, locale)
    return SuggestionDetail(
        step=found.step,
        step_name=names.step(found.step, rule.scale),
        achievement=found.achievement,
        left_out=len(found.missing),
        working=shown_working(found.working, names, scheme),
        scheme=scheme,
    )
