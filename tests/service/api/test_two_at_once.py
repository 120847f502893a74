"""Several people, processes and repeats on one case at the same moment: the record decides, and says who came first."""

import asyncio
import itertools
import time
import uuid
from collections import Counter
from collections.abc import Sequence
from typing import Any

import httpx
import pytest
import pytest_asyncio
from sqlalchemy import text

from service.wording import capacity_name, trigger_name
from states.stages import Capacity, Stage
from states.table import TABLE
from states.triggers import Trigger
from store.database import create_engine
from tests.fixtures.agency import SmallAgency
from tests.fixtures.severed import line_to
from tests.service.api.beside import application, processes
from tests.service.api.changes import drafting, named, planned, submitted
from tests.service.api.conftest import PLAN, Service
from translations import Locale

REVISION = {"text": "Prioritas berubah", "ground": "priority_changed"}
WITHIN_PATIENCE = 6.5
"""Five seconds of patience, and what the answer takes on a busy machine."""


@pytest_asyncio.fixture(loop_scope="session")
async def agency(service: Service) -> SmallAgency:
    return await service.new_agency()


async def send(
    http: httpx.AsyncClient,
    service: Service,
    person: uuid.UUID,
    case: uuid.UUID,
    trigger: str,
    body: Any = None,
    key: str | None = None,
    **headers: str,
) -> httpx.Response:
    """An action over one of several processes."""
    return await http.post(
        f"/api/v1/appraisals/{case}/actions/{trigger}",
        json={} if body is None else body,
        headers=service.headers(person, **{"Idempotency-Key": key or uuid.uuid4().hex, **headers}),
    )


async def both_revise(service: Service, agency: SmallAgency, **headers: str) -> list[httpx.Response]:
    """What the rater and the officer hear who revise one plan at the same time: who is done comes first."""
    case = await planned(service, agency, agency.employee)
    async with processes(service, 2) as (one, other):
        answers = await asyncio.gather(
            send(one, service, agency.rater, case, "revise_plan", REVISION, **headers),
            send(other, service, agency.officer, case, "revise_plan", REVISION, **headers),
        )
    return sorted(answers, key=lambda answer: answer.status_code)


async def acts(service: Service, case: uuid.UUID) -> Sequence[Any]:
    """What is on record of a case, in its order."""
    async with service.database.connect() as connection:
        rows = await connection.execute(
            text("""SELECT command_id, actor_id, body ->> 'trigger' AS trigger, body ->> 'capacity' AS capacity,
                body ->> 'source' AS source, body ->> 'target' AS target, at
                FROM event WHERE appraisal_id = :id AND kind = 'acted' ORDER BY sequence"""),
            {"id": case},
        )
        return rows.all()


async def test_of_two_who_act_at_once_one_is_done_and_the_other_hears_who(
    service: Service, agency: SmallAgency
) -> None:
    done, late = await both_revise(service, agency)
    assert (done.status_code, late.status_code) == (200, 409), (done.text, late.text)
    assert late.json()["code"] == "illegal_transition"
    *_, winner = await acts(service, uuid.UUID(done.json()["appraisal"]))
    assert winner.trigger == "revise_plan"
    assert late.json()["overtaken_by"] == {
        "name": await named(service, winner.actor_id),
        "capacity": winner.capacity,
        "trigger": "revise_plan",
        "at": winner.at.isoformat(),
    }


@pytest.mark.parametrize(
    ("locale", "sentence"),
    (
        (Locale.ENGLISH, "{name} ({capacity}) acted last: {trigger}."),
        (Locale.INDONESIAN, "Tindakan terakhir oleh {name} ({capacity}): {trigger}."),
    ),
)
async def test_whoever_comes_second_reads_who_came_first_in_his_language(
    service: Service, agency: SmallAgency, locale: Locale, sentence: str
) -> None:
    _, late = await both_revise(service, agency, **{"Accept-Language": str(locale)})
    by = late.json()["overtaken_by"]
    told = sentence.format(
        name=by["name"],
        capacity=capacity_name(Capacity(by["capacity"]), locale),
        trigger=trigger_name(Trigger.REVISE_PLAN, locale),
    )
    assert late.json()["detail"].endswith(" " + told)


async def test_the_refusal_of_the_second_is_on_record_as_an_attempt(
    service: Service, agency: SmallAgency
) -> None:
    done, _ = await both_revise(service, agency)
    assert await service.attempts(uuid.UUID(done.json()["appraisal"])) == ["illegal_transition"]


