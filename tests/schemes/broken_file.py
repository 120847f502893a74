"""A file of a scheme with one mistake in it."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Broken:
    """A shipped scheme in one file of which the first ``old`` after ``after`` became ``new``."""

    scheme: str
    file: str
    after: str
    old: str
    new: str
    place: str
    reason: str
