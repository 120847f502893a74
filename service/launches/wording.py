"""The result of a launch in words: the outcome, the reason, and who has to do what."""

from collections.abc import Mapping

from store.cycle.obstacles import SkipReason
from store.launch.outcomes import FailReason, Outcome
from translations import Locale, translate
from translations import mark as _

OUTCOMES: Mapping[Outcome, str] = {
    Outcome.STARTED: _("Started"),
    Outcome.ALREADY: _("Ran already"),
    Outcome.SKIPPED: _("Skipped"),
    Outcome.FAILED: _("Failed"),
}

REASONS: Mapping[str, str] = {
    SkipReason.UNPAID_LEAVE: _("unpaid leave (PP 30/2019 art 23)"),
    SkipReason.SUSPENDED: _("suspended from service (PP 30/2019 art 23)"),
    SkipReason.STATE_OFFICIAL: _("state official (PP 30/2019 art 23)"),
    SkipReason.PRE_RETIREMENT: _("pre-retirement period (PP 30/2019 art 23)"),
    SkipReason.LEFT_SERVICE: _("no longer in service"),
    SkipReason.UNIT_MERGED: _("the unit was merged into another one"),
    SkipReason.NO_CALENDAR: _("the unit has no time zone"),
    SkipReason.OWN_SUPERIOR: _("named as the own superior"),
    SkipReason.SUPERIOR_UNKNOWN: _("the superior in the roster is not known"),
    SkipReason.SUPERIOR_LOOP: _("the superiors in the roster go round in a circle"),
    SkipReason.SUPERIOR_DAMAGED: _("the number of the superior in the roster cannot be read"),
    SkipReason.NO_RATER: _("no rater"),
    FailReason.CALENDAR_UNKNOWN: _("the time zone of the unit is none of Indonesia"),
}

_NOTHING = _("Nothing to do.")
_SUPERIOR = _("Personnel officers: correct the superior in the roster, import it and launch again.")
_UNIT = _(
    "Personnel officers: give the unit a time zone of Indonesia in the roster, import it and launch again."
)

REMEDIES: Mapping[str, str] = {
    SkipReason.UNPAID_LEAVE: _NOTHING,
    SkipReason.SUSPENDED: _NOTHING,
    SkipReason.STATE_OFFICIAL: _NOTHING,
    SkipReason.PRE_RETIREMENT: _NOTHING,
    SkipReason.LEFT_SERVICE: _NOTHING,
    SkipReason.UNIT_MERGED: _(
        "Personnel officers: enter the person's new unit in the roster, import it and launch again."
    ),
    SkipReason.NO_CALENDAR: _UNIT,
    SkipReason.OWN_SUPERIOR: _SUPERIOR,
    SkipReason.SUPERIOR_UNKNOWN: _SUPERIOR,
    SkipReason.SUPERIOR_LOOP: _SUPERIOR,
    SkipReason.SUPERIOR_DAMAGED: _SUPERIOR,
    SkipReason.NO_RATER: _(
        "Personnel officers: enter the superior in the roster, import it and launch again; nobody, where "
        "somebody outside the agency rates."
    ),
    FailReason.CALENDAR_UNKNOWN: _UNIT,
}
"""Who has to do what before the next launch takes the person."""


def outcome_name(outcome: Outcome, locale: Locale) -> str:
    """The outcome in words."""
    return translate(OUTCOMES[outcome], locale)


def reason_name(reason: str, locale: Locale) -> str:
    """The reason in words; empty if there is none."""
    return translate(REASONS[reason], locale) if reason else ""


def remedy(reason: str, locale: Locale) -> str:
    """Who has to do what; empty if nothing has to be done."""
    return translate(REMEDIES[reason], locale) if reason else ""
