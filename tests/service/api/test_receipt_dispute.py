"""A receipt that HR has recorded late, its dispute, and extensions of a term of the law, over HTTP."""

import uuid

import pytest
import pytest_asyncio

from tests.fixtures.agency import SmallAgency
from tests.service.api.conftest import Service
from tests.service.api.results import (
    OBJECTION,
    day,
    days_later,
    delivered,
    detail,
    done,
    latest,
    received,
    refused,
)

AUTHORITY = "SK Kepala BKPSDM 7/2026"


@pytest_asyncio.fixture(loop_scope="session")
async def agency(service: Service) -> SmallAgency:
    return await service.new_agency()


async def recorded_late(service: Service, agency: SmallAgency) -> uuid.UUID:
    """An appraisal whose receipt of seventeen days ago was recorded today."""
    case = await delivered(service, agency)
    await days_later(service, agency, 17)
    body = {"text": "Tanda terima 4/2026", "received_on": day(0)}
    await done(service, case, (agency.officer, "record_receipt", body))
    return case


async def test_a_receipt_of_seventeen_days_ago_ends_no_days_before_the_employee_knows_of_it(
    service: Service, agency: SmallAgency
) -> None:
    case = await recorded_late(service, agency)
    seen = await detail(service, agency.employee, case)
    assert seen["stage"] == "response"
    assert (seen["deadline"]["on"], seen["deadline"]["by_law"]) == (day(17), day(14))
    assert (seen["response_term"]["due_on"], seen["response_term"]["by_law"]) == (day(17), day(14))
    assert "dispute_receipt" in {action["trigger"] for action in seen["actions"]}


async def test_the_employee_is_told_at_once_of_a_recorded_receipt(
    service: Service, agency: SmallAgency
) -> None:
    case = await recorded_late(service, agency)
    told = await service.value(
        """SELECT count(*) FROM notice WHERE appraisal_id = :id AND recipient_id = :person
            AND channel = 'inbox' AND template = 'receipt_recorded'""",
        id=case,
        person=agency.employee,
    )
    assert told == 1


async def test_a_disputed_receipt_is_answered_with_another_day(service: Service, agency: SmallAgency) -> None:
    case = await recorded_late(service, agency)
    await done(service, case, (agency.employee, "dispute_receipt", {"text": "Baru saya terima kemarin"}))
    seen = await detail(service, agency.officer, case)
    assert seen["receipt_disputed"] is True
    assert "receipt_answer" in {duty["kind"] for duty in seen["duties"]}
    again = await refused(service, case, agency.employee, "dispute_receipt", {"text": "Sekali lagi"})
    assert again == (409, "already_recorded", None)
    answer = {"text": "Tanda terima keliru", "received_on": day(16)}
    await done(service, case, (agency.officer, "answer_receipt", answer))
    seen = await detail(service, agency.employee, case)
    assert (seen["receipt_disputed"], seen["received_on"]) == (False, day(16))
    assert (seen["deadline"]["on"], seen["response_term"]["due_on"]) == (day(30), day(30))
    entry = await latest(service, agency.employee, case)
    assert (entry["trigger"], entry["response_due"], entry["text"]) == (
        "answer_receipt",
        day(30),
        "Tanda terima keliru",
    )


async def test_an_answer_names_no_day_before_the_recorded_one(service: Service, agency: SmallAgency) -> None:
    case = await recorded_late(service, agency)
    await done(service, case, (agency.employee, "dispute_receipt", {"text": "Belum saya terima"}))
    body = {"text": "Keliru", "received_on": day(-1)}
    found = await refused(service, case, agency.officer, "answer_receipt", body)
    assert found == (422, "parameter_invalid", "received_on")


async def test_an_objection_after_a_corrected_receipt_is_in_time(
    service: Service, agency: SmallAgency
) -> None:
    case = await recorded_late(service, agency)
    await done(service, case, (agency.employee, "object", OBJECTION))
    assert (await detail(service, agency.employee, case))["objection"]["late_by_law"] == 3
    await done(
        service,
        case,
        (agency.employee, "dispute_receipt", {"text": "Baru saya terima kemarin"}),
        (agency.officer, "answer_receipt", {"text": "Tanda terima keliru", "received_on": day(16)}),
    )
    objection = (await detail(service, agency.employee, case))["objection"]
    assert (objection["late"], objection["late_by_law"]) == (False, 0)


@pytest.mark.parametrize("authority", (None, " "))
async def test_a_term_of_the_law_is_extended_only_on_a_named_authority(
    service: Service, agency: SmallAgency, authority: str | None
) -> None:
    case = await received(service, agency)
    body = {"text": "Cuti bersama", "until": day(20)} | ({"authority": authority} if authority else {})
    found = await refused(service, case, agency.officer, "extend", body)
    assert found == (422, "content_missing", "authority")


async def test_a_term_of_the_law_is_extended_only_as_far_as_the_scheme_lets_it(
    service: Service, agency: SmallAgency
) -> None:
    case = await received(service, agency)
    body = {"text": "Cuti bersama", "until": day(14 + 31), "authority": AUTHORITY}
    found = await refused(service, case, agency.officer, "extend", body)
    assert found == (422, "parameter_invalid", "until")
    await done(service, case, (agency.officer, "extend", {**body, "until": day(14 + 30)}))


async def test_an_extension_keeps_its_authority_and_both_days(service: Service, agency: SmallAgency) -> None:
    case = await received(service, agency)
    body = {"text": "Cuti bersama", "until": day(20), "authority": AUTHORITY}
    await done(service, case, (agency.officer, "extend", body))
    entry = await latest(service, agency.employee, case)
    assert (entry["due_on"], entry["due_before"], entry["by_law"]) == (day(20), day(14), day(14))
    kept = (await service.get(agency.employee, f"/appraisals/{case}/documents/{entry['authority']}")).json()
    assert (kept["kind"], kept["text"]) == ("authority", AUTHORITY)
