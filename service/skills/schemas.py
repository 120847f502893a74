import uuid
from typing import Literal

from content.follow_up.advice import WhyNot
from content.follow_up.skills import Standing
from service.answer import Answer
from service.file.schemas import AgreedAction


class SkillStep(Answer):
    """A step of a scale."""

    step: str
    label: str
    meaning: str | None
    """What stands for this step."""


class SkillMean(Answer):
    """What others said on average in a closed survey."""

    input: str
    label: str
    mean: float


class SkillReason(Answer):
    """Why a skill counts as a strength or a weakness."""

    source: Literal["rated", "input", "named"]
    standing: Standing
    step: str | None
    """Of ``rated``."""
    input: str | None
    mean: float | None
    limit: float | None
    """Of ``input``: a mean below it is a weakness, or from it on a strength."""
    words: str


class SkillLine(Answer):
    """One skill."""

    skill: str
    label: str
    meaning: str | None
    group: str | None
    """The heading under which it stands."""
    own: SkillStep | None
    """As the employee assessed himself."""
    rated: SkillStep | None
    """As his superior rated him."""
    gap: int | None
    """Steps by which the superior rates higher than the employee himself; below 0 lower."""
    others: list[SkillMean]
    standing: Standing | None
    """Null where nobody has looked at it yet, as far as I may know."""
    because: list[SkillReason]


class AdviceReason(Answer):
    """A weakness with which a training helps."""

    skill: str
    label: str
    because: list[SkillReason]


class AdvisedTraining(Answer):
    """A training of the scheme, and why it is recommended or not."""

    training: str
    label: str
    hours: int
    """Lesson hours (*jam pelajaran*)."""
    recommended: bool
    why: list[AdviceReason]
    why_not: WhyNot | None
    words: str
    """The same as a sentence."""


class Skills(Answer):
    """The skills of an employee with what is said of them."""

    appraisal_id: uuid.UUID
    year: int
    family: str | None
    """The job family that the name of the post tells."""
    family_name: str | None
    delivered: bool
    """Whether the result was handed over; before that the employee sees only his own word here."""
    article: str | None
    skills: list[SkillLine]
    strengths: list[str]
    weaknesses: list[str]
    trainings: list[AdvisedTraining]
    """All of the scheme, the recommended ones first."""
    agreed: list[AgreedAction]
    """The development plan: what was agreed with a day when this result was handed over."""
    agreed_last_year: list[AgreedAction]
    """What was agreed so at the end of the year before."""
