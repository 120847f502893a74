import datetime as dt
import uuid
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from service.answer import Answer

Key = Annotated[str, Field(min_length=1, max_length=40)]
Group = Literal["peers", "subordinates"]


class PrepareSurveys(BaseModel):
    """Which surveys of a cycle are prepared."""

    model_config = ConfigDict(
        strict=True,
        extra="forbid",
        use_attribute_docstrings=True,
        json_schema_extra={"examples": [{}, {"input": "survey"}]},
    )

    input: Key | None = None
    """One survey of the scheme; left out: all."""


class NewInvitation(BaseModel):
    """Somebody whom I invite to answer."""

    model_config = ConfigDict(extra="forbid", use_attribute_docstrings=True)

    person: uuid.UUID
    """A colleague of the same level in the same unit, or somebody whom the person rates."""
    group: Group


class NewAnswer(BaseModel):
    """My answer. Nobody can read or change it afterwards."""

    model_config = ConfigDict(
        strict=True,
        extra="forbid",
        use_attribute_docstrings=True,
        json_schema_extra={"examples": [{"answers": {"kolaboratif": "often"}, "texts": {}}]},
    )

    answers: Annotated[dict[Key, Key], Field(max_length=60)]
    """For each thing that is asked the step of the scale."""
    texts: Annotated[dict[Key, Annotated[str, Field(max_length=6_000)]], Field(max_length=2)] = {}
    """Answers in words; each may be left out."""


class PreparedAnswer(Answer):
    """What was prepared now; a repeat prepares only what is new since."""

    prepared: int
    invitations: int


class SurveyListLine(Answer):
    """A survey of the cycle with how many take part; never who."""

    id: uuid.UUID
    appraisal: uuid.UUID
    person: uuid.UUID
    name: str
    input: str
    label: str
    state: str
    """planned, open, extended or closed."""
    state_name: str
    outcome: str | None
    """Once it is closed: counted, too_few, or case_over."""
    outcome_name: str | None
    opens_on: dt.date
    closes_on: dt.date
    """The last day on which it may be answered."""
    invited: int
    answered: int
    """Including whoever has answered and is off the list since."""


class SurveyListPage(Answer):
    """Surveys of a cycle."""

    items: list[SurveyListLine]
    next: str | None


class MySurvey(Answer):
    """A survey that I am asked to answer."""

    id: uuid.UUID
    about: str
    """The name of the person whom it is about."""
    label: str
    group: Group
    """As what I am asked."""
    group_name: str
    opens_on: dt.date
    closes_on: dt.date


class MySurveys(Answer):
    """The surveys that I am asked to answer, the soonest to close first."""

    items: list[MySurvey]


class AskedItem(Answer):
    """Something that is asked."""

    name: str
    label: str
    meaning: str | None
    guides: list[str]


class AskedStep(Answer):
    """A step of the scale."""

    name: str
    label: str
    meaning: str | None


class AskedText(Answer):
    """A question that is answered in words, or not at all."""

    name: str
    label: str
    help: str | None
    longest: int
    """In characters."""


class SurveyQuestions(Answer):
    """What an invited person is asked."""

    about: str
    group: Group
    group_name: str
    items: list[AskedItem]
    steps: list[AskedStep]
    """From the best to the worst."""
    texts: list[AskedText]
    may_answer: bool
    answered: bool
    promise: str
    """What becomes of the answer; to be read before it is given."""


class InvitationLine(Answer):
    """Somebody who is or was invited. Nobody is told who has answered."""

    person: uuid.UUID
    name: str
    group: Group
    group_name: str
    invited_by: str
    invited_by_name: str
    withdrawn: bool


class SurveyDetail(Answer):
    """A survey, as far as it is the reader's matter."""

    id: uuid.UUID
    input: str
    label: str
    help: str | None
    article: str
    state: str
    state_name: str
    opens_on: dt.date
    closes_on: dt.date
    questions: SurveyQuestions | None
    """For whoever is invited."""
    invitations: list[InvitationLine] | None
    """For the rater and personnel officers."""
    may_invite: bool
    invited: int | None
    answered: int | None
    """For personnel officers."""


class AnswerTaken(Answer):
    """An answer was taken. What it says is not given back to anybody."""

    survey: uuid.UUID
    answered: bool


class MeanLine(Answer):
    """What was answered of one thing."""

    item: str
    label: str
    answers: int
    mean: float


class GroupMeans(Answer):
    """What one group answered. Groups stand apart only if each that answered is large enough."""

    group: Group
    group_name: str
    answers: int
    items: list[MeanLine]


class TextsLine(Answer):
    """The answers to a question in words, in random order and without the group of their authors."""

    question: str
    label: str
    words: list[str]


class SurveyResult(Answer):
    """What a survey came to. As long as it is open, and with too few answers, it says nothing."""

    id: uuid.UUID
    input: str
    label: str
    article: str
    state: str
    state_name: str
    outcome: str | None
    outcome_name: str | None
    opens_on: dt.date
    closes_on: dt.date
    minimum: int
    """Nothing is shown of fewer answers."""
    answers: int | None
    number: float | None
    """The mean over all answers and things, which the rating counts with."""
    items: list[MeanLine]
    groups: list[GroupMeans]
    texts: list[TextsLine]


class SurveyResults(Answer):
    """The surveys of a case."""

    items: list[SurveyResult]
