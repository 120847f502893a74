"""Problems with drafts."""

import datetime as dt
import uuid

from service.problems.base import Problem
from translations import mark as _


class DraftStale(Problem):
    """The draft was saved, or handed in, since its author read it. What was sent is kept aside."""

    code = "draft_stale"
    title = _("Draft saved elsewhere")
    status = 409
    message = (
        "This draft was saved or handed in elsewhere after you had opened it. "
        "What you sent is kept aside; compare it with the present version and save again."
    )

    def __init__(self, *, version: int, saved_at: dt.datetime | None, aside: uuid.UUID | None) -> None:
        super().__init__()
        self.version = version
        """The version that is there now; 0 where there is none."""
        self.saved_at = saved_at
        self.aside = aside
        """Under which id the refused content is kept; None where nothing was sent."""
