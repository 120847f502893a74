"""Problems with a request itself: its content and its form."""

from collections.abc import Mapping
from typing import ClassVar

from service.problems.base import Problem
from translations import mark as _


class MalformedJson(Problem):
    """The body is not JSON (RFC 8259) in UTF-8."""

    code = "malformed_json"
    title = _("Not valid JSON")
    status = 400
    message = "The body is not valid JSON: {reason}. Send one JSON object in UTF-8."


class BodyTooLarge(Problem):
    """The body exceeds the limit; it was not read to its end."""

    code = "body_too_large"
    title = _("Body too large")
    status = 413
    headers: ClassVar[Mapping[str, str]] = {"Connection": "close"}
    message = "The body is larger than {most} KiB."


class MediaTypeUnsupported(Problem):
    """The media type of the body is not JSON."""

    code = "media_type_unsupported"
    title = _("Not application/json")
    status = 415
    headers: ClassVar[Mapping[str, str]] = {"Accept-Post": "application/json"}
    message = "Send the body as application/json."


class Invalid(Problem):
    """Fields or parameters are missing, unknown or out of range; ``errors`` names each."""

    code = "invalid"
    title = _("Invalid fields")
    status = 422
    message = "Some fields are not as they should be; the list of errors names each."


class CursorInvalid(Problem):
    """The cursor of the requested page was never given by this list."""

    code = "cursor_invalid"
    title = _("Unknown cursor")
    status = 400
    message = "The cursor is not one of this list. Begin again without it."


class NotFound(Problem):
    """The thing does not exist, or it does not concern the asker: both give the same answer."""

    code = "not_found"
    title = _("Not found")
    status = 404
    message = "There is nothing at this address, or it is not open to you."


class MethodNotAllowed(Problem):
    """The address exists, but does not take this method."""

    code = "method_not_allowed"
    title = _("Method not allowed")
    status = 405
    message = "This address does not know the method {method}."


class FormIncomplete(Problem):
    """A filled form lacks something, or holds what its scheme does not know; ``errors`` names each place."""

    code = "form_incomplete"
    title = _("Form incomplete")
    status = 422
    message = (
        "The form cannot be handed in like this; the list of errors names each place. Nothing was changed."
    )
