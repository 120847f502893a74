"""Problems with the sign-in and the roles of the asker."""

from collections.abc import Mapping
from typing import ClassVar

from service.problems.base import Problem
from translations import mark as _


class NotSignedIn(Problem):
    """No token, or one that is not valid any more (RFC 6750)."""

    code = "not_signed_in"
    title = _("Not signed in")
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
    """Only personnel officers may do this."""

    code = "hr_only"
    title = _("For personnel officers only")
    status = 403
    message = "Only the personnel officers of the agency may do this."


class OperatorOnly(Problem):
    """Only people who run the service may do or see this."""

    code = "operator_only"
    title = _("For operators only")
    status = 403
    message = "Operators of the agency do this; personnel officers may look at it."
