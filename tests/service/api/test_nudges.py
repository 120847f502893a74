"""Asking by name for what others are awaited to do: by whom, whom, how often, and what is written for it."""

import asyncio
import datetime as dt
import uuid
from typing import Any

import httpx
import pytest
import pytest_asyncio
from sqlalchemy import text

from store.nudge.numbering import Numbering
from tests.fixtures.agency import SmallAgency
from tests.service.api.changes import drafting, named, submitted
from tests.service.api.conftest import BUSINESS_START, PLAN, Service


@pytest_asyncio.fixture(loop_scope="session")
async def agency(service: Service) -> SmallAgency:
    return await service.new_agency()


async def nudge(
    service: Service, person: uuid.UUID, *appraisals: uuid.UUID, key: str | None = None
) -> httpx.Response:
    body = {"appraisals": [str(each) for each in appraisals]}
    return await service.post(person, "/nudges", body, **{"Idempotency-Key": key or uuid.uuid4().hex})


async def result(service: Service, person: uuid.UUID, appraisal: uuid.UUID) -> dict[str, Any]:
    answer = await nudge(service, person, appraisal)
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()["results"][0]
    return found


async def notices(service: Service, appraisal: uuid.UUID) -> list[Any]:
    async with service.database.connect() as connection:
        rows = await connection.execute(
            text("SELECT * FROM notice WHERE appraisal_id = :id AND template = 'nudge' ORDER BY channel"),
            {"id": appraisal},
        )
        return list(rows)


async def test_a_rater_nudges_an_employee_in_his_own_name(service: Service, agency: SmallAgency) -> None:
    case = await drafting(service, agency, agency.employee)
    found = await result(service, agency.rater, case)
    assert (found["outcome"], found["outcome_name"], found["nudged_by"]) == ("nudged", "Nudged", None)
    assert found["people"] == [await named(service, agency.employee)]
    email, inbox = await notices(service, case)
    assert (email.channel, email.state, inbox.channel, inbox.state) == (
        "email",
        "created",
        "inbox",
        "delivered",
    )
    assert {row.sender_id for row in (email, inbox)} == {agency.rater}
    assert {row.recipient_id for row in (email, inbox)} == {agency.employee}
    assert inbox.rule == f"nudge-{BUSINESS_START.astimezone(dt.timezone(dt.timedelta(hours=7))):%Y%m%d}"
    task = "SELECT opened_sequence FROM task WHERE appraisal_id = :id AND closed_at IS NULL"
    assert inbox.occurrence == await service.value(task, id=case)
    assert (inbox.stage, inbox.rehearsal) == ("plan_drafting", True)
    assert inbox.due_on == dt.date(2026, 1, 20)


async def test_a_chat_that_somebody_connected_is_told_too(service: Service, agency: SmallAgency) -> None:
    case = await drafting(service, agency, agency.employee)
    insert = """INSERT INTO contact (id, person_id, channel, address, added_at, confirmed_at, bad_since, bad_answer)
        VALUES (gen_random_uuid(), :person, :channel, 'x', now(), now(), :bad, '')"""
    await service.run(insert, person=agency.employee, channel="telegram", bad=None)
    await service.run(insert, person=agency.employee, channel="whatsapp", bad=BUSINESS_START)
    await result(service, agency.rater, case)
    assert [row.channel for row in await notices(service, case)] == ["email", "inbox", "telegram"]


async def test_nobody_is_nudged_twice_for_a_task_in_a_day_and_it_is_told_by_whom(
    service: Service, agency: SmallAgency
) -> None:
    case = await drafting(service, agency, agency.employee)
    await result(service, agency.rater, case)
    found = await result(service, agency.officer, case)
    assert found["outcome"] == "already_nudged"
    assert found["nudged_by"] == await named(service, agency.rater)
    assert found["people"] == [await named(service, agency.employee)]
    assert len(await notices(service, case)) == 2


async def test_of_many_who_nudge_at_once_one_does(service: Service, agency: SmallAgency) -> None:
    case = await drafting(service, agency, agency.employee)
    people = (agency.rater, agency.superior, agency.officer) * 3
    found = await asyncio.gather(*(result(service, person, case) for person in people))
    assert sorted(each["outcome"] for each in found) == ["already_nudged"] * 8 + ["nudged"]
    assert len(await notices(service, case)) == 2


async def test_the_next_day_he_may_be_nudged_again(service: Service, agency: SmallAgency) -> None:
    case = await drafting(service, agency, agency.employee)
    await result(service, agency.rater, case)
    yesterday = "UPDATE notice SET rule = 'nudge-20260104' WHERE appraisal_id = :id AND template = 'nudge'"
    await service.run(yesterday, id=case)
    assert (await result(service, agency.rater, case))["outcome"] == "nudged"


