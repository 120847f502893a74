"""A suggestion shows its working to the rater. It never rates, and its thresholds are the agency's."""

import uuid
from typing import Any

import pytest
import pytest_asyncio

from content.forms.context import FormContext
from content.forms.example import example
from content.parts import Values
from content.rules import ContentRules
from schemes.loading import builtin_system
from states.triggers import Trigger
from tests.fixtures.agency import SmallAgency, build_agency
from tests.service.api.conftest import BUSINESS_START, Service, clock_from

pytestmark = [pytest.mark.database, pytest.mark.engine]

_SYSTEM = builtin_system("samarinda")
assert _SYSTEM.content is not None
RULES: ContentRules = _SYSTEM.content


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def agency(service: Service) -> SmallAgency:
    agency = await build_agency(
        service.database,
        name="Kota Bersaran",
        employees=3,
        book=_SYSTEM.book,
        content=RULES,
        clock=clock_from(BUSINESS_START),
    )
    service.others.append(agency)
    return agency


def indicator(own: str, aspect: str, target: Any) -> dict[str, Any]:
    return {"id": own, "aspect": aspect, "indicator": f"Hitungan {own}", "target": target}


RESULTS: dict[str, Any] = {
    "results": [
        {
            "id": "h1",
            "result": "Izin terbit tepat waktu",
            "kind": "main",
            "indicators": [
                indicator("i1", "quantity", {"number": 100, "unit": "dokumen"}),
                indicator("i2", "quality", {"text": "Tanpa berkas yang dikembalikan"}),
                indicator("i3", "time", {"number": 10, "unit": "bulan"}),
            ],
        }
    ],
}


def filled(trigger: Trigger, plan: Values | None = None) -> Any:
    found = RULES.form_for(trigger)
    assert found is not None
    return example(found[1], RULES, FormContext(plan=plan, superior_results=frozenset()))


PLAN: Values = filled(Trigger.SUBMIT_PLAN) | RESULTS


async def planned(service: Service, agency: SmallAgency, number: int) -> tuple[uuid.UUID, uuid.UUID]:
    employee = agency.employees[number]
    case = await service.launch(agency, employee)
    await done(service, employee, case, "submit_plan", {"content": PLAN})
    await done(service, agency.rater, case, "approve_plan")
    return case, employee


async def done(service: Service, person: uuid.UUID, case: uuid.UUID, trigger: str, body: Any = None) -> None:
    answer = await service.act(person, case, trigger, body)
    assert answer.status_code == 200, answer.json().get("errors", answer.text)


async def note(service: Service, person: uuid.UUID, case: uuid.UUID, item: str, number: float) -> None:
    body = {"noted_on": "2026-01-05", "item": item, "content": {"realised": number, "note": "Dihitung"}}
    answer = await service.post(
        person, f"/appraisals/{case}/entries/progress", body, **{"Idempotency-Key": uuid.uuid4().hex}
    )
    assert answer.status_code < 300, answer.text


async def test_what_was_noted_last_is_measured_and_what_has_no_number_is_left_out(
    service: Service, agency: SmallAgency
) -> None:
    case, employee = await planned(service, agency, 0)
    for number in (40, 95):
        await note(service, employee, case, "i1", number)
    found = (await service.get(agency.rater, f"/appraisals/{case}/rating/suggestion")).json()
    assert (found["step"], found["achievement"], found["left_out"]) == ("meets", 95.0, 2)
    assert found["working"]
    assert found["scheme"].startswith("samarinda")


async def test_without_any_number_nothing_is_suggested(service: Service, agency: SmallAgency) -> None:
    case, _ = await planned(service, agency, 1)
    found = (await service.get(agency.officer, f"/appraisals/{case}/rating/suggestion")).json()
    assert (found["step"], found["achievement"], found["left_out"]) == (None, None, 3)


async def test_the_self_assessment_goes_before_what_was_noted_and_the_employee_sees_no_suggestion(
    service: Service, agency: SmallAgency
) -> None:
    case, employee = await planned(service, agency, 2)
    await note(service, employee, case, "i1", 10)
    for _ in range(len(_SYSTEM.book.check_ins)):
        await done(service, agency.officer, case, "open_check_in")
        await done(
            service, employee, case, "submit_check_in", {"content": filled(Trigger.SUBMIT_CHECK_IN, PLAN)}
        )
        await done(
            service, agency.rater, case, "review_check_in", {"content": filled(Trigger.REVIEW_CHECK_IN, PLAN)}
        )
    await done(service, agency.officer, case, "open_evaluation")
    assessment: Any = filled(Trigger.SUBMIT_SELF_ASSESSMENT, PLAN)
    assessment["indicators"]["i1"]["realised"] = 120
    assessment["indicators"]["i3"]["realised"] = 11
    await done(service, employee, case, "submit_self_assessment", {"content": assessment})
    found = (await service.get(agency.rater, f"/appraisals/{case}/rating/suggestion")).json()
    assert (found["step"], found["achievement"], found["left_out"]) == ("above", 115.0, 1)
    assert (await service.get(employee, f"/appraisals/{case}/rating/suggestion")).status_code == 404
    assert await service.stage(case) == "rating"
