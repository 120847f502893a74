"""Answers are limited by device and address, and neither is kept."""

import asyncio
import datetime as dt
import io
import json

import httpx
import pytest
import pytest_asyncio
from sqlalchemy.ext.asyncio import AsyncEngine

from service.configuration.structured_logging import configure_logging
from service.public_feedback.limiting import limit_day, network_of, seconds_left
from service.temporal.forgetting import forgetting
from tests.fixtures.agency import SmallAgency
from tests.fixtures.public import agency_that_asks, answers
from tests.service.public_feedback.asking import Public, nonce_in, public_on

HOST = "198.51.100.7"


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def public(template_database: AsyncEngine) -> Public:
    return public_on(template_database)


async def filled_in(http: httpx.AsyncClient, token: str) -> httpx.Response:
    """The page, opened and sent by a browser."""
    page = await http.get(f"/umpan-balik/{token}")
    assert page.status_code == 200, page.text
    fields = {f"n-{name}": step for name, step in answers().items()}
    return await http.post(f"/umpan-balik/{token}", data={"formulir": nonce_in(page.text), **fields})


async def test_of_two_hundred_at_once_from_one_address_never_more_than_the_limit_are_counted(
    public: Public,
) -> None:
    agency = await agency_that_asks(public.database, an_address=30)
    token = await public.link(agency)
    nonces = [await public.nonce(token) for _ in range(200)]
    given = await asyncio.gather(*(public.give(token, nonce=nonce, host=HOST) for nonce in nonces))
    assert sorted(answer.status_code for answer in given) == [201] * 30 + [429] * 170
    assert await public.count(agency) == 30
    refused = next(answer for answer in given if answer.status_code == 429)
    assert refused.json()["code"] == "too_many_answers"
    assert 0 < int(refused.headers["retry-after"]) <= 24 * 3600
    # The neighbours are not held responsible, and a repeat of what was counted is no new answer.
    assert (await public.give(token, host="198.51.100.8")).status_code == 201
    counted = next(n for n, answer in zip(nonces, given, strict=True) if answer.status_code == 201)
    assert (await public.give(token, nonce=counted, host=HOST)).status_code == 200


async def test_a_device_rates_a_unit_once_a_day_and_another_device_beside_it_too(public: Public) -> None:
    token = await public.link(await agency_that_asks(public.database))
    other = await public.link(await agency_that_asks(public.database))
    async with public.at(HOST) as phone, public.at(HOST) as beside:
        assert (await filled_in(phone, token)).status_code == 303
        again = await filled_in(phone, token)
        assert again.status_code == 429
        assert "this device" in again.text
        assert (await filled_in(beside, token)).status_code == 303
        assert (await filled_in(phone, other)).status_code == 303


async def test_whoever_is_refused_for_his_device_uses_up_nothing_of_his_neighbours(public: Public) -> None:
    agency = await agency_that_asks(public.database, an_address=2)
    token = await public.link(agency)
    async with public.at(HOST) as phone, public.at(HOST) as beside:
        await filled_in(phone, token)
        for _ in range(5):
            assert (await filled_in(phone, token)).status_code == 429
        assert (await filled_in(beside, token)).status_code == 303
    assert await public.count(agency) == 2


async def test_one_phone_that_sends_many_forms_at_once_is_counted_once(public: Public) -> None:
    agency = await agency_that_asks(public.database)
    token = await public.link(agency)
    async with public.at(HOST) as phone:
        pages = [await phone.get(f"/umpan-balik/{token}") for _ in range(20)]
        fields = {f"n-{name}": step for name, step in answers().items()}
        sent = await asyncio.gather(
            *(
                phone.post(f"/umpan-balik/{token}", data={"formulir": nonce_in(page.text), **fields})
                for page in pages
            )
        )
    assert sorted(answer.status_code for answer in sent) == [303] + [429] * 19
    assert await public.count(agency) == 1


async def test_neither_address_nor_device_nor_browser_is_kept_or_logged(public: Public) -> None:
    log = io.StringIO()
    configure_logging("json", "info", log)
    agency = await agency_that_asks(public.database)
    token = await public.link(agency)
    async with public.at("203.0.113.99", **{"User-Agent": "Telepon-Murah/9"}) as http:
        answer = await filled_in(http, token)
        assert answer.status_code == 303
        device = http.cookies["perangkat"]
    tables = ("public_answer", "public_text", "public_throttle", "public_salt", "public_link")
    kept = ""
    for table in tables:
        kept += str(await public.value(f"SELECT string_agg(row::text, ' ') FROM {table} AS row"))
    for secret in ("203.0.113.99", device, "Telepon", token):
        assert secret not in kept
        assert secret not in log.getvalue()
    lines = [json.loads(line) for line in log.getvalue().splitlines()]
    assert {line["route"] for line in lines if line["event"] == "request"} >= {"/umpan-balik/{token}"}


async def test_salts_and_counts_die_with_their_day(public: Public) -> None:
    today = limit_day(dt.datetime.now(dt.UTC))
    yesterday = today - dt.timedelta(days=1)
    await public.run("INSERT INTO public_salt VALUES (:day, 'x')", day=yesterday)
    await public.run("INSERT INTO public_throttle VALUES (:day, 'x', 1)", day=yesterday)
    left = "SELECT count(*) FROM public_salt FULL JOIN public_throttle USING (day) WHERE day < :today"
    async with forgetting(public.database), asyncio.timeout(20):
        while await public.value(left, today=today):  # noqa: ASYNC110  # nothing tells us
            await asyncio.sleep(0.05)


@pytest.mark.parametrize(
    ("host", "network"),
    (
        ("192.0.2.1", "192.0.2.1"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("2001:db8:1:2::9", "2001:db8:1:2::/64"),
        ("::ffff:192.0.2.1", "192.0.2.1"),
        ("fe80::1%eth0", "fe80::/64"),
        (None, "?"),
        ("unix", "?"),
    ),
)
def test_of_an_address_its_network_counts(host: str | None, network: str) -> None:
    assert network_of(host) == network


def test_the_day_changes_at_midnight_in_jakarta() -> None:
    before = dt.datetime(2026, 11, 29, 16, 59, 30, tzinfo=dt.UTC)
    assert limit_day(before) == dt.date(2026, 11, 29)
    assert seconds_left(before) == 30
    assert limit_day(before + dt.timedelta(seconds=30)) == dt.date(2026, 11, 30)


async def test_the_agency_may_allow_more(public: Public) -> None:
    agency: SmallAgency = await agency_that_asks(public.database, a_device=3)
    token = await public.link(agency)
    async with public.at(HOST) as phone:
        statuses = [(await filled_in(phone, token)).status_code for _ in range(4)]
    assert statuses == [303, 303, 303, 429]
