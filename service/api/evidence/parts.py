"""Takes the parts of a form with a file as they come: texts into memory, the file piece by piece."""

import re

from python_multipart.multipart import MultipartParser, parse_options_header

from service.problems import FieldError, FileTooLarge, MultipartMalformed
from store.evidence.table import LARGEST_FILE
from translations import mark as _

TEXTS = ("title", "item")
FILE = "file"

_LONGEST_TEXT = 8 * 1024
_LONGEST_HEADER = 8 * 1024
_MOST_PARTS = 12
_NAME = re.compile(r"[A-Za-z0-9_-]{1,40}\Z")
# How browsers write the three characters that a quoted name cannot hold (HTML, 4.10.21.8).
_ESCAPED = (("%22", '"'), ("%0D", "\r"), ("%0A", "\n"))


class Parts:
    """The parts of one body, taken by the callbacks of a parser. What is wrong with single fields is collected."""

    def __init__(self, boundary: bytes) -> None:
        self.texts: dict[str, str] = {}
        self.file_name: str | None = None
        """None until a file has begun."""
        self.file_size = 0
        self.errors: list[FieldError] = []
        self.ended = False
        """Whether the last boundary has come."""
        self._parser = MultipartParser(
            boundary,
            {
                "on_part_begin": self._begin,
                "on_header_field": self._take_header_name,
                "on_header_value": self._take_header_value,
                "on_header_end": self._end_header,
                "on_headers_finished": self._name_part,
                "on_part_data": self._take,
                "on_part_end": self._end_part,
                "on_end": self._end,
            },
            max_header_size=_LONGEST_HEADER,
        )
        self._count = 0
        self._header_name = self._header_value = b""
        self._headers: dict[bytes, bytes] = {}
        self._seen: set[str] = set()
        self._part: str | None = None
        """The part that is being taken; None for one that is not wanted."""
        self._text = bytearray()
        self._pieces: list[bytes] = []

    def write(self, data: bytes) -> list[bytes]:
        """Takes the next piece of the body. Returns what came of the file with it.

        Raises `FileTooLarge`, `MultipartMalformed`, and `FormParserError` of the parser.
        """
        self._pieces = []
        self._parser.write(data)
        return self._pieces

    def _begin(self) -> None:
        self._count += 1
        if self._count > _MOST_PARTS:
            raise MultipartMalformed("parts")
        self._headers = {}
        self._text = bytearray()
        self._part = None

    def _take_header_name(self, data: bytes, start: int, end: int) -> None:
        self._header_name += data[start:end]

    def _take_header_value(self, data: bytes, start: int, end: int) -> None:
        self._header_value += data[start:end]

    def _end_header(self) -> None:
        self._headers[self._header_name.lower()] = self._header_value
        self._header_name = self._header_value = b""

    def _name_part(self) -> None:
        _disposition, options = parse_options_header(self._headers.get(b"content-disposition"))
        name = options.get(b"name", b"").decode("utf-8", "replace")
        if not _NAME.match(name):
            raise MultipartMalformed("unnamed")
        file_name = options.get(b"filename")
        if name not in (*TEXTS, FILE):
            self._refuse(name, _("There is no such field."))
        elif name in self._seen:
            self._refuse(
                name, _("Send one file only.") if name == FILE else _("This came twice; send it once.")
            )
        elif (name == FILE) != (file_name is not None):
            wanted = _("This must be a file with a name.") if name == FILE else _("This must be a text.")
            self._refuse(name, wanted)
        else:
            self._part = name
            if file_name is not None:
                self._name_file(file_name)
        self._seen.add(name)

    def _name_file(self, given: bytes) -> None:
        try:
            name = given.decode("utf-8")
        except UnicodeDecodeError:
            self._refuse(FILE, _("The name of the file is not in UTF-8."))
            return
        for written, meant in _ESCAPED:
            name = name.replace(written, meant)
        # A form in which no file was chosen sends one without a name.
        self.file_name = name or None
        if not name:
            self._seen.discard(FILE)
            self._part = None

    def _take(self, data: bytes, start: int, end: int) -> None:
        if self._part == FILE:
            self.file_size += end - start
            if self.file_size > LARGEST_FILE:
                raise FileTooLarge(LARGEST_FILE)
            self._pieces.append(data[start:end])
        elif self._part is not None:
            if len(self._text) + end - start > _LONGEST_TEXT:
                most = str(_LONGEST_TEXT)
                self._refuse(
                    self._part, _("The text is longer than {max_length} characters."), max_length=most
                )
                self._part = None
                return
            self._text += data[start:end]

    def _end_part(self) -> None:
        if self._part is None or self._part == FILE:
            return
        try:
            self.texts[self._part] = self._text.decode("utf-8")
        except UnicodeDecodeError:
            self._refuse(self._part, _("This must be a text."))

    def _end(self) -> None:
        self.ended = True

    def _refuse(self, name: str, message: str, **parameters: str) -> None:
        self.errors.append(FieldError(f"/{name}", message, parameters))
