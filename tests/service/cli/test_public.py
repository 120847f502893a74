"""The link of a unit and its answers from the command line."""

from pathlib import Path

import pytest
from sqlalchemy.ext.asyncio import AsyncEngine

from tests.fixtures.agency import SmallAgency, nip
from tests.fixtures.public import agency_that_asks
from tests.service.cli.conftest import CommandLine

pytestmark = pytest.mark.database

OFFICER, EMPLOYEE = nip(4), nip(5)


@pytest.fixture
async def agency(database: AsyncEngine) -> SmallAgency:
    return await agency_that_asks(database)


async def test_a_link_is_made_shown_closed_and_printed(
    kinerja: CommandLine, agency: SmallAgency, tmp_path: Path
) -> None:
    none = await kinerja("public", "link", "U1", "--as", OFFICER)
    assert (none.code, "no link yet" in none.err) == (1, True)
    code = tmp_path / "loket.svg"
    made = await kinerja("public", "link", "U1", "--as", OFFICER, "--open", "--qr", str(code))
    assert made.code == 0, made.err
    assert "/umpan-balik/" in made.out
    assert code.read_text("utf-8").startswith("<svg")
    shown = await kinerja("public", "link", "U1", "--as", OFFICER)
    assert shown.out == made.out.rpartition("The QR code")[0]
    renewed = await kinerja("public", "link", "U1", "--as", OFFICER, "--renew")
    assert "the form is open" in renewed.out
    assert renewed.out != shown.out
    closed = await kinerja("public", "link", "U1", "--as", OFFICER, "--close")
    assert "the form is closed" in closed.out


async def test_rights_are_those_of_the_person_who_is_named(kinerja: CommandLine, agency: SmallAgency) -> None:
    refused = await kinerja("public", "link", "U1", "--as", EMPLOYEE, "--open")
    assert refused.code == 1
    unknown = await kinerja("public", "link", "U9", "--as", OFFICER)
    assert "no unit with the code U9" in unknown.err


async def test_the_answers_of_a_unit_are_shown_to_everybody_of_the_agency(
    kinerja: CommandLine, agency: SmallAgency
) -> None:
    shown = await kinerja("public", "show", "U1", "--as", EMPLOYEE)
    assert shown.code == 0, shown.err
    assert "Badan Contoh" in shown.out
    assert "fewer than 3 answers" in shown.out
