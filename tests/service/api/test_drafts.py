"""Drafts over HTTP: saved at any time, seen by their authors alone, and nothing typed is lost."""

import asyncio
import copy
import uuid
from typing import Any

import pytest
import pytest_asyncio

from tests.fixtures.agency import SmallAgency
from tests.service.api.conftest import Service
from tests.service.api.filling import PLAN, agency_with_forms, delete, put

UNFINISHED: dict[str, Any] = {"results": [{"id": "h1", "result": "Layanan"}]}


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def agency(service: Service) -> SmallAgency:
    return await agency_with_forms(service, "Kota Berkonsep", employees=60)


@pytest_asyncio.fixture(loop_scope="session")
async def case(service: Service, agency: SmallAgency) -> "Case":
    """The case of an employee who has none yet."""
    taken = await service.value("SELECT count(*) FROM appraisal WHERE cycle_id = :id", id=agency.cycle)
    employee = agency.employees[taken]
    return Case(service, agency, employee, await service.launch(agency, employee))


class Case:
    """A case whose plan may be drafted, and requests about its drafts."""

    def __init__(
        self, service: Service, agency: SmallAgency, employee: uuid.UUID, appraisal: uuid.UUID
    ) -> None:
        self.service, self.agency, self.employee, self.id = service, agency, employee, appraisal

    def path(self, form: str = "plan", rest: str = "") -> str:
        return f"/appraisals/{self.id}/drafts/{form}{rest}"

    async def save(
        self, content: Any, version: int, *, form: str = "plan", by: uuid.UUID | None = None
    ) -> Any:
        body = {"content": content, "version": version}
        return await put(self.service, by or self.employee, self.path(form), body)

    async def read(self, rest: str = "", *, form: str = "plan", by: uuid.UUID | None = None) -> Any:
        return await self.service.get(by or self.employee, self.path(form, rest))

    async def aside(self, identifier: str) -> Any:
        """What was kept aside under an id."""
        return (await self.read(f"/aside/{identifier}")).json()["content"]

    async def all_asides(self) -> list[Any]:
        """All that was kept aside, the newest first."""
        return [await self.aside(line["id"]) for line in (await self.read("/aside")).json()["items"]]

    async def hand_in(self, content: Any) -> None:
        answer = await self.service.act(self.employee, self.id, "submit_plan", {"content": content})
        assert answer.status_code == 200, answer.text

    async def remove(self, **parameters: Any) -> Any:
        return await delete(self.service, self.employee, self.path(), **parameters)


async def test_before_the_first_saving_there_is_an_empty_draft_of_version_0(case: Case) -> None:
    answer = await case.read()
    assert (answer.status_code, answer.json()) == (200, {"version": 0, "saved_at": None, "content": {}})


async def test_a_draft_is_saved_however_unfinished_it_is(case: Case) -> None:
    answer = await case.save(UNFINISHED, 0)
    assert answer.status_code == 200, answer.text
    assert answer.json()["version"] == 1
    read = (await case.read()).json()
    assert (read["version"], read["content"]) == (1, UNFINISHED)
    assert read["saved_at"] == answer.json()["saved_at"]


async def test_what_is_no_form_at_all_is_saved_as_well(case: Case) -> None:
    content = {"results": "belum", "unheard": [1, None, {"x": True}]}
    assert (await case.save(content, 0)).status_code == 200
    assert (await case.read()).json()["content"] == content


async def test_saving_says_what_is_missing_and_where(case: Case) -> None:
    missing = (await case.save(UNFINISHED, 0)).json()["missing"]
    assert {finding["field"] for finding in missing} == {"/content/results/0/indicators"}
    assert missing[0] == {
        "field": "/content/results/0/indicators",
        "place": "results 1 › indicators",
        "reason": "too_few_rows",
        "message": "Write at least 1 rows; there are 0.",
    }


async def test_in_a_complete_draft_nothing_is_missing(case: Case) -> None:
    assert (await case.save(PLAN, 0)).json()["missing"] == []


async def test_each_saving_counts_the_version(case: Case) -> None:
    for version in range(3):
        answer = await case.save({"results": [{"result": str(version)}]}, version)
        assert answer.json()["version"] == version + 1


async def test_the_same_saving_again_is_harmless(case: Case) -> None:
    await case.save(UNFINISHED, 0)
    again = await case.save(UNFINISHED, 0)
    assert (again.status_code, again.json()["version"]) == (200, 1)
    assert (await case.read("/aside")).json() == {"items": []}


