"""Words of a certain length."""

from pydantic import JsonValue

from content.forms.examination import Examination
from content.forms.fields import TextField
from content.forms.mistakes import Path, Reason
from content.forms.writing import printable, tidy


def check_words(
    value: JsonValue, path: Path, examination: Examination, *, shortest: int = 1, longest: int, one_line: bool
) -> JsonValue:
    """A text of so many characters. What is no text stays as it is."""
    if not isinstance(value, str):
        examination.note(path, Reason.WRONG_TYPE, expected="text")
        return value
    text = tidy(value)
    if not printable(text):
        examination.note(path, Reason.UNPRINTABLE)
    if one_line and "\n" in text:
        examination.note(path, Reason.ONE_LINE)
    if len(text) < shortest:
        examination.note(path, Reason.TOO_SHORT, least=str(shortest), length=str(len(text)))
    if len(text) > longest:
        examination.note(path, Reason.TOO_LONG, most=str(longest), length=str(len(text)))
    return text


def check_text(field: TextField, value: JsonValue, path: Path, examination: Examination) -> JsonValue:
    """The value of a text field."""
    return check_words(
        value,
        path,
        examination,
        shortest=field.shortest,
        longest=field.longest,
        one_line=field.lines == "one",
    )
