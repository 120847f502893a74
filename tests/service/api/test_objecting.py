"""The right to object over HTTP: it hangs on the receipt alone (PP 30/2019 art 59(1))."""

import uuid

import pytest
import pytest_asyncio

from tests.fixtures.agency import SmallAgency
from tests.service.api.conftest import Service
from tests.service.api.results import (
    OBJECTION,
    day,
    days_later,
    decided,
    delivered,
    detail,
    done,
    hearing,
    latest,
    objected,
    objected_after_countersigning,
    received,
    refused,
)

WHY = {"text": "Alasan"}


@pytest_asyncio.fixture(loop_scope="session")
async def agency(service: Service) -> SmallAgency:
    return await service.new_agency()


async def test_before_the_receipt_no_days_for_an_objection_run(service: Service, agency: SmallAgency) -> None:
    case = await delivered(service, agency)
    seen = await detail(service, agency.employee, case)
    assert (seen["response_term"], seen["objection"], seen["reported"]) == (None, None, False)


async def test_from_the_receipt_on_everybody_sees_until_when_an_objection_is_in_time(
    service: Service, agency: SmallAgency
) -> None:
    case = await received(service, agency)
    for person in (agency.employee, agency.rater, agency.officer):
        term = (await detail(service, person, case))["response_term"]
        assert (term["due_on"], term["by_law"]) == (day(14), day(14))
    assert term["in_words"] == "An objection is in time until Monday, 19 January 2026."


async def test_who_has_signed_objects_within_the_days(service: Service, agency: SmallAgency) -> None:
    case = await received(service, agency)
    await done(service, case, (agency.employee, "agree", None))
    actions = (await detail(service, agency.employee, case))["actions"]
    assert [action["trigger"] for action in actions] == ["object"]
    await days_later(service, agency, 13)
    answer = await done(service, case, (agency.employee, "object", OBJECTION))
    assert answer.json()["stage"] == "objected"
    objection = (await detail(service, agency.employee, case))["objection"]
    assert (objection["filed_on"], objection["late"], objection["in_words"]) == (
        day(13),
        False,
        "Filed in time.",
    )


async def test_an_objection_after_the_countersignature_is_accepted_and_flagged_with_its_days(
    service: Service, agency: SmallAgency
) -> None:
    case = await received(service, agency)
    await days_later(service, agency, 15)
    await done(service, case, (agency.superior, "countersign", None))
    assert (await detail(service, agency.employee, case))["stage"] == "reporting"
    await days_later(service, agency, 17)
    await done(service, case, (agency.employee, "object", OBJECTION))
    objection = (await detail(service, agency.rater, case))["objection"]
    assert (objection["late"], objection["late_by"], objection["late_by_law"]) == (True, 3, 3)
    assert objection["in_words"] == "Days late: 3."
    entry = await latest(service, agency.employee, case)
    assert (entry["late"], entry["late_by"], entry["late_by_law"]) == (True, 3, 3)


async def test_lateness_is_shown_by_the_law_and_with_the_extension(
    service: Service, agency: SmallAgency
) -> None:
    case = await received(service, agency)
    extension = {"text": "Cuti bersama", "until": day(20), "authority": "SK Kepala BKPSDM 7/2026"}
    await done(service, case, (agency.officer, "extend", extension))
    seen = await detail(service, agency.employee, case)
    assert (seen["deadline"]["on"], seen["deadline"]["by_law"]) == (day(20), day(14))
    assert (seen["response_term"]["due_on"], seen["response_term"]["by_law"]) == (day(20), day(14))
    await days_later(service, agency, 17)
    await done(service, case, (agency.employee, "object", OBJECTION))
    objection = (await detail(service, agency.employee, case))["objection"]
    assert (objection["late_by"], objection["late_by_law"]) == (0, 3)
    assert objection["in_words"] == "Days late: 3 by the law, 0 with what was added to the term."


async def test_lateness_is_read_in_indonesian(service: Service, agency: SmallAgency) -> None:
    case = await received(service, agency)
    extension = {"text": "Cuti bersama", "until": day(20), "authority": "SK Kepala BKPSDM 7/2026"}
    await done(service, case, (agency.officer, "extend", extension))
    await days_later(service, agency, 17)
    await done(service, case, (agency.employee, "object", OBJECTION))
    headers = service.headers(agency.employee) | {"Accept-Language": "id"}
    seen = (await service.http.get(f"/api/v1/appraisals/{case}", headers=headers)).json()
    words = "Terlambat 3 hari menurut undang-undang, 0 hari menurut perpanjangan."
    assert seen["objection"]["in_words"] == words


