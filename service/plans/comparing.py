"""One revision of a plan, compared with another one."""

import uuid
from collections.abc import Sequence

from sqlalchemy.ext.asyncio import AsyncConnection

from service.accounts.tokens import Identity
from service.filled.differing import shown_differences, word_differences
from service.filled.schemas import ShownDifference
from service.filled.titles import titles_of
from service.filled.written import form_in
from service.plans.reading import seen_plan, titles_above
from service.plans.revisions import Revision
from service.plans.schemas import ComparedRevision
from service.plans.showing import shown_revision
from service.problems import FieldError, Invalid, NotFound
from states.triggers import Trigger
from store.agency.content_rules import content_rules_of
from store.file.texts import texts_of
from store.plan.context import case_around
from translations import Locale
from translations import mark as _

NO_SUCH_REVISION = _("The plan has no revision of this number.")


async def revision_of(
    connection: AsyncConnection,
    appraisal: uuid.UUID,
    identity: Identity,
    number: int,
    against: int | None,
    locale: Locale,
) -> ComparedRevision:
    """A revision with what it says, and with what changed from the revision ``against``, where one is named.

    Raises `NotFound`, and `Invalid` for another revision that does not exist.
    """
    _sight, revisions = await seen_plan(connection, appraisal, identity)
    wanted = _numbered(revisions, number)
    if wanted is None:
        raise NotFound
    other = None if against is None else _numbered(revisions, against)
    if against is not None and other is None:
        raise Invalid(errors=[FieldError("against", NO_SUCH_REVISION)])
    digests = [each.digest for each in (wanted, other) if each is not None]
    texts = await texts_of(connection, appraisal, digests)
    written = texts[wanted.digest].content
    rules = await content_rules_of(connection, wanted.submitted.rulebook)
    above = await titles_above(connection, await case_around(connection, appraisal))
    titles = titles_of(rules, locale, plan=form_in(written), above=above)
    found: list[ShownDifference] | None = None
    if other is not None:
        before, after = texts[other.digest].content, written
        found = word_differences(before.get("text"), after.get("text"), locale)
        form = None if rules is None else rules.form_for(Trigger.SUBMIT_PLAN)
        if rules is not None and form is not None:
            filled = form_in(before) or {}, form_in(after) or {}
            found += shown_differences(form[1], *filled, rules, titles, locale)
    return ComparedRevision(
        **dict(shown_revision(wanted, written, rules, titles, locale)), against=against, differences=found
    )


def _numbered(revisions: Sequence[Revision], number: int) -> Revision | None:
    return next((each for each in revisions if each.number == number), None)
