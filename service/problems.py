"""Problems that the service itself finds with a request, beside the refusals of the core."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar

from translations import mark as _


@dataclass(frozen=True, slots=True)
class FieldError:
    """What is wrong with one field, named by a JSON pointer (RFC 6901)."""

    field: str
    message: str
    parameters: Mapping[str, str] | None = None


class Problem(Exception):
    """A request cannot be answered; nothing has changed unless the code says that the outcome is unknown.

    ``code`` is stable and machine-readable; ``parameters`` fill the placeholders of the translatable
    ``message``.
    """

    code: ClassVar[str]
    status: ClassVar[int]
    headers: ClassVar[Mapping[str, str]] = {}
    message: str
    retry_after: int | None = None
    """After how many seconds to try again, where that differs from case to case."""

    def __init__(self, *, errors: Sequence[FieldError] = (), **parameters: str) -> None:
        self.errors = errors
        self.parameters = parameters
        super().__init__(self.message.format_map(parameters))


class MalformedJson(Problem):
    """The body is not JSON (RFC 8259) in UTF-8."""

    code = "malformed_json"
    status = 400
    message = "The body is not valid JSON: {reason}. Send one JSON object in UTF-8."


class IdempotencyKeyMissing(Problem):
    """An action came without a key, so a repeat could not be told from a second action."""

    code = "idempotency_key_missing"
    status = 400
    message = "Send the header Idempotency-Key with a new random value, and the same value when you repeat."


class IdempotencyKeyInvalid(Problem):
    """The key has a form that cannot be used."""

    code = "idempotency_key_invalid"
    status = 400
    message = (
        "The header Idempotency-Key must have 1 to 80 printable ASCII characters without blanks, "
        "and must not begin with “wake:”, “launch”, “operation:”, “seen:”, “delivered:” or “bounced:”. "
        "A UUID is a good choice."
    )


class CursorInvalid(Problem):
    """A page was asked for with a cursor that this list never gave."""

    code = "cursor_invalid"
    status = 400
    message = "The cursor is not one of this list. Begin again without it."


class NotSignedIn(Problem):
    """No token, or one that is not valid any more (RFC 6750)."""

    code = "not_signed_in"
    status = 401
    headers: ClassVar[Mapping[str, str]] = {"WWW-Authenticate": "Bearer"}
    message = "Sign in first: send the header Authorization with the word Bearer and your token."

    def __init__(self, reason: str = "missing") -> None:
        if reason == "expired":
            self.message = _("Your sign-in has ended. Sign in again.")
        elif reason == "invalid":
            self.message = _("The token is not valid here. Sign in again.")
        super().__init__()


class HrOnly(Problem):
    """Something that personnel officers alone may do."""

    code = "hr_only"
    status = 403
    message = "Only the personnel officers of the agency may do this."


class OperatorOnly(Problem):
    """Something about the running of the service."""

    code = "operator_only"
    status = 403
    message = "Operators of the agency do this; personnel officers may look at it."


class OrderNotPermitted(Problem):
    """A change that only personnel officers may order; an official may delegate what is his own."""

    code = "order_not_permitted"
    status = 403
    message = (
        "Only the personnel officers may order this. As an official you may delegate your own tasks "
        "(appoint_substitute with the basis delegated)."
    )


class OrderedOnly(Problem):
    """A trigger that is part of a change of the organisation."""

    code = "ordered_only"
    status = 409
    message = "This is part of a change of the organisation. Order the change at /api/v1/operations instead."


class NotedOnly(Problem):
    """A trigger by which the service itself puts on record what it knows of a receipt."""

    code = "noted_only"
    status = 409
    message = "The service notes this itself, when the employee opens the result or a provider reports on its notice."


class WebhookRefused(Problem):
    """A call of a provider that does not prove that it is one."""

    code = "webhook_refused"
    status = 403
    message = "This call is not signed as the provider signs; check the secrets on both sides."


class AddressTaken(Problem):
    """An address that messages for somebody else go to."""

    code = "address_taken"
    status = 409
    message = (
        "Messages for somebody else go to this address. Check it; if it is yours, ask your personnel officer."
    )


class ChannelNotConfigured(Problem):
    """A channel that the operators have not set up."""

    code = "channel_not_configured"
    status = 409
    message = "This channel is not set up here. Choose another, or ask the operators for it."


class TooManyNudges(Problem):
    """A supervisor has nudged, or would have nudged, more often than anybody should be disturbed."""

    code = "too_many_nudges"
    status = 429
    message = "At most {most} nudges in an hour, and {left} are left. Nobody was nudged. Ask fewer, or later."

    def __init__(self, *, most: int, left: int, retry_after: int) -> None:
        super().__init__(most=str(most), left=str(left))
        self.retry_after = retry_after


class NotFound(Problem):
    """There is no such thing, or it does not concern the asker: both read the same."""

    code = "not_found"
    status = 404
    message = "There is nothing at this address, or it is not open to you."


class TemplateUnknown(Problem):
    """There is no template of messages with this name."""

    code = "template_unknown"
    status = 404
    message = "There is no template of this name. There are: {names}."


class MethodNotAllowed(Problem):
    """The address is known, the method is not."""

    code = "method_not_allowed"
    status = 405
    message = "This address does not know the method {method}."


class CycleExists(Problem):
    """The agency has a cycle of this name already."""

    code = "cycle_exists"
    status = 409
    message = "There is a cycle of this name already. Choose another name."


class OperationEnded(Problem):
    """The operation is in a state in which this is not possible any more."""

    code = "operation_ended"
    status = 409
    message = (
        "The operation stands where this is not possible. What has taken effect is ended by another change."
    )


class BodyTooLarge(Problem):
    """The body is over the limit; it was not read to its end."""

    code = "body_too_large"
    status = 413
    headers: ClassVar[Mapping[str, str]] = {"Connection": "close"}
    message = "The body is larger than {most} KiB."


class MediaTypeUnsupported(Problem):
    """The body says that it is something else than JSON."""

    code = "media_type_unsupported"
    status = 415
    headers: ClassVar[Mapping[str, str]] = {"Accept-Post": "application/json"}
    message = "Send the body as application/json."


class Invalid(Problem):
    """Fields or parameters are missing, unknown or out of range; ``errors`` names each."""

    code = "invalid"
    status = 422
    message = "Some fields are not as they should be; the list of errors names each."


class IdempotencyKeyReused(Problem):
    """The key was used for something else before."""

    code = "idempotency_key_reused"
    status = 422
    message = "This Idempotency-Key was used for another request before. Take a new one."


class InternalProblem(Problem):
    """A fault of this service."""

    code = "internal"
    status = 500
    message = "Something went wrong here and has been logged; when you report it, give the id {request_id}."


class Busy(Problem):
    """Others write the same case all the time; nothing was changed."""

    code = "case_busy"
    status = 503
    headers: ClassVar[Mapping[str, str]] = {"Retry-After": "1"}
    message = "Others act on this case at this moment. Nothing was changed; repeat it with the same key."


class OutcomeUnknown(Problem):
    """The answer to a commit was lost, or came too late: it may or may not be on record."""

    code = "outcome_unknown"
    status = 503
    headers: ClassVar[Mapping[str, str]] = {"Retry-After": "2"}
    message = "It is not known yet whether this was recorded. Repeat it with the same key: that is safe."


class Unavailable(Problem):
    """A server behind this one does not answer; nothing was changed."""

    code = "unavailable"
    status = 503
    headers: ClassVar[Mapping[str, str]] = {"Retry-After": "2"}
    message = "The service cannot answer at the moment. Try again shortly."


class OtherLaunchRunning(Problem):
    """A launch of the cycle for other people runs; two at once would be counted as one."""

    code = "other_launch_running"
    status = 409
    message = "A launch of this cycle runs already, for others ({who}). Wait for its end, then launch again."


class LaunchNotRunning(Problem):
    """There is no launch to be paused or resumed."""

    code = "launch_not_running"
    status = 409
    message = "No launch of this cycle runs at present. Start one first."


TITLES: Mapping[str, str] = {
    "malformed_json": _("Not valid JSON"),
    "idempotency_key_missing": _("Idempotency-Key is missing"),
    "idempotency_key_invalid": _("Idempotency-Key cannot be used"),
    "cursor_invalid": _("Unknown cursor"),
    "not_signed_in": _("Not signed in"),
    "hr_only": _("For personnel officers only"),
    "operator_only": _("For operators only"),
    "order_not_permitted": _("Order not permitted"),
    "noted_only": _("Noted by the service itself"),
    "ordered_only": _("Part of a change of the organisation"),
    "operation_ended": _("Not possible any more"),
    "webhook_refused": _("Not signed by the provider"),
    "address_taken": _("In use for somebody else"),
    "channel_not_configured": _("Channel not set up"),
    "too_many_nudges": _("Too many nudges"),
    "not_found": _("Not found"),
    "template_unknown": _("Unknown template"),
    "method_not_allowed": _("Method not allowed"),
    "cycle_exists": _("The cycle exists already"),
    "body_too_large": _("Body too large"),
    "media_type_unsupported": _("Not application/json"),
    "invalid": _("Invalid fields"),
    "idempotency_key_reused": _("Idempotency-Key used before"),
    "internal": _("Internal fault"),
    "case_busy": _("Others act on it now"),
    "outcome_unknown": _("Outcome not known yet"),
    "unavailable": _("Not available"),
    "refused": _("Refused"),
    "illegal_transition": _("Not possible in this stage"),
    "not_permitted": _("Not permitted"),
    "conflict_of_interest": _("Conflict of interest"),
    "too_early": _("Too early"),
    "too_late": _("Too late"),
    "already_recorded": _("On record already"),
    "rater_confirmed": _("Rater confirmed before"),
    "dispute_open": _("Answer the dispute first"),
    "both_sides_not_heard": _("Both sides must be heard"),
    "content_missing": _("A text is missing"),
    "parameter_invalid": _("A parameter is invalid"),
    "other_launch_running": _("Another launch runs"),
    "launch_not_running": _("No launch runs"),
}
"""The short title of every problem, those of the core included."""
