"""What a form is checked against beyond itself."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction

from content.parts import Values


@dataclass(frozen=True, slots=True)
class FormContext:
    """The case around a form, as plain values."""

    plan: Values | None = None
    """The plan in force as a filled form; None where there is none, or only words."""
    superior_results: frozenset[str] | None = None
    """Ids of the results of the plan of the rater; None while that plan is not ready."""
    evidence: frozenset[str] = frozenset()
    """Ids of what was handed in as evidence."""
    noted: Mapping[str, int] = field(default_factory=dict)
    """How many entries of each kind were noted in the year."""
    share: Fraction = Fraction(1)
    """The part of the year that the appraised period covers: what is asked for in a year is asked for in proportion
    (PP 30/2019 art 36)."""
    echelon: str = ""
    """Of the employee's post, such as ``21``."""
    post: str = ""
    """The name of the employee's post, by which the job family is told."""
    inputs: Mapping[str, float] = field(default_factory=dict)
    """What others said, by input of the scheme: numbers of 0 to 120. One that is not closed, or absent, is not here."""
