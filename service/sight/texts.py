"""Which texts of a case somebody may read: by the policy, and by what the scheme says of their content."""

import uuid

from content.sight.roles import roles_of
from content.sight.rules import Kind, Sight
from content.sight.table import sight_for
from service import policy
from service.appraisals import sight as cases
from states.triggers import Trigger

_KINDS: dict[str, Kind] = {
    Trigger.SUBMIT_PLAN: Kind.PLAN,
    Trigger.SUBMIT_CHECK_IN: Kind.CHECK_IN,
    Trigger.REVIEW_CHECK_IN: Kind.CHECK_IN,
    Trigger.SUBMIT_SELF_ASSESSMENT: Kind.SELF_ASSESSMENT,
    Trigger.RATE: Kind.RATING,
    "result": Kind.RATING,
    Trigger.DELIVER_RESULT: Kind.MEETING,
}
"""The content of texts that are handed in as forms; other texts are reasons, for the policy alone."""


def may_read(sight: cases.Sight, kind: str, author: uuid.UUID, *, delivered: bool, person: uuid.UUID) -> bool:
    """Whether a person who sees a case may read a text of it. ``delivered`` is about a rating (`store.document`)."""
    if not policy.may_read(kind, author, delivered=delivered, capacities=sight.capacities, person=person):
        return False
    content = _KINDS.get(kind)
    if content is None or author == person:
        return True
    # A result that a decision sets is handed over with it.
    handed_over = delivered if kind == Trigger.RATE else True
    found = sight_for(
        sight.content,
        roles_of(sight.capacities),
        content,
        sight.appraisal.stage_of_work,
        delivered=handed_over,
    )
    return found is Sight.VISIBLE
