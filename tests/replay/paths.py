"""The paths through the lifecycle whose histories are kept: who does what, and after how many days."""

import dataclasses
import datetime as dt
from collections.abc import Mapping
from enum import Enum, auto
from typing import Any

from states.stages import Capacity, Stage
from states.triggers import Trigger

C, S, T = Capacity, Stage, Trigger


class Word(Enum):
    """What becomes of the word by which the engine hears of a move."""

    TOLD = auto()
    LOST = auto()
    DOUBLED = auto()
    LATE = auto()
    """It comes after that of the next move."""


@dataclasses.dataclass(frozen=True)
class Move:
    """On day ``day`` after 1 January, ``capacity`` fires ``trigger``."""

    day: int
    trigger: Trigger
    capacity: Capacity
    fields: Mapping[str, Any] = dataclasses.field(default_factory=dict)
    word: Word = Word.TOLD


PLANNED = (Move(3, T.SUBMIT_PLAN, C.EMPLOYEE), Move(8, T.APPROVE_PLAN, C.RATER))
WORKED = (
    *PLANNED,
    Move(183, T.SUBMIT_CHECK_IN, C.EMPLOYEE),
    Move(190, T.REVIEW_CHECK_IN, C.RATER),
    Move(351, T.SUBMIT_SELF_ASSESSMENT, C.EMPLOYEE),
)
RATED = (*WORKED, Move(370, T.RATE, C.RATER), Move(375, T.DELIVER_RESULT, C.RATER))
OBJECTED = (
    *RATED,
    Move(378, T.OBJECT, C.EMPLOYEE),
    Move(380, T.ADMIT_OBJECTION, C.APPEALS_OFFICER),
    Move(383, T.HEAR_EMPLOYEE, C.APPEALS_OFFICER),
    Move(385, T.HEAR_RATER, C.APPEALS_OFFICER),
)
AGREED = (*RATED, Move(378, T.AGREE, C.EMPLOYEE), Move(380, T.FINALISE, C.RATER))


def _with(word: Word, *moves: Move) -> tuple[Move, ...]:
    return tuple(dataclasses.replace(move, word=word) for move in moves)


HOLIDAY = dt.date(2027, 2, 2)
"""A day that a decree closes while the case waits for the countersignature."""

WORKED_TODAY = (
    *PLANNED,
    Move(153, T.SUBMIT_CHECK_IN, C.EMPLOYEE),
    Move(160, T.REVIEW_CHECK_IN, C.RATER),
    Move(306, T.SUBMIT_CHECK_IN, C.EMPLOYEE),
    Move(312, T.REVIEW_CHECK_IN, C.RATER),
    Move(351, T.SUBMIT_SELF_ASSESSMENT, C.EMPLOYEE),
)
RATED_TODAY = (*WORKED_TODAY, Move(370, T.RATE, C.RATER), Move(375, T.DELIVER_RESULT, C.RATER))
HEARD_TODAY = (
    Move(385, T.ADMIT_OBJECTION, C.APPEALS_OFFICER),
    Move(386, T.ASK_EMPLOYEE, C.APPEALS_OFFICER),
    Move(386, T.ASK_RATER, C.APPEALS_OFFICER),
    Move(388, T.GIVE_STATEMENT, C.EMPLOYEE),
)
SILENT_TODAY = (*RATED_TODAY, Move(376, T.ACKNOWLEDGE_RECEIPT, C.EMPLOYEE))

# Under the rules of today; the others were recorded under version 2 and end under it.
TODAY: dict[str, tuple[tuple[Move, ...], Stage]] = {
    "objected-after-signing": (
        (
            *RATED_TODAY,
            Move(376, T.AGREE, C.EMPLOYEE),
            Move(384, T.OBJECT, C.EMPLOYEE),
            *HEARD_TODAY,
            Move(400, T.CHANGE_RESULT, C.APPEALS_OFFICER, {"result": "1" * 64}),
            Move(402, T.FINALISE, C.RATER),
        ),
        S.FINALISED,
    ),
    "objected-after-countersigning": (
        (
            *SILENT_TODAY,
            Move(393, T.COUNTERSIGN, C.RATER_SUPERIOR),
            Move(395, T.FINALISE, C.RATER),
            Move(397, T.OBJECT, C.EMPLOYEE),
            Move(398, T.WITHDRAW_OBJECTION, C.EMPLOYEE),
            Move(400, T.FINALISE, C.RATER),
        ),
        S.FINALISED,
    ),
    "rater-did-not-sign": (
        (
            *WORKED_TODAY,
            Move(370, T.RATE, C.RATER),
            Move(386, T.COUNTERSIGN, C.RATER_SUPERIOR),
            Move(388, T.AGREE, C.EMPLOYEE),
            Move(390, T.FINALISE, C.RATER),
        ),
        S.FINALISED,
    ),
    "calendar-changed": (
        (
            *SILENT_TODAY,
            Move(392, T.ADOPT_CALENDAR, C.HR),
            Move(393, T.COUNTERSIGN, C.RATER_SUPERIOR),
            Move(395, T.FINALISE, C.RATER),
        ),
        S.FINALISED,
    ),
}

VERSION_2: dict[str, tuple[tuple[Move, ...], Stage]] = {
    "agreed": (AGREED, S.FINALISED),
    "objected-upheld": ((*OBJECTED, Move(390, T.UPHOLD_RESULT, C.APPEALS_OFFICER)), S.FINALISED),
    "objected-changed": (
        (*OBJECTED, Move(390, T.CHANGE_RESULT, C.APPEALS_OFFICER, {"result": "1" * 64})),
        S.FINALISED,
    ),
    "silence-countersigned": (
        (
            *RATED,
            Move(376, T.ACKNOWLEDGE_RECEIPT, C.EMPLOYEE),
            Move(393, T.COUNTERSIGN, C.RATER_SUPERIOR),
        ),
        S.FINALISED,
    ),
    "suspended-resumed": (
        (
            *PLANNED,
            Move(183, T.SUBMIT_CHECK_IN, C.EMPLOYEE),
            Move(184, T.SUSPEND, C.HR),
            Move(230, T.RESUME, C.HR),
            Move(231, T.REVIEW_CHECK_IN, C.RATER),
            *WORKED[4:],
            *AGREED[5:],
        ),
        S.FINALISED,
    ),
    "cancelled": ((*PLANNED, Move(20, T.CANCEL, C.HR)), S.CANCELLED),
    "gap": ((*_with(Word.LOST, *PLANNED), *WORKED[2:], *AGREED[5:]), S.FINALISED),
    "late-signal": ((*_with(Word.LATE, PLANNED[0]), *PLANNED[1:], *WORKED[2:], *AGREED[5:]), S.FINALISED),
    "doubled-signal": ((*_with(Word.DOUBLED, *PLANNED), *WORKED[2:], *AGREED[5:]), S.FINALISED),
    "reopened": ((*AGREED, Move(400, T.REOPEN, C.HR), Move(402, T.RATE, C.RATER)), S.FEEDBACK_MEETING),
}

PATHS = {**VERSION_2, **TODAY}
"""Name of the history, its moves, and the stage in which it ends."""
