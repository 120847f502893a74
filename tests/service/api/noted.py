"""A case of an agency with content rules, and requests about its evidence and its notes."""

import json
import uuid
from dataclasses import dataclass
from typing import Any

import httpx

from tests.fixtures.agency import SmallAgency
from tests.service.api.conftest import Service
from tests.service.api.filling import plan_in_force
from tests.service.evidence.samples import PDF

PLAN_ITEMS = ("h1", "i1", "adaptif")
"""A result and an indicator of the plan in `filling`, and a value of the scheme."""


@dataclass(frozen=True)
class Case:
    """A case whose plan is in force."""

    service: Service
    agency: SmallAgency
    employee: uuid.UUID
    id: uuid.UUID

    def path(self, rest: str) -> str:
        return f"/appraisals/{self.id}/{rest}"

    async def send(
        self,
        content: bytes = PDF,
        name: str = "laporan.pdf",
        *,
        by: uuid.UUID | None = None,
        key: str | None = None,
        **fields: str,
    ) -> httpx.Response:
        """A file that is handed in, by the employee unless somebody else is named."""
        return await self.service.http.post(
            f"/api/v1{self.path('evidence')}",
            data={"title": "Laporan layanan", **fields},
            files={"file": (name, content)},
            headers=self.service.headers(by or self.employee, **{"Idempotency-Key": key or uuid.uuid4().hex}),
        )

    async def added(self, content: bytes = PDF, name: str = "laporan.pdf", **more: Any) -> dict[str, Any]:
        """A file that was taken."""
        answer = await self.send(content, name, **more)
        assert answer.status_code == 201, answer.text
        found: dict[str, Any] = answer.json()
        return found

    async def raw(self, body: Any, content_type: str, **headers: str) -> httpx.Response:
        """A body as it stands, sent to where files are handed in."""
        sent = {"Content-Type": content_type, "Idempotency-Key": uuid.uuid4().hex, **headers}
        return await self.service.http.post(
            f"/api/v1{self.path('evidence')}",
            content=body,
            headers=self.service.headers(self.employee, **sent),
        )

    async def post(
        self, rest: str, body: Any, *, by: uuid.UUID | None = None, key: str | None = None
    ) -> httpx.Response:
        headers = {"Idempotency-Key": key or uuid.uuid4().hex}
        return await self.service.post(by or self.employee, self.path(rest), body, **headers)

    async def get(self, rest: str, *, by: uuid.UUID | None = None, **parameters: Any) -> httpx.Response:
        return await self.service.get(by or self.employee, self.path(rest), **parameters)

    async def listed(
        self, rest: str, *, by: uuid.UUID | None = None, **parameters: Any
    ) -> list[dict[str, Any]]:
        answer = await self.get(rest, by=by, **parameters)
        assert answer.status_code == 200, answer.text
        found: list[dict[str, Any]] = answer.json()["items"]
        return found

    async def kept(self) -> int:
        """How many pieces of evidence are on record."""
        return int(
            await self.service.value("SELECT count(*) FROM evidence WHERE appraisal_id = :id", id=self.id)
        )

    async def close(self) -> None:
        """Ends the case as HR does."""
        answer = await self.service.act(self.agency.officer, self.id, "cancel", {"text": "Pindah instansi"})
        assert answer.status_code == 200, answer.text


async def new_case(service: Service, agency: SmallAgency, *, planned: bool = True) -> Case:
    """The case of an employee who has none yet, with a plan in force unless it is not ``planned``."""
    taken = await service.value("SELECT count(*) FROM appraisal WHERE cycle_id = :id", id=agency.cycle)
    employee = agency.employees[taken]
    appraisal = await service.launch(agency, employee)
    if planned:
        await plan_in_force(service, agency, appraisal)
    return Case(service, agency, employee, appraisal)


def mistakes(answer: httpx.Response, status: int = 422, code: str = "invalid") -> dict[str, str]:
    """The message of each field that is wrong."""
    assert answer.status_code == status, answer.text
    document = json.loads(answer.text)
    assert document["code"] == code
    return {each["field"]: each["message"] for each in document.get("errors", [])}
