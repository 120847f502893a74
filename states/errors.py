"""Refusals of the core. Each carries a stable code and the HTTP status that it maps to."""

import datetime as dt
from dataclasses import dataclass
from typing import Any, ClassVar

from states.stages import Capacity
from states.triggers import Trigger


@dataclass(frozen=True, slots=True)
class OvertakenBy:
    """Who acted on the case first, so that the second person knows whom to ask."""

    name: str
    capacity: Capacity
    trigger: Trigger
    at: dt.datetime
    """In business time."""


class DomainError(Exception):
    """A command was refused; nothing has changed.

    ``code`` is stable and machine-readable, ``field`` names the offending parameter where there is one,
    ``parameters`` fill the placeholders of the translatable ``message``.
    """

    code: ClassVar[str] = "refused"
    status: ClassVar[int] = 409
    message: str = "The action was refused."
    overtaken_by: OvertakenBy | None = None
    """Who acted on the case first, if somebody did; set by code that reads the record."""

    def __init__(self, *, field: str | None = None, **parameters: str) -> None:
        self.field = field
        self.parameters = parameters
        super().__init__(self.message.format_map(parameters))

    @property
    def details(self) -> dict[str, Any]:
        """The refusal as plain JSON values, as an operation keeps it with its item."""
        return {
            "code": self.code,
            "message": self.message,
            "field": self.field,
            "parameters": {name: str(value) for name, value in self.parameters.items()},
        }


class IllegalTransition(DomainError):
    """The stage does not know this trigger."""

    code = "illegal_transition"
    message = "The action {trigger} is not possible in the stage {stage}."


class NotPermitted(DomainError):
    """The capacity may not fire this trigger in this stage."""

    code = "not_permitted"
    status = 403
    message = "The action {trigger} in the stage {stage} is not open to the capacity {capacity}."


class ConflictOfInterest(DomainError):
    """The actor would judge in the own cause (PP 30/2019 art 59(1): *secara berjenjang*)."""

    code = "conflict_of_interest"
    status = 403
    message = "You took part in this result or it is your own; another official must act."


class NobodyAbove(DomainError):
    """Nobody above the rater can rate in his place: HR must appoint somebody first."""

    code = "nobody_above"
    message = (
        "Nobody above you can rate in your place. Ask the personnel officers to appoint another rater for this "
        "appraisal."
    )


class PlanInWords(DomainError):
    """The newer rules compute a rating from the indicators of the plan, and this plan has none."""

    code = "plan_in_words"
    message = (
        "The newer version computes the rating from the indicators of the plan, and this plan is in words alone: "
        "nobody could rate it. Have the plan revised or returned first, or let the appraisal end under its version."
    )


class TooEarly(DomainError):
    """The opening date or the lapse that this action needs has not come."""

    code = "too_early"
    message = "The action {trigger} is possible from {date}."


class TooLate(DomainError):
    """The legal window is over and the scheme does not admit late actions."""

    code = "too_late"
    message = "The period for {trigger} ended on {date}."


class AlreadyRecorded(DomainError):
    """The fact is on record already and cannot be recorded twice."""

    code = "already_recorded"
    message = "The action {trigger} is on record already."


class RaterConfirmed(DomainError):
    """HR has already confirmed this rater."""

    code = "rater_confirmed"
    message = (
        "Your rater was confirmed before. What you disagree with you may state in an objection to the result."
    )


class DisputeOpen(DomainError):
    """The employee waits for an answer about the rater."""

    code = "dispute_open"
    message = "The employee disputes the rater: answer that first, with a new rater or the reason why not."


class ReceiptDisputed(DomainError):
    """HR has not yet answered an employee who disputes the receipt on record."""

    code = "receipt_disputed"
    message = "The employee disputes the receipt on record: answer that first."


class ObjectionOpen(DomainError):
    """An open objection is decided or withdrawn (PP 30/2019 art 59(2))."""

    code = "objection_open"
    message = "An objection is open: it is decided or withdrawn, not cancelled (PP 30/2019 art 59(2))."


class SettledByObjection(DomainError):
    """The decision on an objection is final (PP 30/2019 art 59(4))."""

    code = "settled_by_objection"
    message = "The objection has been decided, and the decision is final (PP 30/2019 art 59(4))."


class ResponseRunning(DomainError):
    """The employee may still object to the result that he has received (PP 30/2019 art 59(1))."""

    code = "response_running"
    message = "The employee has the result and may object until {date}: until then it is not cancelled."


class BothSidesNotHeard(DomainError):
    """The employee and the rater must both be heard before a decision (PP 30/2019 art 59(3))."""

    code = "both_sides_not_heard"
    message = (
        "Ask the employee and the rater, and wait for what they say or for the day (PP 30/2019 art 59(3))."
    )


class ContentMissing(DomainError):
    """The action needs a document: a plan, a report, a rating or a reason."""

    code = "content_missing"
    status = 422
    message = "The action {trigger} needs a text: the document or the reason."


class ParameterInvalid(DomainError):
    """A parameter of the command is missing or out of range; ``problem`` says what to give."""

    code = "parameter_invalid"
    status = 422

    def __init__(self, problem: str, *, field: str, **parameters: str) -> None:
        self.message = problem
        super().__init__(field=field, **parameters)
