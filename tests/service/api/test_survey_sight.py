"""Who sees what a survey came to, and when; written by hand, and looked for in answers at all addresses of surveys."""

import uuid

import pytest
import pytest_asyncio

from tests.fixtures.surveys import SurveyedAgency, answer, survey_agency
from tests.service.api.conftest import SECRET, Service

pytestmark = [pytest.mark.database, pytest.mark.engine]

MARK = "zqsurveyqz"
"""Words of an answer."""

# While the survey is open nobody sees anything of it. Afterwards, by where the case stands:
SEES = {
    "rating": {"rater", "officer"},
    "countersign": {"rater", "officer", "superior"},
    "response": {"employee", "rater", "officer"},
    "objection_review": {"employee", "rater", "officer", "superior"},
}
PEOPLE = ("employee", "rater", "superior", "director", "head", "officer", "colleague", "stranger")
DELIVERED = ("response", "objection_review")


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def surveys(service: Service) -> SurveyedAgency:
    made = await survey_agency(service.database, employees=5, secret=SECRET)
    service.others.append(made.agency)
    survey = await made.opened(made.agency.employee)
    for person in await made.invited(survey):
        await made.answer(survey, person, answer(strong=MARK))
    return made


async def sees(service: Service, surveys: SurveyedAgency, who: str) -> bool:
    """Whether somebody is shown the words at any address that has to do with surveys."""
    agency = surveys.agency
    others = {"colleague": agency.employees[1], "stranger": service.elsewhere.officer}
    person: uuid.UUID = others.get(who) or getattr(agency, who)
    survey = await surveys.survey(agency.employee)
    found = []
    for path in (
        f"/appraisals/{surveys.cases[agency.employee]}/surveys",
        f"/surveys/{survey}",
        "/surveys",
        f"/cycles/{agency.cycle}/surveys",
    ):
        shown = await service.get(person, path)
        assert shown.status_code in (200, 403, 404), shown.text
        found.append(MARK in shown.text or "100.0" in shown.text)
    assert not any(found[1:]), "what it came to stands at one address alone"
    return found[0]


async def stand(surveys: SurveyedAgency, stage: str) -> None:
    """Lets the case stand in a stage, with its result handed over or not."""
    await surveys.run(
        "UPDATE appraisal SET stage = CAST(:stage AS text), holder = 'rater', snapshot = snapshot || "
        "jsonb_build_object('stage', CAST(:stage AS text), 'result', repeat('0', 64)) WHERE id = :id",
        stage=stage,
        id=surveys.cases[surveys.agency.employee],
    )


@pytest.mark.parametrize("who", PEOPLE)
async def test_while_it_is_open_nobody_sees_anything(
    service: Service, surveys: SurveyedAgency, who: str
) -> None:
    await stand(surveys, "response")
    assert not await sees(service, surveys, who)


@pytest.mark.parametrize("who", PEOPLE)
@pytest.mark.parametrize("stage", SEES)
async def test_after_it_closed_it_is_shown_to_whom_it_is_for(
    service: Service, surveys: SurveyedAgency, stage: str, who: str
) -> None:
    survey = await surveys.survey(surveys.agency.employee)
    await surveys.closed(survey)
    await stand(surveys, stage)
    assert await sees(service, surveys, who) is (who in SEES[stage])
