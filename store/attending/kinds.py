"""The kinds of things that are attended to."""

from enum import StrEnum


class AttendedKind(StrEnum):
    """What may be attended to. The row of the noun itself has the same id."""

    SURVEY = "survey"
    TEAM_RESULT = "team_result"
    IMPROVEMENT = "improvement"
