"""Surveys in a whole year: prepared by a personnel officer, answered over HTTP, and closed on their day."""

import uuid
from collections.abc import Sequence
from typing import Any

from sqlalchemy import text

from activities.attended import kinds_with
from activities.attending import Attending
from activities.sealing import Seals
from tests.service.api.conftest import SECRET
from tests.systems.year import Year

VALUES = (
    "berorientasi_pelayanan",
    "akuntabel",
    "kompeten",
    "harmonis",
    "loyal",
    "adaptif",
    "kolaboratif",
)
Lines = dict[str, str]


async def prepare(year: Year) -> None:
    """Prepares the surveys of the cycle; what was prepared already is left as it is."""
    answer = await year.post(year.officer, f"/cycles/{year.cycle}/surveys", {})
    assert answer.status_code == 200, answer.text


async def attend(year: Year) -> None:
    """Does what is due of all surveys of the cycle, as the engine asks for it."""
    attending = Attending(year.service.database, kinds_with(Seals(SECRET)))
    async with year.service.database.connect() as connection:
        rows = await connection.execute(
            text("SELECT id FROM attended WHERE cycle_id = :id AND kind = 'survey'"), {"id": year.cycle}
        )
        surveys = [str(row.id) for row in rows]
    for survey in surveys:
        await attending.attend({"attended": survey})


async def answer(
    year: Year, about: str, by: Sequence[str], step: str, texts: dict[str, str] | None = None
) -> None:
    """These people answer the survey about somebody, each with the same step for every value."""
    for name in by:
        asked: list[dict[str, Any]] = (await year.seen(name, "/surveys"))["items"]
        (survey,) = (each["id"] for each in asked if each["about"].startswith(about))
        body = {"answers": dict.fromkeys(VALUES, step), "texts": texts or {}}
        headers = {"Idempotency-Key": uuid.uuid4().hex}
        taken = await year.service.post(year.people[name], f"/surveys/{survey}/answer", body, **headers)
        assert taken.status_code in (200, 201), taken.text


async def result(year: Year, about: str, who: str | None = None) -> Any:
    """What the one survey about somebody came to, as somebody sees it."""
    (found,) = (await year.of(about, "surveys", who))["items"]
    return found
