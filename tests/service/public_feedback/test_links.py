"""The link of a unit: who makes it, who sees it, and how long a print lives."""

import re
import uuid
from pathlib import Path
from xml.etree import ElementTree

import pytest
import pytest_asyncio
from sqlalchemy.ext.asyncio import AsyncEngine

from tests.fixtures.agency import SmallAgency, build_agency
from tests.fixtures.public import agency_that_asks
from tests.service.public_feedback.asking import PUBLIC, Public, public_on


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def public(template_database: AsyncEngine) -> Public:
    return public_on(template_database)


@pytest_asyncio.fixture(loop_scope="session")
async def agency(public: Public) -> SmallAgency:
    return await agency_that_asks(public.database)


def at(agency: SmallAgency, more: str = "") -> str:
    return f"/units/{agency.unit}/public-link{more}"


async def test_hr_makes_the_link_and_the_head_of_the_unit_prints_it(
    public: Public, agency: SmallAgency
) -> None:
    token = await public.link(agency)
    for who in (agency.officer, agency.head):
        answer = await public.ask(agency, who, "GET", at(agency))
        assert answer.json() == {
            "unit_id": str(agency.unit),
            "unit": "Badan Contoh",
            "open": True,
            "url": f"{PUBLIC}/umpan-balik/{token}",
        }
        picture = await public.ask(agency, who, "GET", at(agency, "/qr.svg"))
        assert (picture.status_code, picture.headers["content-type"]) == (200, "image/svg+xml")
        assert "Pindai untuk menilai layanan kami" in picture.text
        assert "Badan Contoh" in picture.text
        ElementTree.fromstring(picture.text)  # noqa: S314  # our own picture
        assert "style=" not in picture.text


@pytest.mark.parametrize("who", ("employee", "rater", "superior"))
async def test_nobody_else_sees_or_makes_it(public: Public, agency: SmallAgency, who: str) -> None:
    await public.link(agency)
    person: uuid.UUID = getattr(agency, who)
    for more in ("", "/qr.svg"):
        assert (await public.ask(agency, person, "GET", at(agency, more))).status_code == 404
    answer = await public.ask(agency, person, "PUT", at(agency), {"open": False})
    assert (answer.status_code, answer.json()["code"]) == (403, "hr_only")


async def test_the_head_of_the_unit_does_not_close_it(public: Public, agency: SmallAgency) -> None:
    assert (await public.ask(agency, agency.head, "PUT", at(agency), {"open": False})).status_code == 403


async def test_another_agency_has_no_say(public: Public, agency: SmallAgency) -> None:
    other = await agency_that_asks(public.database)
    for method, body in (("GET", None), ("PUT", {"open": True})):
        assert (await public.ask(other, other.officer, method, at(agency), body)).status_code == 404


async def test_a_renewed_link_lets_old_prints_die(public: Public, agency: SmallAgency) -> None:
    old = await public.link(agency)
    new = await public.link(agency, renew=True)
    assert new != old
    async with public.at() as http:
        assert (await http.get(f"/api/v1/public/{old}")).status_code == 404
        assert (await http.get(f"/umpan-balik/{old}")).status_code == 404
        assert (await http.get(f"/api/v1/public/{new}")).status_code == 200


async def test_to_renew_twice_under_one_key_renews_once(public: Public, agency: SmallAgency) -> None:
    await public.link(agency)
    body = {"open": True, "renew": True}
    given = [await public.ask(agency, agency.officer, "PUT", at(agency), body, key="r1") for _ in range(3)]
    assert len({answer.json()["url"] for answer in given}) == 1
    other = await public.ask(agency, agency.officer, "PUT", at(agency), {"open": False}, key="r1")
    assert (other.status_code, other.json()["code"]) == (422, "idempotency_key_reused")
    kept = "SELECT count(*) FROM public_link_change JOIN public_link ON public_link.id = link_id WHERE unit_id = :unit"
    assert await public.value(kept, unit=agency.unit) == 2


async def test_before_there_is_a_link_there_is_no_code(public: Public, agency: SmallAgency) -> None:
    answer = await public.ask(agency, agency.officer, "GET", at(agency))
    assert (answer.json()["open"], answer.json()["url"]) == (False, None)
    assert (await public.ask(agency, agency.officer, "GET", at(agency, "/qr.svg"))).status_code == 404


async def test_where_no_scheme_asks_the_public_there_is_no_link(public: Public) -> None:
    silent = await build_agency(public.database, name=f"Kota {uuid.uuid4().hex[:8]}")
    for method, body in (("PUT", {"open": True}), ("GET", None)):
        answer = await public.ask(silent, silent.officer, method, at(silent), body)
        assert (answer.status_code, answer.json()["code"]) == (409, "no_public_feedback")


@pytest.mark.parametrize("body", ({}, {"open": "yes"}, {"open": True, "version": 1}))
async def test_what_is_no_change_is_refused(
    public: Public, agency: SmallAgency, body: dict[str, object]
) -> None:
    assert (await public.ask(agency, agency.officer, "PUT", at(agency), body)).status_code == 422


async def test_the_form_of_a_merged_unit_is_closed(public: Public, agency: SmallAgency) -> None:
    token = await public.link(agency)
    await public.run(
        "INSERT INTO unit (id, agency_id, code, name, kind, zone)"
        " VALUES (:id, :agency, 'U2', 'Badan Baru', '', 'Asia/Jakarta')",
        id=(new := uuid.uuid4()),
        agency=agency.agency,
    )
    await public.run(
        "UPDATE unit SET merged_into = :new, merged_at = now() WHERE id = :unit", new=new, unit=agency.unit
    )
    async with public.at() as http:
        assert (await http.get(f"/api/v1/public/{token}")).status_code == 410


async def test_a_rehearsal_asks_only_where_an_agency_has_nothing_else(public: Public) -> None:
    clock: list[list[object]] = [["2026-01-01T00:00:00+00:00", "2026-06-01T00:00:00+00:00", 1.0]]
    agency = await agency_that_asks(public.database, clock=clock)
    token = await public.link(agency)
    async with public.at() as http:
        assert (await http.get(f"/api/v1/public/{token}")).status_code == 200
    await public.run(
        "INSERT INTO cycle (id, agency_id, name, year, scheme, clock, rehearsal, working_days, created_at)"
        " SELECT gen_random_uuid(), agency_id, 'nyata', 2025, :scheme, '[]', false, '{}', now()"
        " FROM cycle WHERE id = :cycle",
        scheme=(await build_agency(public.database, name=uuid.uuid4().hex)).rules.book.key,
        cycle=agency.cycle,
    )
    async with public.at() as http:
        assert (await http.get(f"/api/v1/public/{token}")).status_code == 410


def test_nothing_of_the_application_looks_at_a_header_that_names_an_address() -> None:
    root = Path(__file__).parents[3] / "service"
    found = [
        path
        for path in root.rglob("*.py")
        if re.search("(?i)forwarded-for|x-real-ip", path.read_text("utf-8"))
    ]
    assert found == []
