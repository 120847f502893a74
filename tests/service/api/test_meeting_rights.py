"""Who arranges the meeting, who sees it, and who learns nothing of it."""

import uuid

import pytest
import pytest_asyncio

from tests.fixtures.agency import SmallAgency
from tests.service.api.changes import requested, settled
from tests.service.api.conftest import Service
from tests.service.api.meetings import arrange, arranged, cancel, meeting, told
from tests.service.api.results import day, rated

READERS = (("employee", 200), ("rater", 200), ("officer", 200), ("superior", 404), ("director", 404))
WRITERS = (("employee", 403), ("officer", 403), ("superior", 404), ("director", 404))
PATHS = ("meeting", "meeting.ics", "agreed", "trainings")


@pytest_asyncio.fixture(loop_scope="session", scope="module")
async def agency(service: Service) -> SmallAgency:
    return await service.new_agency()


@pytest_asyncio.fixture(loop_scope="session", scope="module")
async def case(service: Service, agency: SmallAgency) -> uuid.UUID:
    found = await rated(service, agency)
    await arranged(service, agency.rater, found)
    return found


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize(("who", "status"), READERS)
async def test_employee_rater_and_hr_read_and_nobody_else_learns_of_it(
    service: Service, agency: SmallAgency, case: uuid.UUID, who: str, status: int, path: str
) -> None:
    answer = await service.get(getattr(agency, who), f"/appraisals/{case}/{path}")
    assert answer.status_code == status, answer.text


@pytest.mark.parametrize(("who", "status"), WRITERS)
async def test_nobody_but_the_rater_arranges_or_cancels(
    service: Service, agency: SmallAgency, case: uuid.UUID, who: str, status: int
) -> None:
    person = getattr(agency, who)
    answers = [await arrange(service, person, case), await cancel(service, person, case)]
    assert [answer.status_code for answer in answers] == [status] * 2
    assert (await meeting(service, agency.rater, case))["number"] == 0


async def test_another_employee_learns_nothing(
    service: Service, agency: SmallAgency, case: uuid.UUID
) -> None:
    other = agency.employees[1]
    answers = [await service.get(other, f"/appraisals/{case}/{path}") for path in PATHS]
    answers += [await arrange(service, other, case), await cancel(service, other, case)]
    assert {answer.status_code for answer in answers} == {404}


async def test_another_agency_learns_nothing(service: Service, case: uuid.UUID) -> None:
    outsider = service.elsewhere.officer
    answers = [await service.get(outsider, f"/appraisals/{case}/{path}") for path in PATHS]
    answers += [await arrange(service, outsider, case), await cancel(service, outsider, case)]
    assert {answer.status_code for answer in answers} == {404}


async def test_only_the_rater_is_shown_that_it_may_be_changed(
    service: Service, agency: SmallAgency, case: uuid.UUID
) -> None:
    shown = [await meeting(service, who, case) for who in (agency.rater, agency.employee, agency.officer)]
    assert [each["may_change"] for each in shown] == [True, False, False]


async def test_whoever_stands_in_for_the_rater_arranges_in_his_place(service: Service) -> None:
    agency = await service.new_agency()
    case = await rated(service, agency)
    taken = await requested(
        service,
        agency.officer,
        "appoint_substitute",
        official=agency.rater,
        substitute=agency.superior,
        basis="plh",
        until=day(30),
    )
    await settled(service, agency.officer, taken)
    found = await arranged(service, agency.superior, case)
    assert found["set_by_id"] == str(agency.superior)
    assert {row.recipient_id for row in await told(service, case)} >= {agency.employee, agency.superior}
