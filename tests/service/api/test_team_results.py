"""Results of teams over HTTP: who sets them, what the members' files carry, and what happens without one."""

import asyncio
import uuid

import pytest
import pytest_asyncio

from tests.service.api.conftest import Service
from tests.service.api.teams import Teams, agency_with_teams, member

pytestmark = [pytest.mark.database, pytest.mark.engine]

ASKED, REMINDER = "team_result_asked", "team_result_reminder"


@pytest_asyncio.fixture(loop_scope="session")
async def teams(service: Service) -> Teams:
    return await agency_with_teams(service, f"Kota Hasil {uuid.uuid4().hex[:6]}")


async def test_the_files_of_all_members_carry_the_result(teams: Teams) -> None:
    leader, other, apart = teams.people[:3]
    team = await teams.team(member(other, "2026-03-01", "2026-06-30"))
    assert (await teams.carried(other))["numbers"][0]["closed"] is False
    assert (await teams.rate(team)).status_code == 200
    assert [await teams.number(each) for each in (leader, other)] == [100, 100]
    (carried,) = (await teams.carried(other))["teams"]
    assert (carried["step_name"], carried["number"], carried["days"]) == ("Goal reached", 100, 122)
    assert (carried["leads"], carried["achieved"]) == (False, "Waktu tunggu turun menjadi 41 menit")
    assert (await teams.carried(apart)) == {"open": True, "teams": [], "numbers": []}


@pytest.mark.parametrize(
    ("who", "status", "opened"),
    (
        ("employee", 200, False),
        ("rater", 200, True),
        ("officer", 200, True),
        ("superior", 404, None),
        ("colleague", 404, None),
        ("foreigner", 404, None),
    ),
)
async def test_a_result_is_open_before_the_own_one_only_where_the_scheme_says_so(
    service: Service, who: str, status: int, opened: bool | None
) -> None:
    teams = await agency_with_teams(service, f"Kota Tertutup {uuid.uuid4().hex[:6]}", opened=False)
    employee, agency = teams.people[0], teams.agency
    assert (await teams.rate(await teams.team())).status_code == 200
    person = {
        "employee": employee,
        "rater": agency.rater,
        "officer": agency.officer,
        "superior": agency.superior,
        "colleague": teams.people[1],
        "foreigner": service.elsewhere.officer,
    }[who]
    answer = await service.get(person, f"/appraisals/{teams.cases[employee]}/teams")
    assert answer.status_code == status
    if opened is not None:
        shown = answer.json()
        assert shown["open"] is opened
        assert [each["days"] for each in shown["teams"]] == [365]
        told = {each["step"] for each in shown["teams"]} | {each["number"] for each in shown["numbers"]}
        assert told == ({"reached", 100} if opened else {None})
        assert ("41 menit" in answer.text) is opened


async def test_somebody_in_several_teams_carries_their_results_weighed_by_days(teams: Teams) -> None:
    other = teams.people[1]
    first = await teams.team(member(other, "2026-01-01", "2026-03-31"))
    second = await teams.team(member(other, "2026-04-01", "2026-12-31"))
    await teams.rate(first, "beyond")
    assert await teams.number(other) == 115
    await teams.rate(second, "partly")
    assert await teams.number(other) == pytest.approx((90 * 115 + 275 * 80) / 365)
    # A correction of the days is carried at once.
    assert (await teams.end(second, other, "2026-04-30")).status_code == 200
    assert await teams.number(other) == pytest.approx((90 * 115 + 30 * 80) / 120)


async def test_a_later_result_replaces_an_earlier_one_which_stays_on_record(teams: Teams) -> None:
    team = await teams.team()
    await teams.rate(team, "hardly")
    shown = (await teams.rate(team, "beyond", who=teams.agency.officer)).json()
    assert [(each["step"], each["set_by_id"]) for each in shown["results"]] == [
        ("beyond", str(teams.agency.officer)),
        ("hardly", str(teams.agency.rater)),
    ]
    assert await teams.number(teams.people[0]) == 115


@pytest.mark.parametrize("who", ("leader", "member", "colleague", "superior", "foreigner"))
async def test_nobody_rates_his_own_team_or_one_that_is_not_his_to_rate(teams: Teams, who: str) -> None:
    leader, other, colleague = teams.people[:3]
    person = {
        "leader": leader,
        "member": other,
        "colleague": colleague,
        "superior": teams.agency.superior,
        "foreigner": teams.service.elsewhere.officer,
    }[who]
    team = await teams.team(member(other))
    answer = await teams.rate(team, who=person)
    assert answer.status_code == (403 if who in ("leader", "member") else 404)
    assert await teams.service.value("SELECT count(*) FROM team_result WHERE team_id = :id", id=team) == 0


