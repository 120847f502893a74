"""The own inbox: what stands in it, what of it was seen, and that a notice is no result."""

import datetime as dt
import uuid
from typing import Any

import pytest
import pytest_asyncio

from tests.fixtures.agency import SmallAgency
from tests.service.api.changes import drafting, named, submitted
from tests.service.api.conftest import PLAN, Service
from tests.service.api.results import delivered, levels, receipt

TEXT = {"text": "Hasil kerja sesuai rencana"}


@pytest_asyncio.fixture(loop_scope="session")
async def agency(service: Service) -> SmallAgency:
    return await service.new_agency()


async def inbox(service: Service, person: uuid.UUID, **parameters: Any) -> Any:
    answer = await service.get(person, "/inbox", **parameters)
    assert answer.status_code == 200, answer.text
    return answer.json()


async def mark(service: Service, person: uuid.UUID, **body: Any) -> Any:
    answer = await service.post(person, "/inbox/seen", body)
    assert answer.status_code == 200, answer.text
    return answer.json()


async def test_a_notice_says_what_is_due_where_and_for_whom(service: Service, agency: SmallAgency) -> None:
    case = await submitted(service, agency, agency.employee)
    (line,) = (await inbox(service, agency.rater))["items"]
    assert line["sentence"] == "[GLADI] New task: set the performance plan (SKP)"
    assert (line["kind"], line["kind_name"], line["stage"]) == ("task", "New task", "plan_review")
    assert (line["due_on"], line["open"], line["seen_at"]) == ("2026-01-31", True, None)
    assert (line["appraisal_id"], line["appraisal"]) == (str(case), f"/api/v1/appraisals/{case}")
    assert (line["employee"], line["nudged_by"]) == (await named(service, agency.employee), None)
    assert line["at"].startswith("2026-01-05")


async def test_a_notice_is_read_in_the_language_of_its_reader(service: Service, agency: SmallAgency) -> None:
    await submitted(service, agency, agency.employee)
    headers = service.headers(agency.rater, **{"Accept-Language": "id"})
    answer = await service.http.get("/api/v1/inbox", headers=headers)
    (line,) = answer.json()["items"]
    assert line["sentence"] == "[GLADI] Tugas baru: menetapkan SKP"
    assert line["kind_name"] == "Tugas baru"


async def test_what_was_done_since_is_not_open_any_more(service: Service, agency: SmallAgency) -> None:
    case = await submitted(service, agency, agency.employee)
    assert (await service.act(agency.rater, case, "approve_plan")).status_code == 200
    (line,) = (await inbox(service, agency.rater))["items"]
    assert (line["open"], line["due_on"]) == (False, "2026-01-31")


async def test_a_task_that_was_sent_back_and_came_again_is_another_one(
    service: Service, agency: SmallAgency
) -> None:
    case = await submitted(service, agency, agency.employee)
    assert (await service.act(agency.rater, case, "return_plan", TEXT)).status_code == 200
    assert (await service.act(agency.employee, case, "submit_plan", PLAN)).status_code == 200
    newer, older = (await inbox(service, agency.rater))["items"]
    assert (newer["open"], older["open"]) == (True, False)


async def test_a_nudge_names_who_asks(service: Service, agency: SmallAgency) -> None:
    case = await drafting(service, agency, agency.employee)
    body = {"appraisals": [str(case)]}
    await service.post(agency.rater, "/nudges", body, **{"Idempotency-Key": uuid.uuid4().hex})
    line = (await inbox(service, agency.employee))["items"][0]
    assert (line["kind"], line["nudged_by"]) == ("nudge", await named(service, agency.rater))
    assert line["sentence"].endswith("Your attention, please: draft the performance plan (SKP)")


async def test_the_newest_comes_first_page_by_page(service: Service, agency: SmallAgency) -> None:
    for employee in agency.employees:
        await submitted(service, agency, employee)
    whole = (await inbox(service, agency.rater))["items"]
    first = await inbox(service, agency.rater, limit=1)
    second = await inbox(service, agency.rater, limit=1, cursor=first["next"])
    assert [*first["items"], *second["items"]] == whole
    assert (len(whole), second["next"]) == (2, None)
    assert whole[0]["created_at"] > whole[1]["created_at"]


async def test_a_cursor_of_another_list_is_refused(service: Service, agency: SmallAgency) -> None:
    answer = await service.get(agency.rater, "/inbox", cursor="bm9uZQ")
    assert (answer.status_code, answer.json()["code"]) == (400, "cursor_invalid")


async def test_reading_marks_nothing(service: Service, agency: SmallAgency) -> None:
    await submitted(service, agency, agency.employee)
    for _ in range(2):
        assert (await inbox(service, agency.rater))["unseen"]["total"] == 1
    assert (await service.get(agency.rater, "/inbox/unseen")).json() == {
        "total": 1,
        "kinds": [{"kind": "task", "kind_name": "New task", "count": 1}],
    }


