"""Makes, renews, opens and closes the links of service units."""

import uuid
from dataclasses import asdict, dataclass

from sqlalchemy import Boolean, String, Uuid, bindparam, func, select, text
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlmodel import col

from store.base import new_id
from store.public_feedback.table import PublicLinkChangeRow

_TAKE = text("SELECT id FROM unit WHERE id = :unit AND agency_id = :agency FOR UPDATE").bindparams(
    bindparam("unit", type_=Uuid()), bindparam("agency", type_=Uuid())
)
_SET = text("""
    INSERT INTO public_link (id, unit_id, version, is_open) VALUES (:id, :unit, 1, :open)
    ON CONFLICT (unit_id) DO UPDATE SET is_open = excluded.is_open,
        version = public_link.version + CASE WHEN :renew THEN 1 ELSE 0 END
    RETURNING id, version
""").bindparams(
    bindparam("id", type_=Uuid()),
    bindparam("unit", type_=Uuid()),
    bindparam("open", type_=Boolean()),
    bindparam("renew", type_=Boolean()),
)
_UNDER_KEY = select(col(PublicLinkChangeRow.fingerprint)).where(
    col(PublicLinkChangeRow.set_by) == bindparam("person", type_=Uuid()),
    col(PublicLinkChangeRow.key) == bindparam("key", type_=String()),
)
_NOTE = insert(PublicLinkChangeRow).on_conflict_do_nothing(index_elements=["set_by", "key"])


@dataclass(frozen=True, slots=True)
class LinkChange:
    """What is to be done to the link of a unit: by whom, and under which key."""

    set_by: uuid.UUID
    key: str
    fingerprint: str


async def take_unit(connection: AsyncConnection, unit: uuid.UUID, agency: uuid.UUID) -> bool:
    """Holds the unit until the transaction ends; False if the agency has none such."""
    found = await connection.execute(_TAKE, {"unit": unit, "agency": agency})
    return found.one_or_none() is not None


async def change_under(connection: AsyncConnection, person: uuid.UUID, key: str) -> str | None:
    """The fingerprint of what the person did under this key before; None if nothing."""
    found: str | None = await connection.scalar(_UNDER_KEY, {"person": person, "key": key})
    return found


async def set_link(
    connection: AsyncConnection, unit: uuid.UUID, change: LinkChange, *, opened: bool, renew: bool
) -> bool:
    """Sets the link of a unit, and puts on record who did; False if the key was used elsewhere meanwhile."""
    link = (
        await connection.execute(_SET, {"id": new_id(), "unit": unit, "open": opened, "renew": renew})
    ).one()
    noted = await connection.execute(
        _NOTE,
        {
            "id": new_id(),
            "link_id": link.id,
            "version": link.version,
            "is_open": opened,
            "set_at": (await connection.execute(select(func.clock_timestamp()))).scalar_one(),
            **asdict(change),
        },
    )
    return noted.rowcount == 1
