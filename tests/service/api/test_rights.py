"""Who sees and does what: every role against every endpoint, and what must never leak."""

import json
import uuid
from typing import Any

import pytest
import pytest_asyncio

from tests.service.api.conftest import PLAN, Service
from tests.service.api.results import RATING, days_later, done, rated, to_the_rating

SECRET_DRAFT = "Penilaian yang belum disampaikan"
SECRET_NOTE = "Terlalu tinggi menurut pengelola"


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def case(service: Service) -> tuple[uuid.UUID, uuid.UUID]:
    appraisal, employee = await service.new_appraisal()
    assert (await service.act(employee, appraisal, "submit_plan", PLAN)).status_code == 200
    return appraisal, employee


def person_of(service: Service, role: str, employee: uuid.UUID) -> uuid.UUID:
    agency = service.agency
    return {
        "employee": employee,
        "rater": agency.rater,
        "superior": agency.superior,
        "director": agency.director,
        "head": agency.head,
        "officer": agency.officer,
        "colleague": agency.employees[19],
        "foreign_officer": service.elsewhere.officer,
        "foreign_rater": service.elsewhere.rater,
    }[role]


SEES = {"employee", "rater", "superior", "officer"}
ROLES = (
    "employee",
    "rater",
    "superior",
    "director",
    "head",
    "officer",
    "colleague",
    "foreign_officer",
    "foreign_rater",
)


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("part", ("", "/actions", "/timeline"))
async def test_an_appraisal_is_open_to_those_whom_it_concerns_and_unknown_to_all_others(
    service: Service, case: tuple[uuid.UUID, uuid.UUID], role: str, part: str
) -> None:
    appraisal, employee = case
    answer = await service.get(person_of(service, role, employee), f"/appraisals/{appraisal}{part}")
    assert answer.status_code == (200 if role in SEES else 404)


@pytest.mark.parametrize("role", ROLES)
async def test_a_list_shows_what_the_detail_would(
    service: Service, case: tuple[uuid.UUID, uuid.UUID], role: str
) -> None:
    appraisal, employee = case
    listed = await service.get(person_of(service, role, employee), "/appraisals", limit=200)
    assert (str(appraisal) in listed.text) is (role in SEES)


@pytest.mark.parametrize("role", ROLES)
async def test_a_task_is_shown_to_its_holder_only(
    service: Service, case: tuple[uuid.UUID, uuid.UUID], role: str
) -> None:
    appraisal, employee = case
    listed = await service.get(person_of(service, role, employee), "/tasks", limit=200)
    assert (str(appraisal) in listed.text) is (role == "rater")


@pytest.mark.parametrize("role", sorted(set(ROLES) - SEES))
async def test_an_action_on_a_case_out_of_sight_reads_like_one_on_no_case(
    service: Service, case: tuple[uuid.UUID, uuid.UUID], role: str
) -> None:
    appraisal, employee = case
    person = person_of(service, role, employee)
    hidden = (await service.act(person, appraisal, "approve_plan")).json()
    unknown = (await service.act(person, uuid.uuid4(), "approve_plan")).json()
    for document in (hidden, unknown):
        del document["instance"], document["request_id"]
    assert hidden == unknown
    assert (await service.attempts(appraisal))[-1] == "not_found"


async def test_an_hr_officer_of_another_agency_has_no_power_here(
    service: Service, case: tuple[uuid.UUID, uuid.UUID]
) -> None:
    appraisal, _ = case
    events = await service.events(appraisal)
    assert (
        await service.act(service.elsewhere.officer, appraisal, "cancel", {"text": "x"})
    ).status_code == 404
    assert (
        await service.post(service.elsewhere.officer, f"/cycles/{service.agency.cycle}/launch")
    ).status_code == 404
    assert (
        await service.get(service.elsewhere.officer, f"/cycles/{service.agency.cycle}")
    ).status_code == 404
    assert await service.events(appraisal) == events


