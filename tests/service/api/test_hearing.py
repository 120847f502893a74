"""The examination of an objection over HTTP: both sides are heard, then the officer decides (art 59(2)-(4))."""

import uuid
from typing import Any

import pytest
import pytest_asyncio

from tests.fixtures.agency import SmallAgency
from tests.service.api.conftest import Service
from tests.service.api.results import (
    both_heard,
    days_later,
    detail,
    done,
    latest,
    objected,
    objected_after_countersigning,
    refused,
    under_examination,
)

QUESTION = {"text": "Apa dasar penilaiannya?"}
STATEMENT = {"text": "Bukti indikator kedua menyusul"}
REASONS = {"text": "Bukti menunjukkan target tercapai"}
NEW_RESULT = {"text": "Predikat: sangat baik"}


@pytest_asyncio.fixture(loop_scope="session")
async def agency(service: Service) -> SmallAgency:
    return await service.new_agency()


async def sides(service: Service, person: uuid.UUID, case: uuid.UUID) -> dict[str, str]:
    """What is said of each side."""
    seen = await detail(service, person, case)
    return {side["capacity"]: side["in_words"] for side in seen["objection"]["sides"]}


async def test_before_anybody_is_asked_nothing_is_decided(service: Service, agency: SmallAgency) -> None:
    case = await under_examination(service, agency)
    assert await sides(service, agency.superior, case) == {
        "employee": "Not asked yet",
        "rater": "Not asked yet",
    }
    found = await refused(service, case, agency.superior, "uphold_result", REASONS)
    assert found == (409, "both_sides_not_heard", None)


async def test_whoever_is_asked_owes_a_statement_with_a_day_of_its_own(
    service: Service, agency: SmallAgency
) -> None:
    case = await under_examination(service, agency)
    await done(service, case, (agency.superior, "ask_rater", QUESTION))
    seen = await detail(service, agency.rater, case)
    duties = {duty["kind"]: duty for duty in seen["duties"]}
    assert duties["rater_statement"]["deadline"]["rule"] == "statement-rater"
    assert duties["rater_statement"]["capacity_name"] == "rater"
    assert "give_statement" in {action["trigger"] for action in seen["actions"]}
    assert (await sides(service, agency.employee, case))["rater"] == "Asked, a statement is awaited"
    (begun,) = (await latest(service, agency.rater, case))["duties"]
    assert (begun["kind"], begun["due_on"]) == (
        "rater_statement",
        duties["rater_statement"]["deadline"]["on"],
    )


async def test_what_is_owed_is_a_task_of_its_own_until_it_is_given(
    service: Service, agency: SmallAgency
) -> None:
    case = await under_examination(service, agency)
    await done(service, case, (agency.superior, "ask_rater", QUESTION))
    tasks = (await service.get(agency.rater, "/tasks")).json()["items"]
    owed = {task["duty"]: task for task in tasks if task["appraisal_id"] == str(case)}
    assert set(owed) == {"rater_statement", "report"}
    assert owed["rater_statement"]["duty_name"] == "The rater's statement on the objection"
    assert owed["rater_statement"]["due_on"] < owed["report"]["due_on"]
    await done(service, case, (agency.rater, "give_statement", STATEMENT))
    left = (await service.get(agency.rater, "/tasks")).json()["items"]
    assert [task["duty"] for task in left if task["appraisal_id"] == str(case)] == ["report"]


async def test_nobody_answers_who_was_not_asked(service: Service, agency: SmallAgency) -> None:
    case = await under_examination(service, agency)
    await done(service, case, (agency.superior, "ask_rater", QUESTION))
    found = await refused(service, case, agency.employee, "give_statement", STATEMENT)
    assert found[:2] == (409, "illegal_transition")


async def test_questions_and_statements_are_read_by_both_sides_the_officer_and_hr_alone(
    service: Service, agency: SmallAgency
) -> None:
    case = await objected_after_countersigning(service, agency)
    await done(
        service,
        case,
        (agency.director, "ask_rater", QUESTION),
        (agency.rater, "give_statement", STATEMENT),
    )
    path = f"/appraisals/{case}/timeline"
    for person in (agency.employee, agency.rater, agency.director, agency.officer):
        read = (await service.get(person, path)).text
        assert QUESTION["text"] in read
        assert STATEMENT["text"] in read
    read = (await service.get(agency.superior, path)).text
    assert QUESTION["text"] not in read
    assert STATEMENT["text"] not in read


