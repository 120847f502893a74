"""What was agreed when the employee's last result was handed over, and comes back in this year."""

import datetime as dt
import uuid
from collections.abc import Iterator

from sqlalchemy.ext.asyncio import AsyncConnection

from content.forms.form import Form, RowsSection
from content.parts import Values
from content.rules import ContentRules
from service import policy
from service.accounts.tokens import Identity
from service.appraisals.sight import seen
from service.meetings.schemas import AgreedAction, AgreedActions
from service.problems import NotFound
from states.triggers import Trigger
from store.agency.content_rules import content_rules_of
from store.meeting.agreed import AgreedBefore, agreed_before

SECTION, ACTION, UNTIL = "actions", "action", "until"
"""How the form of a meeting calls the rows of what was agreed, and their fields."""


async def agreed_of(connection: AsyncConnection, appraisal: uuid.UUID, identity: Identity) -> AgreedActions:
    """What was agreed in the latest earlier cycle in which a result was handed over to the employee.

    Raises `NotFound` where the case is open neither to its employee, nor to his rater, nor to HR.
    """
    sight = await seen(connection, appraisal, identity)
    if not policy.concerns_meeting(sight.capacities):
        raise NotFound
    before = await agreed_before(connection, appraisal)
    if before is None:
        return AgreedActions(year=None, appraisal_id=None, actions=[])
    rules = await content_rules_of(connection, before.rulebook)
    today = sight.rules.calendar.local_date(sight.now)
    return AgreedActions(
        year=before.year, appraisal_id=before.appraisal_id, actions=list(_actions(before, rules, today))
    )


def _actions(before: AgreedBefore, rules: ContentRules | None, today: dt.date) -> Iterator[AgreedAction]:
    """Read by the form that was filled in then, whatever the forms of this year ask."""
    found = None if rules is None else rules.form_for(Trigger.DELIVER_RESULT)
    if found is not None and before.filled is not None:
        yield from agreed_actions(found[1], before.filled, today)


def agreed_actions(form: Form, filled: Values, today: dt.date) -> Iterator[AgreedAction]:
    """The agreed actions of a filled form; none where the form does not ask for any."""
    if not any(isinstance(section, RowsSection) and section.name == SECTION for section in form.sections):
        return
    rows = filled.get(SECTION)
    for row in rows if isinstance(rows, list) else []:
        if not isinstance(row, dict):
            continue
        until = _day(row.get(UNTIL))
        yield AgreedAction(
            id=str(row.get("id", "")),
            action=str(row.get(ACTION, "")),
            until=until,
            passed=until is not None and until < today,
        )


def _day(value: object) -> dt.date | None:
    return dt.date.fromisoformat(value) if isinstance(value, str) else None
