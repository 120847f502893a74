"""What a message is made of: whom it is for and what is due. It holds nothing of an appraisal's content."""

import datetime as dt
import uuid
from dataclasses import dataclass
from enum import StrEnum

from states.appraisal import DutyKind
from states.duties import DUTY_HOLDERS
from states.receipt_evidence import Evidence
from states.rules import DeemedAfter
from states.stages import HOLDERS, Capacity, Stage
from store.attending.kinds import AttendedKind
from store.attending.standing import OF_TEMPLATE
from translations import Locale

DIGEST = "digest"
"""The template that gathers many notices."""

MOST_ITEMS = 5
"""A digest names at most this many cases one by one; it counts the rest."""


class Part(StrEnum):
    """What a message consists of; each template has a file for each in every language."""

    SUBJECT = "subject"
    TEXT = "text"
    HTML = "html"


@dataclass(frozen=True, slots=True)
class Line:
    """One group of a digest: how many cases have the same template and stage."""

    template: str
    stage: Stage
    own_task: bool
    """Whether it is the reader's own task; False if it is somebody else's."""
    count: int
    earliest_due: dt.date | None
    awaits: Evidence | None = None
    """As of a `Content`; so is the next."""
    duty: str = ""


@dataclass(frozen=True, slots=True)
class Item:
    """One case of a digest."""

    template: str
    stage: Stage
    own_task: bool
    due_on: dt.date | None
    appraisal_id: uuid.UUID
    awaits: Evidence | None = None
    """As of a `Content`; so are the next four."""
    received_on: dt.date | None = None
    deemed_after: DeemedAfter | None = None
    duty: str = ""
    attended: uuid.UUID | None = None


@dataclass(frozen=True, slots=True)
class Content:
    """A message before it is put into words.

    The template `DIGEST` uses ``lines``, ``oldest`` and ``total``. Every other template uses the fields of one case.
    """

    recipient_name: str
    locale: Locale
    rehearsal: bool
    template: str
    stage: Stage | None = None
    duty: str = ""
    """What is owed beside the stage (a `states.appraisal.DutyKind`), where the message is about that."""
    own_task: bool = False
    """Whether it is the reader's own task; of what is only told, whether it is the reader's own appraisal."""
    due_on: dt.date | None = None
    appraisal_id: uuid.UUID | None = None
    attended: uuid.UUID | None = None
    """The survey, team or time to improve that it is about, if it is about one."""
    awaits: Evidence | None = None
    """In a response before the receipt: the act of the employee that begins its days. None everywhere else."""
    received_on: dt.date | None = None
    """The day from which the response counts."""
    deemed_after: DeemedAfter | None = None
    """How long after its arrival the result is deemed received; None where it never is."""
    time: str = ""
    """Of an appointment: when it begins and ends, by the clocks of the place, in words."""
    place: str = ""
    nudger: str | None = None
    """In a nudge, who asks for it. A digest names somebody only if one person asks for everything in it."""
    nudger_capacity: Capacity | None = None
    """The capacity in which the nudger asks; None leaves it out."""
    lines: tuple[Line, ...] = ()
    """A case counts in one line only: that of its most important notice."""
    oldest: tuple[Item, ...] = ()
    """Up to `MOST_ITEMS` cases, the earliest due day first."""
    total: int = 0
    """How many cases the digest is about."""


_RECEIVING = {Evidence.SEEN: "open_result", Evidence.ACKNOWLEDGED: "acknowledge_result"}


_ASKED = {
    "survey_invited": "survey",
    "survey_reminder": "survey",
    "team_result_asked": "team_result",
    "team_result_reminder": "team_result",
    "improvement_reminder": "improvement",
    "improvement_test_due": "improvement_test",
}
_PLACES = {AttendedKind.SURVEY: "surveys", AttendedKind.TEAM_RESULT: "teams"}


def asked_beside(template: str) -> str:
    """What a notice beside the stages asks, by the name under which templates have words for it; empty for others."""
    return _ASKED.get(template, "")


def place_of(template: str, appraisal: uuid.UUID | None, attended: uuid.UUID | None) -> str:
    """Where the reader goes on, below the address of the application: where he can act, and nowhere else."""
    place = _PLACES.get(OF_TEMPLATE[template]) if template in OF_TEMPLATE else None
    return f"{place}/{attended}" if place else f"appraisals/{appraisal}"


def owed(stage: Stage, duty: str, awaits: Evidence | None) -> str:
    """What is to be done, by the name under which templates have words for it.

    It is what is owed beside the stage, where the message is about that, and else the stage. Before a result is
    received it is what begins the days of the response, for until then only that has a due day.
    """
    if duty:
        return duty
    return stage.value if awaits is None else _RECEIVING[awaits]


def holder_of(stage: Stage, duty: str) -> str:
    """Who is to do it; empty for a stage in which nobody is awaited."""
    holder = DUTY_HOLDERS[DutyKind(duty)] if duty else HOLDERS.get(stage)
    return holder.value if holder else ""
