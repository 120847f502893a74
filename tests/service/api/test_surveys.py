"""Surveys over HTTP: who sees and does what, bad input, and what is shown after closing."""

import asyncio
import uuid
from collections.abc import Mapping
from typing import Any

import httpx
import pytest
import pytest_asyncio

from tests.fixtures.surveys import (
    AFTER,
    BEFORE,
    ITEMS,
    OPEN,
    SurveyedAgency,
    survey_agency,
    surveyed,
)
from tests.service.api.conftest import SECRET, Service

pytestmark = [pytest.mark.database, pytest.mark.engine]

EVERYTHING = dict.fromkeys(ITEMS, "often")


@pytest_asyncio.fixture(loop_scope="session")
async def surveys(service: Service) -> SurveyedAgency:
    return await agency_on(service)


async def agency_on(service: Service, **changes: Any) -> SurveyedAgency:
    made = await survey_agency(service.database, employees=5, content=surveyed(**changes), secret=SECRET)
    service.others.append(made.agency)
    return made


async def post_answer(
    service: Service, person: uuid.UUID, survey: object, body: Any = None, key: str | None = None
) -> httpx.Response:
    given = {"answers": EVERYTHING} if body is None else body
    return await service.post(
        person, f"/surveys/{survey}/answer", given, **{"Idempotency-Key": key or uuid.uuid4().hex}
    )


async def seen(service: Service, person: uuid.UUID, path: str) -> Any:
    answer = await service.get(person, path)
    assert answer.status_code == 200, answer.text
    return answer.json()


async def ballots(surveys: SurveyedAgency, survey: uuid.UUID) -> int:
    return int(await surveys.value("SELECT count(*) FROM survey_ballot WHERE survey_id = :id", id=survey))


async def test_the_whole_way_over_http(service: Service, surveys: SurveyedAgency) -> None:
    agency = surveys.agency
    cycle = f"/cycles/{agency.cycle}/surveys"
    await surveys.on(BEFORE)
    made = await service.post(agency.officer, cycle, {})
    assert made.json() == {"prepared": 1, "invitations": 4}
    assert (await service.post(agency.officer, cycle, {"input": "survey"})).json()["prepared"] == 0
    (line,) = (await seen(service, agency.officer, cycle))["items"]
    assert (line["state"], line["invited"], line["answered"], line["opens_on"]) == (
        "planned",
        4,
        0,
        "2026-12-01",
    )
    survey, colleague = line["id"], agency.employees[1]
    assert (await seen(service, colleague, "/surveys"))["items"] == []
    assert (await post_answer(service, colleague, survey)).json()["code"] == "survey_not_open"
    await surveys.on(OPEN)
    await surveys.attend(uuid.UUID(survey))
    (mine,) = (await seen(service, colleague, "/surveys"))["items"]
    assert (mine["id"], mine["group"], mine["label"]) == (survey, "peers", "Survey of conduct")
    questions = (await seen(service, colleague, f"/surveys/{survey}"))["questions"]
    assert [item["name"] for item in questions["items"]] == list(ITEMS)
    assert "cannot be read back" in questions["promise"]
    assert "3 people" in questions["promise"]
    for person in agency.employees[1:4]:
        body = {"answers": EVERYTHING, "texts": {"strong": f"  Teliti {person}  "}}
        done = await post_answer(service, person, survey, body)
        assert done.json() == {"survey": survey, "answered": True}
        assert (await seen(service, person, "/surveys"))["items"] == []
    for person in (agency.officer, agency.rater):
        (result,) = (await seen(service, person, f"/appraisals/{surveys.cases[agency.employee]}/surveys"))[
            "items"
        ]
        assert (result["state"], result["answers"], result["number"], result["items"], result["texts"]) == (
            "open",
            None,
            None,
            [],
            [],
        )
    await surveys.closed(uuid.UUID(survey))
    (result,) = (await seen(service, agency.rater, f"/appraisals/{surveys.cases[agency.employee]}/surveys"))[
        "items"
    ]
    assert (result["state"], result["outcome"], result["answers"], result["number"]) == (
        "closed",
        "counted",
        3,
        100.0,
    )
    assert [(each["item"], each["answers"], each["mean"]) for each in result["items"]] == [
        (item, 3, 100.0) for item in ITEMS
    ]
    assert sorted(result["texts"][0]["words"]) == sorted(f"Teliti {each}" for each in agency.employees[1:4])
    assert result["groups"] == []


