"""The cycles of the demonstration: one agency at four moments of its year, and one moment of each of the others."""

import datetime as dt
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from service.demo.journeys import Journey
from service.demo.systems import (
    GERUNGGANG,
    KOTABUMI,
    NASIONAL,
    PP30_NUMERIK,
    SAMARINDA,
    TANGSEL_EVALUASI,
    TANGSEL_KOMPETENSI,
    DemoSystem,
)
from service.rehearsal.clocks import clock_through
from service.rehearsal.cycle import year_begins
from states.clock import Clock, Segment
from states.stages import Stage

AFTERWARDS = 60.0
"""An hour of business time passes in a minute, so that visitors see the next morning's reminders arrive."""

_WIB, _WITA = ZoneInfo("Asia/Jakarta"), ZoneInfo("Asia/Makassar")
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
    system: DemoSystem = NASIONAL

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


def _at(year: int, month: int, day: int, hour: int, minute: int, zone: ZoneInfo = _WIB) -> dt.datetime:
    return dt.datetime(year, month, day, hour, minute, tzinfo=zone)


_PLANNED = (_at(2026, 2, 5, 0, 0), 10.0)
_CHECK_IN_OPENS = (_at(2026, 6, 1, 0, 0), 1.5)
_CHECKED = (_at(2026, 7, 6, 0, 0), 8.0)
_SECOND_CHECK_IN_OPENS = (_at(2026, 11, 1, 0, 0), 1.5)
_CHECKED_AGAIN = (_at(2026, 12, 7, 0, 0), 8.0)
_EVALUATION_OPENS = (_at(2026, 12, 15, 0, 0), 1.5)
_SMALL_YEAR = (
    (_at(2026, 2, 5, 0, 0), 7.0),
    (_at(2026, 6, 1, 0, 0), 1.2),
    (_at(2026, 7, 6, 0, 0), 7.0),
    (_at(2026, 11, 1, 0, 0), 1.2),
    (_at(2026, 12, 7, 0, 0), 7.0),
    (_at(2026, 12, 15, 0, 0), 1.0),
)
"""Few people need less time to act, but the engine needs as much to wake their cases."""
_QUARTERS = (
    (_at(2026, 2, 5, 0, 0, _WITA), 7.0),
    (_at(2026, 4, 1, 0, 0, _WITA), 1.0),
    (_at(2026, 5, 4, 0, 0, _WITA), 6.0),
    (_at(2026, 7, 1, 0, 0, _WITA), 1.0),
    (_at(2026, 8, 3, 0, 0, _WITA), 6.0),
    (_at(2026, 10, 1, 0, 0, _WITA), 1.0),
    (_at(2026, 11, 2, 0, 0, _WITA), 6.0),
    (_at(2026, 12, 15, 0, 0, _WITA), 1.0),
)
_JANUARY, _NOVEMBER, _FEBRUARY = _at(2026, 1, 22, 6, 30), _at(2026, 11, 10, 7, 0), _at(2027, 2, 9, 7, 30)
_BREATHER = _at(2027, 1, 12, 10, 0), _at(2027, 1, 12, 14, 0)
"""People who keep deadlines have acted by then, and four weeks remain: silence lasts fourteen days."""
_TEAMS_RATED = _at(2027, 1, 26, 6, 30)
_SCORED, _CHOSEN, _ACCOUNTED = _at(2027, 2, 10, 7, 0), _at(2027, 2, 11, 6, 45), _at(2027, 2, 12, 7, 15)
_OBSERVED = _at(2027, 1, 26, 7, 15, _WITA)
_ASSESSED = _at(2027, 1, 28, 6, 30)
_WITA_BREATHER = _at(2027, 1, 12, 11, 0, _WITA), _at(2027, 1, 12, 15, 0, _WITA)

