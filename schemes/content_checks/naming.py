"""Says that a name is not known, or stands twice."""

from collections.abc import Iterable, Iterator

from schemes.checks import Finding
from schemes.document import Path


def not_one_of(name: object, known: Iterable[str], what: str) -> str:
    """What is wrong with a ``name`` that is not among the ``known`` ones; ``what`` says of what, in the plural."""
    listed = ", ".join(known)
    return (
        f"{name!r} is not one of the {what} {listed}"
        if listed
        else f"{name!r} is not known: there are no {what}"
    )


def twice(names: Iterable[tuple[Path, str]], what: str) -> Iterator[Finding]:
    """A finding at the place of every name that stood before."""
    seen: set[str] = set()
    for path, name in names:
        if name in seen:
            yield path, f"{name!r} is the name of another {what}; names are unique here"
        seen.add(name)
