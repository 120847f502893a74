"""What is wrong in a filled form, and where."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class Reason(StrEnum):
    """Why a value is refused."""

    MISSING = "missing"
    NOT_A_CHOICE = "not_a_choice"
    PREDICATE_WRONG = "predicate_wrong"


@dataclass(frozen=True, slots=True)
class Mistake:
    """One mistake at its place: names and ids from the form's top to the field."""

    path: tuple[str | int, ...]
    reason: Reason
    parameters: Mapping[str, str] = field(default_factory=dict)
