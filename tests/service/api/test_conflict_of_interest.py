"""A rater with a conflict of interest over HTTP: the superior rates, and the former rater is out of it."""

import uuid
from typing import Any

import pytest_asyncio

from schemes.loading import builtin_scheme
from tests.fixtures.agency import SmallAgency, build_agency
from tests.fixtures.content import SMALL
from tests.service.api.changes import drafting, named
from tests.service.api.conftest import BUSINESS_START, Service, clock_from
from tests.service.api.filling import plan_in_force, put
from tests.service.api.results import RATING, detail, done, latest, refused, to_the_rating

BOOK = builtin_scheme("nasional").model_copy(update={"scheme": "berkonflik", "conflict_declaration": True})
WHY = {"text": "Pegawai ini adik ipar saya"}


@pytest_asyncio.fixture(loop_scope="session")
async def agency(service: Service) -> SmallAgency:
    return await service.new_agency(book=BOOK)


async def to_be_rated(service: Service, agency: SmallAgency) -> uuid.UUID:
    case = await drafting(service, agency, agency.employee)
    await done(service, case, *to_the_rating(agency, agency.employee))
    return case


async def declared(service: Service, agency: SmallAgency) -> uuid.UUID:
    case = await to_be_rated(service, agency)
    await done(service, case, (agency.rater, "declare_conflict", WHY))
    return case


async def told(service: Service, person: uuid.UUID, case: uuid.UUID) -> list[str]:
    """The templates of somebody's notices about the declaration."""
    found = await service.value(
        "SELECT array_agg(template ORDER BY template) FROM notice WHERE appraisal_id = :case"
        " AND recipient_id = :person AND channel = 'inbox' AND template IN ('conflict_declared', 'handed_over')",
        case=case,
        person=person,
    )
    return list(found or ())


async def test_the_superior_rates_and_the_former_rater_no_longer_sees_the_case(
    service: Service, agency: SmallAgency
) -> None:
    case = await declared(service, agency)
    assert (await service.get(agency.rater, f"/appraisals/{case}")).status_code == 404
    assert await refused(service, case, agency.rater, "rate", RATING) == (404, "not_found", None)
    await done(service, case, (agency.superior, "rate", RATING))
    assert await service.stage(case) == "feedback_meeting"


async def test_the_task_passes_to_the_superior(service: Service, agency: SmallAgency) -> None:
    case = await declared(service, agency)
    (task,) = (await service.get(agency.superior, "/tasks")).json()["items"]
    assert (task["appraisal_id"], task["capacity"], task["basis"]) == (str(case), "rater", None)
    assert (await service.get(agency.rater, "/tasks")).json()["items"] == []


async def test_the_timeline_names_both(service: Service, agency: SmallAgency) -> None:
    case = await declared(service, agency)
    entry = await latest(service, agency.employee, case)
    assert (entry["trigger"], entry["assigned_capacity"]) == ("declare_conflict", "rater")
    assert (entry["actor"], entry["assignee"]) == (
        await named(service, agency.rater),
        await named(service, agency.superior),
    )


async def test_the_reasons_are_for_the_personnel_officers_alone(
    service: Service, agency: SmallAgency
) -> None:
    case = await declared(service, agency)
    texts = {
        person: (await latest(service, person, case))["text"]
        for person in (agency.officer, agency.employee, agency.superior)
    }
    assert texts == {agency.officer: WHY["text"], agency.employee: None, agency.superior: None}
    digest = await service.value(
        "SELECT digest FROM document WHERE appraisal_id = :id AND kind = 'declare_conflict'", id=case
    )
    path = f"/appraisals/{case}/documents/{digest}"
    answers = [(await service.get(each, path)).status_code for each in texts]
    assert answers == [200, 404, 404]


async def test_everybody_concerned_is_told(service: Service, agency: SmallAgency) -> None:
    case = await declared(service, agency)
    expected = {
        agency.employee: ["conflict_declared"],
        agency.officer: ["conflict_declared"],
        agency.rater: ["conflict_declared"],
        agency.superior: ["conflict_declared", "handed_over"],
    }
    assert {person: await told(service, person, case) for person in expected} == expected


