import datetime as dt
import uuid

from content.rating.agenda import About
from service.answer import Answer
from service.meetings.schemas import AgreedAction
from service.trainings.schemas import TrainingOffer


class AgendaPoint(Answer):
    """Something that was rated better or worse than expected."""

    about: About
    item: str
    """The result, indicator, value or skill, by its id; of a criterion the name of its field."""
    title: str
    label: str
    """What the rating is called."""
    rating: str | float
    """A step of a scale; a number where the scheme rates by numbers, of an indicator its achievement in percent."""
    rating_name: str
    above: bool
    """Better than expected; else worse."""
    reason: str | None


class AgendaNote(Answer):
    """Feedback that was noted in the year."""

    id: uuid.UUID
    noted_on: dt.date
    author: str
    item: str
    """What it is about; empty for the work as a whole."""
    title: str
    words: list[str]
    """The texts of the note."""


class Agenda(Answer):
    """What is to be talked about, in this order."""

    appraisal_id: uuid.UUID
    rated: bool
    """Whether there is a result to be handed over, or one that was."""
    delivered: bool
    """Whether it was handed over."""
    points: list[AgendaPoint]
    """Results and indicators, then behaviour and skills, then what is rated once. What was rated as expected, the
    middle step of its scale, is left out; so is a rating in words alone."""
    feedback: list[AgendaNote]
    """The latest first, at most fifty."""
    agreed_in: int | None
    """The year at whose end the following was agreed; null where no result was handed over before."""
    agreed: list[AgreedAction]
    trainings: list[TrainingOffer]
    """Those that help with weaknesses that were named when this result was handed over; before that, with those that
    were named last time."""
