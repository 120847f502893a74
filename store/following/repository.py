"""Keeps what the engine must be told, and what it has been told."""

import datetime as dt
import uuid
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from sqlalchemy import (
    ARRAY,
    Boolean,
    DateTime,
    Integer,
    Interval,
    Text,
    Uuid,
    any_,
    bindparam,
    func,
    or_,
    text,
    update,
)
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlmodel import col

from states.following import Position
from states.stages import Stage
from store.following.table import UNCONFIRMED, FollowingRow

_APPRAISALS = bindparam("appraisals", type_=ARRAY(Uuid()))
_OF_APPRAISAL = col(FollowingRow.appraisal_id) == bindparam("appraisal")

# Everybody locks rows in the same order, so that no two wait for each other.
_HELD = """held AS MATERIALIZED (
    SELECT appraisal_id FROM following WHERE appraisal_id = ANY(:appraisals) ORDER BY appraisal_id FOR UPDATE
)"""

TELLING = "telling:"
"""Prefix of a trouble in telling the engine about a case. A trouble that a look at the record found lacks it."""
_TELLING = bindparam("telling", TELLING, type_=Text())
_OF_TELLING = "starts_with(following.trouble, :telling)"

# Whoever takes rows keeps them for a lease, so that a sweeper that dies loses nothing.
_CLAIM = text(f"""
    WITH due AS (
        SELECT appraisal_id FROM following
        WHERE {UNCONFIRMED} AND next_attempt_at <= now()
        ORDER BY next_attempt_at LIMIT :limit FOR UPDATE SKIP LOCKED
    ), taken AS (
        UPDATE following SET next_attempt_at = now() + :lease, attempts = attempts + 1
        -- An array, so that the rows are found by their index and not by reading all of them.
        WHERE following.appraisal_id = ANY (ARRAY(SELECT appraisal_id FROM due))
        RETURNING following.appraisal_id, following.followed, following.wake_at, following.replaces,
            following.attempts
    )
    SELECT taken.appraisal_id AS appraisal, taken.followed, taken.wake_at, taken.replaces, taken.attempts,
        appraisal.sequence, appraisal.stage, appraisal.due_on, appraisal.unit_id AS unit,
        cycle.id AS cycle, cycle.year
    FROM taken
    JOIN appraisal ON appraisal.id = taken.appraisal_id
    JOIN cycle ON cycle.id = appraisal.cycle_id
""").bindparams(  # noqa: S608  # UNCONFIRMED is the condition of an index
    bindparam("limit", type_=Integer()), bindparam("lease", type_=Interval())
)
# A workflow that must be replaced counts as told nothing until then. Only another look clears what a look found wrong.
_CONFIRM = text(f"""
    WITH {_HELD}
    UPDATE following
    SET followed = CASE WHEN following.replaces AND NOT told.replaced THEN following.followed
            ELSE greatest(following.followed, least(told.sequence, following.sequence)) END,
        replaces = following.replaces AND NOT told.replaced, attempts = 0,
        next_attempt_at = CASE WHEN following.replaces AND NOT told.replaced THEN following.next_attempt_at
            ELSE now() END,
        trouble = CASE WHEN {_OF_TELLING} THEN '' ELSE following.trouble END,
        trouble_at = CASE WHEN {_OF_TELLING} THEN NULL ELSE following.trouble_at END
    FROM held JOIN unnest(:appraisals, :sequences, :replaced) AS told(appraisal_id, sequence, replaced)
        USING (appraisal_id)
    WHERE following.appraisal_id = held.appraisal_id
""").bindparams(  # noqa: S608  # the constants above
    _APPRAISALS,
    _TELLING,
    bindparam("sequences", type_=ARRAY(Integer())),
    bindparam("replaced", type_=ARRAY(Boolean())),
)
_RELEASE = text(f"""
    WITH {_HELD}
    UPDATE following SET next_attempt_at = now() + :pause, attempts = greatest(attempts - 1, 0)
    FROM held WHERE following.appraisal_id = held.appraisal_id
""").bindparams(  # noqa: S608  # the constant above
    _APPRAISALS, bindparam("pause", type_=Interval())
)
_WORD = bindparam("word", type_=Text())
_SINCE = func.coalesce(col(FollowingRow.trouble_at), func.now())
_POSTPONE = (
    update(FollowingRow)
    .where(_OF_APPRAISAL)
    .values(
        {
            col(FollowingRow.next_attempt_at): func.now() + bindparam("pause", type_=Interval()),
            col(FollowingRow.trouble): _WORD,
            col(FollowingRow.trouble_at): _SINCE,
        }
    )
)
_TROUBLE = (
    update(FollowingRow)
    .where(_OF_APPRAISAL, col(FollowingRow.trouble) != _WORD)
    .values({col(FollowingRow.trouble): _WORD, col(FollowingRow.trouble_at): _SINCE})
)
_NEXT = bindparam("next", type_=DateTime(timezone=True))
_LOOKED = (
    update(FollowingRow)
    .where(
        _OF_APPRAISAL,
        col(FollowingRow.sequence) == bindparam("seen"),
        or_(col(FollowingRow.wake_at).is_distinct_from(_NEXT), col(FollowingRow.trouble) != ""),
    )
    .values(
        {col(FollowingRow.wake_at): _NEXT, col(FollowingRow.trouble): "", col(FollowingRow.trouble_at): None}
    )
)
# Each at most once a minute, the longest overdue first.
_MARK_OVERDUE = text(f"""
    WITH late AS (
        SELECT appraisal_id FROM following
        WHERE wake_at < now() - :patience AND NOT ({UNCONFIRMED}) AND next_attempt_at < now() - :patience
        ORDER BY wake_at LIMIT :limit FOR UPDATE SKIP LOCKED
    )
    UPDATE following SET followed = NULL, marked_at = now(), next_attempt_at = now()
    FROM late WHERE following.appraisal_id = late.appraisal_id
""").bindparams(  # noqa: S608  # UNCONFIRMED is the condition of an index
    bindparam("patience", type_=Interval()), bindparam("limit", type_=Integer())
)
# A workflow that is older than the record may contradict what a worker remembers of the same run. So each is replaced
# by a new run, which also ends its waiting after looks that failed.
_MARK_ALL = text("""
    INSERT INTO following (appraisal_id, sequence, marked_at, next_attempt_at, replaces)
    SELECT appraisal.id, appraisal.sequence, now(), now(), true
    FROM appraisal JOIN cycle ON cycle.id = appraisal.cycle_id
    WHERE appraisal.holder IS NOT NULL
        AND (CAST(:cycle AS text) IS NULL OR cycle.name = :cycle OR cycle.id::text = :cycle)
    ORDER BY appraisal.id
    ON CONFLICT (appraisal_id) DO UPDATE
    SET followed = NULL, marked_at = now(), next_attempt_at = now(), attempts = 0, replaces = true
    RETURNING appraisal_id
""").bindparams(bindparam("cycle", type_=Text()))
_MARK = (
    update(FollowingRow)
    .where(col(FollowingRow.appraisal_id) == any_(_APPRAISALS))
    .values(
        {
            col(FollowingRow.followed): None,
            col(FollowingRow.marked_at): func.now(),
            col(FollowingRow.next_attempt_at): func.now(),
            col(FollowingRow.attempts): 0,
            col(FollowingRow.replaces): bindparam("anew"),
        }
    )
)


