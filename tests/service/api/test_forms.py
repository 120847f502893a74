"""The forms of a case over HTTP: what they ask, what is at hand for them, and what is still missing."""

import datetime as dt
import json
import uuid
from typing import Any

import jsonschema
import pytest
import pytest_asyncio

from content.rules import ContentRules
from schemes.loading import builtin_scheme
from store.appraisal.launching import appraisal_id
from tests.fixtures.agency import SmallAgency, build_agency
from tests.fixtures.content import SMALL
from tests.service.api.conftest import BUSINESS_START, Service, clock_from
from tests.service.api.filling import PLAN, agency_with_forms, plan_in_force

NAMES = ["plan", "check_in", "self_assessment", "rating", "meeting"]


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def agency(service: Service) -> SmallAgency:
    return await agency_with_forms(service, "Kota Berformulir", employees=45)


@pytest_asyncio.fixture(loop_scope="session")
async def case(service: Service, agency: SmallAgency) -> "Case":
    """The case of an employee who has none yet."""
    taken = await service.value(
        "SELECT count(*) FROM appraisal WHERE cycle_id = :id AND employee_id <> :rater",
        id=agency.cycle,
        rater=agency.rater,
    )
    employee = agency.employees[taken]
    return Case(service, agency, employee, await service.launch(agency, employee))


class Case:
    """A case, and requests about its forms."""

    def __init__(
        self, service: Service, agency: SmallAgency, employee: uuid.UUID, appraisal: uuid.UUID
    ) -> None:
        self.service, self.agency, self.employee, self.id = service, agency, employee, appraisal

    async def forms(self, by: uuid.UUID | None = None) -> dict[str, Any]:
        answer = await self.service.get(by or self.employee, f"/appraisals/{self.id}/forms")
        assert answer.status_code == 200, answer.text
        return {line["name"]: line for line in answer.json()["items"]}

    async def form(self, name: str, by: uuid.UUID | None = None) -> Any:
        answer = await self.service.get(by or self.employee, f"/appraisals/{self.id}/forms/{name}")
        assert answer.status_code == 200, answer.text
        return answer.json()

    async def check(self, name: str, content: Any, by: uuid.UUID | None = None) -> Any:
        path = f"/appraisals/{self.id}/forms/{name}/check"
        return await self.service.post(by or self.employee, path, {"content": content})

    async def items(self, name: str, of: str, by: uuid.UUID | None = None) -> Any:
        found = [each for each in (await self.form(name, by))["items"] if each["of"] == of]
        return found[0] if found else None

    async def note(
        self, author: uuid.UUID, kind: str, what: str, *, item: str = "", confidential: bool = False
    ) -> None:
        await self.service.run(
            "INSERT INTO entry (id, appraisal_id, kind, author_id, capacity, key, fingerprint, item, noted_on,"
            " confidential, content, recorded_at) VALUES (gen_random_uuid(), :case, :kind, :author, 'rater',"
            " :key, '', :item, '2026-01-05', :confidential, CAST(:content AS jsonb), now())",
            case=self.id,
            kind=kind,
            author=author,
            key=uuid.uuid4().hex,
            item=item,
            confidential=confidential,
            content=json.dumps({"what": what}),
        )

    async def evidence(self, title: str, *, item: str = "", withdrawn: bool = False) -> str:
        identifier = uuid.uuid4()
        await self.service.run(
            "INSERT INTO evidence (id, appraisal_id, author_id, key, fingerprint, item, title, file_name, address,"
            " reached, added_at, withdrawn_at) VALUES (:id, :case, :author, :key, '', :item, :title, '',"
            " 'https://contoh.example', 'not_tried', now(), :withdrawn)",
            id=identifier,
            case=self.id,
            author=self.employee,
            key=uuid.uuid4().hex,
            item=item,
            title=title,
            withdrawn=dt.datetime.now(dt.UTC) if withdrawn else None,
        )
        return str(identifier)


async def test_the_forms_of_a_case_stand_in_the_order_in_which_they_are_handed_in(case: Case) -> None:
    assert list(await case.forms()) == NAMES


@pytest.mark.parametrize(
    ("role", "fillable"),
    (
        ("employee", {"plan", "check_in", "self_assessment"}),
        ("rater", {"rating", "meeting"}),
        ("officer", set()),
        ("superior", set()),
    ),
)
async def test_a_form_says_whether_i_may_fill_it_in(case: Case, role: str, fillable: set[str]) -> None:
    by = case.employee if role == "employee" else getattr(case.agency, role)
    forms = await case.forms(by)
    assert {name for name, line in forms.items() if line["fillable"]} == fillable


async def test_only_the_form_of_the_stage_is_due(case: Case) -> None:
    await case.service.until_stage(case.id, "plan_drafting")
    assert [name for name, line in (await case.forms()).items() if line["due"]] == ["plan"]
    await plan_in_force(case.service, case.agency, case.id)
    assert not any(line["due"] for line in (await case.forms()).values())


