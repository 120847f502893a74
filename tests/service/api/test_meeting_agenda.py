"""What is to be talked about when a result is handed over: for the rater before, for the employee only after it."""

import uuid
from typing import Any

import pytest
import pytest_asyncio

from content.forms.context import FormContext
from content.forms.example import example
from content.plan.reading import indicators_of
from schemes.loading import builtin_system
from tests.fixtures.agency import SmallAgency
from tests.service.api import results
from tests.service.api.conftest import Service
from tests.service.api.meetings import agency_with, talked
from tests.service.api.results import done, levels, receipt
from tests.service.api.test_agreed import in_year
from tests.service.api.whole_year import (
    delivered,
    drafting,
    full_agency,
    meeting,
    plan_of,
    rated,
    rating_of,
    result,
    up_to_the_rating,
)

PLAN = plan_of(result("h2", "Izin terbit"), result("h1", "Arsip digital"))
SECRET = "Rahasia penilaian"


@pytest_asyncio.fixture(loop_scope="session")
async def agency(service: Service) -> SmallAgency:
    return await full_agency(service, f"Kota {uuid.uuid4().hex[:8]}")


def rating() -> dict[str, Any]:
    """Both results above and one value below what is expected; everything else meets it."""
    form = rating_of(PLAN)
    behaviour = {name: {"rating": "meets", "reason": "Sesuai harapan"} for name in form["behaviour"]}
    return {
        **form,
        "results": {name: {"rating": "above", "reason": f"{SECRET} {name}"} for name in ("h1", "h2")},
        "behaviour": {**behaviour, "adaptif": {"rating": "below", "reason": "Sulit mengikuti perubahan"}},
    }


async def rated_so(service: Service, agency: SmallAgency) -> uuid.UUID:
    case = await drafting(service, agency, agency.employee)
    steps = up_to_the_rating(agency, agency.employee, PLAN)
    await done(service, case, *steps, (agency.rater, "rate", {"content": rating()}))
    return case


async def ask(service: Service, person: uuid.UUID, case: uuid.UUID, **headers: str) -> Any:
    path = f"/api/v1/appraisals/{case}/meeting/agenda"
    return await service.http.get(path, headers=service.headers(person, **headers))


async def agenda(service: Service, person: uuid.UUID, case: uuid.UUID, **headers: str) -> Any:
    answer = await ask(service, person, case, **headers)
    assert answer.status_code == 200, answer.text
    return answer.json()


async def note(service: Service, person: uuid.UUID, case: uuid.UUID, item: str, words: str) -> str:
    body = {"noted_on": "2026-01-05", "item": item, "content": {"note": words}}
    key = {"Idempotency-Key": uuid.uuid4().hex}
    answer = await service.post(person, f"/appraisals/{case}/entries/feedback", body, **key)
    assert answer.status_code == 201, answer.text
    return str(answer.json()["id"])


async def test_it_is_drawn_from_the_ratings_in_the_order_of_the_plan(
    service: Service, agency: SmallAgency
) -> None:
    found = await agenda(service, agency.rater, await rated_so(service, agency))
    assert (found["rated"], found["delivered"]) == (True, False)
    assert [
        (each["about"], each["title"], each["rating_name"], each["above"]) for each in found["points"]
    ] == [
        ("result", "Izin terbit", "Above expectations", True),
        ("result", "Arsip digital", "Above expectations", True),
        ("behaviour", "Adaptability", "Below expectations", False),
    ]
    assert [each["reason"] for each in found["points"]] == [
        f"{SECRET} h2",
        f"{SECRET} h1",
        "Sulit mengikuti perubahan",
    ]


async def test_before_the_delivery_it_is_for_the_rater_alone(service: Service, agency: SmallAgency) -> None:
    case = await rated_so(service, agency)
    people = (agency.rater, agency.employee, agency.officer, agency.superior, agency.director)
    answers = [await ask(service, person, case) for person in people]
    assert [answer.status_code for answer in answers] == [200, 404, 404, 404, 404]
    assert not any(SECRET in answer.text for answer in answers[1:])


