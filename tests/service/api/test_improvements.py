"""Times to improve over HTTP: who sees them, and how personnel officers put on record how they ended."""

import asyncio
import datetime as dt
import uuid
from dataclasses import dataclass
from typing import Any

import httpx
import pytest
import pytest_asyncio

from states.stages import Stage
from tests.fixtures.improvements import attend, begun, finalised, improving_division, on, rows, run
from tests.fixtures.rated import Division, Rated, add_cycle, put_on_record
from tests.service.api.conftest import Service

DAY = dt.timedelta(days=1)
SECRET = "Sakit berat sejak Maret."


@dataclass
class Improving:
    """A division with one time to improve, of its first employee."""

    service: Service
    division: Division
    id: uuid.UUID
    case: uuid.UUID
    starts_on: dt.date
    ends_on: dt.date

    @property
    def employee(self) -> uuid.UUID:
        return self.division.staff[0]

    async def seen_by(self, person: uuid.UUID) -> Any:
        answer = await self.service.get(person, f"/appraisals/{self.case}/improvement")
        assert answer.status_code == 200, answer.text
        return answer.json()

    async def post(
        self, what: str, body: Any, *, by: uuid.UUID | None = None, key: str = ""
    ) -> httpx.Response:
        path = f"/improvements/{self.id}/{what}"
        headers = {"Idempotency-Key": key or uuid.uuid4().hex}
        return await self.service.post(by or self.division.agency.officer, path, body, **headers)

    async def tested(self, *, passed: bool, **more: Any) -> Any:
        body = {"held_on": (self.ends_on + DAY).isoformat(), "passed": passed}
        answer = await self.post("test", body, **more)
        assert answer.status_code == 200, answer.text
        return answer.json()

    async def after_the_end(self, days: int = 5) -> None:
        await on(self.service.database, self.division, self.ends_on + days * DAY)


@pytest_asyncio.fixture(loop_scope="session")
async def improving(service: Service) -> Improving:
    division = await improving_division(service.database, clock=None)
    service.others.append(division.agency)
    await finalised(service.database, division, "poor")
    (track,) = [
        each
        for each in await begun(service.database)
        if (
            await rows(
                service.database,
                "SELECT id FROM appraisal WHERE id = :id AND employee_id = :who",
                id=each.appraisal_id,
                who=division.staff[0],
            )
        )
    ]
    return Improving(service, division, track.id, track.appraisal_id, track.starts_on, track.ends_on)


async def test_employee_rater_and_officer_see_it_and_nobody_else(improving: Improving) -> None:
    agency = improving.division.agency
    for person in (improving.employee, agency.rater, agency.officer):
        found = await improving.seen_by(person)
        assert (found["starts_on"], found["ends_on"]) == (
            improving.starts_on.isoformat(),
            improving.ends_on.isoformat(),
        )
        assert (found["rule"], found["label"], found["article"]) == (
            "others",
            "Time to improve",
            "PP 30/2019 art 58",
        )
        assert (found["predicate"], found["state"], found["leads_to"]) == ("poor", "running", None)
        assert found["may_record"] is (person == agency.officer)
    for person in (agency.superior, agency.director, improving.division.staff[1]):
        answer = await improving.service.get(person, f"/appraisals/{improving.case}/improvement")
        assert (answer.status_code, answer.json()["code"]) == (404, "not_found")


async def test_the_list_is_for_personnel_officers_and_of_their_agency(improving: Improving) -> None:
    agency, service = improving.division.agency, improving.service
    listed = (await service.get(agency.officer, "/improvements")).json()
    assert [each["id"] for each in listed["items"]] == [str(improving.id)]
    assert listed["items"][0]["employee"]
    for person in (improving.employee, agency.rater, agency.head):
        answer = await service.get(person, "/improvements")
        assert (answer.status_code, answer.json()["code"]) == (403, "hr_only")
    elsewhere = (await service.get(service.elsewhere.officer, "/improvements")).json()
    assert str(improving.id) not in {each["id"] for each in elsewhere["items"]}


