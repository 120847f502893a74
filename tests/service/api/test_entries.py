"""Notes of the year over HTTP: who writes which, about what, and when."""

import asyncio
import datetime as dt
import uuid
from typing import Any

import pytest
import pytest_asyncio

from service.entries.noting import MOST_NOTES
from tests.fixtures.agency import SmallAgency
from tests.service.api.conftest import BUSINESS_START, Service
from tests.service.api.filling import agency_with_forms
from tests.service.api.noted import Case, mistakes, new_case

TODAY = BUSINESS_START.date()
SEEN: dict[str, Any] = {"noted_on": str(TODAY), "content": {"what": "Melayani dengan sabar"}}


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def agency(service: Service) -> SmallAgency:
    return await agency_with_forms(service, "Kota Pencatat", employees=60)


@pytest_asyncio.fixture(loop_scope="session")
async def case(service: Service, agency: SmallAgency) -> Case:
    return await new_case(service, agency)


async def note(case: Case, kind: str, by: uuid.UUID | None = None, **more: Any) -> dict[str, Any]:
    """A note that was taken, by the rater unless somebody else is named."""
    answer = await case.post(f"entries/{kind}", SEEN | more, by=by or case.agency.rater)
    assert answer.status_code == 201, answer.text
    found: dict[str, Any] = answer.json()
    return found


async def test_a_note_is_taken_and_listed_with_all_that_is_known_of_it(case: Case) -> None:
    noted = await note(case, "observation", content={"what": " Melayani dengan sabar "})
    assert await case.listed("entries") == [{**noted, "may_withdraw": False}]
    assert {name: value for name, value in noted.items() if name not in {"id", "author", "recorded_at"}} == {
        "kind": "observation",
        "kind_name": "note",
        "item": "",
        "noted_on": str(TODAY),
        "author_id": str(case.agency.rater),
        "capacity": "rater",
        "capacity_name": "rater",
        "confidential": False,
        "content": {"what": "Melayani dengan sabar"},
        "withdrawn_at": None,
        "may_withdraw": True,
    }


async def test_progress_is_about_an_indicator_of_the_plan_in_force(case: Case) -> None:
    noted = await note(case, "progress", case.employee, item="i1")
    assert (noted["item"], noted["capacity"]) == ("i1", "employee")


@pytest.mark.parametrize("item", ("h1", "i9", "adaptif", "I1"))
async def test_what_a_note_cannot_be_about_is_refused(case: Case, item: str) -> None:
    refused = mistakes(await case.post("entries/progress", SEEN | {"item": item}))
    assert refused == {"/item": "The plan in force has no such indicator; choose again."}


async def test_a_note_about_the_work_as_a_whole_names_no_item(case: Case) -> None:
    answer = await case.post("entries/observation", SEEN | {"item": "h1"}, by=case.agency.rater)
    assert set(mistakes(answer)) == {"/item"}


async def test_before_a_plan_is_in_force_a_note_is_about_no_item(
    service: Service, agency: SmallAgency
) -> None:
    case = await new_case(service, agency, planned=False)
    await note(case, "progress", case.employee)
    assert set(mistakes(await case.post("entries/progress", SEEN | {"item": "i1"}))) == {"/item"}


@pytest.mark.parametrize(
    ("body", "wrong"),
    (
        ({}, {"/noted_on", "/content"}),
        ({"noted_on": "kemarin", "content": {}}, {"/noted_on"}),
        ({"noted_on": str(TODAY), "content": {}}, {"/content/what"}),
        ({"noted_on": str(TODAY), "content": {"what": " "}}, {"/content/what"}),
        ({"noted_on": str(TODAY), "content": {"what": "x", "who": "y"}}, {"/content/who"}),
        ({"noted_on": "2025-12-31", "content": {}, "item": "h1"}, {"/noted_on", "/item", "/content/what"}),
        ({**SEEN, "kind": "x"}, {"/kind"}),
        ({**SEEN, "content": []}, {"/content"}),
    ),
)
async def test_every_field_that_is_wrong_is_named(case: Case, body: Any, wrong: set[str]) -> None:
    assert set(mistakes(await case.post("entries/observation", body, by=case.agency.rater))) == wrong
    assert await case.listed("entries") == []


