"""Forms that are handed in with an action: complete, or refused at their place with nothing lost."""

import copy
import uuid
from typing import Any

import pytest
import pytest_asyncio

from tests.fixtures.agency import SmallAgency
from tests.service.api.conftest import Service
from tests.service.api.filling import PLAN, agency_with_forms, plan_in_force, put

pytestmark = [pytest.mark.database, pytest.mark.engine]

ASSESSMENT = {"results": {"h1": {"realised": "118 izin terbit"}}}
RATING: dict[str, Any] = {
    "results": {"h1": {"rating": "as_expected", "reason": "Sesuai target"}},
    "behaviour": {"akuntabel": {"rating": "as_expected"}, "adaptif": {"rating": "above"}},
    "overall": {"results": "above", "behaviour": "as_expected", "reason": "Melampaui target"},
}


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def agency(service: Service) -> SmallAgency:
    return await agency_with_forms(service, "Kota Berformulir", employees=12)


async def case_of(service: Service, agency: SmallAgency, number: int) -> uuid.UUID:
    return await service.launch(agency, agency.employees[number])


async def in_planning(service: Service, agency: SmallAgency, number: int) -> uuid.UUID:
    case = await case_of(service, agency, number)
    await service.until_stage(case, "plan_drafting")
    return case


async def in_rating(service: Service, agency: SmallAgency, number: int) -> uuid.UUID:
    case, employee = await in_planning(service, agency, number), agency.employees[number]
    await plan_in_force(service, agency, case)
    for _ in range(2):
        await acted(service, agency.officer, case, "open_check_in")
        await acted(
            service, employee, case, "submit_check_in", {"content": {"report": {"progress": "60 izin"}}}
        )
        await acted(service, agency.rater, case, "review_check_in")
    await acted(service, agency.officer, case, "open_evaluation")
    await acted(service, employee, case, "submit_self_assessment", {"content": ASSESSMENT})
    return case


async def acted(service: Service, person: uuid.UUID, case: uuid.UUID, trigger: str, body: Any = None) -> None:
    answer = await service.act(person, case, trigger, body)
    assert answer.status_code == 200, (trigger, answer.text)


async def mistakes(
    service: Service, person: uuid.UUID, case: uuid.UUID, trigger: str, body: Any
) -> dict[str, str]:
    """The message by place of a form that is refused."""
    answer = await service.act(person, case, trigger, body)
    problem = answer.json()
    assert (answer.status_code, problem["code"]) == (422, "form_incomplete"), problem
    return {each["field"]: each["message"] for each in problem["errors"]}


async def test_words_are_no_plan(service: Service, agency: SmallAgency) -> None:
    case = await in_planning(service, agency, 0)
    bodies: tuple[Any, ...] = ({"text": "x"}, {}, {"content": {}}, {"text": "x", "content": {"results": []}})
    for body in bodies:
        found = await mistakes(service, agency.employees[0], case, "submit_plan", body)
        assert "/content/results" in found
    assert await service.stage(case) == "plan_drafting"


async def test_each_place_that_lacks_something_is_named(service: Service, agency: SmallAgency) -> None:
    case = await in_planning(service, agency, 1)
    plan = copy.deepcopy(PLAN)
    row = plan["results"][0]
    row["result"] = "  "
    del row["indicators"][0]["target"]
    row["indicators"][0]["aspect"] = "quality"
    found = await mistakes(service, agency.employees[1], case, "submit_plan", {"content": plan})
    assert set(found) == {
        "/content/results/0/result",
        "/content/results/0/indicators/0/target",
        "/content/results/0/indicators",
    }
    assert all(message.endswith(".") for message in found.values())


async def test_a_plan_goes_on_record_as_it_was_checked_and_its_draft_ends(
    service: Service, agency: SmallAgency
) -> None:
    case, employee = await in_planning(service, agency, 2), agency.employees[2]
    saved = await put(service, employee, f"/appraisals/{case}/drafts/plan", {"content": PLAN, "version": 0})
    assert saved.status_code == 200, saved.text
    plan = copy.deepcopy(PLAN)
    plan["results"][0]["result"] = "  Layanan perizinan selesai tepat waktu  "
    await acted(service, employee, case, "submit_plan", {"content": plan})
    kept = await service.value(
        "SELECT content FROM document WHERE appraisal_id = :id AND kind = 'submit_plan'", id=case
    )
    assert kept == {"content": PLAN}
    left = (await service.get(employee, f"/appraisals/{case}/drafts/plan")).json()
    assert (left["version"], left["content"]) == (2, {})


async def test_a_refused_plan_leaves_the_draft(service: Service, agency: SmallAgency) -> None:
    case, employee = await in_planning(service, agency, 3), agency.employees[3]
    await put(
        service, employee, f"/appraisals/{case}/drafts/plan", {"content": {"results": []}, "version": 0}
    )
    await mistakes(service, employee, case, "submit_plan", {"content": {"results": []}})
    assert (await service.get(employee, f"/appraisals/{case}/drafts/plan")).json()["version"] == 1