# The cycles stand at different times shortly before eight, when reminders go out. The last three begin when the first
# have nearly reached theirs: two processors are not enough for all of them at once.
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
    # Scores have been handed over; one is decided on.
    Scene(
        "Gladi 2026: nilai angka",
        2026,
        _SCORED,
        (*_SMALL_YEAR, (_BREATHER[0], 10.0), (_BREATHER[1], 8.0), (_SCORED, 7.0)),
        (
            Journey(_S.AGREED),
            Journey(_S.RESPONSE),
            Journey(_S.OBJECTION_REVIEW),
            Journey(_S.FINALISED),
            Journey(_S.AGREED),
            Journey(_S.FEEDBACK_MEETING, rests=(_S.RATING, _at(2027, 1, 29, 9, 0))),
        ),
        waits=4.0,
        breather=_BREATHER,
        system=PP30_NUMERIK,
    ),
    # Three quarters have been talked about, with what the rater saw; some are rated now.
    Scene(
        "Gladi 2026: penilaian",
        2026,
        _OBSERVED,
        (*_QUARTERS, (_WITA_BREATHER[0], 8.0), (_WITA_BREATHER[1], 6.0), (_OBSERVED, 5.0)),
        (
            Journey(_S.RATING),
            Journey(_S.RESPONSE),
            Journey(_S.FEEDBACK_MEETING, rests=(_S.RATING, _at(2027, 1, 20, 9, 0, _WITA))),
            Journey(_S.AGREED),
            Journey(_S.SELF_ASSESSMENT),
            Journey(_S.RATING),
        ),
        waits=8.0,
        breather=_WITA_BREATHER,
        system=SAMARINDA,
    ),
    # Strengths and weaknesses have been talked about, and people choose what they learn.
    Scene(
        "Gladi 2026: setelah penyampaian hasil",
        2026,
        _CHOSEN,
        (*_SMALL_YEAR, (_BREATHER[0], 9.0), (_BREATHER[1], 7.0), (_CHOSEN, 6.0)),
        (
            Journey(_S.AGREED),
            Journey(_S.RESPONSE),
            Journey(_S.AGREED),
            Journey(_S.OBJECTED),
            Journey(_S.AGREED),
            Journey(_S.FINALISED),
            Journey(_S.AGREED),
        ),
        waits=12.0,
        breather=_BREATHER,
        system=GERUNGGANG,
    ),
    # Teams have their results; people of the hospital are rated now.
    Scene(
        "Gladi 2026: penilaian perorangan dan tim",
        2026,
        _TEAMS_RATED,
        (*_SMALL_YEAR, (_BREATHER[0], 9.0), (_BREATHER[1], 7.0), (_TEAMS_RATED, 5.0)),
        (
            Journey(_S.RATING),
            Journey(_S.RESPONSE),
            Journey(_S.FEEDBACK_MEETING, rests=(_S.RATING, _at(2027, 1, 20, 9, 0))),
            Journey(_S.AGREED),
            Journey(_S.SELF_ASSESSMENT),
            Journey(_S.RATING),
        ),
        waits=50.0,
        breather=_BREATHER,
        system=TANGSEL_EVALUASI,
    ),
    # What to improve has been named, and good performers are nominated.
    Scene(
        "Gladi 2026: saran dan usulan",
        2026,
        _ACCOUNTED,
        (*_SMALL_YEAR, (_BREATHER[0], 9.0), (_BREATHER[1], 7.0), (_ACCOUNTED, 6.0)),
        (
            Journey(_S.AGREED),
            Journey(_S.RESPONSE),
            Journey(_S.FINALISED),
            Journey(_S.AGREED),
            Journey(_S.FINALISED),
            Journey(_S.OBJECTED),
            Journey(_S.FEEDBACK_MEETING, rests=(_S.RATING, _at(2027, 1, 29, 9, 0))),
            Journey(_S.AGREED),
        ),
        waits=54.0,
        breather=_BREATHER,
        system=KOTABUMI,
    ),
    # Most have assessed themselves; some know how their superior sees the same skills.
    Scene(
        "Gladi 2026: kompetensi",
        2026,
        _ASSESSED,
        (*_SMALL_YEAR, (_BREATHER[0], 8.0), (_BREATHER[1], 6.0), (_ASSESSED, 5.0)),
        (
            Journey(_S.AGREED),
            Journey(_S.RESPONSE),
            Journey(_S.AGREED),
            Journey(_S.FEEDBACK_MEETING, rests=(_S.RATING, _at(2027, 1, 21, 9, 0))),
            Journey(_S.AGREED),
            Journey(_S.RATING),
            Journey(_S.AGREED),
            Journey(_S.SELF_ASSESSMENT),
        ),
        waits=58.0,
        breather=_BREATHER,
        system=TANGSEL_KOMPETENSI,
    ),
)

SHOWN = frozenset(Stage) - {Stage.PLAN_SCREENING, Stage.MODERATION}
"""The stages in which the cycles of the national scheme have cases."""
