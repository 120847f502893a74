"""Notices and envelopes as the tests of this directory want them."""

import datetime as dt
import uuid
from typing import Any

from notifications.channel import Envelope
from notifications.rendering import Message
from states.stages import Stage
from store.outbox.notice import DueNotice
from translations import Locale

PUBLIC_URL = "https://kinerja.contoh.go.id"
SENDER = "kinerja@contoh.go.id"


def notice(**changes: Any) -> DueNotice:
    """A reminder of the rating to a rater."""
    usual: dict[str, Any] = {
        "id": uuid.UUID(int=1),
        "appraisal_id": uuid.UUID(int=2),
        "stage": Stage.RATING,
        "template": "reminder",
        "due_on": dt.date(2027, 1, 20),
        "own_task": True,
        "rehearsal": False,
        "recipient_id": uuid.UUID(int=3),
        "recipient_name": "Budi Santoso",
        "recipient_email": "budi@contoh.go.id",
        "locale": Locale.INDONESIAN,
        "attempt": 1,
    }
    return DueNotice(**(usual | changes))


def envelope(**changes: Any) -> Envelope:
    """A small message to Budi."""
    usual: dict[str, Any] = {
        "notice": uuid.UUID(int=1),
        "person": uuid.UUID(int=3),
        "address": "budi@contoh.go.id",
        "name": "Budi Santoso",
        "message": Message(
            subject="Pengingat: menilai kinerja",
            text="Teks – pengingat\n",
            html="<p>Teks</p>",
            locale=Locale.INDONESIAN,
            template="reminder",
            template_version=1,
            link=f"{PUBLIC_URL}/appraisals/00000000-0000-0000-0000-000000000002",
        ),
        "rehearsal": False,
    }
    return Envelope(**(usual | changes))