async def test_in_a_case_that_has_ended_nothing_is_filled_in(case: Case) -> None:
    await case.service.act(case.agency.officer, case.id, "cancel", {"text": "Salah orang"})
    assert not any(line["fillable"] or line["due"] for line in (await case.forms()).values())


async def test_a_case_whose_scheme_asks_for_words_has_no_forms(service: Service) -> None:
    appraisal, employee = await service.new_appraisal()
    assert (await service.get(employee, f"/appraisals/{appraisal}/forms")).json() == {"items": []}
    assert (await service.get(employee, f"/appraisals/{appraisal}/forms/plan")).status_code == 404


async def test_forms_of_a_case_out_of_sight_are_not_found(case: Case) -> None:
    stranger = case.service.agency.employee
    for rest in ("", "/plan"):
        answer = await case.service.get(stranger, f"/appraisals/{case.id}/forms{rest}")
        assert answer.status_code == 404
    assert (await case.check("plan", PLAN, by=stranger)).status_code == 404


async def test_a_form_that_the_scheme_does_not_have_is_not_found(case: Case) -> None:
    answer = await case.service.get(case.employee, f"/appraisals/{case.id}/forms/unheard")
    assert answer.status_code == 404


async def test_a_form_is_described_with_all_its_fields(case: Case) -> None:
    (section,) = (await case.form("plan"))["sections"]
    assert (section["kind"], section["name"], section["at_least"]) == ("rows", "results", 1)
    result, supports, indicators = section["fields"]
    assert (result["kind"], result["lines"], result["longest"], result["choices"]) == (
        "text",
        "many",
        2000,
        None,
    )
    assert (supports["of"], supports["required"]) == ("superior.results", False)
    aspect, _, target = indicators["fields"]
    assert [choice["name"] for choice in aspect["choices"]] == ["quantity", "quality", "time", "cost"]
    assert target["allows"] == "both"


@pytest.mark.parametrize("name", NAMES)
async def test_the_example_of_each_form_is_valid_by_its_schema_and_by_the_check(
    case: Case, name: str
) -> None:
    await plan_in_force(case.service, case.agency, case.id)
    by = case.agency.rater if name in {"rating", "meeting"} else case.employee
    form = await case.form(name, by)
    jsonschema.Draft202012Validator(form["json_schema"]).validate(form["example"])
    assert (await case.check(name, form["example"], by)).json() == {"complete": True, "missing": []}


async def test_what_is_missing_is_listed_with_its_place(case: Case) -> None:
    found = (await case.check("plan", {"results": [{"result": " "}]})).json()
    assert found["complete"] is False
    assert {"/content/results/0/result", "/content/results/0/indicators"} <= {
        each["field"] for each in found["missing"]
    }


@pytest.mark.parametrize(
    "content", ({}, {"results": 7}, {"results": [None]}, {"x": [[[[[[[[[[[[]]]]]]]]]]]]})
)
async def test_whatever_was_filled_in_gets_an_answer(case: Case, content: Any) -> None:
    answer = await case.check("plan", content)
    assert (answer.status_code, answer.json()["complete"]) == (200, False)


async def test_nothing_is_kept_of_a_check(case: Case) -> None:
    await case.check("plan", PLAN)
    assert await case.service.value("SELECT count(*) FROM draft WHERE appraisal_id = :id", id=case.id) == 0


async def test_who_may_not_fill_in_a_form_may_not_check_it(case: Case) -> None:
    for by in (case.agency.rater, case.agency.officer):
        assert (await case.check("plan", PLAN, by=by)).status_code == 403
    assert (await case.check("rating", {})).status_code == 403


async def test_a_form_about_the_plan_names_its_rows(case: Case) -> None:
    assert (await case.items("self_assessment", "plan.results"))["items"] == []
    await plan_in_force(case.service, case.agency, case.id)
    (row,) = (await case.items("self_assessment", "plan.results"))["items"]
    assert (row["id"], row["label"]) == ("h1", "Layanan perizinan selesai tepat waktu")


async def test_the_values_are_named_for_the_rating(case: Case) -> None:
    values = (await case.items("rating", "values", case.agency.rater))["items"]
    assert [value["id"] for value in values] == ["akuntabel", "adaptif"]


async def test_a_plan_that_was_not_approved_is_not_in_force(case: Case) -> None:
    await case.service.act(case.employee, case.id, "submit_plan", {"content": PLAN})
    assert (await case.items("self_assessment", "plan.results"))["items"] == []


async def test_while_the_raters_plan_is_not_set_the_employee_waits_for_it(
    service: Service, case: Case
) -> None:
    before = await case.items("plan", "superior.results")
    assert (before["ready"], before["items"]) == (True, []), "the rater has no case in the cycle"
    above = await service.launch(case.agency, case.agency.rater)
    waiting = {"results": [{**PLAN["results"][0], "supports": "waiting"}]}
    assert (await case.items("plan", "superior.results"))["ready"] is False
    assert (await case.check("plan", waiting)).json()["complete"] is True
    await plan_in_force(service, case.agency, above)
    after = await case.items("plan", "superior.results")
    assert (after["ready"], [row["label"] for row in after["items"]]) == (
        True,
        ["Layanan perizinan selesai tepat waktu"],
    )
    assert after["owner"].startswith("Rater")
    (missing,) = (await case.check("plan", waiting)).json()["missing"]
    assert (missing["field"], missing["reason"]) == ("/content/results/0/supports", "superior_ready")
    supporting = {"results": [{**PLAN["results"][0], "supports": "h1"}]}
    assert (await case.check("plan", supporting)).json()["complete"] is True


