"""Where people can be reached: what they add, stop, and are told where nothing arrives."""

import datetime as dt
import uuid
from collections.abc import AsyncIterator
from typing import Any
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest
import pytest_asyncio

from service.channels.reach import Reach
from service.channels.telegram_updates import take_update
from store.message.channels import ChannelName
from tests.fixtures.agency import SmallAgency
from tests.service.api.conftest import Service
from tests.service.api.reached import CODES, Reached, reached

PATH = "/me/addresses"


@pytest_asyncio.fixture(loop_scope="session")
async def agency(service: Service) -> SmallAgency:
    return await service.new_agency()


@pytest_asyncio.fixture(loop_scope="session")
async def ask(service: Service) -> AsyncIterator[Reached]:
    async with reached(service) as found:
        yield found


def number() -> str:
    """A mobile number that nobody has."""
    return f"+62812{uuid.uuid4().int % 10**8:08d}"


async def lines(ask: Reached, person: uuid.UUID) -> dict[str, Any]:
    answer = await ask("GET", person, PATH)
    assert answer.status_code == 200, answer.text
    return {each["channel"]: each for each in answer.json()["addresses"]}


async def add(ask: Reached, person: uuid.UUID, channel: str, address: str | None) -> httpx.Response:
    return await ask("POST", person, PATH, {"channel": channel, "address": address, "consent": True})


async def spoil(service: Service, person: uuid.UUID, channel: str, address: str) -> None:
    await service.run(
        """INSERT INTO contact (id, person_id, channel, address, added_at, bad_since, bad_answer)
        VALUES (gen_random_uuid(), :person, :channel, :address, now(), now(), '550 5.1.1 no such user')
        ON CONFLICT (person_id, channel, address) DO UPDATE SET bad_since = now()""",
        person=person,
        channel=channel,
        address=address,
    )


async def test_at_first_there_is_the_e_mail_of_the_roster(ask: Reached, agency: SmallAgency) -> None:
    found = await lines(ask, agency.employee)
    assert {channel: each["state"] for channel, each in found.items()} == {
        "email": "in_use",
        "whatsapp": "none",
        "telegram": "none",
        "webhook": "none",
    }
    assert found["email"]["address"].endswith("@contoh.example")
    assert all(each["what_to_do"] is None for each in found.values())


async def test_a_mobile_number_is_taken_with_its_consent(ask: Reached, agency: SmallAgency) -> None:
    wanted = number()
    before = dt.datetime.now(dt.UTC)
    answer = await add(ask, agency.employee, "whatsapp", wanted)
    assert answer.status_code == 200, answer.text
    found = (await lines(ask, agency.employee))["whatsapp"]
    assert (found["address"], found["state"]) == (wanted, "in_use")
    assert dt.datetime.fromisoformat(found["since"]) >= before


async def test_without_consent_nothing_is_taken(ask: Reached, agency: SmallAgency) -> None:
    answer = await ask("POST", agency.employee, PATH, {"channel": "whatsapp", "address": number()})
    assert (answer.status_code, answer.json()["errors"][0]["field"]) == (422, "/consent")
    assert (await lines(ask, agency.employee))["whatsapp"]["state"] == "none"


async def test_another_number_replaces_the_former_one(
    ask: Reached, service: Service, agency: SmallAgency
) -> None:
    for _ in range(2):
        wanted = number()
        assert (await add(ask, agency.employee, "whatsapp", wanted)).status_code == 200
    assert (await lines(ask, agency.employee))["whatsapp"]["address"] == wanted
    count = "SELECT count(*) FROM contact WHERE person_id = :id"
    assert await service.value(count, id=agency.employee) == 1


async def test_the_same_number_again_changes_nothing_but_its_moment(
    ask: Reached, agency: SmallAgency
) -> None:
    wanted = number()
    for _ in range(2):
        assert (await add(ask, agency.employee, "whatsapp", wanted)).status_code == 200
    assert (await lines(ask, agency.employee))["whatsapp"]["address"] == wanted


async def test_nobody_takes_the_number_of_another_by_a_word(ask: Reached, agency: SmallAgency) -> None:
    wanted = number()
    await add(ask, agency.employee, "whatsapp", wanted)
    answer = await add(ask, agency.rater, "whatsapp", wanted)
    assert (answer.status_code, answer.json()["code"]) == (409, "address_taken")
    assert (await lines(ask, agency.employee))["whatsapp"]["address"] == wanted
    assert (await lines(ask, agency.rater))["whatsapp"]["state"] == "none"


async def test_a_number_that_was_given_up_may_be_taken(ask: Reached, agency: SmallAgency) -> None:
    wanted = number()
    await add(ask, agency.employee, "whatsapp", wanted)
    answer = await ask("DELETE", agency.employee, f"{PATH}/whatsapp")
    assert answer.status_code == 200, answer.text
    assert (await add(ask, agency.rater, "whatsapp", wanted)).status_code == 200


async def test_a_gateway_is_told_what_it_knows_the_person_by(ask: Reached, agency: SmallAgency) -> None:
    address = f"pegawai/{uuid.uuid4()}"
    assert (await add(ask, agency.employee, "webhook", address)).status_code == 200
    assert (await lines(ask, agency.employee))["webhook"]["address"] == address


