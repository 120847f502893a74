"""Incidents in words: what happened, and what to do about it."""

from collections.abc import Mapping

from store.incident.kinds import IncidentKind
from translations import Locale, translate
from translations import mark as _

KINDS: Mapping[IncidentKind, str] = {
    IncidentKind.NO_RATER: _("Nobody rates this employee"),
    IncidentKind.LINE_AWAY: _("The rater and everybody above are away"),
    IncidentKind.LINE_ENDS: _("Nobody above the rater may sign or decide"),
    IncidentKind.RATER_DISPUTED: _("The employee says that the rater is the wrong one"),
    IncidentKind.OVERDUE: _("Overdue beyond the last escalation"),
    IncidentKind.BAD_ADDRESS: _("E-mail does not reach this person"),
    IncidentKind.TEST_MISSING: _("The outcome of a competency test is missing"),
    IncidentKind.TIME_STANDS_STILL: _("Time does not act on this appraisal"),
    IncidentKind.ORDER_REFUSED: _("An order was refused for this appraisal"),
    IncidentKind.ORDER_FAILED: _("An order could not be carried out for this appraisal"),
}

REMEDIES: Mapping[IncidentKind, str] = {
    IncidentKind.NO_RATER: _(
        "Appoint a rater for this appraisal (reassign), and enter the superior in the roster. Until then the "
        "personnel officers act in the rater's place."
    ),
    IncidentKind.LINE_AWAY: _(
        "Appoint a substitute (Plt. or Plh.) for the rater, or replace him. Until then the personnel officers "
        "act in his place."
    ),
    IncidentKind.LINE_ENDS: _(
        "All officials above are away or had a part in the result, and no top decider may act. Name a top decider of "
        "the agency (PPK or a delegate), or appoint somebody for this appraisal who had no part in the result "
        "(reassign). Personnel officers do not sign or decide in an official's place."
    ),
    IncidentKind.RATER_DISPUTED: _(
        "Answer who the superior is (answer_dispute): name another rater, or say why the present one is right."
    ),
    IncidentKind.OVERDUE: _(
        "Nobody is told any more: speak to whoever is awaited, then extend the deadline, replace the official, or "
        "act in his place."
    ),
    IncidentKind.BAD_ADDRESS: _(
        "Ask the person for an e-mail address that works and enter it in the roster. Hand over results in person "
        "until then, and record the receipt."
    ),
    IncidentKind.TEST_MISSING: _(
        "The time to improve has ended. Hold the competency test and put its outcome on record, or say why there is "
        "none."
    ),
    IncidentKind.TIME_STANDS_STILL: _(
        "Tell the operators: what is on record of this appraisal cannot be worked with. Until it is put right, no "
        "reminder is sent and no deadline lapses. It is tried again by itself."
    ),
    IncidentKind.ORDER_REFUSED: _(
        "Read the reason. Run the order again once its cause is gone, or act on this appraisal by itself."
    ),
    IncidentKind.ORDER_FAILED: _("Run the order again; if it fails again, tell the operators."),
}


def incident_name(kind: IncidentKind, locale: Locale) -> str:
    """The kind of incident in words."""
    return translate(KINDS[kind], locale)


def incident_remedy(kind: IncidentKind, locale: Locale) -> str:
    """The remedy: what personnel officers can do."""
    return translate(REMEDIES[kind], locale)