async def test_a_repeat_under_the_same_key_is_answered_from_the_record(
    service: Service, agency: SmallAgency
) -> None:
    case = await to_be_rated(service, agency)
    first = await done(service, case, (agency.rater, "declare_conflict", WHY), key="mine")
    again = await done(service, case, (agency.rater, "declare_conflict", WHY), key="mine")
    assert again.json() == first.json()
    assert await service.value("SELECT count(*) FROM assignment WHERE appraisal_id = :id", id=case) == 1


async def test_the_superior_may_declare_one_too(service: Service, agency: SmallAgency) -> None:
    case = await declared(service, agency)
    await done(service, case, (agency.superior, "declare_conflict", WHY))
    await done(service, case, (agency.director, "rate", RATING))


async def test_nobody_chooses_who_takes_over(service: Service, agency: SmallAgency) -> None:
    case = await to_be_rated(service, agency)
    wish: dict[str, Any] = WHY | {"assignee": str(agency.head), "assigned_capacity": "rater"}
    await done(service, case, (agency.rater, "declare_conflict", wish))
    assert (await latest(service, agency.officer, case))["assignee"] == await named(service, agency.superior)


async def test_the_draft_of_a_rating_is_read_by_nobody_after_it(service: Service) -> None:
    """The new rater begins with a clean sheet, and the former one has no case in which to read it."""
    forms = {name: SMALL.forms[name] for name in ("plan", "rating")}
    agency = await build_agency(
        service.database,
        name="Kota Konsep",
        employees=1,
        book=BOOK,
        content=SMALL.model_copy(update={"forms": forms}),
        clock=clock_from(BUSINESS_START),
    )
    service.others.append(agency)
    case = await drafting(service, agency, agency.employee)
    await plan_in_force(service, agency, case)
    _, _, *later = to_the_rating(agency, agency.employee)
    await done(service, case, *later)
    path = f"/appraisals/{case}/drafts/rating"
    body = {"content": {"results": {"h1": {"rating": "above"}}}, "version": 0}
    assert (await put(service, agency.rater, path, body)).status_code == 200
    await done(service, case, (agency.rater, "declare_conflict", WHY))
    assert (await service.get(agency.rater, path)).status_code == 404
    assert (await service.get(agency.superior, path)).json()["content"] == {}


async def test_where_nobody_is_above_the_answer_says_who_can_help(
    service: Service, agency: SmallAgency
) -> None:
    case = await to_be_rated(service, agency)
    await service.run("DELETE FROM assignment WHERE employee_id = :id", id=agency.rater)
    answer = await service.act(agency.rater, case, "declare_conflict", WHY)
    assert (answer.status_code, answer.json()["code"]) == (409, "nobody_above")
    assert "personnel officers" in answer.json()["detail"]
    appointed = {"text": "SK 7", "assignee": str(agency.director), "assigned_capacity": "rater"}
    await done(service, case, (agency.officer, "reassign", appointed))
    await done(service, case, (agency.director, "rate", RATING))


async def test_it_is_not_handed_back(service: Service, agency: SmallAgency) -> None:
    case = await declared(service, agency)
    back = {"text": "Keliru", "assignee": str(agency.rater), "assigned_capacity": "rater"}
    assert (await refused(service, case, agency.officer, "reassign", back))[:2] == (
        403,
        "conflict_of_interest",
    )


async def test_a_declaration_wants_its_reasons(service: Service, agency: SmallAgency) -> None:
    case = await to_be_rated(service, agency)
    assert (await refused(service, case, agency.rater, "declare_conflict"))[:2] == (422, "content_missing")


async def test_it_is_offered_to_the_rater_where_the_scheme_has_it(
    service: Service, agency: SmallAgency
) -> None:
    case = await to_be_rated(service, agency)
    offered = {action["trigger"]: action for action in (await detail(service, agency.rater, case))["actions"]}
    assert offered["declare_conflict"]["parameters"] == []
    plain = await service.new_agency()
    other = await to_be_rated(service, plain)
    assert await refused(service, other, plain.rater, "declare_conflict", WHY) == (
        409,
        "illegal_transition",
        None,
    )
