"""What was agreed when the employee's last result was handed over, and comes back in this year."""

import datetime as dt
import uuid
from collections.abc import Iterator

from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from content.forms.fields import ChoiceField
from content.forms.form import RowsSection
from content.parts import Values
from content.rules import ContentRules
from service import policy
from service.accounts.tokens import Identity
from service.appraisals.acting import Acting
from service.appraisals.result_shown import TextGiven, waits_to_be_seen
from service.appraisals.sight import seen
from service.meetings.naming import choice_name
from service.meetings.schemas import AgreedAction, AgreedActions
from service.problems import NotFound
from service.sight.earlier import sees_earlier_meeting
from service.sight.seeing import ContentSight, content_sight
from states.codec import load_appraisal
from states.triggers import Trigger
from store.agency.content_rules import content_rules_of
from store.meeting.agreed import AgreedBefore, agreed_before
from translations import Locale

SECTION, ACTION, BY, UNTIL = "actions", "action", "by", "until"
"""How the form of a meeting calls the rows of what was agreed, and their fields."""

HANDED_OVER = TextGiven(Trigger.DELIVER_RESULT, present=True)
"""What was agreed came with the delivery of a result, and tells of it."""


async def agreed_of(
    reading: AsyncEngine, acting: Acting, appraisal: uuid.UUID, identity: Identity, locale: Locale
) -> AgreedActions:
    """What was agreed in the latest earlier cycle in which a result was handed over to the employee.

    It tells of that result: the own one is noted as seen before. Raises `NotFound` where the case is open neither to
    its employee, nor to his rater, nor to HR, and what `Acting.note_shown` raises.
    """
    async with reading.connect() as connection:
        sight = await content_sight(connection, appraisal, identity)
        if not policy.concerns_meeting(sight.sight.capacities):
            raise NotFound
        before = await agreed_before(connection, appraisal)
        agreed = await come_back(connection, before, sight, locale)
        unseen = before is not None and sight.own and waits_to_be_seen(load_appraisal(before.snapshot))
        waiting = (
            await seen(connection, before.appraisal_id, identity)
            if before is not None and unseen and agreed.actions
            else None
        )
    if waiting is not None:
        await acting.note_shown(identity, waiting, [HANDED_OVER])
    return agreed


async def come_back(
    connection: AsyncConnection, before: AgreedBefore | None, sight: ContentSight, locale: Locale
) -> AgreedActions:
    """What was agreed before, as it comes back in the case that somebody sees; nothing where it is hidden from him."""
    if before is None:
        return AgreedActions(year=None, appraisal_id=None, actions=[])
    # Read by the form that was filled in then, whatever the forms of this year ask.
    rules = await content_rules_of(connection, before.rulebook)
    is_open = sees_earlier_meeting(sight, load_appraisal(before.snapshot), rules)
    today = sight.sight.rules.calendar.local_date(sight.sight.now)
    filled = (before.filled or {}) if is_open else {}
    return AgreedActions(
        year=before.year,
        appraisal_id=before.appraisal_id,
        actions=list(agreed_actions(rules, filled, today, locale)),
    )


def agreed_actions(
    rules: ContentRules | None, filled: Values, today: dt.date, locale: Locale
) -> Iterator[AgreedAction]:
    """The agreed actions of a filled form; none where the scheme's form does not ask for any."""
    section = None if rules is None else _section(rules)
    rows = filled.get(SECTION)
    if rules is None or section is None or not isinstance(rows, list):
        return
    sides = next(
        (each.of for each in section.fields if isinstance(each, ChoiceField) and each.name == BY), ""
    )
    for row in rows:
        if isinstance(row, dict):
            yield _action(rules, sides, row, today, locale)


def _section(rules: ContentRules) -> RowsSection | None:
    found = rules.form_for(Trigger.DELIVER_RESULT)
    sections = () if found is None else found[1].sections
    return next((each for each in sections if isinstance(each, RowsSection) and each.name == SECTION), None)


def _action(rules: ContentRules, sides: str, row: Values, today: dt.date, locale: Locale) -> AgreedAction:
    by, day = row.get(BY), row.get(UNTIL)
    until = _day(day)
    return AgreedAction(
        id=str(row.get("id", "")),
        action=str(row.get(ACTION, "")),
        by=by if isinstance(by, str) else None,
        by_name=choice_name(rules, sides, by, locale) if isinstance(by, str) else None,
        until=until,
        passed=until is not None and until < today,
    )


def _day(value: object) -> dt.date | None:
    """None for what is no day: a form of another version may have asked for words here."""
    try:
        return dt.date.fromisoformat(value) if isinstance(value, str) else None
    except ValueError:
        return None