async def test_who_may_not_act_is_told_that_and_not_what_the_form_lacks(
    service: Service, agency: SmallAgency
) -> None:
    case = await in_planning(service, agency, 4)
    answer = await service.act(agency.rater, case, "rate", {"content": {}})
    assert answer.json()["code"] == "illegal_transition"


async def test_a_rating_goes_on_record_with_the_predicate_and_its_working(
    service: Service, agency: SmallAgency
) -> None:
    case = await in_rating(service, agency, 5)
    await acted(service, agency.rater, case, "rate", {"content": RATING, "predicate": "good"})
    kept = await service.value(
        "SELECT content FROM document WHERE appraisal_id = :id AND kind = 'rate'", id=case
    )
    assert kept["content"] == RATING
    assert (kept["outcome"]["predicate"], kept["outcome"]["results"]) == ("good", "above")
    assert kept["outcome"]["working"]
    seen = await service.value(
        "SELECT predicate FROM rated WHERE appraisal_id = :id AND digest = "
        "(SELECT snapshot ->> 'result' FROM appraisal WHERE id = :id)",
        id=case,
    )
    assert seen == "good"


async def test_a_predicate_that_does_not_follow_is_refused(service: Service, agency: SmallAgency) -> None:
    case = await in_rating(service, agency, 6)
    body = {"content": RATING, "predicate": "very_good"}
    assert set(await mistakes(service, agency.rater, case, "rate", body)) == {"/predicate"}
    assert await service.stage(case) == "rating"


async def test_a_rating_of_something_that_is_not_in_the_plan_is_refused(
    service: Service, agency: SmallAgency
) -> None:
    case = await in_rating(service, agency, 7)
    rating = copy.deepcopy(RATING)
    rating["results"]["h2"] = rating["results"].pop("h1")
    found = await mistakes(service, agency.rater, case, "rate", {"content": rating})
    assert set(found) == {"/content/results/h1", "/content/results/h2"}


async def test_a_sentence_is_no_rating(service: Service, agency: SmallAgency) -> None:
    case = await in_rating(service, agency, 8)
    found = await mistakes(service, agency.rater, case, "rate", {"text": "x"})
    assert {"/content/overall/results", "/content/results/h1"} <= set(found)


async def test_the_same_form_under_the_same_key_is_handed_in_once(
    service: Service, agency: SmallAgency
) -> None:
    case, key = await in_planning(service, agency, 9), uuid.uuid4().hex
    first = await service.act(agency.employees[9], case, "submit_plan", {"content": PLAN}, key)
    again = await service.act(agency.employees[9], case, "submit_plan", {"content": PLAN}, key)
    assert (first.status_code, first.json()) == (again.status_code, again.json())


async def test_a_decision_on_an_objection_sets_a_rating_by_the_same_form(
    service: Service, agency: SmallAgency
) -> None:
    case, employee = await in_rating(service, agency, 10), agency.employees[10]
    await acted(service, agency.rater, case, "rate", {"content": RATING})
    talk = {"content": {"talk": {"notes": "Hasil dijelaskan"}}}
    await acted(service, agency.rater, case, "deliver_result", talk)
    await acted(service, employee, case, "acknowledge_receipt")
    await acted(service, employee, case, "object", {"text": "Perilaku dinilai terlalu rendah"})
    officer = agency.superior
    for trigger, text in (("admit_objection", None), ("ask_employee", "?"), ("ask_rater", "?")):
        await acted(service, officer, case, trigger, None if text is None else {"text": text})
    for side in (employee, agency.rater):
        await acted(service, side, case, "give_statement", {"text": "Penjelasan"})
    broken = {"text": "Diubah", "result": {"content": {"overall": {"results": "above"}}}}
    found = await mistakes(service, officer, case, "change_result", broken)
    assert "/result/content/overall/behaviour" in found
    changed = copy.deepcopy(RATING)
    changed["overall"]["behaviour"] = "above"
    await acted(service, officer, case, "change_result", {"text": "Diubah", "result": {"content": changed}})
    seen = await service.value(
        "SELECT predicate FROM rated WHERE appraisal_id = :id AND digest = "
        "(SELECT snapshot ->> 'result' FROM appraisal WHERE id = :id)",
        id=case,
    )
    assert seen == "very_good"


async def test_mistakes_are_read_in_indonesian(service: Service, agency: SmallAgency) -> None:
    case = await in_planning(service, agency, 11)
    answer = await service.http.post(
        f"/api/v1/appraisals/{case}/actions/submit_plan",
        json={"content": {}},
        headers=service.headers(agency.employees[11], **{"Idempotency-Key": "k", "Accept-Language": "id"}),
    )
    assert answer.json()["title"] == "Formulir belum lengkap"


async def test_no_event_and_no_log_holds_what_was_written(service: Service, agency: SmallAgency) -> None:
    case = await service.value(
        "SELECT appraisal_id FROM document WHERE kind = 'rate' AND content ? 'outcome' LIMIT 1"
    )
    bodies = await service.value(
        "SELECT string_agg(CAST(body AS text), ' ') FROM event WHERE appraisal_id = :id", id=case
    )
    for told in (bodies, service.log.getvalue()):
        assert "Melampaui target" not in told
        assert "very_good" not in told
        assert "perizinan" not in told