async def test_the_older_of_two_tabs_is_told_and_what_it_sent_is_kept(case: Case) -> None:
    await case.save({"tab": "first"}, 0)
    newer = (await case.save({"tab": "second"}, 1)).json()
    answer = await case.save({"tab": "older"}, 1)
    assert answer.status_code == 409
    problem = answer.json()
    assert problem["code"] == "draft_stale"
    assert problem["draft"]["version"] == 2
    assert problem["draft"]["saved_at"] == newer["saved_at"].replace("Z", "+00:00")
    aside = (await case.read(f"/aside/{problem['draft']['aside']}")).json()
    assert (aside["content"], aside["based_on"]) == ({"tab": "older"}, 1)
    assert (await case.read()).json()["content"] == {"tab": "second"}


async def test_of_two_tabs_that_save_at_once_exactly_one_wins_and_the_others_are_kept(case: Case) -> None:
    await case.save({"tab": "before"}, 0)
    answers = await asyncio.gather(*(case.save({"tab": number}, 1) for number in range(8)))
    won = [number for number, answer in enumerate(answers) if answer.status_code == 200]
    assert len(won) == 1
    assert (await case.read()).json()["content"] == {"tab": won[0]}
    lost = [answer.json()["draft"] for answer in answers if answer.status_code == 409]
    assert [draft["version"] for draft in lost] == [2] * 7
    kept = [(await case.read(f"/aside/{draft['aside']}")).json()["content"]["tab"] for draft in lost]
    assert sorted([*kept, *won]) == list(range(8))


async def test_of_two_first_savings_at_once_exactly_one_wins(case: Case) -> None:
    answers = await asyncio.gather(*(case.save({"tab": number}, 0) for number in range(4)))
    assert sorted(answer.status_code for answer in answers) == [200, 409, 409, 409]


async def test_a_version_that_never_was_is_told_that_there_is_none(case: Case) -> None:
    problem = (await case.save(UNFINISHED, 7)).json()
    assert (problem["code"], problem["draft"]["version"], problem["draft"]["saved_at"]) == (
        "draft_stale",
        0,
        None,
    )
    assert problem["draft"]["aside"]


async def test_the_same_refused_saving_is_kept_once(case: Case) -> None:
    await case.save({"tab": "first"}, 0)
    first, second = [(await case.save({"tab": "older"}, 0)).json()["draft"]["aside"] for _ in range(2)]
    assert first == second
    assert len((await case.read("/aside")).json()["items"]) == 1


async def test_the_newest_twenty_refused_savings_are_kept(case: Case) -> None:
    await case.save({"tab": "first"}, 0)
    refused = [(await case.save({"tab": number}, 0)).json()["draft"]["aside"] for number in range(22)]
    items = (await case.read("/aside")).json()["items"]
    assert [item["id"] for item in items] == refused[:1:-1]
    assert (await case.read(f"/aside/{refused[0]}")).status_code == 404


async def test_a_removed_draft_is_empty_and_what_was_kept_aside_is_gone(case: Case) -> None:
    await case.save({"tab": "first"}, 0)
    await case.save({"tab": "older"}, 0)
    assert (await case.remove()).status_code == 204
    read = (await case.read()).json()
    assert (read["version"], read["content"]) == (2, {})
    assert (await case.read("/aside")).json() == {"items": []}


async def test_a_tab_that_was_open_when_the_draft_was_removed_is_told(case: Case) -> None:
    await case.save({"tab": "first"}, 0)
    await case.remove()
    await case.save({"tab": "anew"}, 2)
    problem = (await case.save({"tab": "older"}, 1)).json()
    assert (problem["code"], problem["draft"]["version"]) == ("draft_stale", 3)


async def test_a_draft_that_was_handed_in_is_empty_and_an_older_tab_is_told(case: Case) -> None:
    await case.save(UNFINISHED, 0)
    await case.save({"tab": "older"}, 0)
    answer = await case.service.act(case.employee, case.id, "submit_plan", {"content": PLAN})
    assert answer.status_code == 200, answer.text
    read = (await case.read()).json()
    assert (read["version"], read["content"]) == (2, {})
    problem = (await case.save({"tab": "older still"}, 1)).json()
    assert (problem["code"], problem["draft"]["version"]) == ("draft_stale", 2)
    assert await case.all_asides() == [{"tab": "older still"}, UNFINISHED, {"tab": "older"}]


