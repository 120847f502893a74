"""Teams over HTTP: who creates them, who sees them, and what does not fit."""

import asyncio
import uuid
from typing import Any

import pytest
import pytest_asyncio

from tests.service.api.conftest import Service
from tests.service.api.teams import Teams, agency_with_teams, member

pytestmark = [pytest.mark.database, pytest.mark.engine]


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def teams(service: Service) -> Teams:
    return await agency_with_teams(service, "Kota Tim")


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def team(teams: Teams) -> str:
    return await teams.team(member(teams.people[1], "2026-03-01", "2026-06-30"))


def errors(answer: Any) -> dict[str, str]:
    assert answer.status_code == 422, answer.text
    return {each["field"]: each["message"] for each in answer.json()["errors"]}


async def test_the_leader_is_a_member_for_the_year_unless_days_are_given(teams: Teams, team: str) -> None:
    shown = (await teams.service.get(teams.agency.officer, f"/teams/{team}")).json()
    days = {each["person_id"]: (each["days"], each["leads"]) for each in shown["members"]}
    assert days == {str(teams.people[0]): (365, True), str(teams.people[1]): (122, False)}
    assert (shown["due_on"], shown["input_name"]) == ("2026-12-20", "Assessment of the team")


@pytest.mark.parametrize(
    ("who", "status", "may_rate"),
    (
        ("officer", 200, True),
        ("rater", 200, True),
        ("leader", 200, False),
        ("member", 200, False),
        ("colleague", 404, None),
        ("superior", 404, None),
        ("foreigner", 404, None),
    ),
)
async def test_a_team_is_open_to_those_whom_it_concerns(
    teams: Teams, team: str, who: str, status: int, may_rate: bool | None
) -> None:
    leader, other, colleague = teams.people[:3]
    agency = teams.agency
    person = {
        "officer": agency.officer,
        "rater": agency.rater,
        "leader": leader,
        "member": other,
        "colleague": colleague,
        "superior": agency.superior,
        "foreigner": teams.service.elsewhere.officer,
    }[who]
    answer = await teams.service.get(person, f"/teams/{team}")
    assert answer.status_code == status
    if status == 200:
        assert answer.json()["may_rate"] is may_rate
    listed = await teams.service.get(person, f"/cycles/{agency.cycle}/teams", limit=200)
    assert (team in listed.text) is (status == 200)


async def test_only_personnel_officers_create_teams_and_change_members(teams: Teams, team: str) -> None:
    assert (await teams.create(who=teams.agency.rater)).json()["code"] == "hr_only"
    added = await teams.add(team, member(teams.people[2]), who=teams.agency.rater)
    assert (added.status_code, added.json()["code"]) == (403, "team_for_hr")
    assert (await teams.add(team, member(teams.people[2]), who=teams.people[3])).status_code == 404


async def test_an_officer_decides_nothing_about_his_own_membership(teams: Teams, team: str) -> None:
    officer = teams.agency.officer
    created = await teams.create(teams.body(members=[member(officer)]))
    assert (created.status_code, created.json()["code"]) == (403, "own_team")
    assert (await teams.add(team, member(officer))).json()["code"] == "own_team"
    assert (await teams.end(team, officer, "2026-03-01")).json()["code"] == "own_team"


async def test_what_does_not_fit_is_named_at_its_place(teams: Teams) -> None:
    leader, other = teams.people[:2]
    stranger = teams.service.elsewhere.employees[0]
    body = teams.body(
        unit=str(uuid.uuid4()),
        input="survey",
        leader=str(teams.people[4]),
        members=[
            member(stranger),
            member(other, "2025-12-31", "2026-02-01"),
            member(other, "2026-02-01", "2026-03-01"),
            member(leader, "2026-05-02", "2026-05-01"),
        ],
    )
    assert errors(await teams.create(body)) == {
        "/unit": "The agency has no such unit.",
        "/input": "This must be one of team.",
        "/leader": "This person is not appraised in this cycle.",
        "/members/0/person": "This person does not belong to the agency.",
        "/members/1/first_day": "This day is outside the year 2026.",
        "/members/2/first_day": "This person belongs to the team on some of these days already.",
        "/members/3/last_day": "The last day is before the first one.",
    }


