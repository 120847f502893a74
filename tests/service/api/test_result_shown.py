"""Whoever reads the own delivered result, in whatever way, has seen it before it is shown."""

import asyncio
import uuid
from typing import Any

import pytest
import pytest_asyncio

from tests.fixtures.agency import SmallAgency
from tests.service.api.conftest import Service
from tests.service.api.results import RATING, delivered, levels, receipt

NOTED = "SELECT count(*) FROM event WHERE appraisal_id = :id AND body ->> 'trigger' = 'note_seen'"


@pytest_asyncio.fixture(loop_scope="session")
async def agency(service: Service) -> SmallAgency:
    return await service.new_agency()


async def rating_of(service: Service, case: uuid.UUID) -> str:
    """The path of the rating's text."""
    digest = await service.value(
        "SELECT event.body ->> 'document' FROM event WHERE appraisal_id = :id AND body ->> 'trigger' = 'rate'"
        " ORDER BY sequence DESC LIMIT 1",
        id=case,
    )
    return f"/appraisals/{case}/documents/{digest}"


async def noted(service: Service, case: uuid.UUID) -> int:
    return int(await service.value(NOTED, id=case))


async def read(service: Service, person: uuid.UUID, path: str, **parameters: Any) -> str:
    answer = await service.get(person, path, **parameters)
    assert answer.status_code == 200, answer.text
    return answer.text


async def test_whoever_reads_his_rating_on_the_timeline_has_seen_it(
    service: Service, agency: SmallAgency
) -> None:
    case = await delivered(service, agency)
    assert RATING["text"] in await read(service, agency.employee, f"/appraisals/{case}/timeline")
    shown = await receipt(service, agency.employee, case)
    assert (shown["evidence"], shown["deadline_runs_from"] is not None) == ("seen", True)
    assert [(each["level"], each["channel"]) for each in shown["history"]][-1] == ("seen", "inbox")


async def test_whoever_reads_the_document_of_his_rating_has_seen_it(
    service: Service, agency: SmallAgency
) -> None:
    case = await delivered(service, agency)
    assert RATING["text"] in await read(service, agency.employee, await rating_of(service, case))
    assert levels(await receipt(service, agency.employee, case)) == ["delivered", "seen"]


async def test_the_note_is_on_record_before_the_rating_is_shown(
    service: Service, agency: SmallAgency
) -> None:
    case = await delivered(service, agency)
    paths = (f"/appraisals/{case}/timeline", await rating_of(service, case))
    async with service.held(case):
        answers = [await service.get(agency.employee, path) for path in paths]
    assert [(answer.status_code, answer.json()["code"]) for answer in answers] == [(503, "case_busy")] * 2
    assert not any(RATING["text"] in answer.text for answer in answers)
    assert await noted(service, case) == 0
    await read(service, agency.employee, paths[0])
    assert await noted(service, case) == 1


async def test_a_result_that_is_read_in_many_ways_at_once_is_noted_once(
    service: Service, agency: SmallAgency
) -> None:
    case = await delivered(service, agency)
    paths = (f"/appraisals/{case}/timeline", await rating_of(service, case)) * 3
    texts = await asyncio.gather(*(read(service, agency.employee, path) for path in paths))
    assert all(RATING["text"] in text for text in texts)
    assert await noted(service, case) == 1
    assert await service.value("SELECT count(*) FROM receipt_evidence WHERE appraisal_id = :id", id=case) == 1


async def test_a_result_that_is_received_already_is_shown_to_its_employee_though_the_case_is_held(
    service: Service, agency: SmallAgency
) -> None:
    case = await delivered(service, agency)
    await service.act(agency.employee, case, "acknowledge_receipt")
    async with service.held(case):
        assert RATING["text"] in await read(service, agency.employee, await rating_of(service, case))
    assert await noted(service, case) == 0


async def test_what_shows_no_result_notes_nothing(service: Service, agency: SmallAgency) -> None:
    case = await delivered(service, agency)
    events = await service.events(case)
    for path in (f"/appraisals/{case}", f"/appraisals/{case}/actions", "/appraisals", "/inbox", "/tasks"):
        assert RATING["text"] not in await read(service, agency.employee, path)
    assert await service.events(case) == events


async def test_a_page_of_the_timeline_without_the_rating_notes_nothing(
    service: Service, agency: SmallAgency
) -> None:
    case = await delivered(service, agency)
    newest = await service.get(agency.employee, f"/appraisals/{case}/timeline", limit=1)
    assert newest.json()["items"][0]["trigger"] == "deliver_result"
    rating = await service.value(
        "SELECT sequence FROM event WHERE appraisal_id = :id AND body ->> 'trigger' = 'rate'", id=case
    )
    page = newest.json()
    while page["items"][-1]["sequence"] > rating + 1:
        page = (
            await service.get(agency.employee, f"/appraisals/{case}/timeline", limit=1, cursor=page["next"])
        ).json()
    # The cursor of the rating itself comes from a reader who opens nothing by it.
    at_rating = await service.get(agency.rater, f"/appraisals/{case}/timeline", limit=1, cursor=page["next"])
    older = await read(
        service, agency.employee, f"/appraisals/{case}/timeline", cursor=at_rating.json()["next"]
    )
    assert RATING["text"] not in older
    assert await noted(service, case) == 0


async def test_others_who_read_the_rating_do_not_open_it_for_the_employee(
    service: Service, agency: SmallAgency
) -> None:
    case = await delivered(service, agency)
    for person in (agency.rater, agency.superior, agency.officer):
        for path in (f"/appraisals/{case}/timeline", await rating_of(service, case)):
            assert RATING["text"] in await read(service, person, path)
    assert await noted(service, case) == 0


async def test_who_reads_what_else_was_written_in_his_case_has_not_seen_the_result(
    service: Service, agency: SmallAgency
) -> None:
    case = await delivered(service, agency)
    plan = await service.value(
        "SELECT digest FROM document WHERE appraisal_id = :id AND kind = 'submit_plan'", id=case
    )
    await read(service, agency.employee, f"/appraisals/{case}/documents/{plan}")
    assert await noted(service, case) == 0


@pytest.mark.parametrize("method", ("HEAD", "OPTIONS"))
async def test_to_ask_for_no_text_is_not_to_read_it(
    service: Service, agency: SmallAgency, method: str
) -> None:
    case = await delivered(service, agency)
    for path in (f"/appraisals/{case}/timeline", await rating_of(service, case)):
        await service.http.request(method, f"/api/v1{path}", headers=service.headers(agency.employee))
    assert await noted(service, case) == 0


async def test_who_reads_the_rating_of_before_a_reopening_has_not_seen_the_new_one(
    service: Service, agency: SmallAgency
) -> None:
    case = await delivered(service, agency)
    old = await rating_of(service, case)
    anew = {"text": "Hasil kerja diperbaiki"}
    for person, trigger, body in (
        (agency.employee, "agree", None),
        (agency.officer, "finalise", None),
        (agency.officer, "reopen", {"text": "Salah tulis"}),
        (agency.rater, "rate", anew),
        (agency.rater, "deliver_result", None),
    ):
        answer = await service.act(person, case, trigger, body)
        assert answer.status_code == 200, (trigger, answer.text)
    assert RATING["text"] in await read(service, agency.employee, old)
    assert await noted(service, case) == 0
    assert anew["text"] in await read(service, agency.employee, await rating_of(service, case))
    assert await noted(service, case) == 1