async def test_what_was_noted_is_at_hand_item_by_item(case: Case) -> None:
    await plan_in_force(case.service, case.agency, case.id)
    await case.note(case.employee, "progress", "separuh jalan", item="i1")
    await case.note(case.agency.rater, "observation", "melayani dengan ramah")
    await case.evidence("Laporan Maret", item="h1")
    await case.evidence("Salah unggah", item="h1", withdrawn=True)
    for name, by in (("self_assessment", case.employee), ("rating", case.agency.rater)):
        year = {each["item"]: each for each in (await case.form(name, by))["at_hand"]}
        assert list(year) == ["", "h1", "i1"]
        assert [note["content"] for note in year["i1"]["notes"]] == [{"what": "separuh jalan"}]
        assert [note["content"] for note in year[""]["notes"]] == [{"what": "melayani dengan ramah"}]
        assert [piece["title"] for piece in year["h1"]["evidence"]] == ["Laporan Maret"]


async def test_a_form_that_does_not_look_back_has_nothing_at_hand(case: Case) -> None:
    await case.note(case.agency.rater, "observation", "melayani dengan ramah")
    assert (await case.form("plan"))["at_hand"] == []


@pytest.mark.parametrize(
    ("role", "sees"), (("employee", True), ("rater", True), ("officer", False), ("director", False))
)
async def test_a_confidential_note_is_at_hand_for_the_two_alone(case: Case, role: str, sees: bool) -> None:
    await case.note(case.agency.rater, "counselling", "hanya berdua", confidential=True)
    by = case.employee if role == "employee" else getattr(case.agency, role)
    if role == "director":
        change = {"assignee": str(by), "assigned_capacity": "rater", "text": "Pindah tugas"}
        assert (await case.service.act(case.agency.officer, case.id, "reassign", change)).status_code == 200
    assert ("hanya berdua" in json.dumps(await case.form("rating", by))) is sees


async def test_an_officer_sees_no_rating_of_his_own_before_its_delivery(case: Case) -> None:
    await case.service.run(
        "INSERT INTO role_grant (person_id, role, agency_id, granted_at) VALUES (:id, 'hr', :agency, now())",
        id=case.employee,
        agency=case.agency.agency,
    )
    forms = await case.forms()
    assert {name for name, line in forms.items() if line["fillable"]} == {
        "plan",
        "check_in",
        "self_assessment",
    }


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def teachers(service: Service) -> SmallAgency:
    """An agency whose employee is a teacher, and whose scheme has a library for teachers."""
    rules = SMALL.model_dump(mode="json")
    rules["forms"]["plan"]["label"] = {"id": "SKP", "en": "Plan"}
    rules["library"] = {
        "teachers": {
            "label": {"id": "Guru", "en": "Teachers"},
            "posts": ["guru"],
            "indicators": [
                {
                    "name": "passed",
                    "aspect": "quantity",
                    "indicator": {"id": "Siswa lulus", "en": "Pupils passed"},
                    "unit": {"id": "siswa", "en": "pupils"},
                }
            ],
        }
    }
    agency = await build_agency(
        service.database,
        name="Kota Guru",
        book=builtin_scheme("nasional").model_copy(update={"scheme": "guru"}),
        content=ContentRules.model_validate(rules),
        clock=clock_from(BUSINESS_START),
    )
    service.others.append(agency)
    await service.run("UPDATE person SET post = 'Guru Ahli Muda' WHERE id = :id", id=agency.employee)
    await service.launch(agency, agency.employee)
    return agency


async def test_labels_are_read_in_the_language_of_the_reader(service: Service, teachers: SmallAgency) -> None:
    path = f"/api/v1/appraisals/{appraisal_id(teachers.cycle, teachers.employee)}/forms/plan"
    for language, label, unit in (("id", "SKP", "siswa"), ("en", "Plan", "pupils")):
        headers = {**service.headers(teachers.employee), "Accept-Language": language}
        form = (await service.http.get(path, headers=headers)).json()
        assert (form["label"], form["library"][0]["unit"]) == (label, unit)


async def test_indicators_that_fit_the_post_are_at_hand_for_a_plan_alone(
    service: Service, teachers: SmallAgency
) -> None:
    path = f"/appraisals/{appraisal_id(teachers.cycle, teachers.employee)}/forms"
    form = (await service.get(teachers.employee, f"{path}/plan")).json()
    assert [(each["name"], each["aspect"], each["aspect_name"]) for each in form["library"]] == [
        ("passed", "quantity", "quantity")
    ]
    other = (await service.get(teachers.employee, f"{path}/self_assessment")).json()
    assert other["library"] == []
