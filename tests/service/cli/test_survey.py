"""Operators prepare surveys and list them; nobody is shown who has answered."""

import pytest
from sqlalchemy.ext.asyncio import AsyncEngine

from tests.fixtures.surveys import BEFORE, survey_agency
from tests.service.cli.conftest import CommandLine

pytestmark = pytest.mark.database


async def test_surveys_are_prepared_and_listed(kinerja: CommandLine, database: AsyncEngine) -> None:
    surveys = await survey_agency(database, employees=4)
    await surveys.on(BEFORE)
    nothing = await kinerja("survey", "list")
    assert (nothing.code, "no surveys yet" in nothing.out) == (0, True)
    done = await kinerja("survey", "prepare")
    assert (done.code, "1 surveys were prepared with 3 invitations" in done.out) == (0, True)
    again = await kinerja("survey", "prepare", "--input", "survey")
    assert "0 surveys were prepared" in again.out
    listed = await kinerja("survey", "list")
    assert listed.code == 0
    assert all(word in listed.out for word in ("Survey of conduct", "planned", "2026-12-14"))
    assert str(surveys.agency.employees[1]) not in listed.out


async def test_a_survey_that_no_scheme_has_is_named(kinerja: CommandLine, database: AsyncEngine) -> None:
    await survey_agency(database, employees=4)
    refused = await kinerja("survey", "prepare", "--input", "other")
    assert (refused.code, refused.err.strip()) == (1, "No scheme has a survey called other.")
