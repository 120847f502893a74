"""What counts as nothing written."""

from pydantic import JsonValue

from content.forms.writing import is_blank


def blank(value: JsonValue) -> bool:
    """Null, a text that nobody sees, an empty list, or an object in which everything is blank.

    A page sends empty texts for what is not filled in; they must mean the same as leaving it out.
    """
    if value is None:
        return True
    if isinstance(value, str):
        return is_blank(value)
    if isinstance(value, list):
        return not value
    if isinstance(value, dict):
        return all(
            member is None or (isinstance(member, str) and is_blank(member)) for member in value.values()
        )
    return False