async def test_to_the_employee_it_reads_like_no_case_before_the_delivery(
    service: Service, agency: SmallAgency
) -> None:
    case = await rated_so(service, agency)
    hidden, unknown = [(await ask(service, agency.employee, each)).json() for each in (case, uuid.uuid4())]
    for document in (hidden, unknown):
        del document["instance"], document["request_id"]
    assert hidden == unknown


async def test_a_personnel_officer_reads_nothing_of_his_own_before_the_delivery(
    service: Service, agency: SmallAgency
) -> None:
    await service.run(
        "INSERT INTO role_grant (person_id, role, agency_id, granted_at) VALUES (:id, 'hr', :agency, now())",
        id=agency.employee,
        agency=agency.agency,
    )
    case = await rated_so(service, agency)
    assert (await ask(service, agency.employee, case)).status_code == 404


async def test_after_the_delivery_employee_and_hr_read_it_as_the_rater_does(
    service: Service, agency: SmallAgency
) -> None:
    case = await rated_so(service, agency)
    await done(service, case, (agency.rater, "deliver_result", {"content": meeting()}))
    found = [await agenda(service, who, case) for who in (agency.rater, agency.employee, agency.officer)]
    assert found[0]["delivered"] is True
    assert len(found[0]["points"]) == 3
    assert found[0] == found[1] == found[2]
    answers = [await ask(service, who, case) for who in (agency.superior, agency.head)]
    assert [answer.status_code for answer in answers] == [404, 404]


async def test_whoever_reads_his_own_has_seen_the_result(service: Service, agency: SmallAgency) -> None:
    case = await delivered(service, agency, agency.employee, PLAN)
    for who in (agency.rater, agency.officer):
        await agenda(service, who, case)
    assert levels(await receipt(service, agency.employee, case)) == ["delivered"]
    await agenda(service, agency.employee, case)
    assert levels(await receipt(service, agency.employee, case)) == ["delivered", "seen"]


async def test_a_result_that_is_opened_again_is_hidden_again(service: Service, agency: SmallAgency) -> None:
    case = await rated_so(service, agency)
    anew = {"text": "Bukti baru", "reopening_ground": "clerical_error", "reference": "B/1"}
    await done(
        service,
        case,
        (agency.rater, "deliver_result", {"content": meeting()}),
        (agency.employee, "agree", None),
        (agency.rater, "finalise", None),
        (agency.officer, "reopen", anew),
    )
    assert (await ask(service, agency.employee, case)).status_code == 404
    found = await agenda(service, agency.rater, case)
    assert (found["rated"], found["points"]) == (False, [])
    await done(service, case, (agency.rater, "rate", {"content": rating()}))
    answers = [await ask(service, who, case) for who in (agency.employee, agency.rater)]
    assert [answer.status_code for answer in answers] == [404, 200]


async def test_feedback_of_the_year_comes_with_what_it_is_about(
    service: Service, agency: SmallAgency
) -> None:
    case = await rated_so(service, agency)
    await note(service, agency.rater, case, "h1", "Arsip rapi dan mudah dicari")
    gone = await note(service, agency.rater, case, "h2", "Keliru dicatat di sini")
    await service.run("UPDATE entry SET withdrawn_at = now() WHERE id = :id", id=uuid.UUID(str(gone)))
    (found,) = (await agenda(service, agency.rater, case))["feedback"]
    assert (found["title"], found["item"], found["words"]) == (
        "Arsip digital",
        "h1",
        ["Arsip rapi dan mudah dicari"],
    )
    assert (found["noted_on"], found["author"].split()[0]) == ("2026-01-05", "Rater")


async def test_counselling_is_no_part_of_it(service: Service, agency: SmallAgency) -> None:
    case = await rated_so(service, agency)
    body = {"noted_on": "2026-01-05", "content": {"held_on": "2026-01-05", "note": "Pribadi sekali"}}
    key = {"Idempotency-Key": uuid.uuid4().hex}
    noted = await service.post(agency.rater, f"/appraisals/{case}/entries/counselling", body, **key)
    assert noted.status_code == 201, noted.text
    assert "Pribadi sekali" not in (await ask(service, agency.rater, case)).text


