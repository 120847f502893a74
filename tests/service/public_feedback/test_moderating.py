"""What the public wrote: read by HR first, never with a name, and gone in its first form once it was decided about."""

import uuid
from typing import Any

import pytest
import pytest_asyncio
from sqlalchemy.ext.asyncio import AsyncEngine

from tests.fixtures.agency import SmallAgency
from tests.fixtures.public import agency_that_asks
from tests.service.public_feedback.asking import Public, public_on

NAMED = "Pak Rater Kota lambat, telepon 0812-3456-7890, <b>tolong</b> diperbaiki"
MASKED = "Pak (nama) lambat, telepon (nama), <b>tolong</b> diperbaiki"


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def public(template_database: AsyncEngine) -> Public:
    return public_on(template_database)


@pytest_asyncio.fixture(loop_scope="session")
async def agency(public: Public) -> SmallAgency:
    agency = await agency_that_asks(public.database)
    token = await public.link(agency)
    assert (await public.give(token, words=NAMED)).status_code == 201
    return agency


async def waiting(public: Public, agency: SmallAgency) -> Any:
    answer = await public.ask(agency, agency.officer, "GET", "/public-texts")
    assert answer.status_code == 200, answer.text
    return answer.json()["items"]


async def decide(
    public: Public, agency: SmallAgency, text: str, what: str, body: Any = None, who: uuid.UUID | None = None
) -> Any:
    path = f"/public-texts/{text}/{what}"
    return await public.ask(agency, who or agency.officer, "POST", path, body)


async def kept(public: Public, text: str) -> Any:
    return await public.value("SELECT words FROM public_text WHERE id = :id", id=uuid.UUID(text))


async def read_by(public: Public, agency: SmallAgency, who: uuid.UUID) -> Any:
    answer = await public.ask(agency, who, "GET", f"/units/{agency.unit}/public-feedback")
    assert answer.status_code == 200, answer.text
    return answer.json()["texts"]


async def test_hr_reads_what_waits_without_names(public: Public, agency: SmallAgency) -> None:
    (text,) = await waiting(public, agency)
    assert (text["text"], text["state"], text["unit"]) == (MASKED, "waiting", "Badan Contoh")
    assert await read_by(public, agency, agency.head) == []


@pytest.mark.parametrize("who", ("employee", "rater", "head", "director"))
async def test_nobody_else_reads_or_decides(public: Public, agency: SmallAgency, who: str) -> None:
    person: uuid.UUID = getattr(agency, who)
    assert (await public.ask(agency, person, "GET", "/public-texts")).status_code == 403
    (text,) = await waiting(public, agency)
    for what in ("clear", "refuse"):
        assert (await decide(public, agency, text["id"], what, {}, person)).status_code == 403


async def test_a_cleared_text_is_read_without_names_by_those_who_answer_for_the_unit(
    public: Public, agency: SmallAgency
) -> None:
    (text,) = await waiting(public, agency)
    answer = await decide(public, agency, text["id"], "clear", {})
    assert (answer.status_code, answer.json()["state"], answer.json()["text"]) == (200, "cleared", MASKED)
    assert await kept(public, text["id"]) == MASKED
    assert await waiting(public, agency) == []
    for who in (agency.head, agency.officer):
        assert [each["text"] for each in await read_by(public, agency, who)] == [MASKED]
    for who in (agency.employee, agency.rater, agency.superior):
        assert await read_by(public, agency, who) is None


async def test_hr_may_edit_and_a_name_in_the_edited_text_is_masked_too(
    public: Public, agency: SmallAgency
) -> None:
    (text,) = await waiting(public, agency)
    answer = await decide(public, agency, text["id"], "clear", {"text": " Bu Superior Kota lambat. "})
    assert answer.json()["text"] == "Bu (nama) lambat."
    assert await kept(public, text["id"]) == "Bu (nama) lambat."


async def test_a_refused_text_is_gone(public: Public, agency: SmallAgency) -> None:
    (text,) = await waiting(public, agency)
    for _ in range(2):
        answer = await decide(public, agency, text["id"], "refuse")
        assert (answer.status_code, answer.json()["state"], answer.json()["text"]) == (200, "refused", None)
    assert await kept(public, text["id"]) is None
    again = await decide(public, agency, text["id"], "clear", {})
    assert (again.status_code, again.json()["code"]) == (409, "text_decided")


async def test_to_clear_twice_changes_nothing_and_to_clear_otherwise_is_refused(
    public: Public, agency: SmallAgency
) -> None:
    (text,) = await waiting(public, agency)
    for _ in range(2):
        assert (await decide(public, agency, text["id"], "clear", {"text": "Lambat."})).status_code == 200
    other = await decide(public, agency, text["id"], "clear", {"text": "Cepat."})
    assert other.status_code == 409
    assert (await decide(public, agency, text["id"], "refuse")).status_code == 409
    assert await kept(public, text["id"]) == "Lambat."


async def test_whoever_comes_later_is_not_named_in_what_was_cleared_before(
    public: Public, agency: SmallAgency
) -> None:
    (text,) = await waiting(public, agency)
    await decide(public, agency, text["id"], "clear", {"text": "Terima kasih Zulkarnaen."})
    await public.run("UPDATE person SET name = 'Zulkarnaen' WHERE id = :id", id=agency.employee)
    assert [each["text"] for each in await read_by(public, agency, agency.head)] == ["Terima kasih (nama)."]


async def test_texts_of_another_agency_do_not_exist(public: Public, agency: SmallAgency) -> None:
    other = await agency_that_asks(public.database)
    (text,) = await waiting(public, agency)
    assert await waiting(public, other) == []
    for what in ("clear", "refuse"):
        assert (await decide(public, other, text["id"], what, {})).status_code == 404
    assert (await decide(public, agency, str(uuid.uuid4()), "clear", {})).status_code == 404


@pytest.mark.parametrize("text", ("", "  ", "a\0b", "x" * 1501))
async def test_what_is_no_text_clears_nothing(public: Public, agency: SmallAgency, text: str) -> None:
    (found,) = await waiting(public, agency)
    assert (await decide(public, agency, found["id"], "clear", {"text": text})).status_code == 422
    assert len(await waiting(public, agency)) == 1


async def test_the_list_is_read_page_by_page(public: Public, agency: SmallAgency) -> None:
    token = await public.link(agency)
    for number in range(4):
        await public.give(token, words=f"Tulisan {number}")
    seen, cursor = [], ""
    while True:
        path = f"/public-texts?limit=2{f'&cursor={cursor}' if cursor else ''}"
        page = (await public.ask(agency, agency.officer, "GET", path)).json()
        seen += [each["id"] for each in page["items"]]
        cursor = page["next"]
        if not cursor:
            break
    assert len(seen) == len(set(seen)) == 5
    assert (await public.ask(agency, agency.officer, "GET", "/public-texts?cursor=x")).status_code == 400
