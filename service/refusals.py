"""Refusals of the core as they come back from the engine."""

from typing import Any

from states.errors import DomainError


def _kinds(base: type[DomainError]) -> dict[str, type[DomainError]]:
    found = {base.code: base}
    for kind in base.__subclasses__():
        found |= _kinds(kind)
    return found


KINDS: dict[str, type[DomainError]] = _kinds(DomainError)
"""Every refusal of the core by its code."""


def refusal_from(details: dict[str, Any]) -> DomainError | None:
    """The refusal that `DomainError.details` described; None when its code is unknown here."""
    kind = KINDS.get(str(details.get("code")))
    if kind is None:
        return None
    error = kind.__new__(kind)
    error.message = str(details.get("message") or kind.message)
    DomainError.__init__(error, field=details.get("field"), **(details.get("parameters") or {}))
    return error
