"""Takes an answer of the public: limits, answer and words in one statement, so that nothing is counted halfway."""

import datetime as dt
import uuid
from dataclasses import dataclass, fields

from sqlalchemy import ARRAY, Date, Integer, LargeBinary, SmallInteger, String, Text, Uuid, bindparam, text
from sqlalchemy.ext.asyncio import AsyncConnection

from store.rows import one_row

# The address is counted before the device, and neither where one of them is at its limit already: who is refused uses
# up nothing of what others share with him. An update waits for the row, so that no increment is lost.
_LEAVE = text("""
    WITH repeated AS (
        SELECT FROM public_answer WHERE id = :id
    ), before AS (
        SELECT COALESCE(bool_or(digest = :address AND count >= :an_address), false) AS address_is_full,
            COALESCE(bool_or(digest = :device AND count >= :a_device), false) AS device_is_full
        FROM public_throttle WHERE day = :limit_day AND digest IN (:address, :device)
    ), by_address AS (
        INSERT INTO public_throttle AS throttle (day, digest, count)
        SELECT :limit_day, :address, 1
        FROM before
        WHERE NOT (address_is_full OR device_is_full) AND NOT EXISTS (SELECT FROM repeated)
        ON CONFLICT (day, digest) DO UPDATE SET count = throttle.count + 1 WHERE throttle.count < :an_address
        RETURNING count
    ), by_device AS (
        INSERT INTO public_throttle AS throttle (day, digest, count)
        SELECT :limit_day, :device, 1 FROM by_address WHERE :device IS NOT NULL
        ON CONFLICT (day, digest) DO UPDATE SET count = throttle.count + 1 WHERE throttle.count < :a_device
        RETURNING count
    ), answer AS (
        INSERT INTO public_answer (id, unit_id, scheme, day, steps)
        SELECT :id, :unit, :scheme, :day, :steps FROM by_address
        WHERE :device IS NULL OR EXISTS (SELECT FROM by_device)
        ON CONFLICT (id) DO NOTHING
        RETURNING id
    ), written AS (
        INSERT INTO public_text (id, agency_id, unit_id, day, state, words)
        SELECT :words_id, :agency, :unit, :day, 'waiting', :words FROM answer WHERE :words <> ''
    )
    SELECT EXISTS (SELECT FROM answer) AS counted, EXISTS (SELECT FROM repeated) AS repeated,
        address_is_full, device_is_full
    FROM before
""")
_WHY_NOT = text("""
    SELECT false AS counted, EXISTS (SELECT FROM public_answer WHERE id = :id) AS repeated,
        true AS address_is_full, EXISTS (
        SELECT FROM public_throttle WHERE day = :limit_day AND digest = :device AND count >= :a_device
    ) AS device_is_full
""")
_TYPES = (
    bindparam("id", type_=Uuid()),
    bindparam("limit_day", type_=Date()),
    bindparam("device", type_=LargeBinary()),
    bindparam("a_device", type_=Integer()),
)
_LEAVE = _LEAVE.bindparams(
    *_TYPES,
    bindparam("address", type_=LargeBinary()),
    bindparam("an_address", type_=Integer()),
    bindparam("unit", type_=Uuid()),
    bindparam("agency", type_=Uuid()),
    bindparam("scheme", type_=String()),
    bindparam("day", type_=Date()),
    bindparam("steps", type_=ARRAY(SmallInteger())),
    bindparam("words_id", type_=Uuid()),
    bindparam("words", type_=Text()),
)
_WHY_NOT = _WHY_NOT.bindparams(*_TYPES)


@dataclass(frozen=True, slots=True)
class LeftAnswer:
    """An answer with what limits it. ``device`` is None where nothing tells devices apart."""

    id: uuid.UUID
    unit: uuid.UUID
    agency: uuid.UUID
    scheme: str
    day: dt.date
    steps: tuple[int, ...]
    words: str
    limit_day: dt.date
    address: bytes
    device: bytes | None
    a_device: int
    an_address: int


_FIELDS = tuple(field.name for field in fields(LeftAnswer))


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of an answer: counted now, counted before, or refused as one too many."""

    counted: bool
    repeated: bool
    address_is_full: bool
    device_is_full: bool
    """Whether it is the device that has answered; else others have answered from the same address."""


async def leave(connection: AsyncConnection, answer: LeftAnswer) -> Taken:
    """Takes an answer on a connection that commits by itself."""
    values = {name: getattr(answer, name) for name in _FIELDS} | {"words_id": uuid.uuid4()}
    taken = one_row(Taken, (await connection.execute(_LEAVE, values)).one())
    if taken.counted or taken.repeated or taken.address_is_full or taken.device_is_full:
        return taken
    # A repeat that came at the same moment was not to be seen by the statement that waited for it.
    known = {"id": answer.id, "limit_day": answer.limit_day, "device": answer.device}
    row = await connection.execute(_WHY_NOT, {**known, "a_device": answer.a_device})
    return one_row(Taken, row.one())