async def test_what_another_tab_saved_is_kept_when_the_form_is_handed_in(case: Case) -> None:
    await case.save(UNFINISHED, 0)
    newer = {"results": [{"id": "h1", "result": "Layanan"}, {"id": "h2", "result": "Hasil tambahan"}]}
    assert (await case.save(newer, 1)).status_code == 200
    await case.hand_in(PLAN)
    (line,) = (await case.read("/aside")).json()["items"]
    assert line["based_on"] == 2
    assert await case.aside(line["id"]) == newer
    assert (await case.read()).json() | {"saved_at": None} == {"version": 3, "content": {}, "saved_at": None}


async def test_a_draft_that_is_what_was_handed_in_is_not_kept_twice(case: Case) -> None:
    unwritten = copy.deepcopy(PLAN)
    unwritten["results"][0]["result"] = "  Layanan perizinan  "
    del unwritten["results"][0]["id"]
    assert (await case.save(unwritten, 0)).status_code == 200
    await case.hand_in(unwritten)
    assert (await case.read("/aside")).json() == {"items": []}


async def test_a_draft_saved_while_it_is_handed_in_is_never_lost(case: Case) -> None:
    await case.save(UNFINISHED, 0)
    typed = {"tab": "typed at the same moment"}
    saved, _ = await asyncio.gather(case.save(typed, 1), case.hand_in(PLAN))
    assert saved.status_code in (200, 409)
    assert typed in await case.all_asides()


async def test_a_form_that_is_refused_leaves_the_draft(case: Case) -> None:
    await case.save(UNFINISHED, 0)
    answer = await case.service.act(case.employee, case.id, "submit_plan", {"content": UNFINISHED})
    assert answer.status_code == 422
    assert (await case.read()).json()["content"] == UNFINISHED


async def test_a_draft_that_was_saved_since_is_not_removed(case: Case) -> None:
    await case.save({"tab": "first"}, 0)
    await case.save({"tab": "second"}, 1)
    answer = await case.remove(version=1)
    assert (answer.status_code, answer.json()["draft"]["version"]) == (409, 2)
    assert (await case.read()).json()["content"] == {"tab": "second"}


async def test_to_remove_what_is_not_there_is_harmless(case: Case) -> None:
    assert (await case.remove()).status_code == 204
    assert (await case.remove(version=1)).status_code == 204


async def test_a_draft_is_no_event(case: Case) -> None:
    events = await case.service.events(case.id)
    await case.save(UNFINISHED, 0)
    await case.remove()
    assert await case.service.events(case.id) == events


@pytest.mark.parametrize("role", ("rater", "officer", "superior"))
async def test_nobody_else_reads_writes_or_removes_a_draft(case: Case, role: str) -> None:
    await case.save({"tab": "mine"}, 0)
    other = getattr(case.agency, role)
    answers = [
        await case.read(by=other),
        await case.save({"tab": "theirs"}, 1, by=other),
        await case.read("/aside", by=other),
        await delete(case.service, other, case.path()),
    ]
    assert {answer.status_code for answer in answers} == {403}
    assert (await case.read()).json()["content"] == {"tab": "mine"}


async def test_who_has_nothing_to_do_with_the_case_finds_nothing(case: Case) -> None:
    stranger = case.service.agency.employee
    colleague = next(each for each in case.agency.employees if each != case.employee)
    for other in (stranger, colleague):
        assert (await case.read(by=other)).status_code == 404
        assert (await case.save({}, 0, by=other)).status_code == 404


async def test_the_rater_drafts_a_rating_ahead_of_its_stage_unseen_by_anybody(case: Case) -> None:
    content = {"overall": {"results": "above"}}
    assert (await case.save(content, 0, form="rating", by=case.agency.rater)).status_code == 200
    assert (await case.read(form="rating", by=case.agency.rater)).json()["content"] == content
    for other in (case.employee, case.agency.officer, case.agency.superior):
        assert (await case.read(form="rating", by=other)).status_code == 403


async def test_an_officer_of_hr_never_drafts_the_rating_of_his_own_case(case: Case) -> None:
    await case.service.run(
        "INSERT INTO role_grant (person_id, role, agency_id, granted_at) VALUES (:id, 'hr', :agency, now())",
        id=case.employee,
        agency=case.agency.agency,
    )
    assert (await case.save({"overall": {}}, 0, form="rating")).status_code == 403
    assert (await case.read(form="rating")).status_code == 403
    assert (await case.save(UNFINISHED, 0)).status_code == 200