async def test_a_former_rater_sees_nothing_any_more(service: Service) -> None:
    appraisal, employee = await service.new_appraisal()
    assert (await service.get(service.agency.rater, f"/appraisals/{appraisal}")).status_code == 200
    await service.run(
        "UPDATE assignment SET valid_until = '2026-01-02' WHERE employee_id = :employee", employee=employee
    )
    await service.run(
        "INSERT INTO assignment (id, employee_id, capacity, holder_id, kind, valid_from, letter, recorded_at)"
        " VALUES (gen_random_uuid(), :employee, 'rater', :holder, 'definitive', '2026-01-02', '', now())",
        employee=employee,
        holder=service.agency.head,
    )
    for path in (f"/appraisals/{appraisal}", f"/appraisals/{appraisal}/timeline"):
        assert (await service.get(service.agency.rater, path)).status_code == 404
    assert str(appraisal) not in (await service.get(service.agency.rater, "/appraisals", limit=200)).text
    assert (await service.get(service.agency.head, f"/appraisals/{appraisal}")).status_code == 200


async def test_the_employee_reads_a_rating_from_its_delivery_on_and_never_the_notes_about_it(
    service: Service,
) -> None:
    appraisal, employee = await service.new_appraisal()
    agency = service.agency
    for person, trigger, body in (
        *to_the_rating(agency, employee),
        (agency.rater, "rate", {"text": SECRET_DRAFT}),
    ):
        assert (await service.act(person, appraisal, trigger, body)).status_code == 200
    digest = await service.value(
        "SELECT digest FROM document WHERE appraisal_id = :id AND kind = 'rate'", id=appraisal
    )
    paths = (f"/appraisals/{appraisal}/timeline", f"/appraisals/{appraisal}/documents/{digest}")
    assert [SECRET_DRAFT in (await service.get(employee, path)).text for path in paths] == [False, False]
    assert [SECRET_DRAFT in (await service.get(agency.rater, path)).text for path in paths] == [True, True]
    assert digest not in (await service.get(employee, paths[0])).text
    await service.act(agency.rater, appraisal, "deliver_result")
    assert [SECRET_DRAFT in (await service.get(employee, path)).text for path in paths] == [True, True]


async def test_the_employee_reads_a_rating_that_the_superior_has_set_in_the_place_of_a_silent_rater(
    service: Service,
) -> None:
    agency = await service.new_agency()
    case = await rated(service, agency)
    await days_later(service, agency, 15)
    path = f"/appraisals/{case}/timeline"
    assert RATING["text"] not in (await service.get(agency.employee, path)).text
    await done(service, case, (agency.superior, "countersign", None))
    assert RATING["text"] in (await service.get(agency.employee, path)).text


async def test_an_appeals_officer_above_sees_a_case_only_while_an_objection_is_open(
    service: Service,
) -> None:
    appraisal, employee = await service.new_appraisal()
    agency = service.agency
    for person, trigger, body in (
        *to_the_rating(agency, employee),
        (agency.rater, "rate", {"text": "Cukup"}),
        (agency.rater, "deliver_result", None),
    ):
        assert (await service.act(person, appraisal, trigger, body)).status_code == 200
    # As if the superior had signed for the rater: the objection passes over both (PP 30/2019 art 59).
    snapshot = await service.value("SELECT snapshot FROM appraisal WHERE id = :id", id=appraisal)
    signed = [*snapshot["result_by"], str(agency.superior)]
    await service.run(
        "UPDATE appraisal SET snapshot = jsonb_set(snapshot, '{result_by}', CAST(:signed AS jsonb))"
        " WHERE id = :id",
        signed=json.dumps(signed),
        id=appraisal,
    )
    path = f"/appraisals/{appraisal}"
    assert (await service.get(agency.director, path)).status_code == 404
    await service.run(
        "UPDATE appraisal SET stage = 'objected', holder = 'appeals_officer',"
        " snapshot = jsonb_set(snapshot, '{stage}', '\"objected\"') WHERE id = :id",
        id=appraisal,
    )
    seen = await service.get(agency.director, path)
    assert (seen.status_code, seen.json()["my_capacities"]) == (200, ["appeals_officer"])
    assert seen.json()["holders"] == [seen.json()["holders"][0]]
    assert seen.json()["holders"][0].startswith("Director")
    assert str(appraisal) in (await service.get(agency.director, "/appraisals")).text