async def test_silence_until_the_day_is_on_record_as_no_statement_and_the_decision_is_free(
    service: Service, agency: SmallAgency
) -> None:
    case = await under_examination(service, agency)
    await done(
        service,
        case,
        (agency.superior, "ask_employee", QUESTION),
        (agency.superior, "ask_rater", QUESTION),
        (agency.employee, "give_statement", STATEMENT),
    )
    assert (await refused(service, case, agency.superior, "uphold_result", REASONS))[1] == (
        "both_sides_not_heard"
    )
    await days_later(service, agency, 10)
    await done(service, case, (agency.superior, "uphold_result", REASONS))
    assert await sides(service, agency.employee, case) == {
        "employee": "Has been heard",
        "rater": "No statement given by the day",
    }
    entries = (await service.get(agency.employee, f"/appraisals/{case}/timeline", limit=100)).json()["items"]
    said = [entry["what"] for entry in entries if entry["kind"] == "lapsed"]
    assert said == ["The rater has given no statement by the day"]


async def test_a_decision_that_changes_the_result_names_the_new_one(
    service: Service, agency: SmallAgency
) -> None:
    case = await both_heard(service, agency)
    for body in (REASONS, {**REASONS, "result": {"text": " "}}):
        found = await refused(service, case, agency.superior, "change_result", body)
        assert found == (422, "content_missing", "result")
    key = uuid.uuid4().hex
    body = {**REASONS, "result": NEW_RESULT}
    first = await done(service, case, (agency.superior, "change_result", body), key=key)
    again = await done(service, case, (agency.superior, "change_result", body), key=key)
    assert first.json() == again.json()
    entry = await latest(service, agency.employee, case)
    assert (entry["outcome"], entry["text"]) == ("changed", REASONS["text"])
    for person in (agency.employee, agency.rater, agency.officer):
        found_text = await service.get(person, f"/appraisals/{case}/documents/{entry['result']}")
        assert (found_text.json()["kind"], found_text.json()["text"]) == ("result", NEW_RESULT["text"])


async def test_a_decision_that_keeps_the_result_names_no_other(service: Service, agency: SmallAgency) -> None:
    case = await both_heard(service, agency)
    body = {**REASONS, "result": NEW_RESULT}
    found = await refused(service, case, agency.superior, "uphold_result", body)
    assert found == (422, "parameter_invalid", "result")
    kept = await service.value(
        "SELECT count(*) FROM document WHERE appraisal_id = :id AND kind = 'result'", id=case
    )
    assert kept == 0


@pytest.mark.parametrize("ground", (None, "late"))
async def test_an_objection_is_inadmissible_only_on_a_ground_that_the_scheme_lists(
    service: Service, agency: SmallAgency, ground: str | None
) -> None:
    case = await objected(service, agency)
    body = REASONS if ground is None else {**REASONS, "dismissal_ground": ground}
    found = await refused(service, case, agency.superior, "dismiss_objection", body)
    assert found == (422, "parameter_invalid", "dismissal_ground")


async def test_a_dismissal_is_read_with_its_ground(service: Service, agency: SmallAgency) -> None:
    case = await objected(service, agency)
    body = {**REASONS, "dismissal_ground": "no_reasons"}
    await done(service, case, (agency.superior, "dismiss_objection", body))
    entry = await latest(service, agency.employee, case)
    assert (entry["dismissal_ground"], entry["dismissal_ground_name"]) == ("no_reasons", "Without reasons")


@pytest.mark.parametrize(
    ("body", "pointer"),
    (
        ({"dismissal_ground": "whim"}, "/dismissal_ground"),
        ({"reopening_ground": "whim"}, "/reopening_ground"),
        ({"reference": "1\n2"}, "/reference"),
        ({"reference": " "}, "/reference"),
        ({"reference": "1" * 121}, "/reference"),
        ({"authority": 7}, "/authority"),
        ({"result": "baik"}, "/result"),
        ({"result": {"text": "a\0b"}}, "/result/text"),
        ({"result": {"nilai": 1}}, "/result/nilai"),
    ),
)
async def test_what_cannot_be_used_is_named_at_its_place(
    service: Service, agency: SmallAgency, body: dict[str, Any], pointer: str
) -> None:
    answer = await service.act(agency.superior, uuid.uuid4(), "change_result", body)
    assert (answer.status_code, answer.json()["code"]) == (422, "invalid"), answer.text
    assert [error["field"] for error in answer.json()["errors"]] == [pointer]
