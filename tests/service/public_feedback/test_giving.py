"""The form of the public as JSON: what is counted, once, and what is refused with a precise answer."""

import asyncio
import base64
import datetime as dt
import json
import uuid

import pytest
import pytest_asyncio
from sqlalchemy.ext.asyncio import AsyncEngine

from service.public_feedback.sealing import FORM_VALID_FOR, LinkTarget, PublicSeals
from tests.fixtures.agency import SmallAgency
from tests.fixtures.public import ELEMENTS, agency_that_asks, answers
from tests.service.public_feedback.asking import SEALS, Public, public_on


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def public(template_database: AsyncEngine) -> Public:
    return public_on(template_database)


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def agency(public: Public) -> SmallAgency:
    return await agency_that_asks(public.database, an_address=1000)


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def token(public: Public, agency: SmallAgency) -> str:
    return await public.link(agency)


async def test_the_form_says_what_is_asked_and_names_nobody(public: Public, token: str) -> None:
    async with public.at() as http:
        answer = await http.get(f"/api/v1/public/{token}")
    form = answer.json()
    assert [each["name"] for each in form["elements"]] == list(ELEMENTS)
    assert [each["name"] for each in form["steps"]] == ["tidak_baik", "kurang_baik", "baik", "sangat_baik"]
    assert form["unit"] == "Badan Contoh"
    assert answer.headers["cache-control"] == "no-store"
    assert "set-cookie" not in answer.headers


async def test_an_answer_is_counted_with_the_day_and_without_a_time(
    public: Public, agency: SmallAgency, token: str
) -> None:
    before = await public.count(agency)
    answer = await public.give(token, answers("baik", sarana="tidak_baik"), words="Kursi kurang")
    assert (answer.status_code, answer.json()["status"]) == (201, "counted")
    assert await public.count(agency) == before + 1
    row = await public.value(
        "SELECT to_jsonb(public_answer) - 'id' - 'unit_id' FROM public_answer"
        " WHERE 3 = ANY (steps) AND unit_id = :unit",
        unit=agency.unit,
    )
    assert row == {
        "scheme": agency.rules.book.key,
        "day": row["day"],
        "steps": [1, 1, 1, 1, 1, 1, 1, 1, 3],
    }
    assert len(row["day"]) == 10


async def test_nothing_connects_words_with_their_answer(
    public: Public, agency: SmallAgency, token: str
) -> None:
    nonce = await public.nonce(token)
    await public.give(token, words="Antrean lama sekali", nonce=nonce)
    count = "SELECT count(*) FROM public_text JOIN public_answer USING (id)"
    assert await public.value(count) == 0


async def test_a_repeat_is_counted_once(public: Public, agency: SmallAgency, token: str) -> None:
    nonce = await public.nonce(token)
    before = await public.count(agency)
    given = [await public.give(token, words="Sekali saja", nonce=nonce) for _ in range(3)]
    assert [answer.status_code for answer in given] == [201, 200, 200]
    assert given[2].json()["status"] == "already_counted"
    assert await public.count(agency) == before + 1
    query = "SELECT count(*) FROM public_text WHERE words = 'Sekali saja'"
    assert await public.value(query) == 1


async def test_the_same_answer_sent_twenty_times_at_once_is_counted_once(
    public: Public, agency: SmallAgency, token: str
) -> None:
    nonce = await public.nonce(token)
    before = await public.count(agency)
    given = await asyncio.gather(*(public.give(token, nonce=nonce) for _ in range(20)))
    assert sorted(answer.status_code for answer in given) == [200] * 19 + [201]
    assert await public.count(agency) == before + 1