async def test_what_was_agreed_last_year_comes_up_with_whether_its_day_has_passed(
    service: Service, agency: SmallAgency
) -> None:
    earlier = await in_year(service, agency, 2025)
    held = meeting(("Kursus arsip", "2026-01-04"), ("Magang", "2026-03-01"))
    before = await rated(service, earlier, agency.employee, PLAN)
    await done(service, before, (agency.rater, "deliver_result", {"content": held}))
    case = await rated_so(service, agency)
    found = await agenda(service, agency.rater, case)
    assert found["agreed_in"] == 2025
    assert [(each["action"], each["passed"]) for each in found["agreed"]] == [
        ("Kursus arsip", True),
        ("Magang", False),
    ]


async def test_trainings_are_suggested_by_the_weaknesses_that_were_named(service: Service) -> None:
    agency = await agency_with(service)
    case = await results.rated(service, agency)
    assert (await agenda(service, agency.rater, case))["trainings"] == []
    held = {"content": {"talk": {"notes": "Dibahas", "weaknesses": ["listening"]}}}
    await done(service, case, (agency.rater, "deliver_result", held))
    (found,) = (await agenda(service, agency.employee, case))["trainings"]
    assert (found["training"], found["recommended"]) == ("talks", True)


async def test_until_weaknesses_are_named_those_of_last_time_suggest_trainings(service: Service) -> None:
    agency = await agency_with(service)
    await talked(service, await in_year(service, agency, 2025))
    case = await results.rated(service, agency)
    found = await agenda(service, agency.rater, case)
    assert [each["training"] for each in found["trainings"]] == ["talks"]
    held = {"content": {"talk": {"notes": "Dibahas", "weaknesses": ["writing"]}, "actions": []}}
    await done(service, case, (agency.rater, "deliver_result", held))
    found = await agenda(service, agency.rater, case)
    assert [each["training"] for each in found["trainings"]] == ["letters", "talks"]


async def test_a_rating_by_numbers_is_talked_about_by_its_achievements(service: Service) -> None:
    system = builtin_system("pp30-numerik")
    rules = system.content
    assert rules is not None
    agency = await agency_with(service, rules, book=system.book)
    case = await drafting(service, agency, agency.employee)
    plan = example(rules.forms["plan"], rules, FormContext(superior_results=frozenset()))
    ids = [str(row["id"]) for _, row in indicators_of(plan, rules)]
    form = example(rules.forms["rating"], rules, FormContext(plan=plan))
    form["behaviour"] = {
        name: {"rating": 100, "reason": "Sesuai harapan"} for name in rules.choices_of(rules.values or "")
    }
    form["indicators"] = {
        name: {"realised": 0, "achievement": 20, "reason": "Tertunda sepanjang tahun"} for name in ids
    }
    await done(
        service,
        case,
        *up_to_the_rating(agency, agency.employee, plan),
        (agency.rater, "rate", {"content": form}),
    )
    found = (await agenda(service, agency.rater, case))["points"]
    assert [(each["about"], each["item"], each["above"]) for each in found] == [
        ("indicator", name, False) for name in ids
    ]
    assert {each["label"] for each in found} == {"Achievement of an indicator"}


async def test_a_rating_in_words_has_no_points(service: Service) -> None:
    agency = await service.new_agency()
    case = await results.rated(service, agency)
    found = await agenda(service, agency.rater, case)
    assert (found["rated"], found["points"], found["feedback"], found["agreed_in"]) == (True, [], [], None)


async def test_before_the_rating_stage_there_is_nothing_to_talk_about(
    service: Service, agency: SmallAgency
) -> None:
    case = await drafting(service, agency, agency.employee)
    assert (await ask(service, agency.rater, case)).status_code == 404


@pytest.mark.parametrize(("language", "name"), (("id", "Di atas ekspektasi"), ("en", "Above expectations")))
async def test_it_is_read_in_the_readers_language(
    service: Service, agency: SmallAgency, language: str, name: str
) -> None:
    case = await rated_so(service, agency)
    found = await agenda(service, agency.rater, case, **{"Accept-Language": language})
    assert found["points"][0]["rating_name"] == name
