"""Writes and reads earlier results. Whoever calls this has checked the rights."""

import datetime as dt
import uuid
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from sqlalchemy import DateTime, Integer, Text, Uuid, bindparam, text
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.ext.asyncio import AsyncConnection

from store.base import new_id
from store.rows import all_rows, one_row

# Two officers who hand in lists at once wait for each other, so that each compares with what stands. Whoever only
# refers to the agency waits for nobody.
_HOLD = text("SELECT id FROM agency WHERE id = :agency FOR NO KEY UPDATE")
_NEW_LIST = text("""
    INSERT INTO earlier_list (id, agency_id, given_by, given_at, key, fingerprint)
    VALUES (:id, :agency, :given_by, clock_timestamp(), :key, :fingerprint)
    RETURNING given_at
""").bindparams(bindparam("given_by", type_=Uuid()))
_UNDER_KEY = text(
    "SELECT id, fingerprint, given_at FROM earlier_list WHERE given_by = :given_by AND key = :key"
).bindparams(bindparam("given_by", type_=Uuid()))
_STANDING = text("""
    SELECT DISTINCT ON (person_id, year) person_id, year, code, source, given_at FROM earlier_result
    WHERE person_id = ANY (:people) AND year BETWEEN :first AND :last
        AND (CAST(:until AS timestamptz) IS NULL OR given_at < :until)
    ORDER BY person_id, year, given_at DESC, id DESC
""").bindparams(
    bindparam("people", type_=ARRAY(Uuid())),
    bindparam("first", type_=Integer()),
    bindparam("last", type_=Integer()),
    bindparam("until", type_=DateTime(timezone=True)),
)
_ADD = text("""
    INSERT INTO earlier_result (id, list_id, person_id, year, code, source, given_at)
    SELECT row.id, :list, row.person_id, row.year, row.code, row.source, :given_at
    FROM unnest(:ids, :people, :years, :codes, :sources) AS row(id, person_id, year, code, source)
""").bindparams(
    bindparam("list", type_=Uuid()),
    bindparam("ids", type_=ARRAY(Uuid())),
    bindparam("people", type_=ARRAY(Uuid())),
    bindparam("years", type_=ARRAY(Integer())),
    bindparam("codes", type_=ARRAY(Integer())),
    bindparam("sources", type_=ARRAY(Text())),
)
_BY_NIP = text("SELECT id, nip FROM person WHERE agency_id = :agency AND nip = ANY (:nips)").bindparams(
    bindparam("nips", type_=ARRAY(Text()))
)
_BY_ID = text("SELECT id FROM person WHERE agency_id = :agency AND id = ANY (:people)").bindparams(
    bindparam("people", type_=ARRAY(Uuid()))
)
_LATEST_YEAR = text("SELECT max(year) FROM cycle WHERE agency_id = :agency")


@dataclass(frozen=True, slots=True)
class EarlierResult:
    """The predicate of somebody's earlier year, as it stands."""

    person_id: uuid.UUID
    year: int
    code: int
    source: str
    given_at: dt.datetime


@dataclass(frozen=True, slots=True)
class NewEarlierResult:
    """One line of a list."""

    person_id: uuid.UUID
    year: int
    code: int
    source: str


@dataclass(frozen=True, slots=True)
class GivenList:
    """A list that was handed in before."""

    id: uuid.UUID
    fingerprint: str
    given_at: dt.datetime


async def hold_lists(connection: AsyncConnection, agency: uuid.UUID) -> None:
    """Lets nobody else hand in a list of the agency before this transaction ends."""
    await connection.execute(_HOLD, {"agency": agency})


async def list_under(connection: AsyncConnection, given_by: uuid.UUID, key: str) -> GivenList | None:
    """What an officer handed in under this key before."""
    row = (await connection.execute(_UNDER_KEY, {"given_by": given_by, "key": key})).one_or_none()
    return None if row is None else one_row(GivenList, row)


async def standing_results(
    connection: AsyncConnection,
    people: Collection[uuid.UUID],
    *,
    first: int,
    last: int,
    until: dt.datetime | None = None,
) -> list[EarlierResult]:
    """What stands of these people and years: the latest that was handed in, or what stood right before ``until``."""
    parameters = {"people": list(people), "first": first, "last": last, "until": until}
    return all_rows(EarlierResult, await connection.execute(_STANDING, parameters))


async def add_list(
    connection: AsyncConnection,
    agency: uuid.UUID,
    given_by: uuid.UUID | None,
    key: str,
    fingerprint: str,
    added: Sequence[NewEarlierResult],
) -> None:
    """Puts a list on record with those of its lines that say something new."""
    made = new_id()
    new = {"id": made, "agency": agency, "given_by": given_by, "key": key, "fingerprint": fingerprint}
    given_at = (await connection.execute(_NEW_LIST, new)).scalar_one()
    await connection.execute(
        _ADD,
        {
            "list": made,
            "given_at": given_at,
            "ids": [new_id() for _ in added],
            "people": [each.person_id for each in added],
            "years": [each.year for each in added],
            "codes": [each.code for each in added],
            "sources": [each.source for each in added],
        },
    )


async def people_by_nip(
    connection: AsyncConnection, agency: uuid.UUID, nips: Collection[str]
) -> dict[str, uuid.UUID]:
    """The people of the agency with these NIPs."""
    rows = await connection.execute(_BY_NIP, {"agency": agency, "nips": list(nips)})
    return {row.nip: row.id for row in rows}


async def people_among(
    connection: AsyncConnection, agency: uuid.UUID, people: Collection[uuid.UUID]
) -> set[uuid.UUID]:
    """Those of these ids that are people of the agency."""
    rows = await connection.execute(_BY_ID, {"agency": agency, "people": list(people)})
    return {row.id for row in rows}


async def latest_cycle_year(connection: AsyncConnection, agency: uuid.UUID) -> int | None:
    """The year of the agency's latest cycle; None before the first."""
    year: int | None = await connection.scalar(_LATEST_YEAR, {"agency": agency})
    return year