@pytest.mark.parametrize(
    ("day", "said"),
    (
        (dt.date(2025, 12, 31), "outside the period from 2026-01-01 to 2026-12-31"),
        (dt.date(2027, 1, 1), "outside the period"),
        (TODAY + dt.timedelta(days=1), "still to come"),
    ),
)
async def test_a_day_outside_the_period_or_to_come_is_refused(case: Case, day: dt.date, said: str) -> None:
    refused = mistakes(
        await case.post("entries/observation", SEEN | {"noted_on": str(day)}, by=case.agency.rater)
    )
    assert said in refused["/noted_on"]


async def test_the_first_day_of_the_period_may_be_noted(case: Case) -> None:
    assert (await note(case, "observation", noted_on="2026-01-01"))["noted_on"] == "2026-01-01"


async def test_a_period_that_ended_early_takes_no_later_day(case: Case) -> None:
    await case.service.run(
        "UPDATE appraisal SET period_from = '2026-01-02', period_until = '2026-01-04' WHERE id = :id",
        id=case.id,
    )
    for day in ("2026-01-01", "2026-01-05"):
        answer = await case.post("entries/observation", SEEN | {"noted_on": day}, by=case.agency.rater)
        assert set(mistakes(answer)) == {"/noted_on"}
    await note(case, "observation", noted_on="2026-01-04")


@pytest.mark.parametrize(
    ("kind", "role", "who"),
    (
        ("observation", "employee", "rater"),
        ("observation", "officer", "rater"),
        ("progress", "rater", "employee"),
    ),
)
async def test_who_does_not_write_such_notes_is_told_who_does(
    case: Case, kind: str, role: str, who: str
) -> None:
    by = case.employee if role == "employee" else getattr(case.agency, role)
    answer = await case.post(f"entries/{kind}", SEEN, by=by)
    mistakes(answer, 403, "not_yours_to_add")
    assert answer.json()["detail"] == f"This is added to the case by others: {who}."


async def test_a_kind_that_the_scheme_does_not_have_is_not_found(case: Case) -> None:
    mistakes(await case.post("entries/gossip", SEEN, by=case.agency.rater), 404, "not_found")


async def test_who_does_not_see_the_case_finds_nothing(case: Case) -> None:
    noted = await note(case, "observation")
    for answer in (
        await case.post("entries/observation", SEEN, by=case.agency.head),
        await case.get("entries", by=case.agency.head),
        await case.post(f"entries/{noted['id']}/withdraw", None, by=case.agency.head),
    ):
        mistakes(answer, 404, "not_found")


async def test_the_same_request_again_notes_nothing(case: Case) -> None:
    answers = await asyncio.gather(
        *(case.post("entries/observation", SEEN, by=case.agency.rater, key="twice") for _ in range(4))
    )
    assert {answer.status_code for answer in answers} == {201}
    assert len({answer.text for answer in answers}) == 1
    assert len(await case.listed("entries")) == 1


@pytest.mark.parametrize(
    ("kind", "other"),
    (
        ("observation", {"content": {"what": "Lain"}}),
        ("observation", {"noted_on": "2026-01-02"}),
        ("feedback", {}),
    ),
)
async def test_another_request_under_the_same_key_is_refused(
    case: Case, kind: str, other: dict[str, Any]
) -> None:
    await case.post("entries/observation", SEEN, by=case.agency.rater, key="used")
    answer = await case.post(f"entries/{kind}", SEEN | other, by=case.agency.rater, key="used")
    mistakes(answer, code="idempotency_key_reused")


async def test_a_key_is_needed(case: Case) -> None:
    answer = await case.service.post(case.agency.rater, case.path("entries/observation"), SEEN)
    mistakes(answer, 400, "idempotency_key_missing")