@pytest.mark.parametrize(
    "more",
    (
        {"name": ""},
        {"name": "  "},
        {"name": "a\0b"},
        {"name": "x" * 201},
        {"task": ""},
        {"members": [{"person": "nobody"}]},
        {"members": [{"person": str(uuid.UUID(int=1)), "first_day": "2026-02-30"}]},
        {"members": [{"person": str(uuid.UUID(int=1))}] * 201},
        {"secret": 1},
    ),
)
async def test_a_body_of_another_shape_is_refused(teams: Teams, more: dict[str, Any]) -> None:
    assert (await teams.create(teams.body(**more))).status_code == 422


async def test_a_scheme_without_teams_says_so(service: Service, teams: Teams) -> None:
    officer = service.agency.officer
    answer = await service.get(officer, f"/cycles/{service.agency.cycle}/teams")
    assert (answer.status_code, answer.json()["code"]) == (409, "no_teams")
    path = f"/cycles/{service.agency.cycle}/teams"
    body = teams.body() | {"leader": str(service.agency.employees[0]), "unit": str(service.agency.unit)}
    answer = await service.post(officer, path, body, **{"Idempotency-Key": "k"})
    assert answer.json()["code"] == "no_teams"


async def test_a_cycle_of_another_agency_has_no_teams_for_anybody(service: Service, teams: Teams) -> None:
    path = f"/cycles/{teams.agency.cycle}/teams"
    assert (await service.get(service.elsewhere.officer, path)).status_code == 404


async def test_the_same_request_creates_one_team_however_often_it_comes(teams: Teams) -> None:
    body, key = teams.body(members=[member(teams.people[1])]), uuid.uuid4().hex
    answers = await asyncio.gather(*(teams.create(body, key=key) for _ in range(8)))
    assert {each.status_code for each in answers} == {201}
    assert len({each.json()["id"] for each in answers}) == 1
    assert len(answers[0].json()["members"]) == 2
    count = "SELECT count(*) FROM team WHERE name = :name"
    assert await teams.service.value(count, name=body["name"]) == 1
    other = await teams.create(teams.body(), key=key)
    assert (other.status_code, other.json()["code"]) == (422, "idempotency_key_reused")


async def test_a_member_is_ended_and_never_removed(teams: Teams) -> None:
    other = teams.people[1]
    team = await teams.team(member(other, "2026-02-01", "2026-11-30"))
    assert "/last_day" in errors(await teams.end(team, other, "2026-12-01"))
    assert "/last_day" in errors(await teams.end(team, other, "2026-01-30"))
    for _ in range(2):
        ended = await teams.end(team, other, "2026-04-30")
        assert ended.status_code == 200
    assert [each["last_day"] for each in ended.json()["members"]] == ["2026-12-31", "2026-04-30"]
    again = await teams.add(team, member(other, "2026-10-01"))
    assert [each["days"] for each in again.json()["members"]] == [365, 89, 92]
    assert "/first_day" in errors(await teams.add(team, member(other, "2026-12-31")))
    emptied = await teams.end(team, other, "2026-09-30")
    assert [each["days"] for each in emptied.json()["members"]] == [365, 89, 0]
    assert (await teams.end(team, teams.people[2], "2026-04-30")).status_code == 404


async def test_of_many_who_add_the_same_days_at_once_one_succeeds(teams: Teams) -> None:
    team = await teams.team()
    days = member(teams.people[2], "2026-05-01", "2026-05-31")
    answers = await asyncio.gather(*(teams.add(team, days) for _ in range(8)))
    assert sorted(each.status_code for each in answers) == [201, *[422] * 7]


async def test_a_list_is_read_page_by_page(teams: Teams) -> None:
    for _ in range(3):
        await teams.team()
    path, officer = f"/cycles/{teams.agency.cycle}/teams", teams.agency.officer
    whole = (await teams.service.get(officer, path, limit=200)).json()["items"]
    names: list[str] = []
    cursor: str | None = None
    while cursor is not None or not names:
        more: dict[str, str] = {} if cursor is None else {"cursor": cursor}
        page = (await teams.service.get(officer, path, limit=2, **more)).json()
        names += [each["id"] for each in page["items"]]
        cursor = page["next"]
    assert names == [each["id"] for each in whole]
    assert (await teams.service.get(officer, path, cursor="abc")).status_code == 400
