"""Reads and writes the appointments of a case."""

import datetime as dt
import uuid
from dataclasses import dataclass

from sqlalchemy import Boolean, DateTime, Integer, Text, Uuid, bindparam, text
from sqlalchemy.ext.asyncio import AsyncConnection

from states.codec import Json
from store.rows import all_rows

# Commands find the row taken for a moment and try again; so nobody acts on the case while an appointment is checked.
_HOLD = text("""
    SELECT appraisal.id FROM appraisal JOIN cycle ON cycle.id = appraisal.cycle_id
    WHERE appraisal.id = :appraisal AND cycle.agency_id = :agency
    FOR NO KEY UPDATE OF appraisal
""").bindparams(bindparam("appraisal", type_=Uuid()), bindparam("agency", type_=Uuid()))
_ZONE = text("""
    SELECT COALESCE(NULLIF(unit.zone, ''), agency.zone)
    FROM appraisal JOIN unit ON unit.id = appraisal.unit_id JOIN agency ON agency.id = unit.agency_id
    WHERE appraisal.id = :appraisal
""").bindparams(bindparam("appraisal", type_=Uuid()))
_ADDRESS = text("SELECT trim(email) FROM person WHERE id = :person").bindparams(
    bindparam("person", type_=Uuid())
)
_READ = text("""
    SELECT appointment.appraisal_id, appointment.revision, appointment.number, appointment.starts_at,
        appointment.ends_at, appointment.place, appointment.set_by AS set_by_id, setter.name AS set_by,
        appointment.key, appointment.fingerprint, appointment.set_at, appointment.cancelled
    FROM appointment JOIN person AS setter ON setter.id = appointment.set_by
    WHERE appointment.appraisal_id = :appraisal AND appointment.revision = :revision
        AND (:until IS NULL OR appointment.number <= :until)
    ORDER BY appointment.number DESC LIMIT :most
""").bindparams(
    bindparam("appraisal", type_=Uuid()),
    *(bindparam(name, type_=Integer()) for name in ("revision", "until", "most")),
)
_UNDER_KEY = text("""
    SELECT appointment.appraisal_id, appointment.revision, appointment.number, appointment.starts_at,
        appointment.ends_at, appointment.place, appointment.set_by AS set_by_id, setter.name AS set_by,
        appointment.key, appointment.fingerprint, appointment.set_at, appointment.cancelled
    FROM appointment JOIN person AS setter ON setter.id = appointment.set_by
    WHERE appointment.appraisal_id = :appraisal AND appointment.set_by = :person AND appointment.key = :key
""").bindparams(
    bindparam("appraisal", type_=Uuid()),
    bindparam("person", type_=Uuid()),
    bindparam("key", type_=Text()),
)
_WRITE = text("""
    INSERT INTO appointment (appraisal_id, revision, number, starts_at, ends_at, place, set_by, key, fingerprint,
        set_at, cancelled)
    VALUES (:appraisal, :revision, :number, :starts_at, :ends_at, :place, :person, :key, :fingerprint, now(),
        :cancelled)
""").bindparams(
    bindparam("appraisal", type_=Uuid()),
    bindparam("person", type_=Uuid()),
    *(bindparam(name, type_=Integer()) for name in ("revision", "number")),
    *(bindparam(name, type_=DateTime(timezone=True)) for name in ("starts_at", "ends_at")),
    *(bindparam(name, type_=Text()) for name in ("place", "key", "fingerprint")),
    bindparam("cancelled", type_=Boolean()),
)
# What was agreed, as long as the result that was handed over with it stands.
_HANDED_OVER = text("""
    SELECT document.content -> 'content' AS filled
    FROM event JOIN document ON document.digest = event.body ->> 'document'
    WHERE event.appraisal_id = :appraisal AND event.body ->> 'trigger' = 'deliver_result'
        AND document.kind = 'deliver_result'
        AND NOT EXISTS (
            SELECT FROM event AS later
            WHERE later.appraisal_id = event.appraisal_id AND later.sequence > event.sequence
                AND later.body ->> 'trigger' IN ('rate', 'reopen')
        )
    ORDER BY event.sequence DESC LIMIT 1
""").bindparams(bindparam("appraisal", type_=Uuid()))


@dataclass(frozen=True, slots=True)
class Times:
    """When and where somebody is handed his result."""

    starts_at: dt.datetime
    ends_at: dt.datetime
    place: str


@dataclass(frozen=True, slots=True)
class Appointment:
    """One version of an appointment. Its moments are business moments, but for ``set_at``."""

    appraisal_id: uuid.UUID
    revision: int
    number: int
    starts_at: dt.datetime
    ends_at: dt.datetime
    place: str
    set_by_id: uuid.UUID
    set_by: str
    key: str
    fingerprint: str
    set_at: dt.datetime
    cancelled: bool

    @property
    def times(self) -> Times:
        """When and where."""
        return Times(self.starts_at, self.ends_at, self.place)


async def hold(connection: AsyncConnection, appraisal: uuid.UUID, agency: uuid.UUID) -> bool:
    """Keeps others from acting on the case until the transaction ends; whether the agency has such a case."""
    held = await connection.scalar(_HOLD, {"appraisal": appraisal, "agency": agency})
    return held is not None


async def zone_of(connection: AsyncConnection, appraisal: uuid.UUID) -> str:
    """The time zone of the unit in which the employee is appraised."""
    return str((await connection.execute(_ZONE, {"appraisal": appraisal})).scalar_one())


async def address_of(connection: AsyncConnection, person: uuid.UUID) -> str:
    """The person's e-mail address by the roster; empty where none is known."""
    return str((await connection.execute(_ADDRESS, {"person": person})).scalar_one())


async def appointments(
    connection: AsyncConnection, appraisal: uuid.UUID, revision: int, *, most: int, until: int | None = None
) -> list[Appointment]:
    """The versions of the appointment for one revision of a result, the latest (or number ``until``) first."""
    rows = await connection.execute(
        _READ, {"appraisal": appraisal, "revision": revision, "most": most, "until": until}
    )
    return all_rows(Appointment, rows)


async def set_under(
    connection: AsyncConnection, appraisal: uuid.UUID, person: uuid.UUID, key: str
) -> Appointment | None:
    """What an earlier request of the person with the same key has set."""
    rows = await connection.execute(_UNDER_KEY, {"appraisal": appraisal, "person": person, "key": key})
    return next(iter(all_rows(Appointment, rows)), None)


async def write(
    connection: AsyncConnection,
    appraisal: uuid.UUID,
    revision: int,
    number: int,
    times: Times,
    *,
    person: uuid.UUID,
    key: str = "",
    fingerprint: str = "",
    cancelled: bool = False,
) -> None:
    """Adds a version; the earlier ones stay."""
    await connection.execute(
        _WRITE,
        {
            "appraisal": appraisal,
            "revision": revision,
            "number": number,
            "starts_at": times.starts_at,
            "ends_at": times.ends_at,
            "place": times.place,
            "person": person,
            "key": key,
            "fingerprint": fingerprint,
            "cancelled": cancelled,
        },
    )


async def handed_over(connection: AsyncConnection, appraisal: uuid.UUID) -> Json | None:
    """The filled form with which the present result was handed over; None where it was not, or came in words only."""
    found: Json | None = await connection.scalar(_HANDED_OVER, {"appraisal": appraisal})
    return found