async def test_hr_sees_the_whole_agency_and_nobody_of_another(service: Service) -> None:
    officer = service.agency.officer
    page = (await service.get(officer, "/people", limit=200)).json()
    assert len(page["items"]) == 5 + len(service.agency.employees)
    assert (await service.get(officer, f"/people/{service.elsewhere.rater}")).status_code == 404


async def test_others_see_themselves_and_those_whom_they_rate(service: Service) -> None:
    agency = service.agency
    seen = {item["id"] for item in (await service.get(agency.superior, "/people")).json()["items"]}
    assert seen == {str(agency.superior), str(agency.rater)}
    colleague = agency.employees[18]
    assert (await service.get(agency.employees[19], f"/people/{colleague}")).status_code == 404


@pytest.mark.parametrize(("role", "shown"), (("employee", True), ("officer", True), ("rater", False)))
async def test_a_nip_is_shown_to_its_owner_and_to_hr_only(service: Service, role: str, shown: bool) -> None:
    employee = service.agency.employees[19]
    nip = await service.value("SELECT nip FROM person WHERE id = :id", id=employee)
    answer = await service.get(person_of(service, role, employee), f"/people/{employee}")
    assert answer.status_code == 200
    assert (nip in answer.text) is shown
    assert answer.json()["nip_masked"] == "*" * 15 + nip[-3:]


async def test_no_list_holds_a_nip_even_for_hr(service: Service, case: tuple[uuid.UUID, uuid.UUID]) -> None:
    appraisal, _ = case
    numbers = await service.value("SELECT array_agg(nip) FROM person")
    for path in ("/people", "/appraisals", "/tasks", "/cycles", f"/appraisals/{appraisal}/timeline"):
        listed = (await service.get(service.agency.officer, path)).text
        assert not any(nip in listed for nip in numbers)


@pytest.mark.parametrize("role", ("employee", "rater", "superior", "head"))
async def test_only_hr_creates_and_launches_cycles(service: Service, role: str) -> None:
    person = person_of(service, role, service.agency.employees[19])
    cycle = service.agency.cycle
    for answer in (
        await service.post(person, "/cycles", {"name": "Lain", "year": 2027}),
        await service.post(person, f"/cycles/{cycle}/launch"),
        await service.get(person, f"/cycles/{cycle}/launch"),
    ):
        assert (answer.status_code, answer.json()["code"]) == (403, "hr_only")
    assert (await service.get(person, f"/cycles/{cycle}")).json()["stages"] is None


