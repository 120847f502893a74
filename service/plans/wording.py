"""Revisions of a plan, in words."""

from collections.abc import Mapping

from service.plans.revisions import RevisionState
from states.triggers import RevisionGround
from translations import Locale, translate
from translations import mark as _

STATES: Mapping[str, str] = {
    RevisionState.SUBMITTED: _("Submitted, not decided yet"),
    RevisionState.RETURNED: _("Returned for improvement"),
    RevisionState.IN_FORCE: _("In force"),
    RevisionState.SUPERSEDED: _("Superseded"),
}

GROUNDS: Mapping[str, str] = {
    RevisionGround.POST_HOLDER_CHANGED: _("Another holder of the post"),
    RevisionGround.STRATEGY_OR_BUDGET_CHANGED: _("Change of strategy, programme, activity or budget"),
    RevisionGround.PRIORITY_CHANGED: _("Change of priorities or assumptions"),
    RevisionGround.ABSENCE_OVER_A_MONTH: _("Sickness or leave of more than a month"),
    RevisionGround.ASSIGNMENT_OVER_A_MONTH: _("Another assignment of more than a month"),
    RevisionGround.MINISTER_APPROVED: _("Another ground, approved by the Minister"),
}
"""PP 30/2019 art 28(2)-(3)."""


def state_name(state: str, locale: Locale) -> str:
    """What became of a revision."""
    return translate(STATES[state], locale)


def ground_name(ground: str | None, locale: Locale) -> str | None:
    """On what a revision rests; None where it needs no ground."""
    return None if ground is None else translate(GROUNDS[ground], locale)
