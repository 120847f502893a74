"""What is wrong with a rules file (a scheme, or an agency's working days), and where."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class SchemeProblem:
    """One mistake in a rules file. Lines and columns are counted from 1, as editors do."""

    line: int
    column: int
    field: str
    """Path of the field, such as ``stages.rating.deadline.unit``; empty for the file as a whole."""
    reason: str
    file: str = ""
    """The file of a folder; empty where the error is about one file, whose name it has."""

    def __str__(self) -> str:
        return f"{self.line}: {self.field}: {self.reason}" if self.field else f"{self.line}: {self.reason}"


class SchemeError(ValueError):
    """A rules file, or a folder of them, was refused; ``problems`` holds every mistake found, in the order of files."""

    code = "scheme_invalid"

    def __init__(self, name: str, problems: Sequence[SchemeProblem]) -> None:
        self.name = name
        self.problems = tuple(sorted(problems, key=lambda problem: (problem.file, problem)))
        super().__init__("\n".join(f"{problem.file or name}:{problem}" for problem in self.problems))