def flipped(token: str, bit: int) -> str:
    raw = bytearray(base64.urlsafe_b64decode(token + "=" * (-len(token) % 4)))
    raw[bit // 8] ^= 1 << bit % 8
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


async def test_no_bit_of_a_link_may_be_another(public: Public, agency: SmallAgency, token: str) -> None:
    before = await public.count(agency)
    nonce = await public.nonce(token)
    for bit in range(0, len(token) * 6, 7):
        forged = flipped(token, bit)
        assert SEALS.read_link(forged) is None
    for forged in (
        flipped(token, 3),
        flipped(token, 140),
        token[:-1],
        token + "A",
        token + "=",
        "x",
        "é",
        "%00",
    ):
        assert (await public.give(forged, nonce=nonce)).status_code == 404
    assert await public.count(agency) == before


def test_a_token_can_be_written_in_one_way_only() -> None:
    made = SEALS.link_token(LinkTarget(uuid.uuid4(), 1))
    others = {made[:-1] + last for last in "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"}
    assert [each for each in others if SEALS.read_link(each) is not None] == [made]
    # The two letters of the alphabet that base64 has for addresses have other spellings elsewhere.
    for number in range(60):
        token = SEALS.link_token(LinkTarget(uuid.UUID(int=number), 1))
        for ours, theirs in (("-", "+"), ("_", "/")):
            if ours in token:
                assert SEALS.read_link(token.replace(ours, theirs)) is None


async def test_the_signature_of_another_unit_or_secret_opens_nothing(public: Public, token: str) -> None:
    other = await public.link(await agency_that_asks(public.database))
    mixed = base64.urlsafe_b64encode(
        base64.urlsafe_b64decode(token)[:18] + base64.urlsafe_b64decode(other)[18:]
    ).decode()
    target = SEALS.read_link(token)
    assert target is not None
    elsewhere = PublicSeals("another secret that is long enough").link_token(target)
    unknown = SEALS.link_token(LinkTarget(uuid.uuid4(), 1))
    newer = SEALS.link_token(LinkTarget(target.link, target.version + 1))
    for forged in (mixed, elsewhere, unknown, newer):
        async with public.at() as http:
            answer = await http.get(f"/api/v1/public/{forged}")
        assert (answer.status_code, answer.json()["code"]) == (404, "not_found")


async def test_a_nonce_is_good_for_its_link_and_its_hours_only(
    public: Public, agency: SmallAgency, token: str
) -> None:
    target = SEALS.read_link(token)
    assert target is not None
    old = SEALS.form_nonce(target.link, dt.datetime.now(dt.UTC) - FORM_VALID_FOR)
    other = SEALS.form_nonce(uuid.uuid4(), dt.datetime.now(dt.UTC))
    before = await public.count(agency)
    for nonce in (old, other, "x", "A" * 60, flipped(await public.nonce(token), 130)):
        answer = await public.give(token, nonce=nonce)
        assert (answer.status_code, answer.json()["code"]) == (409, "form_expired")
    assert await public.count(agency) == before


async def test_every_wrong_field_is_named(public: Public, token: str) -> None:
    given = answers(waktu="9")
    del given["biaya"]
    answer = await public.give(token, {**given, "kepala": "baik"}, words="x" * 301)
    assert (answer.status_code, answer.json()["code"]) == (422, "invalid")
    assert {each["field"] for each in answer.json()["errors"]} == {
        "/answers/waktu",
        "/answers/biaya",
        "/answers/kepala",
        "/text",
    }


@pytest.mark.parametrize(
    ("content", "media", "status"),
    (
        (b"[]", "application/json", 422),
        (b"{", "application/json", 400),
        (b'{"answers": {"waktu": 4}, "nonce": "x"}', "application/json", 422),
        (b'{"answers": {"waktu": "baik", "waktu": "tidak_baik"}, "nonce": "x"}', "application/json", 422),
        (b'{"answers": {}, "nonce": "x", "person": "y"}', "application/json", 422),
        (b'{"answers": {}, "nonce": "x", "text": "\\ud800"}', "application/json", 400),
        (b"\xff\xfe", "application/json", 400),
        (b"a=b", "application/x-www-form-urlencoded", 415),
        (b"a", "text/plain", 415),
        (b'{"answers": ' + b"[" * 20_000, "application/json", 400),
        (b" " * 1_000_000, "application/json", 413),
    ),
)
async def test_what_is_no_answer_is_refused_precisely(
    public: Public, token: str, content: bytes, media: str, status: int
) -> None:
    async with public.at() as http:
        answer = await http.post(f"/api/v1/public/{token}", content=content, headers={"Content-Type": media})
    assert answer.status_code == status, answer.text
    assert answer.headers["content-type"] == "application/problem+json"


async def test_nul_in_words_is_refused_and_markup_is_kept_as_words(public: Public, token: str) -> None:
    assert (await public.give(token, words="a\0b")).status_code == 422
    assert (await public.give(token, words="<script>alert(1)</script>")).status_code == 201


async def test_a_closed_form_says_so_and_opens_again_under_the_same_print(public: Public) -> None:
    agency = await agency_that_asks(public.database)
    token = await public.link(agency)
    nonce = await public.nonce(token)
    assert await public.link(agency, open=False) == token
    answer = await public.give(token, nonce=nonce)
    assert (answer.status_code, answer.json()["code"]) == (410, "form_closed")
    assert await public.link(agency) == token
    assert (await public.give(token, nonce=nonce)).status_code == 201


async def test_no_answer_enters_a_rating(public: Public, agency: SmallAgency, token: str) -> None:
    everything = "SELECT count(*) FROM input_result"
    before = await public.value(everything)
    await public.give(token, answers("tidak_baik"))
    assert await public.value(everything) == before
    columns = """
        SELECT string_agg(column_name, ' ') FROM information_schema.columns
        WHERE table_name IN ('public_answer', 'public_throttle', 'public_salt')
    """
    assert "person" not in await public.value(columns)
    assert "appraisal" not in await public.value(columns)


async def test_the_body_of_the_openapi_example_is_well_formed(public: Public) -> None:
    async with public.at() as http:
        document = (await http.get("/openapi.json")).json()
    schema = document["components"]["schemas"]["NewPublicAnswer"]
    assert json.dumps(schema["examples"])
    assert "/umpan-balik/{token}" not in document["paths"]
