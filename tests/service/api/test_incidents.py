"""Nothing waits on nobody in silence: what is stuck stands in the queue of the personnel officers."""

import uuid
from typing import Any

import pytest
import pytest_asyncio

from tests.fixtures.agency import SmallAgency
from tests.service.api.changes import done, drafting, named, submitted
from tests.service.api.conftest import Service


@pytest_asyncio.fixture(loop_scope="session")
async def agency(service: Service) -> SmallAgency:
    return await service.new_agency()


async def queue(service: Service, agency: SmallAgency, **wanted: Any) -> list[dict[str, Any]]:
    items: list[dict[str, Any]] = (await service.get(agency.officer, "/incidents", **wanted)).json()["items"]
    return items


async def without_a_rater(service: Service, agency: SmallAgency) -> uuid.UUID:
    """An appraisal that waits on a rater, and no relation names one."""
    case = await submitted(service, agency, agency.employee)
    await service.run("DELETE FROM assignment WHERE employee_id = :id", id=agency.employee)
    return case


async def test_a_quiet_agency_has_an_empty_queue(service: Service, agency: SmallAgency) -> None:
    await submitted(service, agency, agency.employee)
    assert await queue(service, agency) == []
    summary = (await service.get(agency.officer, "/incidents/summary")).json()
    assert summary == {"incidents": 0, "kinds": [], "launches": []}


async def test_a_task_without_a_rater_is_told_with_what_to_do(service: Service, agency: SmallAgency) -> None:
    case = await without_a_rater(service, agency)
    (incident,) = await queue(service, agency)
    assert (incident["kind"], incident["appraisal_id"]) == ("no_rater", str(case))
    assert incident["kind_name"] == "Nobody rates this employee"
    assert incident["remedy"].startswith("Appoint a rater for this appraisal")
    assert (incident["stage_name"], incident["capacity"]) == ("Plan under review", "rater")
    assert (incident["waiting_days"], incident["overdue"]) == (0, False)
    assert incident["employee"] == await named(service, agency.employee)


async def test_what_nobody_holds_shows_the_personnel_officers_as_standing_in(
    service: Service, agency: SmallAgency
) -> None:
    case = await without_a_rater(service, agency)
    seen = (await service.get(agency.employee, f"/appraisals/{case}")).json()
    officer = await named(service, agency.officer)
    assert [each["in_words"] for each in seen["responsible"]] == [f"{officer} (personnel officer)"]
    (task,) = (await service.get(agency.officer, "/tasks")).json()["items"]
    assert (task["basis"], task["on_behalf_of"]) == ("hr", None)


async def test_a_new_rater_takes_it_out_of_the_queue(service: Service, agency: SmallAgency) -> None:
    case = await without_a_rater(service, agency)
    body = {"text": "SK 7", "assignee": str(agency.director), "assigned_capacity": "rater"}
    assert (await service.act(agency.officer, case, "reassign", body)).status_code == 200
    assert await queue(service, agency) == []


async def test_a_line_that_is_away_is_told_until_somebody_stands_in(
    service: Service, agency: SmallAgency
) -> None:
    await submitted(service, agency, agency.employee)
    for person in (agency.rater, agency.superior, agency.director, agency.head):
        await done(service, agency.officer, "absence", person=person, absence="suspended")
    assert [each["kind"] for each in await queue(service, agency)] == ["line_away"]
    await done(
        service,
        agency.officer,
        "appoint_substitute",
        official=agency.rater,
        substitute=agency.employees[1],
        basis="plt",
    )
    assert await queue(service, agency) == []


async def dispute(service: Service, agency: SmallAgency) -> uuid.UUID:
    case = await drafting(service, agency, agency.employee)
    answered = await service.act(
        agency.employee, case, "dispute_rater", {"text": "Atasan saya sekarang Kepala Bidang"}
    )
    assert answered.status_code == 200, answered.text
    return case


async def test_a_disputed_rater_stands_in_the_queue_and_the_clock_stands_still(
    service: Service, agency: SmallAgency
) -> None:
    case = await dispute(service, agency)
    (incident,) = await queue(service, agency)
    assert (incident["kind"], incident["appraisal_id"]) == ("rater_disputed", str(case))
    assert (incident["stage"], incident["capacity_name"]) == ("suspended", "personnel officer")


async def test_an_answer_with_another_rater_hands_the_case_over(
    service: Service, agency: SmallAgency
) -> None:
    case = await dispute(service, agency)
    body = {"text": "Benar, SK 3", "assignee": str(agency.director), "assigned_capacity": "rater"}
    assert (await service.act(agency.officer, case, "answer_dispute", body)).status_code == 200
    assert await queue(service, agency) == []
    assert (await service.get(agency.director, f"/appraisals/{case}")).status_code == 200
    assert (await service.get(agency.rater, f"/appraisals/{case}")).status_code == 404


async def test_an_answer_that_confirms_the_rater_ends_the_dispute_for_good(
    service: Service, agency: SmallAgency
) -> None:
    case = await dispute(service, agency)
    assert (
        await service.act(agency.officer, case, "answer_dispute", {"text": "Sesuai SK 1"})
    ).status_code == 200
    assert await queue(service, agency) == []
    again = await service.act(agency.employee, case, "dispute_rater", {"text": "Tetap bukan"})
    assert (again.status_code, again.json()["code"]) == (409, "rater_confirmed")