async def test_whoever_did_it_himself_is_not_named_to_himself(service: Service, agency: SmallAgency) -> None:
    case = await submitted(service, agency, agency.employee)
    again = await service.act(agency.employee, case, "submit_plan", PLAN)
    assert (again.status_code, again.json()["code"]) == (409, "illegal_transition")
    assert "overtaken_by" not in again.json()
    assert again.json()["detail"].endswith(".")


async def test_where_only_time_acted_nobody_is_named(service: Service, agency: SmallAgency) -> None:
    case = await drafting(service, agency, agency.employee)
    early = await service.act(agency.rater, case, "approve_plan")
    assert (early.status_code, early.json()["code"]) == (409, "illegal_transition")
    assert "overtaken_by" not in early.json()


async def test_nobody_is_named_to_whom_the_action_was_never_open(
    service: Service, agency: SmallAgency
) -> None:
    case = await submitted(service, agency, agency.employee)
    answer = await service.act(agency.superior, case, "suspend", {"text": "x"})
    assert (answer.status_code, answer.json()["code"]) == (403, "not_permitted")
    assert "overtaken_by" not in answer.json()


async def test_of_64_equal_commands_at_once_exactly_one_is_recorded(
    service: Service, agency: SmallAgency
) -> None:
    case = await drafting(service, agency, agency.employee)
    async with processes(service, 4) as several:
        answers = await asyncio.gather(
            *(
                send(http, service, agency.employee, case, "submit_plan", PLAN)
                for http, _ in zip(itertools.cycle(several), range(64), strict=False)
            )
        )
    found = Counter(answer.status_code for answer in answers)
    assert found[200] == 1, found
    assert {answer.json()["code"] for answer in answers if answer.status_code != 200} <= {
        "illegal_transition",
        "case_busy",
    }
    assert [act.trigger for act in await acts(service, case)] == ["open_planning", "submit_plan"]


async def test_of_64_commands_at_once_those_are_recorded_that_were_legal_when_their_turn_came(
    service: Service, agency: SmallAgency
) -> None:
    case = await drafting(service, agency, agency.employee)
    wanted: list[tuple[uuid.UUID, str, Any]] = [
        (agency.employee, "submit_plan", PLAN),
        (agency.rater, "return_plan", {"text": "Lengkapi"}),
        (agency.officer, "suspend", {"text": "Cuti"}),
        (agency.officer, "resume", {"text": "Kembali"}),
    ] * 16
    keys = [uuid.uuid4().hex for _ in wanted]
    async with processes(service, 4) as several:
        answers = await asyncio.gather(
            *(
                send(http, service, person, case, trigger, body, key)
                for http, key, (person, trigger, body) in zip(
                    itertools.cycle(several), keys, wanted, strict=False
                )
            )
        )
    outcomes = {(answer.status_code, answer.json().get("code")) for answer in answers}
    assert outcomes <= {(200, None), (409, "illegal_transition"), (503, "case_busy")}, outcomes
    recorded = [act for act in await acts(service, case) if act.command_id in keys]
    acknowledged = {key for key, answer in zip(keys, answers, strict=True) if answer.status_code == 200}
    assert sorted(act.command_id for act in recorded) == sorted(acknowledged)
    assert len(recorded) > 1
    legal = {(row.trigger, row.source, row.target) for row in TABLE}
    before = "plan_drafting"
    for act in recorded:
        assert act.source == before
        # Whoever resumes goes back to where it was suspended, which is no single row of the table.
        assert act.trigger == "resume" or (act.trigger, act.source, act.target) in legal
        before = act.target
    assert Stage(before).value == await service.stage(case)


async def test_the_same_key_sent_20_times_at_once_is_one_event_and_20_equal_answers(
    service: Service, agency: SmallAgency
) -> None:
    case = await drafting(service, agency, agency.employee)
    async with processes(service, 4) as several:
        answers = await asyncio.gather(
            *(
                send(http, service, agency.employee, case, "submit_plan", PLAN, key="twenty")
                for http, _ in zip(itertools.cycle(several), range(20), strict=False)
            )
        )
    assert {(answer.status_code, answer.text) for answer in answers} == {(200, answers[0].text)}
    assert [act.command_id for act in await acts(service, case)].count("twenty") == 1


