"""How changes, what they do, and who stands in for whom are called on screen."""

from collections.abc import Mapping

from service.problems import TITLES
from service.wording import readable
from states.absences import AbsenceKind
from states.changes import ChangeKind, SubstitutionKind
from states.codec import Json
from states.triggers import Trigger
from translations import Locale, translate
from translations import mark as _

CHANGES: Mapping[str, str] = {
    ChangeKind.EXTEND: _("Extend deadlines"),
    ChangeKind.REPLACE_OFFICIAL: _("Replace an official"),
    ChangeKind.APPOINT_SUBSTITUTE: _("Appoint a substitute"),
    ChangeKind.END_SUBSTITUTION: _("End a substitution"),
    ChangeKind.ABSENCE: _("Absence or departure"),
    ChangeKind.RETURN: _("Return from an absence"),
    ChangeKind.MOVE: _("Move to another unit"),
    ChangeKind.MERGE_UNITS: _("Merge units"),
}

EFFECTS: Mapping[str, str] = {
    Trigger.EXTEND: _("the deadline is extended"),
    Trigger.NOTE_CHANGE: _("the change is put on record"),
    Trigger.SUSPEND: _("the clock stops"),
    Trigger.RESUME: _("the clock runs on"),
    Trigger.CLOSE_PERIOD: _("the period ends and is rated"),
    Trigger.CANCEL: _("the appraisal is closed without a rating"),
}
_HANDED_OVER = _("another official becomes responsible")

ABSENCES: Mapping[str, str] = {
    AbsenceKind.LEAVE: _("leave"),
    AbsenceKind.STUDY: _("study assignment"),
    AbsenceKind.UNPAID_LEAVE: _("unpaid leave"),
    AbsenceKind.SUSPENDED: _("suspended from service"),
    AbsenceKind.STATE_OFFICIAL: _("state official"),
    AbsenceKind.PRE_RETIREMENT: _("pre-retirement period"),
    AbsenceKind.RETIRED: _("retired"),
    AbsenceKind.DIED: _("died"),
    AbsenceKind.LEFT: _("left the agency"),
}

BASES: Mapping[str, str] = {
    "self": _("in person"),
    "definitive": _("definitive"),
    SubstitutionKind.PLT: _("acting official (Plt.)"),
    SubstitutionKind.PLH: _("daily acting official (Plh.)"),
    SubstitutionKind.DELEGATED: _("delegated"),
    "stepping_in": _("superior stepping in (PP 30/2019 art 46)"),
    "hr": _("personnel officer"),
}
"""By what right somebody holds a capacity."""
_ON_BEHALF = _("{name}, on behalf of {official} ({basis})")
_BY_RIGHT = _("{name} ({basis})")

STATES: Mapping[str, str] = {
    "waiting": _("Waiting for its day"),
    "running": _("Being carried out"),
    "paused": _("Paused"),
    "finished": _("Finished"),
    "withdrawn": _("Withdrawn"),
    "refused": _("Refused when its day came"),
}

OUTCOMES: Mapping[str, str] = {
    "pending": _("To be done"),
    "done": _("Done"),
    "refused": _("Refused"),
    "failed": _("Failed"),
}

PHASES: Mapping[str, str] = {"begin": _("when it takes effect"), "end": _("when its period is over")}

SUBSTITUTION_STATES: Mapping[str, str] = {
    "active": _("in force"),
    "future": _("not begun yet"),
    "past": _("over"),
}

FAILURES: Mapping[str, str] = {
    "case_busy": _("Others acted on the appraisal all the while. Run the order again."),
    "case_damaged": _(
        "What is on record of the appraisal cannot be worked with. Tell the operators, then run the order again."
    ),
    # Those that follow stand on record of operations from before the record alone decided.
    "case_closed": _("The appraisal is closed, or does not run."),
    "engine_unavailable": _("The engine did not answer. Run the order again."),
    "update_failed": _("The engine could not carry it out. Tell the operators, then run the order again."),
}
"""Why an item was not done, where the core did not refuse it."""


def change_name(kind: str, locale: Locale) -> str:
    """The kind of change in words."""
    return translate(CHANGES[kind], locale)


def effect_name(trigger: str, locale: Locale, *, handed_over: bool = False) -> str:
    """What happens to an appraisal, in words."""
    if handed_over and trigger == Trigger.NOTE_CHANGE:
        return translate(_HANDED_OVER, locale)
    return translate(EFFECTS[trigger], locale)


def absence_name(kind: str, locale: Locale) -> str:
    """The kind of absence in words."""
    return translate(ABSENCES[kind], locale)


def basis_name(basis: str, locale: Locale) -> str:
    """By what right, in words."""
    return translate(BASES[basis], locale)


def responsible_name(name: str, basis: str, on_behalf_of: str | None, locale: Locale) -> str:
    """Who is responsible, and for whom he stands in, as one reads it above a signature."""
    right = basis_name(basis, locale)
    if on_behalf_of is not None:
        return translate(_ON_BEHALF, locale, name=name, official=on_behalf_of, basis=right)
    return translate(_BY_RIGHT, locale, name=name, basis=right)


def state_name(state: str, locale: Locale) -> str:
    """Where an operation stands, in words."""
    return translate(STATES[state], locale)


def outcome_name(outcome: str, locale: Locale) -> str:
    """How an item ended, in words."""
    return translate(OUTCOMES[outcome], locale)


def phase_name(phase: str, locale: Locale) -> str:
    """When an item is done, in words."""
    return translate(PHASES[phase], locale)


def substitution_state_name(state: str, locale: Locale) -> str:
    """Whether a substitution is in force, in words."""
    return translate(SUBSTITUTION_STATES[state], locale)


def refusal_title(code: str, locale: Locale) -> str:
    """The short title of a refusal of the core."""
    return translate(TITLES[code], locale)


def refusal_text(code: str, details: Json, locale: Locale) -> str:
    """Why something was refused or failed: what the core said, or what became of the attempt."""
    message = details.get("message")
    if message is None:
        # After a colon comes the kind of fault, for operators.
        known = FAILURES.get(code.partition(":")[0])
        return code if known is None else translate(known, locale)
    return translate(message, locale, **readable(details.get("parameters") or {}, locale))
