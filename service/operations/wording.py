"""The names of changes, their effects, and the outcomes of their operations."""

from collections.abc import Mapping

from service.problems import TITLES
from service.wording import readable
from states.appraisal import DutyKind
from states.changes import ChangeKind
from states.codec import Json
from states.errors import IllegalTransition
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
    ChangeKind.ADOPT_CALENDAR: _("Change working days by a decree"),
    ChangeKind.ADOPT_RULES: _("Move to a newer version of the scheme"),
}

EFFECTS: Mapping[str, str] = {
    Trigger.EXTEND: _("the deadline is extended"),
    Trigger.NOTE_CHANGE: _("the change is put on record"),
    Trigger.SUSPEND: _("the clock stops"),
    Trigger.RESUME: _("the clock runs on"),
    Trigger.CLOSE_PERIOD: _("the period ends and is rated"),
    Trigger.CANCEL: _("the appraisal is closed without a rating"),
    Trigger.NOTE_ABSENCE: _("the absence is put on record; the clock stops once the employee is awaited"),
    Trigger.NOTE_RETURN: _("the return is put on record"),
    Trigger.FOLLOW_PATH: _("the work is rated on what is done elsewhere"),
    Trigger.ADOPT_CALENDAR: _("the new working days hold"),
    Trigger.ADOPT_RULES: _("the new version of the scheme holds"),
}
_HANDED_OVER = _("another official becomes responsible")

STATES: Mapping[str, str] = {
    "waiting": _("Waiting for its day"),
    "running": _("Being carried out"),
    "paused": _("Paused"),
    "finished": _("Finished"),
    "withdrawn": _("Withdrawn"),
    "refused": _("Refused when its day came"),
}

DUTIES: Mapping[str, str] = {
    DutyKind.EMPLOYEE_STATEMENT: _("explanation of the employee"),
    DutyKind.RATER_STATEMENT: _("explanation of the rater"),
    DutyKind.REPORT: _("report of the result"),
    DutyKind.RECEIPT_ANSWER: _("answer to a disputed receipt"),
}
"""What is owed beside the stage."""

OUTCOMES: Mapping[str, str] = {
    "pending": _("To be done"),
    "done": _("Done"),
    "refused": _("Refused"),
    "failed": _("Failed"),
}

PHASES: Mapping[str, str] = {"begin": _("when it takes effect"), "end": _("when its period is over")}

FAILURES: Mapping[str, str] = {
    "case_busy": _("Others acted on the appraisal all the while. Run the order again."),
    "case_damaged": _(
        "What is on record of the appraisal cannot be worked with. Tell the operators, then run the order again."
    ),
    # Old operations have the following codes on record, from before the record alone decided.
    "case_closed": _("The appraisal is closed, or does not run."),
    "engine_unavailable": _("The engine did not answer. Run the order again."),
    "update_failed": _("The engine could not carry it out. Tell the operators, then run the order again."),
}
"""The reason why an item was not done, if it was not a refusal of the core."""

_RATED = _(
    "Only an appraisal that runs and is not rated yet moves to a newer version; this one ends under its own."
)


def change_name(kind: str, locale: Locale) -> str:
    """The kind of change in words."""
    return translate(CHANGES[kind], locale)


def effect_name(trigger: str, locale: Locale, *, handed_over: bool = False) -> str:
    """The effect of a change on an appraisal, in words."""
    if handed_over and trigger == Trigger.NOTE_CHANGE:
        return translate(_HANDED_OVER, locale)
    return translate(EFFECTS[trigger], locale)


def duty_name(duty: str, locale: Locale) -> str:
    """What is owed beside the stage, in words."""
    return translate(DUTIES[duty], locale)


def state_name(state: str, locale: Locale) -> str:
    """The state of an operation in words."""
    return translate(STATES[state], locale)


def outcome_name(outcome: str, locale: Locale) -> str:
    """The outcome of an item in words."""
    return translate(OUTCOMES[outcome], locale)


def phase_name(phase: str, locale: Locale) -> str:
    """The phase in which an item is done, in words."""
    return translate(PHASES[phase], locale)


def refusal_title(code: str, locale: Locale) -> str:
    """The short title of a refusal of the core."""
    return translate(TITLES[code], locale)


def refusal_text(code: str, details: Json, locale: Locale) -> str:
    """The reason of a refusal or failure: the core's message, or what became of the attempt."""
    message, parameters = details.get("message"), details.get("parameters") or {}
    if code == IllegalTransition.code and parameters.get("trigger") == Trigger.ADOPT_RULES:
        return translate(_RATED, locale)
    if message is None:
        # The kind of fault follows a colon, for operators.
        known = FAILURES.get(code.partition(":")[0])
        return code if known is None else translate(known, locale)
    return translate(message, locale, **readable(parameters, locale))
