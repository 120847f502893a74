"""A system of appraisal as a scheme's folder describes it: the process and what is appraised."""

from dataclasses import dataclass

from content.rules import ContentRules
from states.rules import Rulebook


@dataclass(frozen=True, slots=True)
class System:
    """One version of a scheme."""

    book: Rulebook
    content: ContentRules | None = None
    """Absent: plans and ratings are words, as in a scheme of one file."""
