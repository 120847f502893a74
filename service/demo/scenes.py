"""The cycles of the demonstration: the same agency at four moments of the year."""

import datetime as dt
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from service.demo.journeys import Journey
from service.rehearsal.clocks import clock_through
from service.rehearsal.cycle import year_begins
from states.clock import Clock, Segment
from states.stages import Stage

AFTERWARDS = 60.0
"""An hour of business time passes in a minute, so that visitors see the next morning's reminders arrive."""

_ZONE = ZoneInfo("Asia/Jakarta")
_S = Stage


@dataclass(frozen=True, slots=True)
class Scene:
    """One cycle, and the stages in which some of its cases stay, one for each employee of a row."""

    name: str
    year: int
    stands_at: dt.datetime
    way: tuple[tuple[dt.datetime, float], ...] = ()
    """Business moments on the way there, each with the real seconds to it. Quiet months take little."""
    journeys: tuple[Journey, ...] = ()
    waits: float = 0.0
    """Seconds by which its clock starts later, so that not all cycles are busy at the same time."""

    breather: tuple[dt.datetime, dt.datetime] | None = None
    """Begin and end of some business hours that pass slowly, so that late cases on a journey catch up."""

    def hurries(self, now: dt.datetime) -> bool:
        """Whether people on a journey act at once at the business moment ``now``, not next morning."""
        breathes = self.breather is not None and self.breather[0] <= now <= self.breather[1]
        return breathes or now >= self.stands_at

    @property
    def seconds(self) -> float:
        """Real seconds until the cycle stands where it is to be looked at."""
        return self.waits + sum(seconds for _moment, seconds in self.way)

    @property
    def is_unopened(self) -> bool:
        """Whether nothing has happened in the cycle yet."""
        return self.stands_at <= year_begins(self.year) + dt.timedelta(days=2)

    def clock(self, now: dt.datetime, *, settling: dt.timedelta) -> Clock:
        """The clock of a cycle launched at ``now``. It reaches ``stands_at`` after ``settling`` and `seconds`."""
        if self.is_unopened:
            return Clock((Segment(now, self.stands_at, AFTERWARDS),))
        return clock_through(
            now,
            start=year_begins(self.year),
            legs=[(moment, dt.timedelta(seconds=seconds)) for moment, seconds in self.way],
            settling=settling + dt.timedelta(seconds=self.waits),
            afterwards=AFTERWARDS,
        )


def _at(year: int, month: int, day: int, hour: int, minute: int) -> dt.datetime:
    return dt.datetime(year, month, day, hour, minute, tzinfo=_ZONE)


_PLANNED = (_at(2026, 2, 5, 0, 0), 10.0)
_CHECK_IN_OPENS = (_at(2026, 6, 1, 0, 0), 1.5)
_CHECKED = (_at(2026, 7, 6, 0, 0), 8.0)
_SECOND_CHECK_IN_OPENS = (_at(2026, 11, 1, 0, 0), 1.5)
_CHECKED_AGAIN = (_at(2026, 12, 7, 0, 0), 8.0)
_EVALUATION_OPENS = (_at(2026, 12, 15, 0, 0), 1.5)
_JANUARY, _NOVEMBER, _FEBRUARY = _at(2026, 1, 22, 6, 30), _at(2026, 11, 10, 7, 0), _at(2027, 2, 9, 7, 30)
_BREATHER = _at(2027, 1, 12, 10, 0), _at(2027, 1, 12, 14, 0)
"""People who keep deadlines have acted by then, and four weeks remain: silence lasts fourteen days."""

# The cycles stand at different times shortly before eight, when reminders go out.
# The first employee of the row has a task of their own in the first three scenes. The third scene has the stages
# of the national scheme from the evaluation on. That scheme screens no plans and has no moderation, so no case stands
# there.
SCENES: tuple[Scene, ...] = (
    Scene(
        "Gladi 2026: perencanaan",
        2026,
        _JANUARY,
        ((_JANUARY, 14.0),),
        (
            Journey(_S.PLAN_DRAFTING),
            Journey(_S.PLAN_REVIEW),
            Journey(_S.FIRST_HALF),
            Journey(_S.CANCELLED, leaving=_S.PLAN_DRAFTING),
        ),
        waits=24.0,
    ),
    Scene(
        "Gladi 2026: pemantauan kedua",
        2026,
        _NOVEMBER,
        (_PLANNED, _CHECK_IN_OPENS, _CHECKED, _SECOND_CHECK_IN_OPENS, (_NOVEMBER, 12.0)),
        (
            Journey(_S.MIDYEAR_REPORT, check_ins=1),
            Journey(_S.MIDYEAR_REVIEW, check_ins=1),
            Journey(_S.SECOND_HALF),
            Journey(_S.SUSPENDED, leaving=_S.FIRST_HALF),
        ),
        waits=11.0,
    ),
    Scene(
        "Gladi 2026: akhir tahun",
        2026,
        _FEBRUARY,
        (
            _PLANNED,
            _CHECK_IN_OPENS,
            _CHECKED,
            _SECOND_CHECK_IN_OPENS,
            _CHECKED_AGAIN,
            _EVALUATION_OPENS,
            (_BREATHER[0], 12.0),
            (_BREATHER[1], 8.0),
            (_FEBRUARY, 8.0),
        ),
        (
            Journey(_S.RESPONSE),
            Journey(_S.RATING),
            Journey(_S.FEEDBACK_MEETING, rests=(_S.RATING, _at(2027, 1, 29, 9, 0))),
            Journey(_S.SELF_ASSESSMENT),
            Journey(_S.COUNTERSIGN),
            Journey(_S.AGREED),
            Journey(_S.REPORTING),
            Journey(_S.OBJECTED),
            Journey(_S.OBJECTION_REVIEW),
            Journey(_S.FINALISED),
            Journey(_S.RATING, revision=2),
        ),
        breather=_BREATHER,
    ),
    Scene("Gladi 2027: belum dibuka", 2027, _at(2026, 12, 29, 9, 0)),
)

SHOWN = frozenset(Stage) - {Stage.PLAN_SCREENING, Stage.MODERATION}
"""The stages in which the demonstration has cases."""
