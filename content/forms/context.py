"""What stands in a case beside the form that is filled in."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from content.parts import Values


@dataclass(frozen=True, slots=True)
class FormContext:
    """What a form refers to."""

    plan: Values | None = None
    """The plan in force as a filled form; None: there is none, or only words."""
    superior_results: frozenset[str] | None = None
    """Ids of the results of the rater's plan; None: it is not ready."""
    evidence: frozenset[str] = frozenset()
    """Ids of what was handed in."""
    noted: Mapping[str, int] = field(default_factory=dict)
    """How many entries were noted, by kind."""
    echelon: str = ""
    """Echelon of the employee's post, as ``"21"``; empty for a post without one."""
