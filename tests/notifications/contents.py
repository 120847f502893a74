"""Contents of messages as the tests of this directory want them."""

import datetime as dt
import uuid
from typing import Any

from notifications.content import Content
from states.stages import Stage
from translations import Locale

PUBLIC_URL = "https://kinerja.contoh.go.id"


def content(**changes: Any) -> Content:
    """A reminder of the rating to a rater."""
    usual: dict[str, Any] = {
        "recipient_name": "Budi Santoso",
        "locale": Locale.INDONESIAN,
        "rehearsal": False,
        "template": "reminder",
        "stage": Stage.RATING,
        "own_task": True,
        "due_on": dt.date(2027, 1, 20),
        "appraisal_id": uuid.UUID(int=2),
    }
    return Content(**(usual | changes))
