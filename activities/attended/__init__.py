"""What is done for each kind of thing that the engine attends to."""

from collections.abc import Mapping

from activities.attended.team_results import attend_team_result
from activities.attending import Attend
from store.attending.table import AttendedKind

KINDS: Mapping[AttendedKind, Attend] = {AttendedKind.TEAM_RESULT: attend_team_result}
"""The function of each kind."""