async def test_the_list_is_cut_into_pages_and_shows_open_ones_or_closed_ones(service: Service) -> None:
    division = await improving_division(service.database, clock=None)
    service.others.append(division.agency)
    await finalised(service.database, division, "poor", "very_poor", "poor")
    await begun(service.database)
    officer = division.agency.officer
    first = (await service.get(officer, "/improvements", limit=2)).json()
    second = (await service.get(officer, "/improvements", limit=2, cursor=first["next"])).json()
    assert (len(first["items"]), len(second["items"]), second["next"]) == (2, 1, None)
    assert len({each["id"] for each in (*first["items"], *second["items"])}) == 3
    assert (await service.get(officer, "/improvements", state="closed")).json()["items"] == []
    assert (await service.get(officer, "/improvements", cursor="x")).status_code == 400
    assert (await service.get(officer, "/improvements", state="all")).status_code == 422


async def test_a_test_that_was_passed_ends_it(improving: Improving) -> None:
    await improving.after_the_end()
    found = await improving.tested(passed=True)
    assert (found["state"], found["leads_to"], found["earlier_outcomes"]) == ("closed", None, [])
    outcome = found["outcome"]
    assert (outcome["kind"], outcome["passed"], outcome["revision"]) == ("test", True, 1)
    assert outcome["recorded_by"]
    assert (await improving.seen_by(improving.employee))["outcome"]["passed"] is True
    assert await attend(improving.service.database, improving.id) == "ended"


async def test_a_test_that_was_not_passed_says_where_it_leads_and_a_correction_keeps_it(
    improving: Improving,
) -> None:
    await improving.after_the_end()
    found = await improving.tested(passed=False)
    assert found["leads_to"] == "Another post, a lower post or the end"
    corrected = await improving.tested(passed=True)
    assert (corrected["outcome"]["revision"], corrected["leads_to"]) == (2, None)
    assert [each["passed"] for each in corrected["earlier_outcomes"]] == [False]


async def test_it_ends_without_a_test_for_a_reason_on_record(improving: Improving) -> None:
    answer = await improving.post("end", {"reason": SECRET})
    assert answer.status_code == 200, answer.text
    assert (answer.json()["state"], answer.json()["outcome"]["reason"]) == ("closed", SECRET)
    assert SECRET not in improving.service.log.getvalue()


async def test_the_same_key_records_once_and_never_another_thing(improving: Improving) -> None:
    await improving.after_the_end()
    key = uuid.uuid4().hex
    first, second = await improving.tested(passed=True, key=key), await improving.tested(passed=True, key=key)
    assert first == second
    other = await improving.post("end", {"reason": "Lain"}, key=key)
    assert (other.status_code, other.json()["code"]) == (422, "idempotency_key_reused")


async def test_two_officers_at_once_make_two_revisions(improving: Improving) -> None:
    answers = await asyncio.gather(*(improving.post("end", {"reason": str(n)}) for n in range(4)))
    assert {answer.status_code for answer in answers} == {200}
    outcomes = await rows(
        improving.service.database,
        "SELECT revision FROM improvement_outcome WHERE improvement_id = :id ORDER BY revision",
        id=improving.id,
    )
    assert [each.revision for each in outcomes] == [1, 2, 3, 4]


@pytest.mark.parametrize("days", (-30, 0))
async def test_the_test_follows_the_time_to_improve(improving: Improving, days: int) -> None:
    await improving.after_the_end()
    held_on = (improving.ends_on + days * DAY).isoformat()
    answer = await improving.post("test", {"held_on": held_on, "passed": True})
    assert (answer.status_code, answer.json()["errors"][0]["field"]) == (422, "/held_on")


async def test_a_test_cannot_have_been_held_tomorrow(improving: Improving) -> None:
    await improving.after_the_end(1)
    held_on = (improving.ends_on + 2 * DAY).isoformat()
    answer = await improving.post("test", {"held_on": held_on, "passed": True})
    assert answer.status_code == 422


