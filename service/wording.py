"""The names of stages, actions and the rest, on screen and in messages."""

import datetime as dt
from collections.abc import Mapping, Sequence

from content.parts import Words
from states.errors import OvertakenBy
from states.receipt_evidence import Evidence, ProviderWord
from states.stages import Capacity, Stage
from states.triggers import Outcome, Trigger
from translations import Locale, format_date, translate
from translations import mark as _

STAGES: Mapping[str, str] = {
    Stage.SCHEDULED: _("Not open yet"),
    Stage.PLAN_DRAFTING: _("Drafting the plan"),
    Stage.PLAN_SCREENING: _("Plan under screening"),
    Stage.PLAN_REVIEW: _("Plan under review"),
    Stage.FIRST_HALF: _("Plan in progress, before the check-in"),
    Stage.MIDYEAR_REPORT: _("Writing the check-in report"),
    Stage.MIDYEAR_REVIEW: _("Check-in under review"),
    Stage.SECOND_HALF: _("Plan in progress, before the evaluation"),
    Stage.SELF_ASSESSMENT: _("Self-assessment"),
    Stage.RATING: _("Rating"),
    Stage.MODERATION: _("Rating under moderation"),
    Stage.FEEDBACK_MEETING: _("Feedback meeting"),
    Stage.RESPONSE: _("Employee's response"),
    Stage.COUNTERSIGN: _("Waiting for the countersignature"),
    Stage.AGREED: _("Agreed, to be reported"),
    Stage.REPORTING: _("To be reported"),
    Stage.OBJECTED: _("Objection received"),
    Stage.OBJECTION_REVIEW: _("Objection under examination"),
    Stage.SUSPENDED: _("Suspended"),
    Stage.FINALISED: _("Final"),
    Stage.CANCELLED: _("Cancelled"),
}

TRIGGERS: Mapping[str, str] = {
    Trigger.OPEN_PLANNING: _("open planning"),
    Trigger.SUBMIT_PLAN: _("submit the plan"),
    Trigger.APPROVE_PLAN: _("approve the plan"),
    Trigger.SCREEN_PLAN: _("pass the plan on after screening"),
    Trigger.RETURN_PLAN: _("return the plan"),
    Trigger.NOTE_SUPERIOR_PLAN: _("note that the rater's own plan is set"),
    Trigger.REVISE_PLAN: _("revise the plan"),
    Trigger.OPEN_CHECK_IN: _("open the check-in"),
    Trigger.SUBMIT_CHECK_IN: _("submit the check-in report"),
    Trigger.RETURN_CHECK_IN: _("return the check-in report"),
    Trigger.REVIEW_CHECK_IN: _("complete the check-in"),
    Trigger.OPEN_EVALUATION: _("open the evaluation"),
    Trigger.SUBMIT_SELF_ASSESSMENT: _("submit the self-assessment"),
    Trigger.RETURN_SELF_ASSESSMENT: _("return the self-assessment"),
    Trigger.PROCEED_TO_RATING: _("go on to the rating without a self-assessment"),
    Trigger.RATE: _("rate"),
    Trigger.CONFIRM_RATING: _("confirm the rating"),
    Trigger.RETURN_RATING: _("return the rating"),
    Trigger.DELIVER_RESULT: _("deliver the result"),
    Trigger.ACKNOWLEDGE_RECEIPT: _("acknowledge receipt"),
    Trigger.RECORD_RECEIPT: _("record the receipt"),
    Trigger.NOTE_SEEN: _("note that the employee opened the result"),
    Trigger.NOTE_DELIVERY: _("note that the result arrived"),
    Trigger.NOTE_BOUNCE: _("note that the result did not arrive"),
    Trigger.DEEM_RECEIVED: _("deem the result received"),
    Trigger.AGREE: _("agree with the result"),
    Trigger.LAPSE_DELIVERY: _("pass on without the rater's signature"),
    Trigger.LAPSE_RESPONSE: _("pass on without a response"),
    Trigger.COUNTERSIGN: _("countersign"),
    Trigger.FINALISE: _("report and finalise"),
    Trigger.REPORT_PROVISIONALLY: _("report a result that is not settled yet"),
    Trigger.DISPUTE_RECEIPT: _("say that the recorded receipt is wrong"),
    Trigger.ANSWER_RECEIPT: _("answer about the recorded receipt"),
    Trigger.OBJECT: _("object"),
    Trigger.ADMIT_OBJECTION: _("admit the objection"),
    Trigger.DISMISS_OBJECTION: _("dismiss the objection as inadmissible"),
    Trigger.WITHDRAW_OBJECTION: _("withdraw the objection"),
    Trigger.ASK_EMPLOYEE: _("ask the employee for a statement"),
    Trigger.ASK_RATER: _("ask the rater for a statement"),
    Trigger.GIVE_STATEMENT: _("give a statement"),
    Trigger.HEAR_EMPLOYEE: _("hear the employee"),
    Trigger.HEAR_RATER: _("hear the rater"),
    Trigger.UPHOLD_RESULT: _("uphold the result"),
    Trigger.CHANGE_RESULT: _("change the result"),
    Trigger.SUSPEND: _("suspend"),
    Trigger.WAIT_FOR_RETURN: _("wait until the employee is back"),
    Trigger.NOTE_ABSENCE: _("note that the employee is away"),
    Trigger.NOTE_RETURN: _("note that the employee is back"),
    Trigger.FOLLOW_PATH: _("rate on another basis than a plan"),
    Trigger.RESUME: _("resume"),
    Trigger.EXTEND: _("extend the deadline"),
    Trigger.REASSIGN: _("appoint another official"),
    Trigger.DECLARE_CONFLICT: _("declare a conflict of interest"),
    Trigger.NOTE_CHANGE: _("note a change of the organisation"),
    Trigger.DISPUTE_RATER: _("say that this is not my superior"),
    Trigger.ANSWER_DISPUTE: _("answer who the superior is"),
    Trigger.CLOSE_PERIOD: _("close the period after a move"),
    Trigger.ADOPT_CALENDAR: _("go on by another working calendar"),
    Trigger.ADOPT_RULES: _("go on under a newer version of the rules"),
    Trigger.CANCEL: _("cancel the appraisal"),
    Trigger.REOPEN: _("reopen the appraisal"),
}

