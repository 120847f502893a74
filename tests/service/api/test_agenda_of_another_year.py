"""What an agenda tells of the year before is open, and counts as seen, as wherever else it is told."""

import uuid
from typing import Any

import pytest

from content.sight.rules import Kind, Role, Sight, SightRule
from tests.fixtures.agency import WORDS, SmallAgency, build_agency
from tests.fixtures.meetings import MEETING, TALK
from tests.service.api.conftest import BUSINESS_START, Service, clock_from
from tests.service.api.meetings import agency_with, talked
from tests.service.api.results import done, levels, rated, receipt
from tests.service.api.test_agreed import in_year

pytestmark = [pytest.mark.database, pytest.mark.engine]


async def agenda(service: Service, person: uuid.UUID, case: uuid.UUID) -> Any:
    answer = await service.get(person, f"/appraisals/{case}/meeting/agenda")
    assert answer.status_code == 200, answer.text
    return answer.json()


async def hiding_meetings_from_raters(service: Service) -> SmallAgency:
    hidden = SightRule(kinds=(Kind.MEETING,), roles=(Role.RATER,), sight=Sight.HIDDEN)
    agency = await build_agency(
        service.database,
        name="Kota Rapat Tertutup",
        content=MEETING.model_copy(update={"sight": (hidden,)}),
        book=WORDS.model_copy(update={"scheme": "rapat-tertutup"}),
        clock=clock_from(BUSINESS_START),
    )
    service.others.append(agency)
    return agency


async def test_the_earlier_result_that_it_tells_of_counts_as_seen(service: Service) -> None:
    agency = await agency_with(service)
    earlier = await talked(service, await in_year(service, agency, 2025))
    case = await rated(service, agency)
    assert (await agenda(service, agency.rater, case))["agreed"]
    await done(service, case, (agency.rater, "deliver_result", {"content": TALK}))
    assert levels(await receipt(service, agency.employee, earlier)) == ["delivered"]
    assert (await agenda(service, agency.employee, case))["agreed"]
    assert levels(await receipt(service, agency.employee, earlier)) == ["delivered", "seen"]


async def test_weaknesses_of_last_year_recommend_a_training(service: Service) -> None:
    agency = await agency_with(service)
    await talked(service, await in_year(service, agency, 2025))
    found = await agenda(service, agency.rater, await rated(service, agency))
    assert [each["training"] for each in found["trainings"]] == ["talks"]


async def test_weaknesses_that_a_scheme_hides_from_raters_recommend_nothing_to_them(service: Service) -> None:
    agency = await hiding_meetings_from_raters(service)
    await talked(service, await in_year(service, agency, 2025))
    found = await agenda(service, agency.rater, await rated(service, agency))
    assert (found["trainings"], found["agreed"]) == ([], [])
