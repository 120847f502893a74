"""What follows from a rating, with its working: the same value for the employee, the rater and HR."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import cast

from pydantic import TypeAdapter

from content.parts import Values, Words


@dataclass(frozen=True, slots=True)
class WorkingStep:
    """One step of "how is this computed". It names parts of a form by id and holds no words of people."""

    name: str
    """Kind of step, as `content.rating.wording` lists them."""
    label: Words
    numbers: Mapping[str, float | str]
    """What the step starts from, by name: numbers, steps of scales, ids, names of components."""
    result: float | str | None
    """What comes out; None for a step that only states something."""
    article: str | None = None


@dataclass(frozen=True, slots=True)
class Outcome:
    """A predicate and everything that led to it."""

    predicate: str
    """A step of the scheme's scale of predicates."""
    results: str | None = None
    """Rating of the results (*hasil kerja*), where the method has one."""
    behaviour: str | None = None
    """Rating of the behaviour (*perilaku kerja*), where the method has one."""
    score: float | None = None
    """Rounded score, where the method computes one."""
    apart: Mapping[str, str] = field(default_factory=dict)
    """Steps of what is rated apart, by name; they never move the predicate."""
    working: tuple[WorkingStep, ...] = ()

    def to_data(self) -> Values:
        """The outcome as JSON, as a document keeps it."""
        return cast(Values, _OUTCOMES.dump_python(self, mode="json"))

    @classmethod
    def from_data(cls, data: Values) -> "Outcome":
        """The outcome that `to_data` wrote. Raises `pydantic.ValidationError` for anything else."""
        return _OUTCOMES.validate_python(data)


_OUTCOMES = TypeAdapter(Outcome)
