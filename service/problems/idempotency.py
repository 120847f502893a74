"""Problems with the key that distinguishes a repeat from a second request."""

from service.problems.base import Problem
from translations import mark as _


class IdempotencyKeyMissing(Problem):
    """An action came without a key, so a repeat would look like a second action."""

    code = "idempotency_key_missing"
    title = _("Idempotency-Key is missing")
    status = 400
    message = "Send the header Idempotency-Key with a new random value, and the same value when you repeat."


class IdempotencyKeyInvalid(Problem):
    """The key has a form that cannot be used."""

    code = "idempotency_key_invalid"
    title = _("Idempotency-Key cannot be used")
    status = 400
    message = (
        "The header Idempotency-Key must have 1 to 80 printable ASCII characters without blanks, "
        "and must not begin with “wake:”, “launch”, “operation:”, “seen:”, “delivered:” or “bounced:”. "
        "A UUID is a good choice."
    )


class IdempotencyKeyReused(Problem):
    """The key was used for something else before."""

    code = "idempotency_key_reused"
    title = _("Idempotency-Key used before")
    status = 422
    message = "This Idempotency-Key was used for another request before. Take a new one."