async def test_the_list_is_read_page_by_page_the_latest_day_first(case: Case) -> None:
    days = ("2026-01-02", "2026-01-04", "2026-01-03")
    for day in days:
        await note(case, "observation", noted_on=day)
    first = (await case.get("entries", limit=2)).json()
    second = (await case.get("entries", limit=2, cursor=first["next"])).json()
    listed = [each["noted_on"] for each in (*first["items"], *second["items"])]
    assert (listed, second["next"]) == (sorted(days, reverse=True), None)


async def test_the_list_is_narrowed_to_a_kind_and_to_an_item(case: Case) -> None:
    await note(case, "observation")
    about = await note(case, "progress", case.employee, item="i1")
    whole = await note(case, "progress", case.employee)
    assert {each["id"] for each in await case.listed("entries", kind="progress")} == {
        about["id"],
        whole["id"],
    }
    assert await case.listed("entries", item="i1") == [about]
    assert await case.listed("entries", kind="progress", item="") == [whole]
    assert await case.listed("entries", kind="gossip") == []


@pytest.mark.parametrize(
    "cursor", ("x", "WyJ4IiwieSJd", "W251bGwsIjAwMDAwMDAwLTAwMDAtMDAwMC0wMDAwLTAwMDAwMDAwMDAwMCJd")
)
async def test_a_cursor_of_another_list_is_refused(case: Case, cursor: str) -> None:
    mistakes(await case.get("entries", cursor=cursor), 400, "cursor_invalid")


async def test_what_was_withdrawn_stays_to_be_read_without_its_content(case: Case) -> None:
    noted = await note(case, "observation")
    answer = await case.post(f"entries/{noted['id']}/withdraw", None, by=case.agency.rater)
    withdrawn = answer.json()
    assert (withdrawn["content"], withdrawn["may_withdraw"]) == (None, False)
    assert withdrawn["withdrawn_at"] is not None
    assert await case.listed("entries") == [withdrawn]
    again = await case.post(f"entries/{noted['id']}/withdraw", None, by=case.agency.rater)
    assert again.json() == withdrawn


async def test_only_the_author_withdraws(case: Case) -> None:
    noted = await note(case, "observation")
    answer = await case.post(f"entries/{noted['id']}/withdraw", None)
    mistakes(answer, 403, "not_yours_to_withdraw")


async def test_nothing_is_noted_or_withdrawn_once_the_case_has_closed(case: Case) -> None:
    noted = await note(case, "observation")
    await case.close()
    rater = case.agency.rater
    mistakes(await case.post("entries/observation", SEEN, by=rater), 409, "case_closed")
    mistakes(await case.post(f"entries/{noted['id']}/withdraw", None, by=rater), 409, "case_closed")


async def test_a_scheme_without_kinds_takes_no_notes_and_has_none(service: Service) -> None:
    appraisal, employee = await service.new_appraisal()
    case = Case(service, service.agency, employee, appraisal)
    mistakes(await case.post("entries/progress", SEEN), 404, "not_found")
    assert await case.listed("entries") == []


async def test_what_is_noted_does_not_come_into_the_log(case: Case) -> None:
    await note(case, "observation", content={"what": "sangat rahasia"})
    assert "rahasia" not in case.service.log.getvalue()


async def test_nobody_fills_the_database_with_notes_of_one_case(case: Case) -> None:
    first = await note(case, "progress", by=case.employee, item="i1")
    await case.service.run(
        "INSERT INTO entry (id, appraisal_id, kind, author_id, capacity, key, fingerprint, item, noted_on,"
        " confidential, content, recorded_at) SELECT gen_random_uuid(), appraisal_id, kind, author_id, capacity,"
        " 'copy-' || number, fingerprint, item, noted_on, confidential, content, recorded_at"
        " FROM entry, generate_series(2, CAST(:most AS int)) AS number WHERE id = :id",
        most=MOST_NOTES,
        id=uuid.UUID(first["id"]),
    )
    body = SEEN | {"item": "i1"}
    refused = await case.post("entries/progress", body)
    assert (refused.status_code, refused.json()["code"]) == (409, "too_many_notes"), refused.text
    assert "1000" in refused.json()["detail"]
    await note(case, "observation", by=case.agency.rater)
