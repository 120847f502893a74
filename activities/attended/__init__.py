"""What is done for each kind of thing that the engine attends to."""

from collections.abc import Mapping

from activities.attended.improvement import attend_improvement
from activities.attended.surveys import SurveyAttending
from activities.attended.team_results import attend_team_result
from activities.attending import Attend
from activities.sealing import Seals
from store.attending.kinds import AttendedKind

KINDS: Mapping[AttendedKind, Attend] = {
    AttendedKind.TEAM_RESULT: attend_team_result,
    AttendedKind.IMPROVEMENT: attend_improvement,
}
"""The function of each kind that needs nothing but the database."""


def kinds_with(seals: Seals) -> Mapping[AttendedKind, Attend]:
    """The function of each kind; surveys are opened and counted under these seals."""
    return {**KINDS, AttendedKind.SURVEY: SurveyAttending(seals).attend}