async def test_who_sees_the_invitations_and_nobody_sees_who_answered(
    service: Service, surveys: SurveyedAgency
) -> None:
    agency = surveys.agency
    survey = await surveys.opened(agency.employee)
    await post_answer(service, agency.employees[1], survey)
    for person, totals in ((agency.officer, (4, 1)), (agency.rater, (None, None))):
        found = await seen(service, person, f"/surveys/{survey}")
        assert {each["person"] for each in found["invitations"]} == set(map(str, agency.employees[1:]))
        assert len({tuple(sorted(each)) for each in found["invitations"]}) == 1
        assert "answered" not in found["invitations"][0]
        assert (found["invited"], found["answered"]) == totals
        assert found["questions"] is None
    colleague = await seen(service, agency.employees[1], f"/surveys/{survey}")
    assert (colleague["invitations"], colleague["answered"]) == (None, None)
    assert colleague["questions"]["answered"]
    for person in (agency.employee, agency.superior, agency.head, service.elsewhere.officer):
        assert (await service.get(person, f"/surveys/{survey}")).status_code == 404


@pytest.mark.parametrize(
    ("who", "status"),
    (
        ("officer", 200),
        ("rater", 403),
        ("employee", 403),
        ("superior", 403),
    ),
)
async def test_only_personnel_officers_prepare_and_list(
    service: Service, surveys: SurveyedAgency, who: str, status: int
) -> None:
    path = f"/cycles/{surveys.agency.cycle}/surveys"
    person = getattr(surveys.agency, who)
    assert (await service.post(person, path, {})).status_code == status
    assert (await service.get(person, path)).status_code == status


async def test_another_agency_reaches_nothing(service: Service, surveys: SurveyedAgency) -> None:
    survey = await surveys.opened(surveys.agency.employee)
    stranger = service.elsewhere.officer
    for answer in (
        await service.post(stranger, f"/cycles/{surveys.agency.cycle}/surveys", {}),
        await service.get(stranger, f"/cycles/{surveys.agency.cycle}/surveys"),
        await service.get(stranger, f"/surveys/{survey}"),
        await post_answer(service, stranger, survey),
        await service.get(stranger, f"/appraisals/{surveys.cases[surveys.agency.employee]}/surveys"),
        await service.post(
            stranger, f"/surveys/{survey}/invitations", {"person": str(stranger), "group": "peers"}
        ),
    ):
        assert answer.status_code == 404


@pytest.mark.parametrize(
    ("body", "field"),
    (
        ({"answers": EVERYTHING | {"serve": "excellent"}}, "/answers/serve"),
        ({"answers": EVERYTHING | {"dance": "often"}}, "/answers/dance"),
        ({"answers": {"serve": "often", "learn": "often"}}, "/answers/agree"),
        ({"answers": EVERYTHING | {"serve": 4}}, "/answers/serve"),
        ({"answers": EVERYTHING, "texts": {"strong": "x" * 1_001}}, "/texts/strong"),
        ({"answers": EVERYTHING, "texts": {"strong": "\U0001f600" * 500}}, "/texts/strong"),
        ({"answers": EVERYTHING, "texts": {"strong": "a\u0000b"}}, "/texts/strong"),
        ({"answers": EVERYTHING, "texts": {"other": "x"}}, "/texts/other"),
        ({"answers": EVERYTHING, "group": "peers"}, "/group"),
        ({}, "/answers"),
    ),
)
async def test_a_bad_answer_is_refused_at_its_place_and_may_be_given_again(
    service: Service, surveys: SurveyedAgency, body: Any, field: str
) -> None:
    survey = await surveys.opened(surveys.agency.employee)
    person = surveys.agency.employees[1]
    refused = await post_answer(service, person, survey, body, "one-key")
    assert refused.status_code == 422, refused.text
    assert field in [error["field"] for error in refused.json()["errors"]]
    assert await ballots(surveys, survey) == 0
    assert (await post_answer(service, person, survey, key="one-key")).status_code == 200
    assert await ballots(surveys, survey) == 1


