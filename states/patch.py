"""JSON merge patches (RFC 7396), the smallest way to tell the engine what a snapshot became."""

from states.codec import Json


def difference(before: Json, after: Json) -> Json:
    """The merge patch that turns ``before`` into ``after``; a null removes a member."""
    patch: Json = dict.fromkeys(before.keys() - after.keys())
    for name, value in after.items():
        old = before.get(name)
        if old == value and name in before:
            continue
        patch[name] = difference(old, value) if isinstance(old, dict) and isinstance(value, dict) else value
    return patch


def patched(document: Json, patch: Json) -> Json:
    """A new document: ``document`` after ``patch``. Snapshots hold no nulls, so none is ever lost."""
    result = {name: value for name, value in document.items() if patch.get(name, value) is not None}
    for name, value in patch.items():
        if value is None:
            continue
        old = document.get(name)
        result[name] = (
            patched(old if isinstance(old, dict) else {}, value) if isinstance(value, dict) else value
        )
    return result