@pytest.mark.parametrize(
    ("channel", "address"),
    (
        ("whatsapp", "+6221500000"),
        ("whatsapp", "nomor saya"),
        ("whatsapp", None),
        ("webhook", ""),
        ("webhook", " x"),
        ("webhook", "a\nb"),
        ("webhook", "a\0b"),
        ("webhook", "x" * 321),
        ("telegram", "@budi"),
    ),
)
async def test_an_address_that_cannot_be_one_is_refused(
    ask: Reached, agency: SmallAgency, channel: str, address: str | None
) -> None:
    answer = await add(ask, agency.employee, channel, address)
    assert (answer.status_code, answer.json()["errors"][0]["field"]) == (422, "/address")


@pytest.mark.parametrize("channel", ("email", "inbox", "pigeon"))
async def test_only_chat_channels_take_addresses(ask: Reached, agency: SmallAgency, channel: str) -> None:
    answer = await add(ask, agency.employee, channel, "budi@contoh.example")
    assert (answer.status_code, answer.json()["errors"][0]["field"]) == (422, "/channel")
    assert (await ask("DELETE", agency.employee, f"{PATH}/{channel}")).status_code == 404


async def test_a_link_connects_the_telegram_chat_once(
    ask: Reached, service: Service, agency: SmallAgency
) -> None:
    answer = await add(ask, agency.employee, "telegram", None)
    assert answer.status_code == 200, answer.text
    link = urlsplit(answer.json()["link"])
    assert (link.netloc, link.path) == ("t.me", "/kinerja_contoh_bot")
    (code,) = parse_qs(link.query)["start"]
    now = dt.datetime.now(dt.UTC) + dt.timedelta(seconds=1)
    for chat in (4711, 4712):
        update = {"message": {"chat": {"id": chat, "type": "private"}, "text": f"/start {code}"}}
        await take_update(service.database, CODES, update, now)
    found = (await lines(ask, agency.employee))["telegram"]
    assert (found["address"], found["state"]) == ("4711", "in_use")
    await ask("DELETE", agency.employee, f"{PATH}/telegram")
    assert (await lines(ask, agency.employee))["telegram"]["state"] == "none"


async def test_stopping_what_was_never_begun_is_harmless(ask: Reached, agency: SmallAgency) -> None:
    assert (await ask("DELETE", agency.employee, f"{PATH}/webhook")).status_code == 200


async def test_a_channel_that_is_not_set_up_takes_no_address(service: Service, agency: SmallAgency) -> None:
    async with reached(service, Reach()) as bare:
        for channel, address in (("whatsapp", number()), ("telegram", None), ("webhook", "x")):
            answer = await add(bare, agency.employee, channel, address)
            assert (answer.status_code, answer.json()["code"]) == (409, "channel_not_configured")


async def test_no_link_is_made_to_a_bot_without_a_name(service: Service, agency: SmallAgency) -> None:
    async with reached(service, Reach(frozenset(ChannelName))) as nameless:
        answer = await add(nameless, agency.employee, "telegram", None)
    assert (answer.status_code, answer.json()["code"]) == (409, "channel_not_configured")


async def test_where_mail_does_not_arrive_it_is_told_who_corrects_it(
    ask: Reached, service: Service, agency: SmallAgency
) -> None:
    email = (await lines(ask, agency.employee))["email"]["address"]
    await spoil(service, agency.employee, "email", email)
    found = (await lines(ask, agency.employee))["email"]
    assert (found["state"], found["bad_since"] is not None) == ("bad", True)
    assert found["what_to_do"].startswith("Tell your personnel officer an e-mail address that works")
    assert "550" not in str(found)


async def test_an_e_mail_address_that_was_corrected_is_in_use_again(
    ask: Reached, service: Service, agency: SmallAgency
) -> None:
    email = (await lines(ask, agency.employee))["email"]["address"]
    await spoil(service, agency.employee, "email", email)
    await service.run("UPDATE person SET email = 'baru@contoh.example' WHERE id = :id", id=agency.employee)
    found = (await lines(ask, agency.employee))["email"]
    assert (found["address"], found["state"]) == ("baru@contoh.example", "in_use")


async def test_somebody_without_e_mail_is_told_whom_to_tell(
    ask: Reached, service: Service, agency: SmallAgency
) -> None:
    await service.run("UPDATE person SET email = '' WHERE id = :id", id=agency.employee)
    found = (await lines(ask, agency.employee))["email"]
    assert (found["state"], found["address"]) == ("none", None)
    assert "the roster has no e-mail address" in found["what_to_do"].lower()


async def test_a_number_that_went_bad_may_be_given_again(
    ask: Reached, service: Service, agency: SmallAgency
) -> None:
    wanted = number()
    await add(ask, agency.employee, "whatsapp", wanted)
    await spoil(service, agency.employee, "whatsapp", wanted)
    assert (await lines(ask, agency.employee))["whatsapp"]["state"] == "bad"
    assert (await add(ask, agency.employee, "whatsapp", wanted)).status_code == 200
    assert (await lines(ask, agency.employee))["whatsapp"]["state"] == "in_use"


async def test_addresses_are_shown_after_signing_in_only(ask: Reached) -> None:
    assert (await ask.http.get(f"/api/v1{PATH}")).status_code == 401