async def test_nothing_of_an_answer_stands_in_the_log(service: Service, surveys: SurveyedAgency) -> None:
    survey = await surveys.opened(surveys.agency.employee)
    for step in ("seldom", "no-such-step"):
        body = {"answers": dict.fromkeys(ITEMS, step), "texts": {"strong": "Kalimat rahasia"}}
        await post_answer(service, surveys.agency.employees[1], survey, body)
    for word in ("seldom", "no-such-step", "Kalimat rahasia"):
        assert word not in service.log.getvalue()


async def test_an_answer_is_given_once(service: Service, surveys: SurveyedAgency) -> None:
    survey = await surveys.opened(surveys.agency.employee)
    person = surveys.agency.employees[1]
    first = await post_answer(service, person, survey, key="the-key")
    again = await post_answer(service, person, survey, {"answers": dict.fromkeys(ITEMS, "never")}, "the-key")
    assert (first.status_code, again.status_code) == (200, 200)
    assert first.json() == again.json()
    other = await post_answer(service, person, survey)
    assert (other.status_code, other.json()["code"]) == (409, "survey_answered_already")
    assert await ballots(surveys, survey) == 1


async def test_twenty_answers_at_once_count_once(service: Service, surveys: SurveyedAgency) -> None:
    survey = await surveys.opened(surveys.agency.employee)
    person = surveys.agency.employees[1]
    done = await asyncio.gather(*(post_answer(service, person, survey) for _ in range(20)))
    assert sorted(each.status_code for each in done) == [200, *[409] * 19]
    assert await ballots(surveys, survey) == 1


async def test_after_its_last_day_nothing_is_taken_even_if_nobody_has_closed_it(
    service: Service, surveys: SurveyedAgency
) -> None:
    survey = await surveys.opened(surveys.agency.employee)
    person, late = surveys.agency.employees[1:3]
    await post_answer(service, person, survey, key="in-time")
    await surveys.on(AFTER, 0)
    assert (await seen(service, late, "/surveys"))["items"] == []
    for _ in range(2):
        refused = await post_answer(service, late, survey)
        assert (refused.status_code, refused.json()["code"]) == (409, "survey_closed")
        assert (await post_answer(service, person, survey, key="in-time")).status_code == 200
        await surveys.attend(survey)


async def test_whoever_is_not_invited_or_is_off_the_list_finds_no_survey(
    service: Service, surveys: SurveyedAgency
) -> None:
    agency = surveys.agency
    survey = await surveys.opened(agency.employee)
    withdrawn = agency.employees[1]
    done = await service.post(agency.officer, f"/surveys/{survey}/invitations/{withdrawn}/withdraw")
    assert done.status_code == 200, done.text
    for person in (withdrawn, agency.head, agency.employee):
        assert (await post_answer(service, person, survey)).status_code == 404
    assert (await post_answer(service, agency.employees[2], uuid.uuid4())).status_code == 404


async def test_an_answer_stays_when_its_author_is_taken_off_the_list(
    service: Service, surveys: SurveyedAgency
) -> None:
    agency = surveys.agency
    survey = await surveys.opened(agency.employee)
    for person in agency.employees[1:4]:
        await post_answer(service, person, survey)
    looks = []
    for person in agency.employees[1:5]:
        path = f"/surveys/{survey}/invitations/{person}/withdraw"
        looks.append((await service.post(agency.officer, path)).json())
    # Whether somebody had answered does not show in what becomes of the numbers.
    assert [(look["invited"], look["answered"]) for look in looks] == [(3, 3), (2, 3), (1, 3), (0, 3)]
    await surveys.closed(survey)
    assert await surveys.value("SELECT answers FROM survey WHERE id = :id", id=survey) == 3


