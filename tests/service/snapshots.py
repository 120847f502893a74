"""A snapshot for tests of what surrounds the core."""

import datetime as dt

from states.appraisal import Appraisal
from states.stages import Stage

SNAPSHOT = Appraisal(
    id="a",
    employee="e",
    year=2026,
    rulebook="nasional@1",
    calendar="c",
    stage=Stage.PLAN_REVIEW,
    sequence=3,
    entered_at=dt.datetime(2026, 1, 5, tzinfo=dt.UTC),
)
