"""An objection for which the line of superiors has nobody, as its people see it."""

import uuid

import pytest
from sqlalchemy import text

from states.stages import Stage
from store.person.roles import grant_role
from tests.fixtures.agency import SmallAgency
from tests.service.api.conftest import Service
from tests.store.operation.walking import case_in

pytestmark = pytest.mark.database


@pytest.fixture
async def agency(service: Service) -> SmallAgency:
    """Nobody stands above the rater, and an employee objects."""
    agency = await service.new_agency()
    async with service.database.begin() as transaction:
        await transaction.execute(
            text("DELETE FROM assignment WHERE employee_id = :rater"), {"rater": agency.rater}
        )
    await case_in(service.database, agency, agency.employee, agency.rater, Stage.OBJECTED)
    return agency


async def case_of(service: Service, agency: SmallAgency) -> str:
    (case,) = (await service.get(agency.officer, "/appraisals", stage="objected")).json()["items"]
    return str(case["id"])


async def name_decider(service: Service, person: uuid.UUID) -> None:
    async with service.database.begin() as transaction:
        await grant_role(transaction, person, "top_decider")


async def test_it_is_an_incident_that_says_what_helps_and_no_task_of_hr(
    service: Service, agency: SmallAgency
) -> None:
    (incident,) = (await service.get(agency.officer, "/incidents", kind="line_ends")).json()["items"]
    assert "Name a top decider of the agency" in incident["remedy"]
    assert (await service.get(agency.officer, "/tasks")).json()["items"] == []
    detail = (await service.get(agency.officer, f"/appraisals/{await case_of(service, agency)}")).json()
    assert (detail["holders"], detail["responsible"]) == ([], [])


async def test_whom_the_agency_names_has_it_as_a_task_and_the_incident_ends(
    service: Service, agency: SmallAgency
) -> None:
    await name_decider(service, agency.head)
    (task,) = (await service.get(agency.head, "/tasks")).json()["items"]
    assert (task["capacity"], task["basis"]) == ("appeals_officer", "top_decider")
    seen = await service.get(agency.head, f"/appraisals/{task['appraisal_id']}")
    assert seen.status_code == 200
    assert (await service.get(agency.officer, "/incidents", kind="line_ends")).json()["items"] == []


async def test_he_who_rated_cannot_be_appointed_to_decide(service: Service, agency: SmallAgency) -> None:
    body = {"text": "SK 7", "assignee": str(agency.rater), "assigned_capacity": "appeals_officer"}
    refused = await service.act(agency.officer, uuid.UUID(await case_of(service, agency)), "reassign", body)
    assert (refused.status_code, refused.json()["code"]) == (403, "conflict_of_interest")
