"""Roles are granted and revoked, and people are found by NIP or address."""

import pytest
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncEngine

from store.person.roles import grant_role, people_like, revoke_role
from tests.fixtures.agency import SmallAgency, build_agency, nip

pytestmark = pytest.mark.database


@pytest.fixture
async def agency(database: AsyncEngine) -> SmallAgency:
    return await build_agency(database)


async def test_a_role_is_granted_once(database: AsyncEngine, agency: SmallAgency) -> None:
    async with database.begin() as transaction:
        assert await grant_role(transaction, agency.rater, "operator")
        assert not await grant_role(transaction, agency.rater, "operator")
        granted = await transaction.execute(
            text("SELECT role, agency_id FROM role_grant WHERE person_id = :id"), {"id": agency.rater}
        )
        assert granted.all() == [("operator", agency.agency)]


async def test_a_role_that_is_not_held_cannot_be_revoked(database: AsyncEngine, agency: SmallAgency) -> None:
    async with database.begin() as transaction:
        assert await revoke_role(transaction, agency.officer, "hr")
        assert not await revoke_role(transaction, agency.officer, "hr")


async def test_a_person_is_found_by_nip_and_by_address_in_any_case(
    database: AsyncEngine, agency: SmallAgency
) -> None:
    async with database.connect() as connection:
        (by_nip,) = await people_like(connection, nip=nip(3))
        (by_email,) = await people_like(connection, email=f"PERSON3.{agency.agency.hex[:8]}@contoh.example")
    assert by_nip == by_email
    assert (by_nip.id, by_nip.agency_id, by_nip.agency) == (agency.rater, agency.agency, "Kota Contoh")


async def test_a_number_known_in_two_agencies_gives_both_unless_one_is_named(
    database: AsyncEngine, agency: SmallAgency
) -> None:
    other = await build_agency(database, name="Kabupaten Contoh")
    async with database.connect() as connection:
        assert len(await people_like(connection, nip=nip(3))) == 2
        (found,) = await people_like(connection, nip=nip(3), agency="Kabupaten Contoh")
    assert found.id == other.rater


async def test_somebody_unknown_is_not_found(database: AsyncEngine, agency: SmallAgency) -> None:
    async with database.connect() as connection:
        assert await people_like(connection, nip="1" * 18) == []


async def test_looking_for_nobody_in_particular_is_a_fault_of_the_caller(database: AsyncEngine) -> None:
    async with database.connect() as connection:
        with pytest.raises(ValueError, match="give a NIP"):
            await people_like(connection)
