"""Finds the encoding of a CSV file."""

import codecs

from service.roster.refusal import FileRefused
from translations import mark as _

WINDOWS = "windows-1252"
"""The encoding in which spreadsheets on Windows with Western settings save plain “CSV”."""

_MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_OLD_WORKBOOK = bytes.fromhex("d0cf11e0a1b11ae1")
"""The first bytes of .xls files and of workbooks with a password."""


def encoding_of(content: bytes) -> str:
    """The codec that reads all of ``content``: that of its byte-order mark, else UTF-8, else Windows-1252.

    Raises `FileRefused` if the content is no text in one of these encodings.
    """
    if content.startswith(_OLD_WORKBOOK):
        raise FileRefused(
            "old_workbook",
            _("The file is an old or password-protected workbook. Save it as XLSX without a password."),
        )
    marked = next((codec for mark, codec in _MARKS if content.startswith(mark)), None)
    for codec in (marked,) if marked else ("utf-8", WINDOWS):
        try:
            decoded = content.decode(codec)
        except UnicodeDecodeError as error:
            failed, failure = codec, error
        else:
            if "\x00" not in decoded:
                return codec
            raise FileRefused(
                "not_a_table", _("The file is neither text nor an XLSX workbook. Export it as CSV or XLSX.")
            )
    raise FileRefused(
        "encoding",
        _("The text is not readable as {encoding}. Save the file as “CSV UTF-8”."),
        line=content.count(b"\n", 0, failure.start) + 1,
        encoding=failed,
    )
