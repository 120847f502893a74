"""Plans over HTTP: the one in force, its revisions and what changed, and how it hangs together above and below."""

import uuid
from dataclasses import dataclass
from typing import Any

import pytest
import pytest_asyncio

from tests.fixtures.agency import SmallAgency
from tests.service.api.conftest import PLAN, Service
from tests.service.api.results import done
from tests.service.api.whole_year import drafting, full_agency, plan_of, result

ABOVE = plan_of(result("p1", "Layanan publik membaik"), result("p2", "Arsip tertata"))
FIRST = plan_of(result("h1", "Izin terbit", supports="p1", indicators=2))
SECOND = plan_of(
    result("h1", "Izin terbit tepat waktu", supports="p1", indicators=2),
    result("h2", "Arsip digital", supports="p1"),
)
REVISION = {"ground": "priority_changed", "text": "Prioritas berubah"}


@dataclass
class Line:
    """Three plans in a line: the superior's, the rater's and the employee's, the last one revised."""

    service: Service
    agency: SmallAgency
    case: uuid.UUID
    rater_case: uuid.UUID

    @property
    def employee(self) -> uuid.UUID:
        return self.agency.employee

    async def plan(self, by: uuid.UUID, case: uuid.UUID | None = None, rest: str = "", **more: Any) -> Any:
        answer = await self.service.get(by, f"/appraisals/{case or self.case}/plan{rest}", **more)
        assert answer.status_code == 200, answer.text
        return answer.json()


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def line(service: Service) -> Line:
    agency = await full_agency(service, "Kota Bertingkat", employees=3)
    rater_case = await drafting(service, agency, agency.rater)
    await done(
        service,
        rater_case,
        (agency.rater, "submit_plan", {"content": ABOVE}),
        (agency.superior, "approve_plan", None),
    )
    case = await drafting(service, agency, agency.employee)
    await done(
        service,
        case,
        (agency.employee, "submit_plan", {"content": FIRST}),
        (agency.rater, "return_plan", {"text": "Tambahkan arsip"}),
        (agency.employee, "submit_plan", {"content": FIRST}),
        (agency.rater, "approve_plan", None),
        (agency.rater, "revise_plan", REVISION),
        (agency.employee, "submit_plan", {"content": SECOND}),
        (agency.rater, "approve_plan", None),
    )
    return Line(service, agency, case, rater_case)


async def test_the_plan_in_force_is_shown_with_its_labels(line: Line) -> None:
    shown = (await line.plan(line.employee))["in_force"]
    assert (shown["number"], shown["state"], shown["plan"]["form"]) == (3, "in_force", "plan")
    (results,) = [each for each in shown["plan"]["sections"] if each["name"] == "results"]
    assert [row["title"] for row in results["rows"]] == ["Izin terbit tepat waktu", "Arsip digital"]
    assert results["rows"][0]["fields"][1]["in_words"] == "Main result"
    assert shown["plan"]["content"]["results"][0]["id"] == "h1"


async def test_without_a_revision_under_way_there_is_no_submitted_plan(line: Line) -> None:
    assert (await line.plan(line.employee))["submitted"] is None


async def test_a_result_names_what_it_supports_of_the_superiors_plan_and_whose_plan_that_is(
    line: Line,
) -> None:
    above = (await line.plan(line.employee))["above"]
    assert above["official"].startswith("Rater")
    assert above["ready"]
    assert above["results"][0]["supports"] == ["Layanan publik membaik"]


async def test_a_result_of_the_superior_names_those_who_support_it(line: Line) -> None:
    below = (await line.plan(line.agency.rater, line.rater_case))["below"]
    first, second = below["results"]
    (supporter,) = first["supporters"]
    assert supporter["appraisal_id"] == str(line.case)
    assert supporter["results"] == ["Izin terbit tepat waktu", "Arsip digital"]
    assert second["supporters"] == []


async def test_whoever_sees_no_case_below_is_told_only_how_many_people_there_are(line: Line) -> None:
    # Two levels above the rater the plan of the rater is open, and those of his people are not.
    below = (await line.plan(line.agency.director, line.rater_case))["below"]
    assert [(each["supporters"], each["others"]) for each in below["results"]] == [([], 1), ([], 0)]


async def test_personnel_officers_see_everybody_below_by_name(line: Line) -> None:
    below = (await line.plan(line.agency.officer, line.rater_case))["below"]
    assert [each["employee"] for each in below["results"][0]["supporters"]] == ["Employee 1 Kota Bertingkat"]


async def test_somebody_who_rates_nobody_has_nothing_below(line: Line) -> None:
    assert (await line.plan(line.employee))["below"] is None


async def test_revisions_are_listed_with_what_became_of_each(line: Line) -> None:
    items = (await line.plan(line.employee, rest="/revisions"))["items"]
    assert [(each["number"], each["state"], each["superseded_by"]) for each in items] == [
        (1, "returned", None),
        (2, "superseded", 3),
        (3, "in_force", None),
    ]
    assert [each["ground"] for each in items] == [None, None, "priority_changed"]
    assert items[2]["ground_name"] == "Change of priorities or assumptions"
    assert items[0]["decided_by"].startswith("Rater")


