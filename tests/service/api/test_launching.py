"""Personnel officers launch for some or for all, pause, resume, and read what became of each person."""

import asyncio
import csv
import io
import uuid
from typing import Any

import pytest
from python_calamine import CalamineWorkbook
from sqlalchemy import text
from temporalio.client import WorkflowExecutionStatus

from activities.starting import appraisal_workflow_id
from store.appraisal.launching import appraisal_id
from store.base import new_id
from tests.service.api.conftest import Service
from tests.workflows.launches import NEXT_YEAR, until_followed

pytestmark = [pytest.mark.database, pytest.mark.engine]

_PATIENCE_SECONDS = 60


@pytest.fixture
async def cycle(service: Service) -> uuid.UUID:
    """A cycle of next year, in which nobody has been launched."""
    created = await service.post(
        service.agency.officer, "/cycles", {"name": f"SKP {uuid.uuid4()}", "year": NEXT_YEAR}
    )
    assert created.status_code == 201
    return uuid.UUID(created.json()["id"])


async def launched(service: Service, cycle: uuid.UUID, body: Any = None) -> dict[str, Any]:
    """Launches and waits for the end; gives the progress."""
    answer = await service.post(service.agency.officer, f"/cycles/{cycle}/launch", body)
    assert answer.status_code == 202, answer.text
    async with asyncio.timeout(_PATIENCE_SECONDS):
        while True:
            progress: dict[str, Any] = (
                await service.get(service.agency.officer, f"/cycles/{cycle}/launch")
            ).json()
            if progress["engine"] and progress["engine"]["done"]:
                await service.engine.get_workflow_handle(f"launch-{cycle}").result()
                return progress
            await asyncio.sleep(0.1)


async def listed(service: Service, cycle: uuid.UUID, **parameters: Any) -> list[dict[str, Any]]:
    answer = await service.get(service.agency.officer, f"/cycles/{cycle}/launch/results", **parameters)
    assert answer.status_code == 200, answer.text
    return list(answer.json()["items"])


async def test_the_chosen_people_are_launched_and_listed(service: Service, cycle: uuid.UUID) -> None:
    people = [str(each) for each in service.agency.employees[:2]]
    progress = await launched(service, cycle, {"people": people, "pace": 0})
    assert progress["outcomes"] == [
        {"outcome": "started", "outcome_name": "Started", "reason": "", "reason_name": "", "people": 2}
    ]
    assert progress["engine"]["who"] == {"people": sorted(people)}
    found = await listed(service, cycle)
    assert {line["person_id"] for line in found} == set(people)
    assert {line["outcome"] for line in found} == {"started"}


async def test_whoever_is_launched_sees_the_appraisal_at_once_and_the_engine_follows(
    service: Service, cycle: uuid.UUID
) -> None:
    employee = service.agency.employees[0]
    await launched(service, cycle, {"people": [str(employee)], "pace": 0})
    seen = await service.get(employee, "/appraisals", cycle=str(cycle))
    (line,) = seen.json()["items"]
    assert (line["id"], line["stage"]) == (str(appraisal_id(cycle, employee)), "scheduled")
    rated = await service.get(service.agency.rater, "/appraisals", cycle=str(cycle))
    assert [each["id"] for each in rated.json()["items"]] == [line["id"]]
    await until_followed(service.database)
    described = await service.engine.get_workflow_handle(appraisal_workflow_id(line["id"])).describe()
    assert described.status is WorkflowExecutionStatus.RUNNING


async def test_nobody_sees_an_appraisal_who_was_not_launched(service: Service, cycle: uuid.UUID) -> None:
    await launched(service, cycle, {"people": [str(service.agency.employees[0])], "pace": 0})
    for person in (service.agency.employees[1], service.elsewhere.officer):
        answer = await service.get(person, "/appraisals", cycle=str(cycle))
        assert answer.json()["items"] == []


async def test_whoever_is_skipped_is_listed_with_the_reason_and_who_has_to_do_what(
    service: Service, cycle: uuid.UUID
) -> None:
    await launched(service, cycle, {"people": [str(service.agency.head)]})
    (line,) = await listed(service, cycle, outcome="skipped", reason="no_rater")
    assert line["person_id"] == str(service.agency.head)
    assert (line["reason"], line["reason_name"]) == ("no_rater", "no rater")
    assert "enter the superior in the roster" in line["remedy"]
    assert line["nip_masked"].endswith(line["nip_masked"].strip("•*")[-3:])
    assert await service.value("SELECT nip FROM person WHERE id = :id", id=service.agency.head) not in str(
        line
    )
    assert line["appraisal_id"] is None
    assert await listed(service, cycle, outcome="started") == []


