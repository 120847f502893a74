"""The page: readable without a script, in two languages, and patient with whoever forgets a question."""

import re

import httpx
import pytest
import pytest_asyncio
from sqlalchemy.ext.asyncio import AsyncEngine

from store.database import create_engine
from tests.fixtures.agency import SmallAgency
from tests.fixtures.public import ELEMENTS, agency_that_asks, answers
from tests.service.public_feedback.asking import Public, nonce_in, public_on

MARKUP = '<script>alert("x")</script>&amp;'


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def public(template_database: AsyncEngine) -> Public:
    return public_on(template_database)


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def agency(public: Public) -> SmallAgency:
    return await agency_that_asks(public.database, a_device=50)


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def token(public: Public, agency: SmallAgency) -> str:
    return await public.link(agency)


def fields(page: str, *, without: str = "", words: str = "", **others: str) -> dict[str, str]:
    steps = {f"n-{name}": step for name, step in answers(**others).items() if name != without}
    return {"formulir": nonce_in(page), "teks": words, **steps}


async def opened(http: httpx.AsyncClient, token: str, **parameters: str) -> httpx.Response:
    return await http.get(f"/umpan-balik/{token}", params=parameters or None)


async def test_the_page_is_light_and_holds_no_script_and_no_inline_style(public: Public, token: str) -> None:
    async with public.at() as http:
        page = await opened(http, token)
        (style,) = re.findall(r'href="(/gaya/[^"]+)"', page.text)
        css = await http.get(style)
    assert page.status_code == 200
    assert len(page.content) + len(css.content) < 50_000
    assert "<script" not in page.text
    assert "style=" not in page.text
    assert page.text.count('type="radio"') == 36
    assert css.headers["content-type"].startswith("text/css")
    policy = page.headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert page.headers["cache-control"] == "no-store"
    assert page.headers["referrer-policy"] == "no-referrer"


async def test_the_page_is_indonesian_first_and_english_on_demand(public: Public, token: str) -> None:
    async with public.at(**{"Accept-Language": "de"}) as http:
        plain = (await opened(http, token)).text
        english = (await opened(http, token, bahasa="en")).text
        odd = (await opened(http, token, bahasa="xx")).text
    assert '<html lang="id">' in plain
    assert "Kirim</button>" in plain
    assert "nama orang" in plain
    assert '<html lang="en">' in english
    assert "Send</button>" in english
    assert '<html lang="id">' in odd


async def test_the_device_is_a_cookie_that_no_script_reads(public: Public, token: str) -> None:
    async with public.at() as http:
        cookie = (await opened(http, token)).headers["set-cookie"]
    for part in ("HttpOnly", "SameSite=lax", "Secure", "Path=/umpan-balik"):
        assert part in cookie


async def test_an_answer_leads_to_the_thanks(public: Public, agency: SmallAgency, token: str) -> None:
    before = await public.count(agency)
    async with public.at() as http:
        page = await opened(http, token)
        sent = await http.post(f"/umpan-balik/{token}", data=fields(page.text, words="Bagus"))
        assert (sent.status_code, sent.headers["location"]) == (
            303,
            f"/umpan-balik/{token}/terima-kasih?bahasa=en",
        )
        thanks = await http.get(sent.headers["location"])
        assert "Thank you" in thanks.text
        again = await http.post(f"/umpan-balik/{token}", data=fields(page.text, words="Bagus"))
        assert again.status_code == 303
    assert await public.count(agency) == before + 1


async def test_a_forgotten_question_is_named_and_the_rest_stays_filled_in(
    public: Public, agency: SmallAgency, token: str
) -> None:
    before = await public.count(agency)
    async with public.at(**{"Accept-Language": "id"}) as http:
        page = await opened(http, token)
        given = fields(page.text, without="waktu", words=MARKUP, biaya="tidak_baik")
        sent = await http.post(f"/umpan-balik/{token}", data=given)
    assert sent.status_code == 422
    assert 'href="#n-waktu"' in sent.text
    assert 'id="n-waktu-wrong"' in sent.text
    assert "Pilih salah satu" in sent.text
    assert sent.text.count(" checked>") == 8
    assert re.search(r'name="n-biaya" value="tidak_baik" checked', sent.text)
    assert "<script" not in sent.text
    assert "&lt;script&gt;" in sent.text
    assert await public.count(agency) == before


async def test_two_steps_for_one_question_are_none(public: Public, token: str) -> None:
    async with public.at() as http:
        page = await opened(http, token)
        body = {**fields(page.text, without="waktu"), "n-waktu": ["baik", "tidak_baik"]}
        sent = await http.post(f"/umpan-balik/{token}", data=body)
    assert sent.status_code == 422
    assert 'id="n-waktu-wrong"' in sent.text


async def test_an_old_form_is_given_back_filled_in_and_can_be_sent(public: Public, token: str) -> None:
    async with public.at() as http:
        page = await opened(http, token)
        old = {**fields(page.text, words="Kata-kata saya"), "formulir": "x"}
        given_back = await http.post(f"/umpan-balik/{token}", data=old)
        assert given_back.status_code == 409
        assert "Kata-kata saya" in given_back.text
        assert given_back.text.count(" checked>") == len(ELEMENTS)
        assert (await http.post(f"/umpan-balik/{token}", data=fields(given_back.text))).status_code == 303


@pytest.mark.parametrize(
    ("content", "media", "status"),
    (
        (b"{}", "application/json", 415),
        (b"a", "multipart/form-data; boundary=x", 415),
        (b"", "", 415),
        (b"a=%ff", "application/x-www-form-urlencoded", 400),
        (b"\xff=a", "application/x-www-form-urlencoded", 400),
        (b"&".join(b"n-%d=a" % number for number in range(200)), "application/x-www-form-urlencoded", 400),
        (b"teks=" + b"a" * 1_000_000, "application/x-www-form-urlencoded", 413),
    ),
)
async def test_what_is_no_form_is_refused_in_words(
    public: Public, token: str, content: bytes, media: str, status: int
) -> None:
    async with public.at() as http:
        answer = await http.post(f"/umpan-balik/{token}", content=content, headers={"Content-Type": media})
    assert answer.status_code == status
    assert answer.headers["content-type"] == "text/html; charset=utf-8"


async def test_nul_and_unknown_questions_count_nothing(
    public: Public, agency: SmallAgency, token: str
) -> None:
    before = await public.count(agency)
    async with public.at() as http:
        page = await opened(http, token)
        for more in ({"teks": "a\0b"}, {"n-kepala": "baik"}, {"n-waktu": "5"}, {"n-waktu": "a\0"}):
            sent = await http.post(f"/umpan-balik/{token}", data={**fields(page.text), **more})
            assert sent.status_code == 422
    assert await public.count(agency) == before


async def test_a_link_that_is_not_ours_is_explained(public: Public) -> None:
    async with public.at(**{"Accept-Language": "id"}) as http:
        for token in ("x", "A" * 44, "%3Cscript%3E"):
            answer = await opened(http, token)
            assert answer.status_code == 404
            assert "Tautan ini tidak berlaku" in answer.text
            assert "<script" not in answer.text
            assert (await http.post(f"/umpan-balik/{token}", data={"teks": ""})).status_code == 404


async def test_while_the_database_is_away_the_page_says_so(token: str) -> None:
    nowhere = create_engine("postgresql+asyncpg://nobody@127.0.0.1:1/nothing")
    async with public_on(nowhere).at() as http:
        answer = await opened(http, token)
    assert (answer.status_code, answer.headers["content-type"]) == (503, "text/html; charset=utf-8")
    await nowhere.dispose()
