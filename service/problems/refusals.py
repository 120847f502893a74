"""The refusals of the core, by code, with their titles. The core has no translations and so no titles."""

from collections.abc import Mapping

from states.errors import DomainError
from translations import mark as _

REFUSALS: Mapping[str, str] = {
    "refused": _("Refused"),
    "illegal_transition": _("Not possible in this stage"),
    "not_permitted": _("Not permitted"),
    "conflict_of_interest": _("Conflict of interest"),
    "too_early": _("Too early"),
    "too_late": _("Too late"),
    "already_recorded": _("On record already"),
    "rater_confirmed": _("Rater confirmed before"),
    "dispute_open": _("Answer the dispute first"),
    "nobody_above": _("Nobody above can rate"),
    "plan_in_words": _("Plan in words alone"),
    "receipt_disputed": _("Receipt in dispute"),
    "objection_open": _("Objection open"),
    "response_running": _("Objection still possible"),
    "settled_by_objection": _("Settled by the decision on the objection"),
    "both_sides_not_heard": _("Both sides must be heard"),
    "content_missing": _("A text is missing"),
    "parameter_invalid": _("A parameter is invalid"),
}
"""The title of each refusal, by its code."""


def _kinds(base: type[DomainError]) -> dict[str, type[DomainError]]:
    found = {base.code: base}
    for kind in base.__subclasses__():
        found |= _kinds(kind)
    return found


KINDS: Mapping[str, type[DomainError]] = _kinds(DomainError)
"""Every refusal of the core by its code."""