async def test_without_a_body_everybody_is_launched_once(service: Service, cycle: uuid.UUID) -> None:
    first = await launched(service, cycle)
    assert first["engine"]["pace"] == 50
    total = await service.value("SELECT count(*) FROM person WHERE agency_id = :id", id=service.agency.agency)
    assert first["engine"]["seen"] == total
    again = await launched(service, cycle, {})
    assert (again["engine"]["started"], again["engine"]["seen"]) == (0, 1)
    assert again["started"] == first["started"]


async def test_a_body_of_nothing_may_have_any_type(service: Service, cycle: uuid.UUID) -> None:
    """As some clients send one along although there is nothing to send."""
    headers = service.headers(service.agency.officer, **{"Content-Type": "application/octet-stream"})
    answer = await service.http.post(f"/api/v1/cycles/{cycle}/launch", headers=headers)
    assert answer.status_code == 202
    await service.engine.get_workflow_handle(f"launch-{cycle}").result()


async def test_pages_of_results_show_everybody_once(service: Service, cycle: uuid.UUID) -> None:
    await launched(service, cycle, {"pace": 0})
    seen: list[str] = []
    parameters: dict[str, Any] = {"limit": 10}
    while True:
        page = (
            await service.get(service.agency.officer, f"/cycles/{cycle}/launch/results", **parameters)
        ).json()
        seen += [line["person_id"] for line in page["items"]]
        if page["next"] is None:
            break
        parameters["cursor"] = page["next"]
    assert len(seen) == len(set(seen)) == 25
    assert seen == sorted(seen)


async def test_while_one_launch_runs_another_selection_is_refused(service: Service, cycle: uuid.UUID) -> None:
    officer = service.agency.officer
    everybody = f"/cycles/{cycle}/launch"
    assert (await service.post(officer, everybody, {"pace": 1})).status_code == 202
    paused = await service.post(officer, f"{everybody}/pause")
    assert (paused.status_code, paused.json()["engine"]["paused"]) == (200, True)
    other = await service.post(officer, everybody, {"employment": ["PPPK"]})
    assert (other.status_code, other.json()["code"]) == (409, "other_launch_running")
    assert "everybody" in other.json()["detail"]
    assert (await service.post(officer, everybody, {})).status_code == 202
    resumed = await service.post(officer, f"{everybody}/resume")
    assert (resumed.status_code, resumed.json()["engine"]["paused"]) == (200, False)
    await service.engine.get_workflow_handle(f"launch-{cycle}").terminate()


@pytest.mark.parametrize("what", ("pause", "resume"))
async def test_where_no_launch_runs_there_is_nothing_to_steer(
    service: Service, cycle: uuid.UUID, what: str
) -> None:
    answer = await service.post(service.agency.officer, f"/cycles/{cycle}/launch/{what}")
    assert (answer.status_code, answer.json()["code"]) == (409, "launch_not_running")


@pytest.mark.parametrize(
    ("body", "field"),
    (
        ({"units": ["U1"]}, "/units/0"),
        ({"employment": ["Honorer"]}, "/employment/0"),
        ({"post_kinds": ["9"]}, "/post_kinds/0"),
        ({"echelons": ["3a"]}, "/echelons/0"),
        ({"people": [str(uuid.uuid4())]}, "/people/0"),
        ({"units": [str(uuid.uuid4())]}, "/units/0"),
        ({"people": [str(uuid.uuid4())] * 1_001}, "/people"),
        ({"pace": -1}, "/pace"),
        ({"pace": "fast"}, "/pace"),
        ({"nip": ["198701282012081988"]}, "/nip"),
    ),
)
async def test_what_cannot_be_launched_is_named(
    service: Service, cycle: uuid.UUID, body: Any, field: str
) -> None:
    answer = await service.post(service.agency.officer, f"/cycles/{cycle}/launch", body)
    assert (answer.status_code, answer.json()["code"]) == (422, "invalid")
    assert [error["field"] for error in answer.json()["errors"]] == [field]


async def test_people_and_units_of_another_agency_are_not_there(service: Service, cycle: uuid.UUID) -> None:
    body = {"units": [str(service.elsewhere.unit)], "people": [str(service.elsewhere.employee)]}
    answer = await service.post(service.agency.officer, f"/cycles/{cycle}/launch", body)
    assert [error["field"] for error in answer.json()["errors"]] == ["/units/0", "/people/0"]


@pytest.mark.parametrize("path", ("", "/results", "/results.csv", "/results.xlsx"))
@pytest.mark.parametrize(
    ("who", "status"),
    (("employee", 403), ("rater", 403), ("head", 403), ("stranger", 404)),
)
async def test_only_the_agencys_personnel_officers_see_a_launch(
    service: Service, cycle: uuid.UUID, path: str, who: str, status: int
) -> None:
    person = service.elsewhere.officer if who == "stranger" else getattr(service.agency, who)
    assert (await service.get(person, f"/cycles/{cycle}/launch{path}")).status_code == status