async def test_what_was_seen_keeps_the_first_moment_in_the_time_of_its_cycle(
    service: Service, agency: SmallAgency
) -> None:
    await submitted(service, agency, agency.employee)
    (line,) = (await inbox(service, agency.rater))["items"]
    first = await mark(service, agency.rater, notices=[line["id"]])
    assert (first["marked"], first["unseen"]["total"]) == (1, 0)
    (seen,) = (await inbox(service, agency.rater))["items"]
    assert seen["seen_at"].startswith("2026-01-05")
    assert (await mark(service, agency.rater, notices=[line["id"]]))["marked"] == 0
    assert (await inbox(service, agency.rater))["items"] == [seen]
    assert (await inbox(service, agency.rater, unseen=True))["items"] == []


async def test_all_until_a_moment_leaves_what_came_later(service: Service, agency: SmallAgency) -> None:
    await submitted(service, agency, agency.employees[0])
    (line,) = (await inbox(service, agency.rater))["items"]
    await submitted(service, agency, agency.employees[1])
    done = await mark(service, agency.rater, all=True, until=line["created_at"])
    assert (done["marked"], done["unseen"]["total"]) == (1, 1)
    (left,) = (await inbox(service, agency.rater, unseen=True))["items"]
    assert left["id"] != line["id"]


async def test_nobody_reads_or_marks_the_inbox_of_another(service: Service, agency: SmallAgency) -> None:
    await submitted(service, agency, agency.employee)
    (line,) = (await inbox(service, agency.rater))["items"]
    for person in (agency.employees[1], agency.head, service.elsewhere.officer):
        assert line["id"] not in str(await inbox(service, person))
        assert (await mark(service, person, notices=[line["id"]]))["marked"] == 0
    assert (await inbox(service, agency.rater))["unseen"]["total"] == 1


async def test_to_see_that_the_own_result_is_there_is_not_to_have_opened_it(
    service: Service, agency: SmallAgency
) -> None:
    case = await delivered(service, agency)
    line = (await inbox(service, agency.employee, unseen=True))["items"][0]
    assert (line["kind"], line["open"]) == ("result", True)
    assert "Hasil" not in line["sentence"]
    done = await mark(service, agency.employee, notices=[line["id"]])
    assert all(each["kind"] != "result" for each in done["unseen"]["kinds"])
    shown = await receipt(service, agency.employee, case)
    assert (levels(shown), shown["deadline_runs_from"]) == (["delivered"], None)


async def test_a_reminder_of_a_result_asks_to_open_it_until_it_is_received_and_to_answer_it_then(
    service: Service, agency: SmallAgency
) -> None:
    case = await delivered(service, agency)
    await service.run(
        "UPDATE notice SET template = 'reminder' WHERE appraisal_id = :id AND template = 'result_ready'",
        id=case,
    )
    sentence = (await inbox(service, agency.employee))["items"][0]["sentence"]
    assert sentence.startswith("[GLADI] Reminder: open and read the result by ")
    await service.post(agency.employee, f"/appraisals/{case}/seen")
    sentence = (await inbox(service, agency.employee))["items"][0]["sentence"]
    assert sentence.startswith("[GLADI] Reminder: respond to the result by ")


async def test_to_mark_everything_as_seen_begins_no_days(service: Service, agency: SmallAgency) -> None:
    case = await delivered(service, agency)
    events = await service.events(case)
    await mark(service, agency.employee, all=True, until=dt.datetime.now(dt.UTC).isoformat())
    assert (await receipt(service, agency.officer, case))["deadline_runs_from"] is None
    assert await service.events(case) == events


@pytest.mark.parametrize(
    ("body", "field"),
    (
        ({}, "/notices"),
        ({"notices": []}, "/notices"),
        ({"notices": ["1"]}, "/notices/0"),
        ({"notices": [str(uuid.UUID(int=1))], "all": True}, "/notices"),
        ({"all": True}, "/until"),
        ({"all": True, "until": "2026-01-05T08:00:00"}, "/until"),
        ({"all": True, "until": "0001-01-01T00:00:00+14:00"}, "/until"),
        ({"all": False, "until": "2026-01-05T08:00:00Z"}, "/all"),
        ({"until": "2026-01-05T08:00:00Z"}, "/notices"),
    ),
)
async def test_what_was_seen_must_be_said_precisely(
    service: Service, agency: SmallAgency, body: Any, field: str
) -> None:
    answer = await service.post(agency.rater, "/inbox/seen", body)
    assert (answer.status_code, answer.json()["errors"][0]["field"]) == (422, field)


@pytest.mark.parametrize("path", ("/inbox", "/inbox/unseen"))
async def test_an_inbox_is_read_after_signing_in(service: Service, path: str) -> None:
    assert (await service.http.get(f"/api/v1{path}")).status_code == 401
