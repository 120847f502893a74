"""An agency whose scheme has forms, and what its people fill in."""

from typing import Any

from tests.fixtures.agency import SmallAgency, build_agency
from tests.fixtures.content import SMALL
from tests.service.api.conftest import BUSINESS_START, Service, clock_from

PLAN: dict[str, Any] = {
    "results": [
        {
            "id": "h1",
            "result": "Layanan perizinan selesai tepat waktu",
            "indicators": [
                {
                    "id": "i1",
                    "aspect": "quantity",
                    "indicator": "Jumlah izin yang terbit",
                    "target": {"number": 120, "unit": "dokumen"},
                }
            ],
        }
    ]
}
"""A plan in which nothing is missing."""


async def agency_with_forms(service: Service, name: str, *, employees: int = 6) -> SmallAgency:
    """An agency of its own with the content rules `SMALL`."""
    agency = await build_agency(
        service.database, name=name, employees=employees, content=SMALL, clock=clock_from(BUSINESS_START)
    )
    service.others.append(agency)
    return agency


async def put(service: Service, person: Any, path: str, body: Any, **headers: str) -> Any:
    """A PUT below /api/v1."""
    return await service.http.put(f"/api/v1{path}", json=body, headers=service.headers(person, **headers))


async def delete(service: Service, person: Any, path: str, **parameters: Any) -> Any:
    """A DELETE below /api/v1."""
    return await service.http.delete(
        f"/api/v1{path}", params=parameters or None, headers=service.headers(person)
    )


async def plan_in_force(service: Service, agency: SmallAgency, appraisal: Any, content: Any = None) -> None:
    """Submits and approves a plan."""
    body = {"content": PLAN if content is None else content}
    employee = await service.value("SELECT employee_id FROM appraisal WHERE id = :id", id=appraisal)
    answer = await service.act(employee, appraisal, "submit_plan", body)
    assert answer.status_code == 200, answer.text
    holder = await service.value(
        "SELECT holder_id FROM assignment WHERE employee_id = :id AND capacity = 'rater'", id=employee
    )
    answer = await service.act(holder, appraisal, "approve_plan")
    assert answer.status_code == 200, answer.text
