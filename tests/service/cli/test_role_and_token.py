"""Operators give roles and tokens to people whom they name by NIP or address."""

import datetime as dt
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncEngine

from service.accounts.tokens import TokenSigner
from service.configuration.secret_file import read_or_create_secret
from service.problems import NotSignedIn
from tests.fixtures.agency import SmallAgency, build_agency, nip
from tests.service.cli.conftest import CommandLine

pytestmark = pytest.mark.database

SECRET = "a secret of the tests that is long enough"
RATER = nip(3)


@pytest.fixture
async def agency(database: AsyncEngine) -> SmallAgency:
    return await build_agency(database)


async def roles_of(database: AsyncEngine, person: object) -> list[str]:
    async with database.connect() as connection:
        found = await connection.execute(
            text("SELECT role FROM role_grant WHERE person_id = :id"), {"id": person}
        )
        return list(found.scalars())


async def test_a_role_is_granted_and_revoked(
    kinerja: CommandLine, agency: SmallAgency, database: AsyncEngine
) -> None:
    granted = await kinerja("role", "grant", "hr", "--nip", RATER)
    assert granted.code == 0
    assert "Rater Kota Contoh now holds the role hr for Kota Contoh" in granted.out
    assert await roles_of(database, agency.rater) == ["hr"]
    revoked = await kinerja("role", "revoke", "hr", "--nip", RATER)
    assert "no longer holds" in revoked.out
    assert await roles_of(database, agency.rater) == []


async def test_the_agency_names_who_decides_at_the_end_of_the_line(
    kinerja: CommandLine, agency: SmallAgency, database: AsyncEngine
) -> None:
    granted = await kinerja("role", "grant", "top_decider", "--nip", RATER)
    assert granted.code == 0
    assert await roles_of(database, agency.rater) == ["top_decider"]


async def test_granting_twice_is_no_error_and_says_so(kinerja: CommandLine, agency: SmallAgency) -> None:
    await kinerja("role", "grant", "operator", "--nip", RATER)
    again = await kinerja("role", "grant", "operator", "--nip", RATER)
    assert (again.code, "already" in again.out) == (0, True)


async def test_revoking_what_is_not_held_is_no_error_and_says_so(
    kinerja: CommandLine, agency: SmallAgency
) -> None:
    answer = await kinerja("role", "revoke", "operator", "--nip", RATER)
    assert (answer.code, "does not hold" in answer.out) == (0, True)


async def test_an_unknown_role_is_wrong_usage(kinerja: CommandLine, agency: SmallAgency) -> None:
    answer = await kinerja("role", "grant", "king", "--nip", RATER)
    assert answer.code == 2
    assert "operator" in answer.err


async def test_a_person_may_be_named_by_a_nip_with_blanks(
    kinerja: CommandLine, agency: SmallAgency, database: AsyncEngine
) -> None:
    spaced = f"{RATER[:8]} {RATER[8:14]} {RATER[14]} {RATER[15:]}"
    assert (await kinerja("role", "grant", "hr", "--nip", spaced)).code == 0
    assert await roles_of(database, agency.rater) == ["hr"]


@pytest.mark.parametrize("options", ((), ("--nip", RATER, "--email", "a@b.example")), ids=("neither", "both"))
async def test_a_person_is_named_in_exactly_one_way(
    kinerja: CommandLine, agency: SmallAgency, options: tuple[str, ...]
) -> None:
    answer = await kinerja("role", "grant", "hr", *options)
    assert (answer.code, "--nip or --email" in answer.err) == (1, True)


async def test_somebody_unknown_is_an_error(kinerja: CommandLine, agency: SmallAgency) -> None:
    answer = await kinerja("role", "grant", "hr", "--email", "nobody@contoh.example")
    assert (answer.code, "Nobody" in answer.err) == (1, True)


async def test_a_person_of_two_agencies_needs_the_agency(
    kinerja: CommandLine, agency: SmallAgency, database: AsyncEngine
) -> None:
    other = await build_agency(database, name="Kabupaten Contoh")
    ambiguous = await kinerja("role", "grant", "operator", "--nip", RATER)
    assert (ambiguous.code, "--agency" in ambiguous.err) == (1, True)
    await kinerja("role", "grant", "operator", "--nip", RATER, "--agency", "Kabupaten Contoh")
    assert await roles_of(database, other.rater) == ["operator"]
    assert await roles_of(database, agency.rater) == []


async def test_a_token_signs_its_person_in(kinerja: CommandLine, agency: SmallAgency) -> None:
    answer = await kinerja("token", "--nip", RATER, SECRET=SECRET)
    assert answer.code == 0
    identity = TokenSigner(SECRET).read(answer.out.strip())
    assert (identity.person, identity.agency) == (agency.rater, agency.agency)


async def test_a_token_ends_when_it_is_said_to(kinerja: CommandLine, agency: SmallAgency) -> None:
    answer = await kinerja("token", "--nip", RATER, "--days", 2, SECRET=SECRET)
    now, signer = dt.datetime.now(dt.UTC), TokenSigner(SECRET)
    signer.read(answer.out.strip(), now + dt.timedelta(days=1))
    with pytest.raises(NotSignedIn):
        signer.read(answer.out.strip(), now + dt.timedelta(days=3))


async def test_without_a_secret_tokens_are_signed_with_the_one_of_the_state_directory(
    kinerja: CommandLine, agency: SmallAgency
) -> None:
    answer = await kinerja("token", "--nip", RATER)
    secret = read_or_create_secret(Path(kinerja.environment["KINERJA_STATE_DIRECTORY"]) / "secret")
    assert TokenSigner(secret).read(answer.out.strip()).person == agency.rater