@pytest.mark.parametrize("stranger", ("nobody", "foreign"))
async def test_an_answer_names_a_rater_of_the_agency(
    service: Service, agency: SmallAgency, stranger: str
) -> None:
    case = await dispute(service, agency)
    assignee = service.elsewhere.rater if stranger == "foreign" else uuid.uuid4()
    body = {"text": "SK 3", "assignee": str(assignee), "assigned_capacity": "rater"}
    refused = await service.act(agency.officer, case, "answer_dispute", body)
    assert (refused.status_code, refused.json()["errors"][0]["field"]) == (422, "/assignee")
    assert [each["kind"] for each in await queue(service, agency)] == ["rater_disputed"]


async def test_an_employee_is_not_made_his_own_rater_by_an_answer(
    service: Service, agency: SmallAgency
) -> None:
    case = await dispute(service, agency)
    body = {"text": "SK 3", "assignee": str(agency.employee), "assigned_capacity": "rater"}
    refused = await service.act(agency.officer, case, "answer_dispute", body)
    assert (refused.status_code, refused.json()["errors"][0]["field"]) == (422, "/assignee")


async def test_an_order_that_was_refused_for_a_case_stands_in_the_queue_with_its_reason(
    service: Service, agency: SmallAgency
) -> None:
    await submitted(service, agency, agency.employee)
    operation = await done(service, agency.officer, "extend", unit=agency.unit, until="2028-12-29")
    (item,) = (await service.get(agency.officer, f"/operations/{operation['id']}/items")).json()["items"]
    assert item["outcome"] == "refused"
    (incident,) = await queue(service, agency)
    assert (incident["kind"], incident["operation_id"]) == ("order_refused", operation["id"])
    assert incident["operation_name"] == "Extend deadlines"
    assert incident["why"] == item["refusal"]["detail"]
    assert incident["why"].startswith("Give a new due day from")


async def test_the_queue_can_be_cut_down_to_one_kind(service: Service, agency: SmallAgency) -> None:
    await dispute(service, agency)
    await without_a_rater_of_another(service, agency)
    both = [each["kind"] for each in await queue(service, agency)]
    assert sorted(both) == ["no_rater", "rater_disputed"]
    assert [each["kind"] for each in await queue(service, agency, kind="no_rater")] == ["no_rater"]
    summary = (await service.get(agency.officer, "/incidents/summary")).json()
    assert {each["kind"]: each["incidents"] for each in summary["kinds"]} == {
        "no_rater": 1,
        "rater_disputed": 1,
    }


async def without_a_rater_of_another(service: Service, agency: SmallAgency) -> None:
    await submitted(service, agency, agency.employees[1])
    await service.run("DELETE FROM assignment WHERE employee_id = :id", id=agency.employees[1])


async def test_the_queue_is_read_page_by_page(service: Service, agency: SmallAgency) -> None:
    await dispute(service, agency)
    await without_a_rater_of_another(service, agency)
    first = (await service.get(agency.officer, "/incidents", limit=1)).json()
    second = (await service.get(agency.officer, "/incidents", limit=1, cursor=first["next"])).json()
    assert first["items"][0]["appraisal_id"] != second["items"][0]["appraisal_id"]
    assert (len(second["items"]), second["next"]) == (1, None)


async def test_whom_a_launch_left_out_is_counted_with_the_way_to_the_list(
    service: Service, agency: SmallAgency
) -> None:
    await service.run(
        "INSERT INTO launch_outcome (cycle_id, person_id, outcome, reason, launch_id, at)"
        " VALUES (:cycle, :person, 'skipped', 'no_rater', '', now())",
        cycle=agency.cycle,
        person=agency.head,
    )
    (launch,) = (await service.get(agency.officer, "/incidents/summary")).json()["launches"]
    assert (launch["skipped"], launch["failed"]) == (1, 0)
    path = launch["results"].removeprefix("/api/v1")
    assert (await service.get(agency.officer, path)).json()["items"][0]["reason"] == "no_rater"


@pytest.mark.parametrize("path", ("/incidents", "/incidents/summary"))
@pytest.mark.parametrize("role", ("employee", "rater", "head"))
async def test_the_queue_is_for_personnel_officers(
    service: Service, agency: SmallAgency, role: str, path: str
) -> None:
    refused = await service.get(getattr(agency, role), path)
    assert (refused.status_code, refused.json()["code"]) == (403, "hr_only")


async def test_the_queue_of_another_agency_is_another(service: Service, agency: SmallAgency) -> None:
    await without_a_rater(service, agency)
    assert (await service.get(service.elsewhere.officer, "/incidents")).json()["items"] == []


async def test_a_kind_that_is_none_is_refused(service: Service, agency: SmallAgency) -> None:
    refused = await service.get(agency.officer, "/incidents", kind="sulit")
    assert (refused.status_code, refused.json()["errors"][0]["field"]) == (422, "/kind")


async def test_the_queue_speaks_indonesian(service: Service, agency: SmallAgency) -> None:
    await without_a_rater(service, agency)
    headers = service.headers(agency.officer, **{"Accept-Language": "id"})
    answer = await service.http.get("/api/v1/incidents", headers=headers)
    assert answer.json()["items"][0]["kind_name"] == "Pegawai ini tidak mempunyai Pejabat Penilai Kinerja"
