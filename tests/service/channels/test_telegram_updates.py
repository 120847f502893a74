"""What people say to the bot, on a real PostgreSQL."""

import datetime as dt
import uuid
from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncEngine

from notifications.linking import VALID_FOR, LinkCodes
from service.channels.telegram_updates import HOW, LINKED, NOT_LINKED, STOPPED, Reply, take_update
from tests.fixtures.agency import SmallAgency, build_agency

NOW = dt.datetime(2026, 1, 9, 5, tzinfo=dt.UTC)
CODES = LinkCodes("secret")
CHAT = 123456789


@pytest.fixture
async def agency(database: AsyncEngine) -> SmallAgency:
    return await build_agency(database, employees=2)


def said(words: str, *, chat: int = CHAT, kind: str = "private") -> dict[str, Any]:
    sender = {"id": chat, "is_bot": False, "first_name": "Budi", "language_code": "en"}
    message = {"message_id": 1, "from": sender, "chat": {"id": chat, "type": kind}, "date": 1, "text": words}
    return {"update_id": 1, "message": message}


async def answer(database: AsyncEngine, words: str, *, now: dt.datetime = NOW, chat: int = CHAT) -> str:
    reply = await take_update(database, CODES, said(words, chat=chat), now)
    assert reply is not None
    assert reply.chat == chat
    return reply.text


async def linked(database: AsyncEngine) -> list[tuple[uuid.UUID, str]]:
    async with database.connect() as connection:
        rows = await connection.execute(text("SELECT * FROM contact WHERE confirmed_at IS NOT NULL"))
        return [(row.person_id, row.address) for row in rows]


async def test_a_code_links_the_chat_to_who_asked_for_it(database: AsyncEngine, agency: SmallAgency) -> None:
    assert await answer(database, f"/start {CODES.make(agency.employee, NOW)}") == LINKED
    assert await linked(database) == [(agency.employee, str(CHAT))]


async def test_a_code_links_once(database: AsyncEngine, agency: SmallAgency) -> None:
    code = CODES.make(agency.employee, NOW)
    await answer(database, f"/start {code}")
    assert await answer(database, f"/start {code}", chat=666) == NOT_LINKED
    assert await linked(database) == [(agency.employee, str(CHAT))]


async def test_an_old_code_links_nothing(database: AsyncEngine, agency: SmallAgency) -> None:
    code = CODES.make(agency.employee, NOW - VALID_FOR)
    assert await answer(database, f"/start {code}") == NOT_LINKED
    assert await linked(database) == []


@pytest.mark.parametrize("code", ("x", "A" * 44, LinkCodes("a stranger's").make(uuid.UUID(int=1), NOW)))
async def test_a_code_of_a_stranger_links_nothing(
    database: AsyncEngine, agency: SmallAgency, code: str
) -> None:
    assert await answer(database, f"/start {code}") == NOT_LINKED
    assert await linked(database) == []


async def test_a_code_for_nobody_links_nothing(database: AsyncEngine) -> None:
    assert await answer(database, f"/start {CODES.make(uuid.uuid4(), NOW)}") == NOT_LINKED


async def test_stop_forgets_the_chat(database: AsyncEngine, agency: SmallAgency) -> None:
    await answer(database, f"/start {CODES.make(agency.employee, NOW)}")
    assert await answer(database, "/stop") == STOPPED
    assert await linked(database) == []


async def test_stop_forgets_no_other_chat(database: AsyncEngine, agency: SmallAgency) -> None:
    await answer(database, f"/start {CODES.make(agency.employee, NOW)}")
    await answer(database, "/stop", chat=666)
    assert await linked(database) == [(agency.employee, str(CHAT))]


async def test_who_blocks_the_bot_is_forgotten_without_an_answer(
    database: AsyncEngine, agency: SmallAgency
) -> None:
    await answer(database, f"/start {CODES.make(agency.employee, NOW)}")
    blocked = {
        "my_chat_member": {"chat": {"id": CHAT, "type": "private"}, "new_chat_member": {"status": "kicked"}}
    }
    assert await take_update(database, CODES, blocked, NOW) is None
    assert await linked(database) == []


@pytest.mark.parametrize("words", ("halo", "/start", "/help", "/startx", "/start a b c"))
async def test_anything_else_is_answered_with_how_it_works(database: AsyncEngine, words: str) -> None:
    assert await answer(database, words) == HOW


async def test_the_answer_is_in_the_language_of_the_reader(database: AsyncEngine) -> None:
    update = said("/stop")
    update["message"]["from"]["language_code"] = "id"
    reply = await take_update(database, CODES, update, NOW)
    assert reply == Reply(
        CHAT, "Tidak ada lagi pesan yang dikirim ke sini. Kotak masuk Kinerja tetap berjalan."
    )


async def test_groups_are_not_listened_to(database: AsyncEngine, agency: SmallAgency) -> None:
    update = said(f"/start {CODES.make(agency.employee, NOW)}", kind="group")
    assert await take_update(database, CODES, update, NOW) is None
    assert await linked(database) == []


@pytest.mark.parametrize(
    "content",
    (None, [], {}, {"message": 1}, {"message": {"chat": {"id": "1", "type": "private"}, "text": "/stop"}}),
)
async def test_what_has_another_form_is_passed_over(database: AsyncEngine, content: object) -> None:
    assert await take_update(database, CODES, content, NOW) is None
