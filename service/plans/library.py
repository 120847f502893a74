"""Indicators that fit the post of an employee, to be taken over into his plan."""

import uuid

from sqlalchemy.ext.asyncio import AsyncConnection

from content.forms.fields import ChoiceField
from content.plan.fields import indicator_fields
from content.plan.library import family_of
from content.rules import ContentRules, LibraryIndicator
from service.accounts.tokens import Identity
from service.filled.values import label_of
from service.plans.schemas import Library, LibraryLine
from service.sight.seeing import content_sight
from service.wording import in_words
from store.plan.context import case_around
from translations import Locale

ASPECT, SUBJECT = "aspect", "subject"
"""The fields of an indicator that say what it measures and is about, as rows taken over from the library call them."""


async def library_for(
    connection: AsyncConnection, appraisal: uuid.UUID, identity: Identity, locale: Locale
) -> Library:
    """The indicators of the job family of the employee's post; none where no family fits. Raises `NotFound`."""
    sight = await content_sight(connection, appraisal, identity)
    post = (await case_around(connection, appraisal)).post
    rules = sight.rules
    name = None if rules is None else family_of(post, rules)
    if rules is None or name is None:
        return Library(post=post, family=None, family_name=None, items=[])
    family = rules.library[name]
    return Library(
        post=post,
        family=name,
        family_name=in_words(family.label, locale),
        items=[_line(each, rules, locale) for each in family.indicators],
    )


def _line(each: LibraryIndicator, rules: ContentRules, locale: Locale) -> LibraryLine:
    return LibraryLine(
        name=each.name,
        aspect=each.aspect,
        aspect_name=_name(ASPECT, each.aspect, rules, locale),
        subject=each.subject,
        subject_name=None if each.subject is None else _name(SUBJECT, each.subject, rules, locale),
        indicator=in_words(each.indicator, locale),
        unit=None if each.unit is None else in_words(each.unit, locale),
    )


def _name(field: str, choice: str, rules: ContentRules, locale: Locale) -> str:
    fields = indicator_fields(rules)
    lists = [each.of for each in fields if isinstance(each, ChoiceField) and each.name == field]
    return next((name for each in lists if (name := label_of(rules, each, choice, locale))), choice)
