"""The picture of an agency of thousands, and what keeps it ready, against counting in the texts themselves."""

import tempfile
import time
import uuid
from collections.abc import Awaitable, Callable
from pathlib import Path
from statistics import median
from typing import Any

from sqlalchemy import bindparam, text
from sqlalchemy.ext.asyncio import AsyncEngine
from sqlalchemy.types import Uuid

from content.rules import ContentRules
from service.runtime.scratch import scratch_postgres
from service.skills.noting import SkillNoting
from service.skills.picture import picture_in
from store.database import autocommit, create_engine
from store.migrating import upgrade
from tests.bench.figures import Figure
from tests.content.forms.schemes import words
from tests.fixtures.rated import Division, Rated, build_division, put_on_record
from tests.fixtures.skills import RULES
from translations import Locale

SKILLS = tuple(f"skill_{number}" for number in range(15))
STEPS = ("expert", "able", "basic", "none")
_OF_A_UNIT = 25

_ADD_UNITS = text("""
    INSERT INTO unit (id, agency_id, code, name, kind, parent_id, zone)
    SELECT id, CAST(:agency AS uuid), id, 'Seksi', '', parent, 'Asia/Jakarta'
    FROM unnest(CAST(:ids AS uuid[]), CAST(:parents AS uuid[])) AS made(id, parent)
""")

# The rated steps alone, without what was named and what surveys said, which the table has as well.
_IN_THE_TEXTS = text("""
    SELECT appraisal.unit_id, said.key, count(*),
        count(*) FILTER (WHERE said.value ->> 'mastery' IN ('basic', 'none')),
        count(*) FILTER (WHERE said.value ->> 'mastery' = 'expert')
    FROM appraisal
    JOIN document ON document.digest = appraisal.snapshot ->> 'result'
    CROSS JOIN LATERAL jsonb_each(document.content -> 'content' -> 'skills') AS said
    WHERE appraisal.cycle_id = :cycle AND appraisal.stage <> 'cancelled'
    GROUP BY appraisal.unit_id, said.key
""").bindparams(bindparam("cycle", type_=Uuid()))


async def measure(quick: bool) -> list[Figure]:
    """Milliseconds of a picture, and how many cases a second are made ready for it."""
    people, repeats = (2_000, 5) if quick else (5_000, 20)
    with tempfile.TemporaryDirectory(prefix="kinerja-bench-") as directory:
        # PostgreSQL runs as another user below it.
        Path(directory).chmod(0o711)  # noqa: ASYNC240  # once, before anything is measured
        with scratch_postgres(Path(directory) / "postgres") as server:
            database = create_engine(server.url)
            try:
                await upgrade(database)
                return await _measure(database, people, repeats)
            finally:
                await database.dispose()


async def _measure(database: AsyncEngine, people: int, repeats: int) -> list[Figure]:
    division = await build_division(
        database, "Kota Ukur", employees=people, content=ContentRules.model_validate(_rules())
    )
    await _put(database, division)
    began = time.perf_counter()
    derived = 0
    while found := await SkillNoting(database).note_waiting():
        derived += found
    ready = time.perf_counter() - began
    if derived != people:
        raise RuntimeError(f"{derived} cases instead of {people}")
    async with database.begin() as connection:
        await connection.execute(text("ANALYZE"))
    reading, agency = autocommit(database), division.agency

    async def picture() -> None:
        shown = await picture_in(
            database, reading, agency.cycle, agency.unit, agency.agency, Locale.INDONESIAN
        )
        if (shown.people, shown.complete) != (people, True):
            raise RuntimeError(f"{shown.people} people instead of {people}")

    async def texts() -> None:
        async with reading.connect() as connection:
            (await connection.execute(_IN_THE_TEXTS, {"cycle": agency.cycle})).all()

    floor = await _timed(texts, repeats)
    what = f"{people:,} people, {len(SKILLS)} skills, {people // _OF_A_UNIT} units"
    return [
        Figure("skills", f"picture of {what}", "ms", await _timed(picture, repeats), floor, "< 50"),
        Figure("skills", "cases made ready for it", "per s", people / ready),
    ]


async def _timed(question: Callable[[], Awaitable[None]], repeats: int) -> float:
    found = []
    for _ in range(repeats):
        began = time.perf_counter()
        await question()
        found.append((time.perf_counter() - began) * 1000)
    return median(found)


async def _put(database: AsyncEngine, division: Division) -> None:
    """People in sections of a tree of three levels, with ratings in all skills."""
    staff = division.staff
    units = [uuid.uuid4() for _ in range(0, len(staff), _OF_A_UNIT)]
    parents = [division.unit if place < 10 else units[place % 10] for place in range(len(units))]
    async with database.begin() as connection:
        given = {"agency": str(division.agency.agency), "ids": units, "parents": parents}
        await connection.execute(_ADD_UNITS, given)
    for first in range(0, len(staff), 500):
        cases = [
            Rated(person, "good", unit=units[(first + place) // _OF_A_UNIT], filled=_filled(first + place))
            for place, person in enumerate(staff[first : first + 500])
        ]
        await put_on_record(database, division, cases)


def _filled(number: int) -> dict[str, Any]:
    steps = {skill: STEPS[(number * 7 + place * 3) % 4] for place, skill in enumerate(SKILLS)}
    return {
        "skills": {
            skill: {"mastery": step, "reason": "Terlihat sepanjang tahun. " * 4}
            for skill, step in steps.items()
        },
        "overall": {"results": "meets", "behaviour": "meets"},
    }


def _rules() -> dict[str, Any]:
    choices = [{"name": skill, "label": words(skill)} for skill in SKILLS]
    lists = {"skills": {"label": words("skills"), "choices": choices}}
    follow_up = {**RULES["follow_up"], "trainings": []}
    return {**RULES, "lists": lists, "follow_up": follow_up}
