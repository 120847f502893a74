"""A year that was driven to its end, for tests that each look at one claim."""

from dataclasses import dataclass, field
from typing import Any

from tests.systems.year import Year


@dataclass
class DrivenYear:
    """A year that is over."""

    year: Year
    seen: dict[str, Any] = field(default_factory=dict)
    """What was shown or refused on the way, by a name."""
    evidence: dict[str, str] = field(default_factory=dict)
    """The id of a piece of evidence by who handed it in."""
