"""What is done for each kind of thing that the engine attends to."""

from collections.abc import Mapping

from activities.attended.improvement import attend_improvement
from activities.attending import Attend
from store.attending.table import AttendedKind

KINDS: Mapping[AttendedKind, Attend] = {
    AttendedKind.IMPROVEMENT: attend_improvement,
}
"""The function of each kind."""
