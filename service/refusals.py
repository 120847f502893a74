"""Every refusal of the core, by its code."""

from states.errors import DomainError


def _kinds(base: type[DomainError]) -> dict[str, type[DomainError]]:
    found = {base.code: base}
    for kind in base.__subclasses__():
        found |= _kinds(kind)
    return found


KINDS: dict[str, type[DomainError]] = _kinds(DomainError)
"""Every refusal of the core by its code."""