async def test_a_revision_says_what_changed_from_another_one(line: Line) -> None:
    found = await line.plan(line.employee, rest="/revisions/3", against=2)
    assert [each["in_words"] for each in found["differences"]] == [
        "Results › Izin terbit tepat waktu › Planned result: “Izin terbit” became “Izin terbit tepat waktu”",
        *[
            f"Results › Izin terbit tepat waktu › Indicators › Jumlah izin terbit tepat waktu {n} › Indicator: "
            f"“Jumlah izin terbit {n}” became “Jumlah izin terbit tepat waktu {n}”"
            for n in (1, 2)
        ],
        "Results › Arsip digital: added",
    ]


async def test_the_other_way_round_it_says_what_was_taken_back(line: Line) -> None:
    found = await line.plan(line.employee, rest="/revisions/2", against=3)
    assert next(each["kind"] for each in found["differences"]) == "removed"


async def test_a_revision_alone_has_no_differences(line: Line) -> None:
    found = await line.plan(line.employee, rest="/revisions/1")
    assert (found["against"], found["differences"]) == (None, None)


async def test_a_revision_that_is_not_there_is_not_found(line: Line) -> None:
    answer = await line.service.get(line.employee, f"/appraisals/{line.case}/plan/revisions/9")
    assert (answer.status_code, answer.json()["code"]) == (404, "not_found")


async def test_a_comparison_with_a_revision_that_is_not_there_names_the_parameter(line: Line) -> None:
    answer = await line.service.get(line.employee, f"/appraisals/{line.case}/plan/revisions/1", against=9)
    assert answer.status_code == 422
    assert [each["field"] for each in answer.json()["errors"]] == ["against"]


@pytest.mark.parametrize("rest", ("", "/revisions", "/revisions/1"))
async def test_a_plan_is_not_found_by_a_colleague(line: Line, rest: str) -> None:
    answer = await line.service.get(line.agency.employees[1], f"/appraisals/{line.case}/plan{rest}")
    assert answer.status_code == 404


async def test_a_draft_is_no_revision(service: Service) -> None:
    agency = await full_agency(service, "Kota Konsep")
    case = await drafting(service, agency, agency.employee)
    saved = await service.http.put(
        f"/api/v1/appraisals/{case}/drafts/plan",
        json={"content": FIRST, "version": 0},
        headers=service.headers(agency.employee),
    )
    assert saved.status_code == 200, saved.text
    answer = (await service.get(agency.employee, f"/appraisals/{case}/plan")).json()
    assert (answer["in_force"], answer["submitted"]) == (None, None)
    listed = await service.get(agency.employee, f"/appraisals/{case}/plan/revisions")
    assert listed.json()["items"] == []


async def test_a_plan_that_waits_to_be_decided_on_stands_beside_the_one_in_force(service: Service) -> None:
    agency = await full_agency(service, "Kota Berubah")
    case = await drafting(service, agency, agency.employee)
    await done(
        service,
        case,
        (agency.employee, "submit_plan", {"content": plan_of(result("h1", "Izin terbit"))}),
        (agency.rater, "approve_plan", None),
        (agency.rater, "revise_plan", REVISION),
        (agency.employee, "submit_plan", {"content": plan_of(result("h1", "Izin digital"))}),
    )
    answer = (await service.get(agency.rater, f"/appraisals/{case}/plan")).json()
    assert (answer["in_force"]["number"], answer["submitted"]["number"]) == (1, 2)


async def test_whoever_drafts_before_his_superior_waits_and_the_superior_is_told_how_many_do(
    service: Service,
) -> None:
    agency = await full_agency(service, "Kota Menunggu", employees=3)
    rater_case = await drafting(service, agency, agency.rater)
    waiting = await drafting(service, agency, agency.employees[0])
    await drafting(service, agency, agency.employees[1])
    await done(
        service,
        waiting,
        (
            agency.employees[0],
            "submit_plan",
            {"content": plan_of(result("h1", "Izin terbit", supports="waiting"))},
        ),
    )
    own = (await service.get(agency.employees[0], f"/appraisals/{waiting}/plan")).json()
    assert own["above"]["ready"] is False
    assert own["above"]["results"][0]["waits"] is True
    below = (await service.get(agency.rater, f"/appraisals/{rater_case}/plan")).json()["below"]
    # Of the two who draft one has submitted by now, and one is drafting still.
    assert (below["people"], below["waiting"]) == (2, 1)


async def test_a_plan_in_words_is_shown_as_words(service: Service) -> None:
    case, employee = await service.new_appraisal()
    await service.until_stage(case, "plan_drafting")
    await done(service, case, (employee, "submit_plan", PLAN))
    answer = (await service.get(employee, f"/appraisals/{case}/plan")).json()
    assert answer["submitted"]["plan"]["text"] == PLAN["text"]
    assert (answer["above"], answer["below"], answer["submitted"]["plan"]["form"]) == (None, None, None)


async def test_two_plans_in_words_differ_in_words(service: Service) -> None:
    case, employee = await service.new_appraisal()
    await service.until_stage(case, "plan_drafting")
    await done(
        service,
        case,
        (employee, "submit_plan", PLAN),
        (service.agency.rater, "return_plan", {"text": "Perjelas"}),
        (employee, "submit_plan", {"text": "Menyusun rencana yang jelas"}),
    )
    answer = await service.get(employee, f"/appraisals/{case}/plan/revisions/2", against=1)
    (change,) = answer.json()["differences"]
    assert change["in_words"].startswith("In words: ")


async def test_a_post_without_a_job_family_has_an_empty_library(line: Line) -> None:
    answer = await line.service.get(line.employee, f"/appraisals/{line.case}/library")
    assert (answer.status_code, answer.json()["family"], answer.json()["items"]) == (200, None, [])
