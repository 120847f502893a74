"""The forms of a case, for somebody who sees it."""

import uuid

from sqlalchemy.ext.asyncio import AsyncConnection

from content.forms.checking import check
from content.forms.example import example
from content.forms.fields import Source
from content.forms.filled_schema import filled_schema
from content.forms.form import Form
from service import policy
from service.accounts.tokens import Identity
from service.entries.counting import counts_of
from service.entries.showing import shown_counts
from service.forms.at_hand import at_hand, evidence_at_hand
from service.forms.between import shown_checks
from service.forms.checking import right_to_fill
from service.forms.context import context_of, form_context, superior_rules_of
from service.forms.definition import shown_section
from service.forms.findings import shown_findings
from service.forms.items import KINDS, Things, shown_items, sources_of
from service.forms.library import shown_library
from service.forms.schemas import FilledForm, FormCheck, FormLine, FormList, FormShown
from service.forms.selecting import forms_of
from service.problems import NotFound
from service.sight.seeing import ContentSight, content_sight
from service.wording import in_words, trigger_name
from states.permission import allowed_actions
from states.stages import CLOSED_STAGES
from states.triggers import Trigger
from store.plan.context import case_around
from translations import Locale

LOOKING_BACK = frozenset({Trigger.SUBMIT_SELF_ASSESSMENT, Trigger.RATE})
"""Actions whose forms look back on the year, so that what was noted in it is at hand."""


async def form_list(
    connection: AsyncConnection, appraisal: uuid.UUID, identity: Identity, locale: Locale
) -> FormList:
    """The forms of a case. Raises `NotFound` for a case out of sight."""
    seen = await content_sight(connection, appraisal, identity)
    forms = {} if seen.rules is None else forms_of(seen.rules, seen.sight.appraisal)
    due = _due(seen, identity)
    return FormList(items=[_line(name, form, seen, due, locale) for name, form in forms.items()])


async def form_shown(
    connection: AsyncConnection, appraisal: uuid.UUID, form_name: str, identity: Identity, locale: Locale
) -> FormShown:
    """A form with all that is needed to fill it in. Raises `NotFound` for a case or a form out of sight."""
    seen = await content_sight(connection, appraisal, identity)
    rules = seen.rules
    form = None if rules is None else forms_of(rules, seen.sight.appraisal).get(form_name)
    if rules is None or form is None:
        raise NotFound
    around = await case_around(connection, appraisal)
    superior_rules = await superior_rules_of(connection, around, rules)
    evidence = await evidence_at_hand(connection, appraisal, seen)
    things = Things(around, rules, superior_rules, evidence)
    context = context_of(around, superior_rules)
    line = _line(form_name, form, seen, _due(seen, identity), locale)
    year, counts = [], {}
    if form.trigger in LOOKING_BACK:
        year = await at_hand(connection, appraisal, seen, identity, evidence, locale)
        counts = await counts_of(connection, appraisal, seen, identity)
    return FormShown(
        **line.model_dump(),
        scheme=seen.sight.appraisal.rulebook,
        sections=[shown_section(section, rules, locale) for section in form.sections],
        checks=shown_checks(form, rules, context, locale),
        json_schema=filled_schema(form, rules),
        example=example(form, rules, context, locale="en" if locale is Locale.ENGLISH else "id"),
        items=[shown_items(source, things, locale) for source in sources_of(form) if _is_open(source, seen)],
        at_hand=year,
        counts=shown_counts(counts, rules, locale),
        library=shown_library(around.post, rules, locale) if form.trigger is Trigger.SUBMIT_PLAN else [],
    )


async def form_check(
    connection: AsyncConnection,
    appraisal: uuid.UUID,
    form_name: str,
    identity: Identity,
    body: FilledForm,
    locale: Locale,
) -> FormCheck:
    """What is missing in a filled form. Nothing is kept of it. Raises as `right_to_fill` does."""
    right = await right_to_fill(connection, appraisal, form_name, identity)
    context = await form_context(connection, appraisal, right.rules)
    found = check(right.form, body.content, right.rules, context)
    return FormCheck(complete=not found.mistakes, missing=shown_findings(found.mistakes, right, locale))


def _due(seen: ContentSight, identity: Identity) -> frozenset[Trigger]:
    """What the asker may do now."""
    sight = seen.sight
    allowed = allowed_actions(sight.appraisal, str(identity.person), sight.capacities, sight.now, sight.rules)
    return frozenset(action.trigger for action in allowed)


def _line(name: str, form: Form, seen: ContentSight, due: frozenset[Trigger], locale: Locale) -> FormLine:
    is_open = seen.sight.appraisal.stage not in CLOSED_STAGES
    return FormLine(
        name=name,
        label=in_words(form.label, locale),
        trigger=form.trigger,
        action=trigger_name(form.trigger, locale),
        article=form.article,
        fillable=is_open and policy.filling_capacity(seen.sight.capacities, form.trigger) is not None,
        due=form.trigger in due,
    )


def _is_open(source: Source, seen: ContentSight) -> bool:
    kind = KINDS[source]
    return kind is None or seen.sees(kind)