async def test_an_officer_who_ever_was_a_member_neither_rates_nor_reads_the_result(teams: Teams) -> None:
    agency = teams.agency
    team = await teams.team()
    await teams.rate(team)
    await teams.service.run(
        "INSERT INTO role_grant (person_id, role, agency_id, granted_at) VALUES (:id, 'hr', :agency, now())",
        id=agency.superior,
        agency=agency.agency,
    )
    await teams.add(team, member(agency.officer, "2026-05-01", "2026-05-02"), who=agency.superior)
    answer = await teams.rate(team, who=agency.officer)
    assert (answer.status_code, answer.json()["code"]) == (403, "own_team")
    shown = (await teams.service.get(agency.officer, f"/teams/{team}")).json()
    assert (shown["results"], shown["may_rate"]) == ([], False)
    listed = (await teams.service.get(agency.officer, f"/cycles/{agency.cycle}/teams")).json()["items"]
    assert [(each["state"], each["step"]) for each in listed] == [(None, None)]


async def test_an_unknown_step_and_a_result_without_words_are_refused(teams: Teams) -> None:
    team = await teams.team()
    answer = await teams.rate(team, "good")
    assert [each["field"] for each in answer.json()["errors"]] == ["/step"]
    headers = {"Idempotency-Key": uuid.uuid4().hex, **teams.service.headers(teams.agency.rater)}
    body = {"step": "reached", "achieved": " ", "reason": "a\0b"}
    answer = await teams.service.http.put(f"/api/v1/teams/{team}/result", json=body, headers=headers)
    assert {each["field"] for each in answer.json()["errors"]} == {"/achieved", "/reason"}


async def test_a_result_that_comes_twenty_times_at_once_counts_once(teams: Teams) -> None:
    team, key = await teams.team(), uuid.uuid4().hex
    answers = await asyncio.gather(*(teams.rate(team, key=key) for _ in range(20)))
    assert {each.status_code for each in answers} == {200}
    assert await teams.service.value("SELECT count(*) FROM team_result WHERE team_id = :id", id=team) == 1
    reused = await teams.rate(team, "beyond", key=key)
    assert reused.json()["code"] == "idempotency_key_reused"


async def test_results_of_two_teams_at_once_are_both_carried(teams: Teams) -> None:
    leader = teams.people[0]
    several = [await teams.team() for _ in range(4)]
    steps = ("beyond", "reached", "partly", "hardly")
    await asyncio.gather(*(teams.rate(team, step) for team, step in zip(several, steps, strict=True)))
    assert await teams.number(leader) == pytest.approx((115 + 100 + 80 + 50) / 4)


async def test_whoever_rates_the_leader_is_asked_and_reminded_until_the_result_is_there(
    teams: Teams,
) -> None:
    team, rater = await teams.team(), teams.agency.rater
    assert (await teams.attend(team), await teams.told(team)) == ("waits", [])
    await teams.on("2026-12-06")
    for _ in range(2):
        assert await teams.attend(team) == "waits"
    assert await teams.told(team) == [(ASKED, rater, 14)]
    await teams.on("2026-12-13")
    await teams.attend(team)
    assert await teams.told(team) == [(ASKED, rater, 14), (REMINDER, rater, 7)]
    await teams.rate(team)
    await teams.on("2026-12-17")
    assert await teams.attend(team) == "ended"
    assert len(await teams.told(team)) == 2


async def test_without_a_result_the_input_is_absent_and_personnel_officers_are_told(teams: Teams) -> None:
    leader, officer = teams.people[0], teams.agency.officer
    team = await teams.team()
    await teams.on("2026-12-20", 23)
    await teams.attend(team)
    assert (await teams.carried(leader))["numbers"][0]["closed"] is False
    await teams.on("2026-12-21", 0)
    assert await teams.attend(team) == "waits"
    number = (await teams.carried(leader))["numbers"][0]
    assert (number["number"], number["closed"]) == (None, True)
    assert (await teams.carried(leader))["teams"][0]["absent"] is True
    assert (await teams.told(team))[-1] == (REMINDER, officer, -1)
    # What comes late still counts for whoever is not rated yet.
    assert (await teams.rate(team, "partly")).status_code == 200
    assert await teams.number(leader) == 80


async def test_who_has_another_result_is_not_absent_for_a_team_without_one(teams: Teams) -> None:
    leader = teams.people[0]
    rated, unrated = await teams.team(), await teams.team()
    await teams.rate(rated)
    await teams.on("2026-12-21")
    await teams.attend(unrated)
    assert await teams.number(leader) == 100


async def test_if_the_rater_belongs_to_the_team_personnel_officers_are_asked(teams: Teams) -> None:
    team = await teams.team(member(teams.agency.rater))
    await teams.on("2026-12-06")
    await teams.attend(team)
    assert await teams.told(team) == [(ASKED, teams.agency.officer, 14)]


async def test_nothing_of_a_result_is_in_a_log_or_a_notice(teams: Teams) -> None:
    team = await teams.team()
    await teams.on("2026-12-06")
    await teams.attend(team)
    await teams.rate(team)
    log = teams.service.log.getvalue()
    for marker in ("Waktu tunggu turun", "Laporan antrean", "reached"):
        assert marker not in log