async def test_a_case_that_somebody_holds_is_busy_and_may_be_tried_again(
    service: Service, agency: SmallAgency
) -> None:
    case = await drafting(service, agency, agency.employee)
    events = await service.events(case)
    async with service.held(case):
        began = time.monotonic()
        answer = await service.act(agency.employee, case, "submit_plan", PLAN, key="patient")
        seconds = time.monotonic() - began
    assert (answer.status_code, answer.json()["code"]) == (503, "case_busy"), answer.text
    assert answer.headers["retry-after"] == "1"
    assert seconds < WITHIN_PATIENCE
    assert (await service.events(case), await service.attempts(case)) == (events, [])
    again = await service.act(agency.employee, case, "submit_plan", PLAN, key="patient")
    assert (again.status_code, again.json()["stage"]) == (200, "plan_review")


async def test_other_cases_go_on_while_somebody_holds_one(service: Service) -> None:
    agency = await service.new_agency(employees=6)
    stuck, *free = [await drafting(service, agency, employee) for employee in agency.employees]
    async with service.held(stuck), asyncio.TaskGroup() as group:
        # More than there are connections, all on the one case that does not move.
        waiting = [
            group.create_task(service.act(agency.employee, stuck, "submit_plan", PLAN)) for _ in range(30)
        ]
        await asyncio.sleep(0.5)
        began = time.monotonic()
        for employee, case in zip(agency.employees[1:], free, strict=True):
            answer = await service.act(employee, case, "submit_plan", PLAN)
            assert answer.status_code == 200, answer.text
        seconds = time.monotonic() - began
        assert not any(task.done() for task in waiting)
    assert seconds < 3
    assert {task.result().json()["code"] for task in waiting} == {"case_busy"}


async def test_whoever_lets_go_in_time_delays_the_action_and_no_more(
    service: Service, agency: SmallAgency
) -> None:
    case = await drafting(service, agency, agency.employee)
    async with asyncio.TaskGroup() as group:
        async with service.held(case):
            waiting = group.create_task(service.act(agency.employee, case, "submit_plan", PLAN))
            await asyncio.sleep(0.5)
            assert not waiting.done()
        async with asyncio.timeout(3):
            answer = await waiting
    assert (answer.status_code, answer.json()["stage"]) == (200, "plan_review"), answer.text


async def test_a_refusal_does_not_wait_for_who_holds_the_case(service: Service, agency: SmallAgency) -> None:
    case = await drafting(service, agency, agency.employee)
    async with service.held(case):
        began = time.monotonic()
        answer = await service.act(agency.rater, case, "approve_plan")
        seconds = time.monotonic() - began
    assert (answer.status_code, answer.json()["code"]) == (409, "illegal_transition")
    assert seconds < 2


async def test_an_action_whose_answer_was_lost_is_of_unknown_outcome(
    service: Service, agency: SmallAgency
) -> None:
    case = await drafting(service, agency, agency.employee)
    answer = await lost(service, agency, case, "stormy")
    assert (answer.status_code, answer.json()["code"]) == (503, "outcome_unknown"), answer.text
    assert answer.headers["retry-after"] == "2"
    assert await service.attempts(case) == []


async def test_an_action_whose_answer_was_lost_is_answered_from_the_record(
    service: Service, agency: SmallAgency
) -> None:
    case = await drafting(service, agency, agency.employee)
    await lost(service, agency, case, "stormy")
    assert await service.stage(case) == "plan_review"
    events = await service.events(case)
    again = await service.act(agency.employee, case, "submit_plan", PLAN, key="stormy")
    assert (again.status_code, again.json()) == (
        200,
        {"appraisal": str(case), "stage": "plan_review", "sequence": events},
    )
    assert await service.events(case) == events


async def test_an_action_whose_answer_was_lost_is_followed_by_the_engine(
    service: Service, agency: SmallAgency
) -> None:
    case = await drafting(service, agency, agency.employee)
    await lost(service, agency, case, "stormy")
    assert (await service.until_followed(case))["stage"] == "plan_review"


async def lost(service: Service, agency: SmallAgency, case: uuid.UUID, key: str) -> httpx.Response:
    """The answer to a plan that was committed, where the connection broke before the database could say so."""
    async with line_to(service.database.url) as line:
        url = service.database.url.set(host="127.0.0.1", port=line.port, query={})
        database = create_engine(url.render_as_string(hide_password=False))
        async with application(database, service.engine, service.signer) as http:
            # Of all that is sent, only what is written names the stage to come.
            line.cut_after('"stage": "plan_review"')
            answer = await send(http, service, agency.employee, case, "submit_plan", PLAN, key)
        await database.dispose()
        assert line.answers_lost == 1
    return answer
