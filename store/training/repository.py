"""Reads and writes the trainings that somebody chose."""

import datetime as dt
import uuid
from dataclasses import dataclass

from sqlalchemy import Text, Uuid, bindparam, func, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlmodel import col

from store.base import new_id
from store.rows import all_rows
from store.training.table import TrainingChoiceRow

_COLUMNS = (
    col(TrainingChoiceRow.id),
    col(TrainingChoiceRow.training),
    col(TrainingChoiceRow.weakness),
    col(TrainingChoiceRow.chosen_at),
    col(TrainingChoiceRow.withdrawn_at),
)
_APPRAISAL = bindparam("appraisal", type_=Uuid())
_STANDING = (
    select(*_COLUMNS)
    .where(col(TrainingChoiceRow.appraisal_id) == _APPRAISAL, col(TrainingChoiceRow.withdrawn_at).is_(None))
    .order_by(col(TrainingChoiceRow.chosen_at), col(TrainingChoiceRow.id))
)
_UNDER_KEY = select(*_COLUMNS).where(
    col(TrainingChoiceRow.appraisal_id) == _APPRAISAL,
    col(TrainingChoiceRow.key) == bindparam("key", type_=Text()),
)
_ONE = select(*_COLUMNS).where(
    col(TrainingChoiceRow.appraisal_id) == _APPRAISAL,
    col(TrainingChoiceRow.id) == bindparam("choice", type_=Uuid()),
)
# The first moment stays, however often somebody withdraws.
_WITHDRAW = (
    update(TrainingChoiceRow)
    .where(
        col(TrainingChoiceRow.appraisal_id) == _APPRAISAL,
        col(TrainingChoiceRow.id) == bindparam("choice", type_=Uuid()),
        col(TrainingChoiceRow.withdrawn_at).is_(None),
    )
    .values({col(TrainingChoiceRow.withdrawn_at): func.now()})
)


@dataclass(frozen=True, slots=True)
class TrainingChoice:
    """A training that the employee chose; withdrawn ones stay on record."""

    id: uuid.UUID
    training: str
    weakness: str
    """Empty if none was named."""
    chosen_at: dt.datetime
    withdrawn_at: dt.datetime | None


async def standing_choices(connection: AsyncConnection, appraisal: uuid.UUID) -> list[TrainingChoice]:
    """The choices that were not withdrawn, the oldest first."""
    return all_rows(TrainingChoice, await connection.execute(_STANDING, {"appraisal": appraisal}))


async def chosen_under(connection: AsyncConnection, appraisal: uuid.UUID, key: str) -> TrainingChoice | None:
    """What an earlier request with the same key has chosen, even if it was withdrawn since."""
    rows = await connection.execute(_UNDER_KEY, {"appraisal": appraisal, "key": key})
    return next(iter(all_rows(TrainingChoice, rows)), None)


async def choice_of(
    connection: AsyncConnection, appraisal: uuid.UUID, choice: uuid.UUID
) -> TrainingChoice | None:
    """One choice of a case; None if the case has no such choice."""
    rows = await connection.execute(_ONE, {"appraisal": appraisal, "choice": choice})
    return next(iter(all_rows(TrainingChoice, rows)), None)


async def choose(
    connection: AsyncConnection, appraisal: uuid.UUID, key: str, training: str, weakness: str
) -> None:
    """Puts a choice on record."""
    await connection.execute(
        insert(TrainingChoiceRow).values(
            id=new_id(),
            appraisal_id=appraisal,
            key=key,
            training=training,
            weakness=weakness,
            chosen_at=func.now(),
        )
    )


async def withdraw(connection: AsyncConnection, appraisal: uuid.UUID, choice: uuid.UUID) -> None:
    """Takes a choice back. A repeat changes nothing."""
    await connection.execute(_WITHDRAW, {"appraisal": appraisal, "choice": choice})
