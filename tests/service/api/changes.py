"""Changes as they are requested over HTTP, and followed until nothing of them is pending."""

import asyncio
import uuid
from typing import Any

import httpx

from tests.fixtures.agency import SmallAgency
from tests.service.api.conftest import PLAN, Service

WHY = {"reason": "Penataan organisasi", "authority": "Kepala BKPSDM, SK 12/2026"}


def change(kind: str, /, **fields: Any) -> dict[str, Any]:
    """The body of a change, with its reason and authority."""
    return {"kind": kind, **WHY, **{name: _plain(value) for name, value in fields.items()}}


def _plain(value: Any) -> Any:
    if isinstance(value, uuid.UUID):
        return str(value)
    return [_plain(each) for each in value] if isinstance(value, list | tuple) else value


async def preview(service: Service, by: uuid.UUID, kind: str, /, **fields: Any) -> httpx.Response:
    """What a change would do."""
    return await service.post(by, "/operations/preview", change(kind, **fields))


async def requested(
    service: Service, by: uuid.UUID, kind: str, /, key: str | None = None, **fields: Any
) -> httpx.Response:
    """A change that is requested, by default under a new key."""
    headers = {"Idempotency-Key": key or uuid.uuid4().hex}
    return await service.post(by, "/operations", change(kind, **fields), **headers)


async def settled(service: Service, person: uuid.UUID, taken: httpx.Response) -> dict[str, Any]:
    """The operation of a change that was taken, once it has taken effect and nothing of it is pending."""
    assert taken.status_code == 202, taken.text
    path = taken.headers["location"].removeprefix("/api/v1")
    async with asyncio.timeout(30):
        while True:
            seen: dict[str, Any] = (await service.get(person, path)).json()
            pending = any(each["outcome"] == "pending" for each in seen["outcomes"])
            if seen["state"] == "refused" or (seen["applied_at"] and not pending):
                return seen
            await asyncio.sleep(0.05)


async def done(service: Service, by: uuid.UUID, kind: str, /, **fields: Any) -> dict[str, Any]:
    """A change that was carried out."""
    return await settled(service, by, await requested(service, by, kind, **fields))


def outcomes(operation: dict[str, Any]) -> dict[str, int]:
    """How many appraisals came to what."""
    return {each["outcome"]: each["appraisals"] for each in operation["outcomes"]}


async def drafting(service: Service, agency: SmallAgency, employee: uuid.UUID) -> uuid.UUID:
    """A running appraisal whose plan is being drafted."""
    appraisal = await service.launch(agency, employee)
    await service.until_stage(appraisal, "plan_drafting")
    return appraisal


async def submitted(service: Service, agency: SmallAgency, employee: uuid.UUID) -> uuid.UUID:
    """A running appraisal that waits on its rater."""
    appraisal = await drafting(service, agency, employee)
    assert (await service.act(employee, appraisal, "submit_plan", PLAN)).status_code == 200
    return appraisal


async def planned(service: Service, agency: SmallAgency, employee: uuid.UUID) -> uuid.UUID:
    """A running appraisal with an approved plan."""
    appraisal = await submitted(service, agency, employee)
    assert (await service.act(agency.rater, appraisal, "approve_plan")).status_code == 200
    return appraisal


async def named(service: Service, person: uuid.UUID) -> str:
    """The name of somebody."""
    return str(await service.value("SELECT name FROM person WHERE id = :id", id=person))
