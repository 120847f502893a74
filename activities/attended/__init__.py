"""What is done for each kind of thing that the engine attends to."""

from collections.abc import Mapping

from activities.attended.surveys import SurveyAttending
from activities.attending import Attend
from activities.sealing import Seals
from store.attending.table import AttendedKind

KINDS: Mapping[AttendedKind, Attend] = {}
"""The function of each kind that needs nothing but the database."""


def kinds_with(seals: Seals) -> Mapping[AttendedKind, Attend]:
    """The function of each kind; surveys are opened and counted under these seals."""
    return {**KINDS, AttendedKind.SURVEY: SurveyAttending(seals).attend}