@pytest.mark.parametrize(
    ("what", "body"),
    (
        ("test", {}),
        ("test", {"held_on": "2027-13-01", "passed": True}),
        ("test", {"held_on": "2030-01-01", "passed": "yes"}),
        ("test", {"held_on": "2030-01-01", "passed": True, "score": 3}),
        ("end", {}),
        ("end", {"reason": ""}),
        ("end", {"reason": "   "}),
        ("end", {"reason": "x" * 2001}),
    ),
    ids=lambda value: str(value)[:40],
)
async def test_a_body_that_is_wrong_is_refused(improving: Improving, what: str, body: Any) -> None:
    answer = await improving.post(what, body)
    assert answer.status_code == 422, answer.text
    assert (await improving.seen_by(improving.employee))["outcome"] is None


async def test_nobody_but_personnel_officers_records_anything(improving: Improving) -> None:
    agency = improving.division.agency
    for person in (improving.employee, agency.rater, agency.superior, improving.service.elsewhere.officer):
        answer = await improving.post("end", {"reason": "Coba"}, by=person)
        expected = 404 if person == improving.service.elsewhere.officer else 403
        assert answer.status_code == expected
    assert (await improving.post("end", {"reason": "Coba"}, key=" ")).status_code == 400


async def test_a_personnel_officer_does_not_end_his_own(improving: Improving) -> None:
    agency = improving.division.agency
    statement = "INSERT INTO role_grant VALUES (:person, 'hr', :agency, now())"
    await run(improving.service.database, statement, person=improving.employee, agency=agency.agency)
    answer = await improving.post("end", {"reason": "Selesai"}, by=improving.employee)
    assert (answer.status_code, answer.json()["code"]) == (403, "own_improvement")
    assert (await improving.seen_by(improving.employee))["may_record"] is False


async def test_an_unknown_one_and_one_by_its_case_are_not_found(improving: Improving) -> None:
    officer, service = improving.division.agency.officer, improving.service
    for noun in (uuid.uuid4(), improving.case):
        answer = await service.post(
            officer, f"/improvements/{noun}/end", {"reason": "x"}, **{"Idempotency-Key": uuid.uuid4().hex}
        )
        assert answer.status_code == 404


async def test_a_case_from_which_none_follows_has_none(improving: Improving) -> None:
    division, service = improving.division, improving.service
    case = Rated(division.staff[1], "good", stage=Stage.FINALISED)
    await put_on_record(service.database, division, [case])
    (found,) = await rows(
        service.database, "SELECT id FROM appraisal WHERE employee_id = :id", id=division.staff[1]
    )
    answer = await service.get(division.agency.officer, f"/appraisals/{found.id}/improvement")
    assert answer.status_code == 404


async def test_a_result_that_was_changed_is_shown_for_somebody_to_decide(improving: Improving) -> None:
    statement = "UPDATE appraisal SET snapshot = snapshot || jsonb_build_object('result', 'x') WHERE id = :id"
    assert (await improving.seen_by(improving.employee))["result_changed"] is False
    await run(improving.service.database, statement, id=improving.case)
    assert (await improving.seen_by(improving.employee))["result_changed"] is True


async def test_the_result_of_the_next_year_stands_beside_it(improving: Improving) -> None:
    division, service = improving.division, improving.service
    following = await add_cycle(service.database, division.agency, "Tahun berikutnya")
    case = Rated(improving.employee, "good", stage=Stage.FINALISED, cycle=following)
    await put_on_record(service.database, division, [case])
    for person in (improving.employee, division.agency.rater, division.agency.officer):
        (later,) = (await improving.seen_by(person))["later_results"]
        assert (later["cycle"], later["predicate"], later["predicate_name"]) == (
            "Tahun berikutnya",
            "good",
            "Good",
        )


async def test_it_waits_for_the_test_after_its_end(improving: Improving) -> None:
    await improving.after_the_end()
    assert (await improving.seen_by(improving.employee))["state"] == "test_awaited"
    await improving.after_the_end(210)
    assert await attend(improving.service.database, improving.id) == "ended"
    assert (await improving.seen_by(improving.employee))["state"] == "test_missing"
    found = await improving.service.get(improving.division.agency.officer, "/incidents", kind="test_missing")
    (incident,) = found.json()["items"]
    assert incident["appraisal_id"] == str(improving.case)
    await improving.tested(passed=True)
    found = await improving.service.get(improving.division.agency.officer, "/incidents", kind="test_missing")
    assert found.json()["items"] == []
