import datetime as dt
import uuid

from service.answer import Answer
from service.notices.schemas import AttemptLine


class CarriedNotice(Answer):
    """A notice that the message carries."""

    id: uuid.UUID
    appraisal_id: uuid.UUID | None
    """Null where the recipient is asked for something beside a case in which he has no right; so is the stage."""
    kind: str
    kind_name: str
    stage: str | None
    stage_name: str | None
    state: str
    state_name: str
    why: str | None


class MessageCopyDetail(Answer):
    """A message as it was sent, with its way."""

    id: uuid.UUID
    recipient_id: uuid.UUID
    recipient: str
    channel: str
    channel_name: str
    digest: bool
    rehearsal: bool
    state: str
    why: str | None
    """Why it was cancelled or failed."""
    planned_for: dt.datetime
    """Business moment from which it might leave."""
    address: str
    """In full for personnel officers only."""
    template: str
    template_version: int
    locale: str
    subject: str
    text: str
    """The words as they were sent; empty before."""
    provider: str
    reference: str
    answer: str
    sent_at: dt.datetime | None
    delivered_at: dt.datetime | None
    attempts: list[AttemptLine]
    notices: int
    carried: list[CarriedNotice]
    """The first 200 of them."""
