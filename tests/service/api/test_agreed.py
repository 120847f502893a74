"""What was agreed when a result was handed over comes back in the year after it."""

import json
import uuid
from dataclasses import replace
from typing import Any

import pytest_asyncio

from content.sight.rules import Kind, Role, Sight, SightRule
from tests.fixtures.agency import WORDS, SmallAgency, build_agency
from tests.fixtures.meetings import MEETING
from tests.service.api.conftest import BUSINESS_START, Service, clock_from
from tests.service.api.meetings import agency_with, talked
from tests.service.api.results import delivered, receipt


@pytest_asyncio.fixture(loop_scope="session")
async def agency(service: Service) -> SmallAgency:
    return await agency_with(service)


async def agreed(service: Service, person: uuid.UUID, case: uuid.UUID) -> Any:
    answer = await service.get(person, f"/appraisals/{case}/agreed")
    assert answer.status_code == 200, answer.text
    return answer.json()


async def in_year(service: Service, agency: SmallAgency, year: int, *, rehearsal: bool = True) -> SmallAgency:
    """The same agency with the cycle of an earlier year."""
    cycle = uuid.uuid4()
    await service.run(
        "INSERT INTO cycle SELECT (jsonb_populate_record(cycle, jsonb_build_object('id', CAST(:new AS uuid),"
        " 'name', CAST(:name AS text), 'year', CAST(:year AS int)))).*"
        " FROM cycle WHERE id = :cycle",
        new=cycle,
        name=str(year),
        year=year,
        cycle=agency.cycle,
    )
    return replace(agency, cycle=cycle)


async def this_year(service: Service, agency: SmallAgency) -> uuid.UUID:
    """The appraisal of this year, of the employee whose earlier one is on record."""
    found = await service.launch(agency, agency.employee)
    await service.until_stage(found, "plan_drafting")
    return found


async def test_what_was_agreed_last_year_comes_back_with_whether_its_day_has_passed(
    service: Service, agency: SmallAgency
) -> None:
    earlier = await talked(service, await in_year(service, agency, 2025))
    case = await this_year(service, agency)
    for who in (agency.employee, agency.rater, agency.officer):
        found = await agreed(service, who, case)
        assert (found["year"], found["appraisal_id"]) == (2025, str(earlier))
        assert [(each["action"], each["passed"]) for each in found["actions"]] == [
            ("Kursus arsip", False),
            ("Pendampingan bulanan", False),
        ]
    await service.run(
        "UPDATE cycle SET clock = CAST(:clock AS jsonb) WHERE id = :cycle",
        clock=json.dumps(clock_from(BUSINESS_START.replace(month=4))),
        cycle=agency.cycle,
    )
    assert [each["passed"] for each in (await agreed(service, agency.rater, case))["actions"]] == [
        True,
        False,
    ]


async def test_the_latest_earlier_year_counts(service: Service, agency: SmallAgency) -> None:
    for year, action in ((2024, "Lama"), (2025, "Baru")):
        content = {
            "talk": {"notes": "Dibahas"},
            "actions": [{"id": "a1", "action": action, "by": "rater", "until": "2026-05-01"}],
        }
        await talked(service, await in_year(service, agency, year), content)
    found = await agreed(service, agency.employee, await this_year(service, agency))
    assert (found["year"], [each["action"] for each in found["actions"]]) == (2025, ["Baru"])


async def test_what_is_agreed_this_year_does_not_come_back_in_it(
    service: Service, agency: SmallAgency
) -> None:
    found = await agreed(service, agency.employee, await talked(service, agency))
    assert found == {"year": None, "appraisal_id": None, "actions": []}


async def test_a_rehearsal_knows_nothing_of_a_real_year(service: Service, agency: SmallAgency) -> None:
    former = await in_year(service, agency, 2025)
    await talked(service, former)
    await service.run(
        "UPDATE cycle SET rehearsal = false, clock = '[]' WHERE id = :cycle", cycle=former.cycle
    )
    found = await agreed(service, agency.employee, await this_year(service, agency))
    assert found["year"] is None


async def test_a_result_that_came_in_words_only_brings_nothing_back(service: Service) -> None:
    agency = await service.new_agency()
    earlier = await delivered(service, await in_year(service, agency, 2025))
    found = await agreed(service, agency.employee, await this_year(service, agency))
    assert found == {"year": 2025, "appraisal_id": str(earlier), "actions": []}


async def test_the_new_rater_sees_what_the_former_one_agreed(service: Service, agency: SmallAgency) -> None:
    await talked(service, await in_year(service, agency, 2025))
    case = await this_year(service, agency)
    await service.run(
        "UPDATE assignment SET holder_id = :new WHERE employee_id = :employee AND capacity = 'rater'",
        new=agency.director,
        employee=agency.employee,
    )
    assert len((await agreed(service, agency.director, case))["actions"]) == 2
    answer = await service.get(agency.rater, f"/appraisals/{case}/agreed")
    assert answer.status_code == 404


async def test_whoever_reads_what_was_agreed_has_seen_the_result_that_it_came_with(
    service: Service, agency: SmallAgency
) -> None:
    earlier = await talked(service, await in_year(service, agency, 2025))
    case = await this_year(service, agency)
    for other in (agency.rater, agency.officer):
        await agreed(service, other, case)
    assert (await receipt(service, agency.employee, earlier))["evidence"] != "seen"
    assert (await agreed(service, agency.employee, case))["actions"]
    assert (await receipt(service, agency.employee, earlier))["evidence"] == "seen"


async def test_what_was_agreed_is_not_given_out_while_it_cannot_be_noted(
    service: Service, agency: SmallAgency
) -> None:
    earlier = await talked(service, await in_year(service, agency, 2025))
    case = await this_year(service, agency)
    async with service.held(earlier):
        answer = await service.get(agency.employee, f"/appraisals/{case}/agreed")
    assert (answer.status_code, answer.json()["code"]) == (503, "case_busy")


async def test_what_a_scheme_hides_of_the_meeting_stays_hidden_in_the_next_year(service: Service) -> None:
    hidden = SightRule(kinds=(Kind.MEETING,), roles=(Role.HR,), sight=Sight.HIDDEN)
    agency = await build_agency(
        service.database,
        name="Kota Tertutup",
        content=MEETING.model_copy(update={"sight": (hidden,)}),
        book=WORDS.model_copy(update={"scheme": "tertutup"}),
        clock=clock_from(BUSINESS_START),
    )
    service.others.append(agency)
    await talked(service, await in_year(service, agency, 2025))
    case = await this_year(service, agency)
    assert (await agreed(service, agency.officer, case))["actions"] == []
    assert len((await agreed(service, agency.rater, case))["actions"]) == 2
