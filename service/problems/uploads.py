"""Problems with a file on its way in."""

from collections.abc import Mapping
from typing import ClassVar

from service.problems.base import FieldError, Problem
from translations import mark as _


class FileTooLarge(Problem):
    """The file exceeds the limit; it was not read to its end, and nothing of it is kept."""

    code = "file_too_large"
    title = _("File too large")
    status = 413
    headers: ClassVar[Mapping[str, str]] = {"Connection": "close"}
    message = "The file is larger than {most} MB."

    def __init__(self, most: int) -> None:
        megabytes = str(most >> 20)
        finding = FieldError(
            "/file",
            _("The file is larger than {most} MB. Make it smaller, or hand in several."),
            {"most": megabytes},
        )
        super().__init__(errors=[finding], most=megabytes)


class MultipartExpected(Problem):
    """The body is no form with a file."""

    code = "multipart_expected"
    title = _("Not multipart/form-data")
    status = 415
    headers: ClassVar[Mapping[str, str]] = {"Accept-Post": "multipart/form-data"}
    message = "Send the body as multipart/form-data with the parts file, title and item."


class MultipartMalformed(Problem):
    """The body does not keep to RFC 7578, or ends before its last boundary."""

    code = "multipart_malformed"
    title = _("Not valid multipart/form-data")
    status = 400
    headers: ClassVar[Mapping[str, str]] = {"Connection": "close"}
    message = "The body cannot be read as multipart/form-data: a boundary or a header is not as it should be."

    def __init__(self, reason: str = "") -> None:
        if reason == "boundary":
            self.message = _("Content-Type names no boundary of 1 to 70 characters.")
        elif reason == "truncated":
            self.message = _("The body ends before its last boundary. Nothing was kept; send it again.")
        elif reason == "unnamed":
            self.message = _("A part of the body has no name. The parts are file, title and item.")
        elif reason == "parts":
            self.message = _("The body has too many parts. The parts are file, title and item.")
        super().__init__()


class UploadStalled(Problem):
    """Nothing came for so long that the rest is not awaited any more."""

    code = "upload_stalled"
    title = _("Sending stopped")
    status = 408
    headers: ClassVar[Mapping[str, str]] = {"Connection": "close"}
    message = (
        "Nothing of the file came for {seconds} seconds. Nothing was kept; send it again with the same key."
    )