@pytest.mark.parametrize("what", ("pause", "resume"))
async def test_only_the_agencys_personnel_officers_steer_a_launch(
    service: Service, cycle: uuid.UUID, what: str
) -> None:
    employee = await service.post(service.agency.employee, f"/cycles/{cycle}/launch/{what}")
    stranger = await service.post(service.elsewhere.officer, f"/cycles/{cycle}/launch/{what}")
    assert (employee.status_code, stranger.status_code) == (403, 404)


async def test_results_come_as_csv_that_no_spreadsheet_takes_for_formulas(
    service: Service, cycle: uuid.UUID
) -> None:
    await _called(service, service.agency.head, "=HYPERLINK(0)")
    await launched(service, cycle, {"pace": 0})
    answer = await service.get(service.agency.officer, f"/cycles/{cycle}/launch/results.csv")
    assert answer.headers["content-type"] == "text/csv; charset=utf-8"
    assert answer.headers["cache-control"] == "no-store"
    assert "attachment" in answer.headers["content-disposition"]
    rows = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert rows[0][:3] == ["Person (id)", "Name", "NIP, masked"]
    assert len(rows) == 26
    (head,) = [row for row in rows if row[0] == str(service.agency.head)]
    assert head[1] == "'=HYPERLINK(0)"
    assert head[5:7] == ["Skipped", "no rater"]


async def test_results_come_as_a_workbook_in_the_readers_language(service: Service, cycle: uuid.UUID) -> None:
    await _called(service, service.agency.head, "=HYPERLINK(0)")
    await launched(service, cycle, {"pace": 0})
    answer = await service.http.get(
        f"/api/v1/cycles/{cycle}/launch/results.xlsx?outcome=skipped",
        headers=service.headers(service.agency.officer) | {"Accept-Language": "id"},
    )
    assert answer.status_code == 200
    rows = CalamineWorkbook.from_filelike(io.BytesIO(answer.content)).get_sheet_by_index(0).to_python()
    assert rows[0][1:3] == ["Nama", "NIP, disamarkan"]
    assert [row[1] for row in rows[1:]] == ["=HYPERLINK(0)"]
    assert rows[1][5] == "Dilewati"


async def test_no_number_of_a_person_reaches_the_history_of_a_launch(
    service: Service, cycle: uuid.UUID
) -> None:
    people = [str(service.agency.employees[0]), str(service.agency.head)]
    await launched(service, cycle, {"people": people})
    history = await service.engine.get_workflow_handle(f"launch-{cycle}").fetch_history()
    written = history.to_json()
    for person in people:
        nip, name = await _nip_and_name(service, uuid.UUID(person))
        assert nip not in written
        assert name not in written


async def test_a_launch_of_a_unit_takes_all_below_it(service: Service, cycle: uuid.UUID) -> None:
    agency = service.agency
    below = new_id()
    await service.run(
        """
        INSERT INTO unit (id, agency_id, code, name, kind, zone, parent_id)
        VALUES (:id, :agency, :code, 'Seksi', '', 'Asia/Jakarta', :above)
        """,
        id=below,
        agency=agency.agency,
        code=f"U{below}",
        above=agency.unit,
    )
    await service.run("UPDATE person SET unit_id = :unit WHERE id = :id", unit=below, id=agency.employees[5])
    progress = await launched(service, cycle, {"units": [str(below)], "pace": 0})
    assert (progress["engine"]["total"], progress["engine"]["started"]) == (1, 1)
    await service.run(
        "UPDATE person SET unit_id = :unit WHERE id = :id", unit=agency.unit, id=agency.employees[5]
    )
    whole = await launched(service, cycle, {"units": [str(agency.unit)], "pace": 0})
    assert whole["engine"]["total"] == 24


async def test_the_document_describes_what_may_be_asked_of_a_launch(service: Service) -> None:
    document = (await service.http.get("/openapi.json")).json()
    body = document["paths"]["/api/v1/cycles/{cycle_id}/launch"]["post"]["requestBody"]
    assert body["required"] is False
    assert set(document["components"]["schemas"]["NewLaunch"]["properties"]) == {
        "units",
        "employment",
        "post_kinds",
        "echelons",
        "people",
        "pace",
    }


async def _called(service: Service, person: uuid.UUID, name: str) -> None:
    await service.run("UPDATE person SET name = :name WHERE id = :id", name=name, id=person)


async def _nip_and_name(service: Service, person: uuid.UUID) -> tuple[str, str]:
    async with service.database.connect() as connection:
        row = (
            await connection.execute(text("SELECT nip, name FROM person WHERE id = :id"), {"id": person})
        ).one()
    return row.nip, row.name
