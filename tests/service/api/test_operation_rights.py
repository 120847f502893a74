"""Who may request, follow and steer a change of the organisation."""

import asyncio
import uuid
from typing import Any

import pytest
import pytest_asyncio

from tests.fixtures.agency import SmallAgency
from tests.service.api.changes import done, drafting, outcomes, preview, requested, submitted
from tests.service.api.conftest import Service

ROLES = ("employee", "rater", "superior", "head")
STEPS = ("pause", "resume", "withdraw", "rerun")


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def agency(service: Service) -> SmallAgency:
    return await service.new_agency(3)


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def operation(service: Service, agency: SmallAgency) -> dict[str, Any]:
    """An order of the personnel officer that waits for its day."""
    answer = await requested(
        service,
        agency.officer,
        "appoint_substitute",
        official=agency.superior,
        substitute=agency.director,
        basis="plt",
        effective_on="2026-06-01",
    )
    assert answer.status_code == 202
    body: dict[str, Any] = answer.json()
    return body


def changes(agency: SmallAgency) -> dict[str, dict[str, Any]]:
    """One order of each kind."""
    return {
        "extend": {"unit": agency.unit, "until": "2026-03-31"},
        "replace_official": {"official": agency.rater, "successor": agency.director},
        "appoint_substitute": {
            "official": agency.rater,
            "substitute": agency.director,
            "basis": "plh",
            "until": "2026-03-31",
        },
        "end_substitution": {"substitution": uuid.uuid4()},
        "absence": {"person": agency.employee, "absence": "leave", "until": "2026-03-31"},
        "return": {"person": agency.employee},
        "move": {"person": agency.employee, "unit": agency.unit, "rater": agency.director},
        "merge_units": {"units": [agency.unit], "into": uuid.uuid4()},
    }


KINDS = (
    "extend",
    "replace_official",
    "appoint_substitute",
    "end_substitution",
    "absence",
    "return",
    "move",
    "merge_units",
)


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("kind", KINDS)
async def test_only_personnel_officers_order_changes(
    service: Service, agency: SmallAgency, kind: str, role: str
) -> None:
    person, fields = getattr(agency, role), changes(agency)[kind]
    for refused in (
        await preview(service, person, kind, **fields),
        await requested(service, person, kind, **fields),
    ):
        assert (refused.status_code, refused.json()["code"]) == (403, "order_not_permitted")


@pytest.mark.parametrize("basis", ("plt", "plh"))
async def test_an_official_appoints_no_acting_official_in_his_own_place(
    service: Service, agency: SmallAgency, basis: str
) -> None:
    refused = await requested(
        service,
        agency.rater,
        "appoint_substitute",
        official=agency.rater,
        substitute=agency.director,
        basis=basis,
        until="2026-03-31",
    )
    assert refused.json()["code"] == "order_not_permitted"


async def test_an_official_does_not_delegate_the_tasks_of_another(
    service: Service, agency: SmallAgency
) -> None:
    refused = await requested(
        service,
        agency.superior,
        "appoint_substitute",
        official=agency.rater,
        substitute=agency.director,
        basis="delegated",
        until="2026-03-31",
    )
    assert refused.json()["code"] == "order_not_permitted"


async def test_nobody_orders_for_another_agency(service: Service, agency: SmallAgency) -> None:
    refused = await requested(service, service.elsewhere.officer, "return", person=agency.employee)
    assert (refused.status_code, refused.json()["errors"][0]["field"]) == (422, "/person")


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("part", ("", "/items"))
async def test_an_order_of_the_officers_is_unknown_to_others(
    service: Service, agency: SmallAgency, operation: dict[str, Any], role: str, part: str
) -> None:
    person = getattr(agency, role)
    answer = await service.get(person, f"/operations/{operation['id']}{part}")
    assert (answer.status_code, answer.json()["code"]) == (404, "not_found")
    assert operation["id"] not in (await service.get(person, "/operations")).text


@pytest.mark.parametrize("step", STEPS)
@pytest.mark.parametrize("role", ROLES)
async def test_an_order_of_the_officers_is_steered_by_no_other(
    service: Service, agency: SmallAgency, operation: dict[str, Any], role: str, step: str
) -> None:
    answer = await service.post(getattr(agency, role), f"/operations/{operation['id']}/{step}")
    assert answer.status_code == 404
    assert (await service.get(agency.officer, f"/operations/{operation['id']}")).json()["state"] == "waiting"