ENDPOINTS = (
    ("GET", "/me"),
    ("GET", "/people"),
    ("GET", "/people/{any}"),
    ("GET", "/cycles"),
    ("POST", "/cycles"),
    ("GET", "/cycles/{any}"),
    ("POST", "/cycles/{any}/launch"),
    ("GET", "/cycles/{any}/launch"),
    ("POST", "/cycles/{any}/launch/pause"),
    ("POST", "/cycles/{any}/launch/resume"),
    ("GET", "/cycles/{any}/launch/results"),
    ("GET", "/cycles/{any}/launch/results.csv"),
    ("GET", "/cycles/{any}/launch/results.xlsx"),
    ("GET", "/cycles/{any}/preflight"),
    ("GET", "/cycles/{any}/preflight/report"),
    ("GET", "/cycles/{any}/preflight/no_rater"),
    ("GET", "/appraisals"),
    ("GET", "/appraisals/{any}"),
    ("GET", "/appraisals/{any}/actions"),
    ("POST", "/appraisals/{any}/actions/agree"),
    ("GET", "/appraisals/{any}/timeline"),
    ("GET", "/appraisals/{any}/documents/" + "0" * 64),
    ("GET", "/tasks"),
    ("POST", "/operations/preview"),
    ("POST", "/operations"),
    ("GET", "/operations"),
    ("GET", "/operations/{any}"),
    ("GET", "/operations/{any}/items"),
    ("POST", "/operations/{any}/pause"),
    ("POST", "/operations/{any}/resume"),
    ("POST", "/operations/{any}/withdraw"),
    ("POST", "/operations/{any}/rerun"),
    ("GET", "/people/{any}/relations"),
    ("GET", "/substitutions"),
    ("GET", "/incidents"),
    ("GET", "/incidents/summary"),
    ("GET", "/lifecycle"),
    ("GET", "/schemes"),
    ("GET", "/schemes/nasional"),
    ("GET", "/inbox"),
    ("GET", "/inbox/unseen"),
    ("POST", "/inbox/seen"),
    ("GET", "/me/preferences"),
    ("PUT", "/me/preferences"),
    ("PATCH", "/me/preferences"),
    ("GET", "/me/addresses"),
    ("POST", "/me/addresses"),
    ("DELETE", "/me/addresses/telegram"),
    ("POST", "/nudges"),
    ("POST", "/appraisals/{any}/seen"),
    ("GET", "/templates"),
    ("GET", "/templates/digest/preview"),
    ("GET", "/appraisals/{any}/notices"),
    ("GET", "/people/{any}/notices"),
    ("GET", "/messages/{any}"),
    ("GET", "/channels"),
    ("POST", "/channels/email/pause"),
    ("POST", "/channels/email/resume"),
    ("GET", "/appraisals/{any}/forms"),
    ("GET", "/appraisals/{any}/forms/plan"),
    ("POST", "/appraisals/{any}/forms/plan/check"),
    ("GET", "/appraisals/{any}/drafts/plan"),
    ("PUT", "/appraisals/{any}/drafts/plan"),
    ("DELETE", "/appraisals/{any}/drafts/plan"),
    ("GET", "/appraisals/{any}/drafts/plan/aside"),
    ("GET", "/appraisals/{any}/drafts/plan/aside/{any}"),
    ("GET", "/appraisals/{any}/entries"),
    ("POST", "/appraisals/{any}/entries/observation"),
    ("POST", "/appraisals/{any}/entries/{any}/withdraw"),
    ("GET", "/appraisals/{any}/evidence"),
    ("POST", "/appraisals/{any}/evidence"),
    ("POST", "/appraisals/{any}/evidence/links"),
    ("GET", "/appraisals/{any}/evidence/{any}/file"),
    ("POST", "/appraisals/{any}/evidence/{any}/withdraw"),
    ("GET", "/appraisals/{any}/plan"),
    ("GET", "/appraisals/{any}/plan/revisions"),
    ("GET", "/appraisals/{any}/plan/revisions/1"),
    ("GET", "/appraisals/{any}/library"),
    ("GET", "/appraisals/{any}/file"),
    ("GET", "/appraisals/{any}/rating"),
    ("GET", "/appraisals/{any}/rating/suggestion"),
    ("GET", "/appraisals/{any}/periods"),
    ("GET", "/appraisals/{any}/agreed"),
    ("GET", "/appraisals/{any}/meeting"),
    ("PUT", "/appraisals/{any}/meeting"),
    ("DELETE", "/appraisals/{any}/meeting"),
    ("GET", "/appraisals/{any}/meeting.ics"),
    ("GET", "/appraisals/{any}/meeting/agenda"),
    ("GET", "/appraisals/{any}/trainings"),
    ("GET", "/appraisals/{any}/skills"),
    ("GET", "/units/{any}/picture"),
    ("POST", "/appraisals/{any}/trainings"),
    ("POST", "/appraisals/{any}/trainings/{any}/withdraw"),
    ("GET", "/improvements"),
    ("GET", "/appraisals/{any}/improvement"),
    ("POST", "/improvements/{any}/test"),
    ("POST", "/improvements/{any}/end"),
    ("POST", "/cycles/{any}/surveys"),
    ("GET", "/cycles/{any}/surveys"),
    ("GET", "/surveys"),
    ("GET", "/surveys/{any}"),
    ("POST", "/surveys/{any}/invitations"),
    ("POST", "/surveys/{any}/invitations/{any}/withdraw"),
    ("POST", "/surveys/{any}/answer"),
    ("GET", "/appraisals/{any}/surveys"),
    ("GET", "/appraisals/{any}/follow-up"),
    ("GET", "/cycles/{any}/follow-up"),
    ("GET", "/cycles/{any}/follow-up.csv"),
    ("GET", "/cycles/{any}/report"),
    ("GET", "/cycles/{any}/report.csv"),
    ("POST", "/earlier-results"),
    ("GET", "/appraisals/{any}/organisation-level"),
    ("GET", "/cycles/{any}/leniency"),
    ("GET", "/cycles/{any}/teams"),
    ("POST", "/cycles/{any}/teams"),
    ("GET", "/teams/{any}"),
    ("POST", "/teams/{any}/members"),
    ("POST", "/teams/{any}/members/{any}/end"),
    ("PUT", "/teams/{any}/result"),
    ("GET", "/appraisals/{any}/teams"),
    ("GET", "/cycles/{any}/units/{any}/level"),
    ("PUT", "/cycles/{any}/units/{any}/level"),
    ("GET", "/cycles/{any}/units/{any}/distribution"),
    ("PUT", "/cycles/{any}/units/{any}/distribution/reason"),
    ("PUT", "/units/{any}/public-link"),
    ("GET", "/units/{any}/public-link"),
    ("GET", "/units/{any}/public-link/qr.svg"),
    ("GET", "/units/{any}/public-feedback"),
    ("GET", "/public-texts"),
    ("POST", "/public-texts/{any}/clear"),
    ("POST", "/public-texts/{any}/refuse"),
)
WITHOUT_SIGN_IN = {
    "/mailbox",
    "/unsubscribe/{token}",
    "/public/{token}",
    "/webhooks/whatsapp",
    "/webhooks/telegram",
}
"""The mailbox of the embedded installation, and what authorises itself by a signature or secret of its own."""