async def test_a_case_that_hr_has_suspended_can_be_objected_to(service: Service, agency: SmallAgency) -> None:
    case = await received(service, agency)
    await done(service, case, (agency.officer, "suspend", WHY))
    assert (await detail(service, agency.employee, case))["response_term"]["due_on"] == day(14)
    answer = await done(service, case, (agency.employee, "object", OBJECTION))
    assert answer.json()["stage"] == "objected"
    assert (await detail(service, agency.employee, case))["objection"]["late"] is False


async def test_a_repeated_objection_is_filed_once(service: Service, agency: SmallAgency) -> None:
    case = await received(service, agency)
    key = uuid.uuid4().hex
    first = await done(service, case, (agency.employee, "object", OBJECTION), key=key)
    events = await service.events(case)
    again = await done(service, case, (agency.employee, "object", OBJECTION), key=key)
    assert again.json() == first.json()
    assert await service.events(case) == events


async def test_an_open_objection_is_not_cancelled(service: Service, agency: SmallAgency) -> None:
    case = await objected(service, agency)
    assert await refused(service, case, agency.officer, "cancel", WHY) == (409, "objection_open", None)
    await done(service, case, (agency.officer, "suspend", WHY))
    assert await refused(service, case, agency.officer, "cancel", WHY) == (409, "objection_open", None)


@pytest.mark.parametrize("body", (None, {"text": "  "}))
async def test_an_objection_is_withdrawn_only_with_a_text(
    service: Service, agency: SmallAgency, body: dict[str, str] | None
) -> None:
    case = await objected(service, agency)
    found = await refused(service, case, agency.employee, "withdraw_objection", body)
    assert found == (422, "content_missing", "text")
    answer = await done(service, case, (agency.employee, "withdraw_objection", WHY))
    assert answer.json()["stage"] == "reporting"


async def test_a_decided_objection_is_final_for_the_employee(service: Service, agency: SmallAgency) -> None:
    case = await decided(service, agency)
    found = await refused(service, case, agency.employee, "object", OBJECTION)
    assert found == (409, "settled_by_objection", None)


@pytest.mark.parametrize(
    ("body", "field"),
    (
        (WHY, "reopening_ground"),
        ({**WHY, "reopening_ground": "court_decision"}, "reference"),
    ),
)
async def test_a_decided_case_is_reopened_only_with_ground_and_reference(
    service: Service, agency: SmallAgency, body: dict[str, str], field: str
) -> None:
    case = await decided(service, agency)
    found = await refused(service, case, agency.officer, "reopen", body)
    assert found == (422, "parameter_invalid", field)


async def test_a_reopened_objection_goes_back_to_the_officer_and_never_to_the_rating(
    service: Service, agency: SmallAgency
) -> None:
    case = await objected_after_countersigning(service, agency)
    decision = (agency.director, "uphold_result", WHY)
    await done(service, case, *hearing(agency, agency.director), decision)
    assert (await service.get(agency.director, f"/appraisals/{case}")).status_code == 404
    body = {**WHY, "reopening_ground": "court_decision", "reference": " 12/G/2026/PTUN.JKT "}
    answer = await done(service, case, (agency.officer, "reopen", body))
    assert answer.json()["stage"] == "objection_review"
    assert (await service.get(agency.director, f"/appraisals/{case}")).status_code == 200
    entry = await latest(service, agency.employee, case)
    assert (entry["reopening_ground"], entry["reference"]) == ("court_decision", "12/G/2026/PTUN.JKT")
    assert entry["reopening_ground_name"] == "Binding decision of a court"


async def test_the_result_is_reported_with_a_flag_while_an_objection_is_open(
    service: Service, agency: SmallAgency
) -> None:
    case = await objected(service, agency)
    (duty,) = (await detail(service, agency.rater, case))["duties"]
    assert (duty["kind"], duty["capacity"], duty["overdue"]) == ("report", "rater", False)
    assert duty["deadline"]["on"] == duty["deadline"]["by_law"] == "2027-02-28"
    assert duty["name"] == "The report of a result that is not settled yet"
    answer = await done(service, case, (agency.rater, "report_provisionally", None))
    assert answer.json()["stage"] == "objected"
    seen = await detail(service, agency.employee, case)
    assert (seen["reported"], seen["duties"]) == (True, [])
    again = await refused(service, case, agency.rater, "report_provisionally")
    assert again == (409, "already_recorded", None)