async def invite(
    service: Service, person: uuid.UUID, survey: object, who: object, group: str
) -> httpx.Response:
    return await service.post(person, f"/surveys/{survey}/invitations", {"person": str(who), "group": group})


async def test_hr_and_rater_invite_where_the_scheme_says_so(service: Service) -> None:
    surveys = await agency_on(service, invited_by=["hr"])
    agency = surveys.agency
    survey = await surveys.opened(agency.employee)
    assert await surveys.invited(survey) == []
    colleague = agency.employees[1]
    refused = await invite(service, agency.rater, survey, colleague, "peers")
    assert (refused.status_code, refused.json()["code"]) == (403, "not_yours_to_invite")
    for _ in range(2):
        done = await invite(service, agency.officer, survey, colleague, "peers")
        assert [each["person"] for each in done.json()["invitations"]] == [str(colleague)]
    told = await surveys.rows(
        "SELECT recipient_id FROM notice WHERE attended_id = :id AND channel = 'inbox'", id=survey
    )
    assert [row.recipient_id for row in told] == [colleague]
    assert (await invite(service, agency.employee, survey, agency.employees[2], "peers")).status_code == 404
    assert (await invite(service, colleague, survey, agency.employees[2], "peers")).status_code == 404


async def test_only_whoever_fits_the_group_is_invited(service: Service) -> None:
    surveys = await agency_on(service, invited_by=["rater"], groups=[{"name": "peers"}])
    agency = surveys.agency
    survey = await surveys.opened(agency.employee)
    stranger = service.elsewhere.employees[0]
    cases: Mapping[tuple[object, str], str] = {
        (agency.employee, "peers"): "/person",
        (agency.rater, "peers"): "/person",
        (agency.superior, "peers"): "/person",
        (agency.head, "peers"): "/person",
        (stranger, "peers"): "/person",
        (uuid.uuid4(), "peers"): "/person",
        (agency.employees[1], "subordinates"): "/group",
        (agency.employees[1], "friends"): "/group",
    }
    for (who, group), field in cases.items():
        refused = await invite(service, agency.rater, survey, who, group)
        assert refused.status_code == 422, (who, group, refused.text)
        assert [error["field"] for error in refused.json()["errors"]] == [field]
    assert await surveys.invited(survey) == []
    await surveys.closed(survey)
    closed = await invite(service, agency.rater, survey, agency.employees[1], "peers")
    assert (closed.status_code, closed.json()["code"]) == (409, "survey_closed")


async def test_somebody_of_hr_reads_nothing_about_himself(service: Service) -> None:
    surveys = await agency_on(service)
    agency = surveys.agency
    await surveys.run(
        "INSERT INTO role_grant (person_id, role, agency_id, granted_at) VALUES (:id, 'hr', :agency, now())",
        id=agency.employee,
        agency=agency.agency,
    )
    survey = await surveys.opened(agency.employee)
    assert (await seen(service, agency.employee, f"/cycles/{agency.cycle}/surveys"))["items"] == []
    assert (await service.get(agency.employee, f"/surveys/{survey}")).status_code == 404
    assert (await invite(service, agency.employee, survey, agency.employees[1], "peers")).status_code == 404


async def test_the_employee_sees_it_with_his_result_and_not_before(service: Service) -> None:
    surveys = await agency_on(service)
    agency = surveys.agency
    path = f"/appraisals/{surveys.cases[agency.employee]}/surveys"
    assert (await service.get(agency.employee, path)).status_code == 404
    assert (await service.get(agency.superior, path)).status_code == 404
    assert (await service.get(agency.rater, path)).status_code == 200


async def test_an_unknown_survey_is_not_prepared(service: Service, surveys: SurveyedAgency) -> None:
    path = f"/cycles/{surveys.agency.cycle}/surveys"
    refused = await service.post(surveys.agency.officer, path, {"input": "other"})
    assert refused.status_code == 422
    assert refused.json()["errors"][0]["field"] == "/input"