@pytest.mark.parametrize(("method", "path"), ENDPOINTS)
@pytest.mark.parametrize(
    "authorization", (None, "Bearer", "Bearer x.y", "Basic dTpw", "Bearer " + "x" * 2_000)
)
async def test_nothing_is_open_without_a_valid_token(
    service: Service, method: str, path: str, authorization: str | None
) -> None:
    headers = {} if authorization is None else {"Authorization": authorization}
    address = "/api/v1" + path.replace("{any}", str(uuid.uuid4()))
    answer = await service.http.request(method, address, headers=headers)
    assert (answer.status_code, answer.headers["www-authenticate"]) == (401, "Bearer")
    assert answer.json()["code"] == "not_signed_in"


async def test_the_list_of_endpoints_above_is_complete(service: Service) -> None:
    document: dict[str, Any] = (await service.http.get("/openapi.json")).json()
    documented = {
        (method.upper(), path.removeprefix("/api/v1"))
        for path, operations in document["paths"].items()
        for method in operations
        if path.startswith("/api/v1/") and path.removeprefix("/api/v1") not in WITHOUT_SIGN_IN
    }
    assert len(documented) == len(ENDPOINTS)


async def test_a_person_who_left_the_agency_is_nobody(service: Service) -> None:
    ghost = uuid.uuid4()
    assert (await service.get(ghost, "/me")).status_code == 401
    assert (await service.get(ghost, "/appraisals")).json()["items"] == []
    assert (await service.get(ghost, "/people")).json()["items"] == []