EVIDENCE: Mapping[str, str] = {
    ProviderWord.DELIVERED: _("The notice of the result arrived"),
    ProviderWord.BOUNCED: _("The notice of the result did not arrive"),
    Evidence.SEEN: _("The employee opened the result"),
    Evidence.ACKNOWLEDGED: _("The employee acknowledged the receipt"),
    Evidence.DEEMED: _("Deemed received by the agency's policy"),
    Evidence.REFUSED: _("The employee refused to receive it; a witness note says so"),
    Evidence.RECORDED: _("Handed over in person, recorded by the personnel officers"),
}
"""Every level of evidence: what a provider reports, and what shows a receipt."""

CAPACITIES: Mapping[str, str] = {
    Capacity.EMPLOYEE: _("employee"),
    Capacity.RATER: _("rater"),
    Capacity.RATER_SUPERIOR: _("rater's superior"),
    Capacity.APPEALS_OFFICER: _("appeals officer"),
    Capacity.APPEALS_SUPERIOR: _("superior of the appeals officer"),
    Capacity.HR: _("personnel officer"),
    Capacity.CLOCK: _("calendar"),
}

OUTCOMES: Mapping[str, str] = {
    Outcome.AGREED: _("Agreed"),
    Outcome.COUNTERSIGNED: _("Countersigned without a response"),
    Outcome.UPHELD: _("Objection heard, result upheld"),
    Outcome.CHANGED: _("Objection heard, result changed"),
    Outcome.INADMISSIBLE: _("Objection inadmissible"),
    Outcome.WITHDRAWN: _("Objection withdrawn"),
}

LAPSE: Mapping[str, str] = {
    "wait": _("Nothing moves by itself: the case keeps waiting and stays open to action."),
    "escalate": _("The case keeps waiting and the officials above are told."),
}
_LAPSE_AUTOMATIC = _("The calendar then acts by itself: {trigger}.")

EVENTS: Mapping[str, str] = {
    "launched": _("The appraisal was launched"),
    "lapsed": _("The deadline passed"),
    "reminder": _("A reminder fell due"),
    "escalation": _("An escalation fell due"),
}


def stage_name(stage: str, locale: Locale) -> str:
    """The stage in words."""
    return translate(STAGES[stage], locale)


def trigger_name(trigger: str, locale: Locale) -> str:
    """The action in words."""
    return translate(TRIGGERS[trigger], locale)


def capacity_name(capacity: str, locale: Locale) -> str:
    """The capacity in words."""
    return translate(CAPACITIES[capacity], locale)


def evidence_name(level: str, locale: Locale) -> str:
    """The evidence of a receipt, or of a notice's arrival or failure, in words."""
    return translate(EVIDENCE[level], locale)


def outcome_name(outcome: str | None, locale: Locale) -> str | None:
    """The outcome in words, or None while there is none."""
    return None if outcome is None else translate(OUTCOMES[outcome], locale)


def lapse_meaning(on_lapse: str, locale: Locale) -> str:
    """What happens when a deadline passes, in words."""
    if on_lapse in LAPSE:
        return translate(LAPSE[on_lapse], locale)
    return translate(_LAPSE_AUTOMATIC, locale, trigger=trigger_name(on_lapse.removeprefix("auto:"), locale))


def in_words(words: Words, locale: Locale) -> str:
    """A text of a scheme."""
    return words.en if locale is Locale.ENGLISH else words.id


def provisional_in_words(years: Sequence[int], locale: Locale) -> str | None:
    """Until when a day that rests on the working days of ``years`` may still move; None without such years."""
    if not years:
        return None
    named = ", ".join(map(str, years))
    return translate(
        _("provisional until the decree on public holidays of {years} is issued"), locale, years=named
    )


def event_name(kind: str, body: Mapping[str, object], locale: Locale) -> str:
    """The event in words."""
    if kind == "acted":
        return trigger_name(str(body["trigger"]), locale)
    return translate(EVENTS[str(body["rung"]) if kind == "rung_reached" else kind], locale)


def overtaken_sentence(by: OvertakenBy, locale: Locale) -> str:
    """A sentence about the person who acted on the case before, and his action."""
    return translate(
        _("{name} ({capacity}) acted last: {trigger}."),
        locale,
        name=by.name,
        capacity=capacity_name(by.capacity, locale),
        trigger=trigger_name(by.trigger, locale),
    )


def readable(parameters: Mapping[str, str], locale: Locale) -> dict[str, str]:
    """The parameters of a message, with readable names and dates."""
    return {name: _readable(name, value, locale) for name, value in parameters.items()}


def _readable(name: str, value: str, locale: Locale) -> str:
    match name:
        case "trigger" if value in TRIGGERS:
            return f"“{trigger_name(value, locale)}”"
        case "stage" if value in STAGES:
            return f"“{stage_name(value, locale)}”"
        case "capacity" if value in CAPACITIES:
            return capacity_name(value, locale)
        case "capacities":
            return ", ".join(capacity_name(each, locale) for each in value.split(","))
        case "date" | "earliest" | "latest" if value != "-":
            return format_date(dt.date.fromisoformat(value), locale)
        case _:
            return value