async def test_the_next_task_is_another_one(service: Service, agency: SmallAgency) -> None:
    case = await drafting(service, agency, agency.employee)
    await result(service, agency.officer, case)
    assert (await service.act(agency.employee, case, "submit_plan", PLAN)).status_code == 200
    found = await result(service, agency.officer, case)
    assert (found["outcome"], found["people"]) == ("nudged", [await named(service, agency.rater)])


@pytest.mark.parametrize(
    ("who", "outcome"),
    (
        ("employee", "own_task"),
        ("rater", "nudged"),
        ("superior", "nudged"),
        ("officer", "nudged"),
        ("director", "not_found"),
        ("colleague", "not_found"),
        ("foreigner", "not_found"),
    ),
)
async def test_who_may_ask_an_employee(service: Service, agency: SmallAgency, who: str, outcome: str) -> None:
    case = await drafting(service, agency, agency.employee)
    others = {"colleague": agency.employees[1], "foreigner": service.elsewhere.officer}
    person = others.get(who) or getattr(agency, who)
    assert (await result(service, person, case))["outcome"] == outcome


@pytest.mark.parametrize(
    ("who", "outcome"),
    (
        ("employee", "not_permitted"),
        ("rater", "own_task"),
        ("superior", "nudged"),
        ("officer", "nudged"),
        ("director", "not_found"),
    ),
)
async def test_who_may_ask_a_rater(service: Service, agency: SmallAgency, who: str, outcome: str) -> None:
    case = await submitted(service, agency, agency.employee)
    assert (await result(service, getattr(agency, who), case))["outcome"] == outcome


async def test_an_officer_asks_nobody_about_the_own_appraisal(service: Service, agency: SmallAgency) -> None:
    case = await drafting(service, agency, agency.officer)
    assert (await result(service, agency.officer, case))["outcome"] == "own_task"
    assert (await service.act(agency.officer, case, "submit_plan", PLAN)).status_code == 200
    assert (await result(service, agency.officer, case))["outcome"] == "not_permitted"


async def test_whoever_stands_in_for_the_rater_is_asked(service: Service, agency: SmallAgency) -> None:
    case = await submitted(service, agency, agency.employee)
    await service.run(
        """INSERT INTO substitution (id, agency_id, official_id, substitute_id, kind, valid_from, valid_until,
            letter, reason, recorded_at)
        VALUES (gen_random_uuid(), :agency, :rater, :substitute, 'plh', :since, :until, 'SPT 1', 'Cuti', now())""",
        agency=agency.agency,
        rater=agency.rater,
        substitute=agency.director,
        since=BUSINESS_START - dt.timedelta(days=1),
        until=BUSINESS_START + dt.timedelta(days=9),
    )
    found = await result(service, agency.officer, case)
    assert (found["outcome"], found["people"]) == ("nudged", [await named(service, agency.director)])


async def test_where_nobody_is_responsible_nobody_is_nudged(service: Service, agency: SmallAgency) -> None:
    case = await submitted(service, agency, agency.employee)
    await service.run("DELETE FROM assignment WHERE employee_id = :id", id=agency.employee)
    assert (await result(service, agency.officer, case))["outcome"] == "nobody_responsible"
    assert await notices(service, case) == []
    stuck = (await service.get(agency.officer, "/incidents")).json()["items"]
    assert [each["kind"] for each in stuck] == ["no_rater"]


async def test_a_case_that_waits_for_a_day_waits_on_nobody(service: Service, agency: SmallAgency) -> None:
    case = await submitted(service, agency, agency.employee)
    assert (await service.act(agency.rater, case, "approve_plan")).status_code == 200
    assert (await result(service, agency.rater, case))["outcome"] == "nobody_awaited"


async def test_a_closed_case_is_not_asked_about(service: Service, agency: SmallAgency) -> None:
    case = await drafting(service, agency, agency.employee)
    assert (await service.act(agency.officer, case, "cancel", {"text": "Berhenti"})).status_code == 200
    assert (await result(service, agency.officer, case))["outcome"] == "closed"


async def test_many_are_answered_for_in_their_order_with_totals(
    service: Service, agency: SmallAgency
) -> None:
    first = await drafting(service, agency, agency.employees[0])
    second = await submitted(service, agency, agency.employees[1])
    unknown = uuid.uuid4()
    answer = await nudge(service, agency.rater, second, unknown, first, second)
    results = answer.json()["results"]
    assert [(each["appraisal_id"], each["outcome"]) for each in results] == [
        (str(second), "own_task"),
        (str(unknown), "not_found"),
        (str(first), "nudged"),
    ]
    totals = {each["outcome"]: each["appraisals"] for each in answer.json()["totals"]}
    assert totals == {"nudged": 1, "own_task": 1, "not_found": 1}


async def test_the_same_request_again_gives_the_same_answer_and_nudges_once(
    service: Service, agency: SmallAgency
) -> None:
    case = await drafting(service, agency, agency.employee)
    first = await nudge(service, agency.rater, case, key="lanjut-1")
    again = await nudge(service, agency.rater, case, key="lanjut-1")
    assert (again.status_code, again.json()) == (200, first.json())
    assert len(await notices(service, case)) == 2


