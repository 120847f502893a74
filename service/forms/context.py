"""What a form of a case is checked against."""

import datetime as dt
import uuid
from fractions import Fraction

from sqlalchemy.ext.asyncio import AsyncConnection

from content.forms.context import FormContext
from content.plan.reading import result_ids
from content.rules import ContentRules
from store.agency.content_rules import content_rules_of
from store.plan.context import CaseAround, case_around


async def form_context(connection: AsyncConnection, appraisal: uuid.UUID, rules: ContentRules) -> FormContext:
    """What the forms of an appraisal are checked against now; one query. The caller has checked the right to it."""
    around = await case_around(connection, appraisal)
    return context_of(around, await superior_rules_of(connection, around, rules))


async def superior_rules_of(
    connection: AsyncConnection, around: CaseAround, rules: ContentRules
) -> ContentRules:
    """The content rules by which the plan of the rater is read; ``rules`` where that has none of its own."""
    if around.superior_scheme is None:
        return rules
    return await content_rules_of(connection, around.superior_scheme) or rules


def context_of(around: CaseAround, superior_rules: ContentRules) -> FormContext:
    """The same as plain values. Nobody waits for a rater who has no plan to make, or whose plan is words alone."""
    results: frozenset[str] | None = frozenset()
    if around.superior_plan is not None:
        results = frozenset(result_ids(around.superior_plan, superior_rules))
    elif around.superior_appraised and not around.superior_ready:
        results = None
    return FormContext(
        plan=around.plan,
        superior_results=results,
        evidence=frozenset(around.evidence),
        noted=around.noted,
        share=_share(around),
        echelon=around.echelon,
        post=around.post,
        inputs=around.inputs,
    )


def _share(around: CaseAround) -> Fraction:
    first, last = dt.date(around.year, 1, 1), dt.date(around.year, 12, 31)
    began, ended = around.period_from or first, around.period_until or last
    return min(Fraction(1), max(Fraction(0), Fraction((ended - began).days + 1, (last - first).days + 1)))