async def test_officers_of_another_agency_do_not_know_it(service: Service, operation: dict[str, Any]) -> None:
    officer = service.elsewhere.officer
    for part in ("", "/items"):
        assert (await service.get(officer, f"/operations/{operation['id']}{part}")).status_code == 404
    for step in STEPS:
        assert (await service.post(officer, f"/operations/{operation['id']}/{step}")).status_code == 404
    assert operation["id"] not in (await service.get(officer, "/operations")).text


async def test_an_order_that_is_not_there_is_not_found(service: Service, agency: SmallAgency) -> None:
    for step in STEPS:
        assert (await service.post(agency.officer, f"/operations/{uuid.uuid4()}/{step}")).status_code == 404


async def test_an_official_steers_the_delegation_that_he_ordered(
    service: Service, agency: SmallAgency
) -> None:
    answer = await requested(
        service,
        agency.director,
        "appoint_substitute",
        official=agency.director,
        substitute=agency.head,
        basis="delegated",
        effective_on="2026-06-01",
        until="2026-06-30",
    )
    path = f"/operations/{answer.json()['id']}"
    assert (await service.get(agency.head, path)).status_code == 404
    assert (await service.post(agency.director, f"{path}/withdraw")).json()["state"] == "withdrawn"


@pytest.mark.parametrize("kind", ("absence", "return", "move"))
async def test_an_officer_orders_nothing_about_himself(
    service: Service, agency: SmallAgency, kind: str
) -> None:
    fields = changes(agency)[kind] | {"person": agency.officer}
    refused = await requested(service, agency.officer, kind, **fields)
    assert (refused.status_code, refused.json()["code"]) == (403, "conflict_of_interest")


async def test_an_officer_does_not_extend_his_own_deadline(service: Service) -> None:
    agency = await service.new_agency()
    await submitted(service, agency, agency.employee)
    own = await drafting(service, agency, agency.officer)
    operation = await done(service, agency.officer, "extend", cycle=agency.cycle, until="2026-02-27")
    assert outcomes(operation) == {"done": 1, "refused": 1}
    path = f"/operations/{operation['id']}/items"
    (item,) = (await service.get(agency.officer, path, outcome="refused")).json()["items"]
    assert (item["appraisal_id"], item["refusal"]["code"]) == (str(own), "conflict_of_interest")
    assert (await service.get(agency.officer, f"/appraisals/{own}")).json()["due_on"] == "2026-01-20"


async def finished(service: Service, agency: SmallAgency, path: str) -> dict[str, Any]:
    """The operation once its workflow has ended."""
    async with asyncio.timeout(30):
        while True:
            seen: dict[str, Any] = (await service.get(agency.officer, path)).json()
            if seen["state"] == "finished" and outcomes(seen).keys() <= {"done", "refused"}:
                return seen
            await asyncio.sleep(0.05)


async def test_what_was_refused_is_tried_again_by_a_rerun(service: Service) -> None:
    agency = await service.new_agency()
    await drafting(service, agency, agency.officer)
    operation = await done(service, agency.officer, "extend", cycle=agency.cycle, until="2026-03-31")
    path = f"/operations/{operation['id']}"
    seen = await finished(service, agency, path)
    assert (outcomes(seen), seen["steps"]) == ({"refused": 1}, ["rerun"])
    # The cause of the refusal is gone: as if another officer had requested it.
    await service.run(
        "INSERT INTO role_grant (person_id, role, agency_id, granted_at) VALUES (:id, 'hr', :agency, now())",
        id=agency.superior,
        agency=agency.agency,
    )
    await service.run(
        "UPDATE operation SET requested_by = :other WHERE id = :id",
        other=agency.superior,
        id=uuid.UUID(operation["id"]),
    )
    assert (await service.post(agency.officer, f"{path}/rerun")).status_code == 200
    async with asyncio.timeout(30):
        while outcomes(await finished(service, agency, path)) != {"done": 1}:  # noqa: ASYNC110  # the engine tells nobody
            await asyncio.sleep(0.05)
    assert (await finished(service, agency, path))["steps"] == []
