"""Envelopes as the tests of this directory want them."""

import uuid
from typing import Any

from notifications.channel import Envelope
from notifications.rendering import Message
from translations import Locale

PUBLIC_URL = "https://kinerja.contoh.go.id"
SENDER = "kinerja@contoh.go.id"


def envelope(**changes: Any) -> Envelope:
    """A small message to Budi."""
    usual: dict[str, Any] = {
        "id": uuid.UUID(int=1),
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
