"""The states of a team's result in words."""

from collections.abc import Mapping

from translations import mark as _

OPEN, ABSENT, RATED = "open", "absent", "rated"

STATES: Mapping[str, str] = {
    OPEN: _("Result awaited"),
    ABSENT: _("No result by the last day"),
    RATED: _("Result is set"),
}
