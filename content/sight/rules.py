"""Who sees what of a case, as a table: role, kind of content, stages, and how."""

from enum import StrEnum
from typing import Annotated

from pydantic import Field as Limits

from content.parts import Part
from states.stages import Stage


class Role(StrEnum):
    """As what somebody looks at a case."""

    EMPLOYEE = "employee"
    RATER = "rater"
    RATER_SUPERIOR = "rater_superior"
    APPEALS_OFFICER = "appeals_officer"
    HR = "hr"


class Kind(StrEnum):
    """Kinds of content."""

    PLAN = "plan"
    """A submitted plan and its revisions."""
    CHECK_IN = "check_in"
    SELF_ASSESSMENT = "self_assessment"
    EVIDENCE = "evidence"
    PROGRESS = "progress"
    NOTE = "note"
    """What was noted in the year, unless confidential."""
    CONFIDENTIAL_NOTE = "confidential_note"
    RATING_DRAFT = "rating_draft"
    """A rating that was not delivered yet, and everything that follows from it."""
    RATING = "rating"
    """The delivered rating with its working."""
    MEETING = "meeting"
    """What was agreed when the result was handed over."""
    INPUT = "input"
    """What others say: closed surveys and results of teams, never by person."""
    LENIENCY = "leniency"
    """How a rater rates beside the others of the unit."""


class Sight(StrEnum):
    """How somebody sees something."""

    VISIBLE = "visible"
    AGGREGATED = "aggregated"
    HIDDEN = "hidden"


class SightRule(Part):
    """From these stages on these roles see these kinds so; a later rule of the list wins over an earlier one."""

    kinds: Annotated[tuple[Kind, ...], Limits(min_length=1)]
    roles: Annotated[tuple[Role, ...], Limits(min_length=1)]
    sight: Sight
    stages: tuple[Stage, ...] = ()
    """Only in these stages; none: in all."""
    only_delivered: bool = False
    """Only from the delivery of the result on."""