async def test_the_same_request_at_once_nudges_once(service: Service, agency: SmallAgency) -> None:
    case = await drafting(service, agency, agency.employee)
    answers = await asyncio.gather(*(nudge(service, agency.rater, case, key="sekali") for _ in range(6)))
    assert {each.json()["results"][0]["outcome"] for each in answers} == {"nudged"}
    assert len(await notices(service, case)) == 2


async def test_a_key_that_was_used_for_other_appraisals_is_refused(
    service: Service, agency: SmallAgency
) -> None:
    case = await drafting(service, agency, agency.employees[0])
    other = await drafting(service, agency, agency.employees[1])
    await nudge(service, agency.rater, case, key="kunci")
    answer = await nudge(service, agency.rater, other, key="kunci")
    assert (answer.status_code, answer.json()["code"]) == (422, "idempotency_key_reused")
    assert await notices(service, other) == []


async def test_the_key_of_one_person_says_nothing_of_another(service: Service, agency: SmallAgency) -> None:
    case = await drafting(service, agency, agency.employees[0])
    other = await drafting(service, agency, agency.employees[1])
    await nudge(service, agency.rater, case, key="milik-bersama")
    answer = await nudge(service, agency.officer, other, key="milik-bersama")
    assert answer.json()["results"][0]["outcome"] == "nudged"


async def already(service: Service, agency: SmallAgency, case: uuid.UUID, count: int) -> None:
    """As many nudges by the rater within the last hour, the oldest 50 minutes ago."""
    start = Numbering(agency.rater, "lama", "lama").start
    await service.run(
        """INSERT INTO notice (id, appraisal_id, stage, rule, occurrence, recipient_id, channel, template, rehearsal,
            sender_id, state, business_at, created_at)
        SELECT CAST(:start || lpad(to_hex(number), 6, '0') AS uuid), :case, 'plan_drafting', 'nudge-' || number, 1,
            :person, 'inbox', 'nudge', true, :rater, 'delivered', now(), now() - interval '50 minutes'
        FROM generate_series(1, :count) AS number""",
        start=start,
        case=case,
        person=agency.employee,
        rater=agency.rater,
        count=count,
    )


async def test_a_supervisor_may_nudge_two_hundred_times_an_hour(
    service: Service, agency: SmallAgency
) -> None:
    case = await drafting(service, agency, agency.employee)
    await already(service, agency, case, 199)
    assert (await result(service, agency.rater, case))["outcome"] == "nudged"


async def test_a_supervisor_who_nudges_more_often_is_told_when_he_may_again(
    service: Service, agency: SmallAgency
) -> None:
    case = await drafting(service, agency, agency.employee)
    await already(service, agency, case, 200)
    answer = await nudge(service, agency.rater, case)
    assert (answer.status_code, answer.json()["code"]) == (429, "too_many_nudges")
    assert 590 <= int(answer.headers["retry-after"]) <= 601
    assert "At most 200 nudges in an hour, and 0 are left." in answer.json()["detail"]
    assert len(await notices(service, case)) == 200
    assert (await result(service, agency.superior, case))["outcome"] == "nudged"


async def test_a_personnel_officer_has_no_limit(service: Service, agency: SmallAgency) -> None:
    case = await drafting(service, agency, agency.employee)
    await already(service, agency, case, 250)
    await service.run(
        "INSERT INTO role_grant (person_id, role, agency_id, granted_at) VALUES (:id, 'hr', :agency, now())",
        id=agency.rater,
        agency=agency.agency,
    )
    assert (await result(service, agency.rater, case))["outcome"] == "nudged"


@pytest.mark.parametrize(
    ("body", "field"),
    (
        ({}, "/appraisals"),
        ({"appraisals": []}, "/appraisals"),
        ({"appraisals": ["x"]}, "/appraisals/0"),
        ({"appraisals": [str(uuid.UUID(int=1))] * 501}, "/appraisals"),
        ({"appraisals": [str(uuid.UUID(int=1))], "text": "Segera!"}, "/text"),
    ),
)
async def test_a_body_that_cannot_be_used_is_refused_by_field(
    service: Service, agency: SmallAgency, body: Any, field: str
) -> None:
    answer = await service.post(agency.rater, "/nudges", body, **{"Idempotency-Key": "k"})
    assert (answer.status_code, answer.json()["errors"][0]["field"]) == (422, field)


async def test_a_request_needs_a_key(service: Service, agency: SmallAgency) -> None:
    answer = await service.post(agency.rater, "/nudges", {"appraisals": [str(uuid.uuid4())]})
    assert (answer.status_code, answer.json()["code"]) == (400, "idempotency_key_missing")


async def test_nobody_nudges_without_a_sign_in(service: Service) -> None:
    answer = await service.http.post("/api/v1/nudges", json={"appraisals": [str(uuid.uuid4())]})
    assert answer.status_code == 401
