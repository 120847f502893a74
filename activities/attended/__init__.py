"""What is done for each kind of thing that the engine attends to."""

from collections.abc import Mapping

from activities.attending import Attend
from store.attending.table import AttendedKind

KINDS: Mapping[AttendedKind, Attend] = {}
"""The function of each kind."""
