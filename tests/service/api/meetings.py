"""Appointments over HTTP, and agencies whose scheme asks for a meeting."""

import datetime as dt
import uuid
from typing import Any

import httpx
from sqlalchemy import text

from content.rules import ContentRules
from states.rules import Rulebook
from tests.fixtures.agency import SmallAgency, build_agency
from tests.fixtures.meetings import MEETING, TALK
from tests.service.api.conftest import BUSINESS_START, Service, clock_from
from tests.service.api.results import done, rated

DAY = dt.timedelta(days=1)


def hours(days: int = 1, hour: int = 3, minutes: int = 60, place: str = "Ruang rapat") -> dict[str, Any]:
    """The body of an appointment some days after the beginning; three o'clock UTC is ten in Jakarta."""
    starts = (BUSINESS_START + days * DAY).replace(hour=hour)
    ends = starts + dt.timedelta(minutes=minutes)
    return {"starts_at": starts.isoformat(), "ends_at": ends.isoformat(), "place": place}


async def arrange(
    service: Service, person: uuid.UUID, case: uuid.UUID, body: Any = None, key: str | None = None
) -> httpx.Response:
    """An appointment, by default for tomorrow under a new key."""
    headers = service.headers(person, **{"Idempotency-Key": key or uuid.uuid4().hex})
    path = f"/api/v1/appraisals/{case}/meeting"
    return await service.http.put(path, json=hours() if body is None else body, headers=headers)


async def arranged(service: Service, person: uuid.UUID, case: uuid.UUID, body: Any = None) -> Any:
    """An appointment that is accepted."""
    answer = await arrange(service, person, case, body)
    assert answer.status_code == 200, answer.text
    return answer.json()


async def cancel(service: Service, person: uuid.UUID, case: uuid.UUID) -> httpx.Response:
    """Cancels the appointment."""
    path = f"/api/v1/appraisals/{case}/meeting"
    return await service.http.delete(path, headers=service.headers(person))


async def meeting(service: Service, person: uuid.UUID, case: uuid.UUID) -> Any:
    """The appointment as somebody sees it."""
    answer = await service.get(person, f"/appraisals/{case}/meeting")
    assert answer.status_code == 200, answer.text
    return answer.json()


async def told(service: Service, case: uuid.UUID, channel: str = "email") -> list[Any]:
    """The notices about appointments, in the order in which they were written."""
    query = text(
        "SELECT * FROM notice WHERE appraisal_id = :id AND template LIKE 'meeting%' AND channel = :channel"
        " ORDER BY occurrence, recipient_id"
    )
    async with service.database.connect() as connection:
        return list(await connection.execute(query, {"id": case, "channel": channel}))


async def agency_with(
    service: Service,
    content: ContentRules = MEETING,
    year: int = 2026,
    name: str = "",
    book: Rulebook | None = None,
) -> SmallAgency:
    """An agency of its own whose scheme has these content rules."""
    agency = await build_agency(
        service.database,
        name=name or f"Kota {uuid.uuid4().hex[:8]}",
        employees=2,
        book=book,
        content=content,
        clock=clock_from(BUSINESS_START),
        year=year,
    )
    service.others.append(agency)
    return agency


async def talked(service: Service, agency: SmallAgency, content: Any = None) -> uuid.UUID:
    """An appraisal whose result was handed over today with the form of the meeting."""
    case = await rated(service, agency)
    await done(service, case, (agency.rater, "deliver_result", {"content": content or TALK}))
    return case