async def test_a_former_rater_no_longer_reaches_his_draft_and_the_new_one_does_not_see_it(case: Case) -> None:
    await case.save({"overall": {"reason": "x"}}, 0, form="rating", by=case.agency.rater)
    change = {
        "assignee": str(case.agency.director),
        "assigned_capacity": "rater",
        "text": "Penilai berhalangan",
    }
    answer = await case.service.act(case.agency.officer, case.id, "reassign", change)
    assert answer.status_code == 200, answer.text
    assert (await case.read(form="rating", by=case.agency.rater)).status_code == 404
    assert (await case.read(form="rating", by=case.agency.director)).json()["content"] == {}


async def test_nothing_is_drafted_for_a_case_that_has_ended(case: Case) -> None:
    await case.save({"tab": "before"}, 0)
    answer = await case.service.act(case.agency.officer, case.id, "cancel", {"text": "Salah orang"})
    assert answer.status_code == 200, answer.text
    refused = await case.save({"tab": "after"}, 1)
    assert (refused.status_code, refused.json()["code"]) == (409, "illegal_transition")
    assert (await case.read()).json()["content"] == {"tab": "before"}


@pytest.mark.parametrize("form", ("unheard", "Plan", "x" * 100, "%00"))
async def test_a_form_that_the_case_does_not_have_is_not_found(case: Case, form: str) -> None:
    assert (await case.save({}, 0, form=form)).status_code == 404


async def test_a_case_whose_scheme_has_no_forms_has_no_drafts(service: Service) -> None:
    appraisal, employee = await service.new_appraisal()
    answer = await put(
        service, employee, f"/appraisals/{appraisal}/drafts/plan", {"content": {}, "version": 0}
    )
    assert answer.status_code == 404


def nested(levels: int) -> dict[str, Any]:
    return {"x": nested(levels - 1)} if levels else {}


@pytest.mark.parametrize(
    ("content", "field"),
    (
        ({"results": [{"result": "a\0b"}]}, "/content/results/0/result"),
        ({"results": [{"result": "\x07"}]}, "/content/results/0/result"),
        ({"a\0": 1}, "/content"),
        ({"x": nested(40)}, "/content/x"),
        ({"x": 10**200}, "/content/x"),
        ({"x": [[]] * 30_000}, "/content/x"),
    ),
)
async def test_what_cannot_be_kept_is_refused_at_its_place(case: Case, content: Any, field: str) -> None:
    answer = await case.save(content, 0)
    assert answer.status_code == 422, answer.text
    assert answer.json()["errors"][0]["field"] == field
    assert (await case.read()).json()["version"] == 0


@pytest.mark.parametrize(
    ("body", "field"),
    (
        ({"content": {}}, "/version"),
        ({"version": 0}, "/content"),
        ({"content": [], "version": 0}, "/content"),
        ({"content": {}, "version": -1}, "/version"),
        ({"content": {}, "version": 2**40}, "/version"),
        ({"content": {}, "version": "0"}, "/version"),
        ({"content": {}, "version": 0, "more": 1}, "/more"),
    ),
)
async def test_a_wrong_body_is_refused_by_name(case: Case, body: Any, field: str) -> None:
    answer = await put(case.service, case.employee, case.path(), body)
    assert (answer.status_code, answer.json()["errors"][0]["field"]) == (422, field)


async def test_a_number_that_is_not_finite_is_refused(case: Case) -> None:
    answer = await case.service.http.put(
        f"/api/v1{case.path()}",
        content=b'{"content": {"x": 1e999}, "version": 0}',
        headers={**case.service.headers(case.employee), "Content-Type": "application/json"},
    )
    assert answer.status_code == 422, answer.text


async def test_more_than_256_kib_are_refused(case: Case) -> None:
    answer = await case.save({"x": "a" * 270_000}, 0)
    assert (answer.status_code, answer.json()["code"]) == (413, "body_too_large")


async def test_the_refusal_of_a_stale_draft_is_read_in_indonesian(case: Case) -> None:
    await case.save({"tab": "first"}, 0)
    body = {"content": {}, "version": 0}
    answer = await put(case.service, case.employee, case.path(), body, **{"Accept-Language": "id"})
    assert answer.json()["title"] == "Konsep sudah disimpan di tempat lain"