@dataclass(frozen=True, slots=True)
class CaseToFollow:
    """A case that the engine must be told about, with what the start of its workflow needs."""

    appraisal: uuid.UUID
    position: Position
    after: int | None
    """The event up to which the engine was told before; None if it is not certain that the engine knows the case."""
    cycle: uuid.UUID
    unit: uuid.UUID
    year: int
    replaces: bool = False
    """Whether the workflow that runs now must be ended first."""
    attempts: int = 1


async def claim(connection: AsyncConnection, limit: int, lease: dt.timedelta) -> list[CaseToFollow]:
    """Takes up to ``limit`` waiting cases, the longest waiting first; nobody else gets them meanwhile."""
    rows = await connection.execute(_CLAIM, {"limit": limit, "lease": lease})
    return [
        CaseToFollow(
            appraisal=row.appraisal,
            position=Position(row.sequence, Stage(row.stage), row.due_on, row.wake_at),
            after=row.followed,
            cycle=row.cycle,
            unit=row.unit,
            year=row.year,
            replaces=row.replaces,
            attempts=row.attempts,
        )
        for row in rows
    ]


async def confirm(
    connection: AsyncConnection,
    told: Sequence[tuple[uuid.UUID, int]],
    *,
    replaced: Collection[uuid.UUID] = (),
) -> None:
    """Notes, for each case, the event up to which the engine was told. May be repeated, and in any order.

    ``replaced`` names the cases whose former workflow was ended in doing so.
    """
    await connection.execute(
        _CONFIRM,
        {
            "appraisals": [each for each, _ in told],
            "sequences": [sequence for _, sequence in told],
            "replaced": [each in replaced for each, _ in told],
        },
    )


async def release(
    connection: AsyncConnection, appraisals: Collection[uuid.UUID], pause: dt.timedelta
) -> None:
    """Gives claimed cases back as if nobody had tried: the engine was away, and the cases are not at fault."""
    await connection.execute(_RELEASE, {"appraisals": list(appraisals), "pause": pause})


async def postpone(
    connection: AsyncConnection, appraisal: uuid.UUID, pause: dt.timedelta, trouble: str
) -> None:
    """Gives a claimed case back for ``pause``, since the engine could not be told about this case."""
    parameters = {"appraisal": appraisal, "pause": pause, "word": f"{TELLING}{trouble}"}
    await connection.execute(_POSTPONE, parameters)


async def note_trouble(connection: AsyncConnection, appraisal: uuid.UUID, trouble: str) -> None:
    """Notes what keeps time from acting on a case."""
    await connection.execute(_TROUBLE, {"appraisal": appraisal, "word": trouble})


async def note_looked(connection: AsyncConnection, appraisal: uuid.UUID, position: Position) -> None:
    """Notes that time can act on a case, and when it does so next; writes nothing if that was known."""
    await connection.execute(
        _LOOKED, {"appraisal": appraisal, "seen": position.sequence, "next": position.wake_at}
    )


async def mark_overdue(connection: AsyncConnection, patience: dt.timedelta, limit: int) -> int:
    """Marks cases on which time should have acted ``patience`` ago: the engine is told again. Returns how many."""
    return (await connection.execute(_MARK_OVERDUE, {"patience": patience, "limit": limit})).rowcount


async def mark_all(connection: AsyncConnection, cycle: str | None = None) -> list[uuid.UUID]:
    """Marks every open case, of one cycle (name or id) or of all: each gets a new workflow. Returns their ids."""
    return list((await connection.execute(_MARK_ALL, {"cycle": cycle})).scalars())


async def mark(
    connection: AsyncConnection, appraisals: Collection[uuid.UUID], *, replaces: bool = False
) -> None:
    """Marks some cases: the engine is told again. With ``replaces``, the workflows that run now are ended first."""
    await connection.execute(_MARK, {"appraisals": list(appraisals), "anew": replaces})
