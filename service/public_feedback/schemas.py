import datetime as dt
import uuid
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field
from pydantic.config import JsonDict

from service.answer import Answer

_ANSWERS: JsonDict = {"persyaratan": "baik", "prosedur": "sangat_baik"}
_MODEL = ConfigDict(strict=True, extra="forbid", use_attribute_docstrings=True)


class NewPublicLink(BaseModel):
    """What becomes of the link of a unit."""

    model_config = ConfigDict(**_MODEL, json_schema_extra={"examples": [{"open": True, "renew": False}]})

    open: bool
    """Whether the form takes answers."""
    renew: bool = False
    """Whether all earlier prints of the link are to lead nowhere from now on."""


class NewPublicAnswer(BaseModel):
    """An answer of the public. It names nobody."""

    model_config = ConfigDict(
        **_MODEL,
        json_schema_extra={"examples": [{"answers": _ANSWERS, "text": "Antrean cepat.", "nonce": "…"}]},
    )

    answers: Annotated[
        dict[Annotated[str, Field(max_length=40)], Annotated[str, Field(max_length=40)]], Field(max_length=60)
    ]
    """The step that is chosen for each element."""
    text: Annotated[str, Field(max_length=6000)] = ""
    """Free words, without names of people."""
    nonce: Annotated[str, Field(min_length=1, max_length=100)]
    """As the form gave it. The same one sent again is counted once."""


class ClearedText(BaseModel):
    """How a text is cleared."""

    model_config = ConfigDict(
        **_MODEL, json_schema_extra={"examples": [{"text": "Loket ramah, antrean lama."}, {}]}
    )

    text: Annotated[str, Field(min_length=1, max_length=1500)] | None = None
    """The text as it is to be read; left out where it stays as it is. Names are masked in either case."""


class PublicLink(Answer):
    """The link to the form of a unit."""

    unit_id: uuid.UUID
    unit: str
    open: bool
    url: str | None
    """What the QR code holds; null while the unit has no link."""


class FormStep(Answer):
    """A step of an answer."""

    name: str
    label: str


class FormElement(Answer):
    """An element that is asked about."""

    name: str
    label: str
    meaning: str | None


class FormText(Answer):
    """The one free text."""

    label: str
    help: str | None
    longest: int


class PublicForm(Answer):
    """The form of a unit, as the public fills it in."""

    agency: str
    unit: str
    label: str
    help: str | None
    elements: list[FormElement]
    steps: list[FormStep]
    text: FormText | None
    nonce: str
    """Belongs into the answer."""


class Thanks(Answer):
    """What became of an answer."""

    status: Literal["counted", "already_counted"]
    message: str


class ElementResult(Answer):
    """One element in a period."""

    name: str
    label: str
    mean: float
    """On the scale of the answers."""
    index: float
    """The mean times the factor of the scheme."""
    improve: bool
    """Whether it is an area to improve."""


class PeriodResult(Answer):
    """A period of a unit."""

    period: str
    """2026, 2026-H1, 2026-Q3 or 2026-11."""
    begins: dt.date
    ends: dt.date
    finished: bool
    """Whether it is over. Of the running one some answers are kept back, and those of today."""
    answers: int
    """Of so many answers the figures are."""
    index: float
    category: str
    category_label: str
    elements: list[ElementResult]
    to_improve: list[str]
    """The names of the elements to improve, the worst first."""


class ShownText(Answer):
    """A cleared text. The names of people in it are masked."""

    day: dt.date
    text: str


class UnitFeedback(Answer):
    """What the public says of a unit, by period."""

    unit_id: uuid.UUID
    unit: str
    label: str
    article: str
    minimum: int
    """A period with fewer answers is not shown."""
    periods: list[PeriodResult]
    """The latest first."""
    texts: list[ShownText] | None
    """Null where they are not open to the asker."""
    note: str


class WaitingText(Answer):
    """A text that waits for a decision. Names in it are masked here already."""

    id: uuid.UUID
    unit_id: uuid.UUID
    unit: str
    day: dt.date
    state: str
    text: str | None
    """Null once it was refused: then it is gone."""


class WaitingTexts(Answer):
    """A page of the texts that wait."""

    items: list[WaitingText]
    next: str | None
