"""Closed surveys on everybody of an agency, five peers each: prepared, answered over HTTP, and closed by a worker."""

import asyncio
import datetime as dt
import time
import uuid
from collections import deque

import aiohttp
from sqlalchemy import text

from service.accounts.tokens import TokenSigner
from states.clock import Clock
from states.decide import launched
from store.appraisal.launching import Entrant, appraisal_id, create
from store.database import autocommit
from tests.bench.figures import Figure
from tests.bench.house import SECRET, House, house
from tests.bench.load import drive
from tests.fixtures.surveys import (
    AFTER,
    BEFORE,
    ITEMS,
    OPEN,
    SurveyedAgency,
    answer,
    moment,
    survey_agency,
)

_OF_A_UNIT = 50
_UNITS = text("""
    WITH placed AS (
        SELECT id, (row_number() OVER (ORDER BY id) - 1) / :of AS place FROM person WHERE id = ANY (:people)
    ), units AS (
        INSERT INTO unit (id, agency_id, code, name, kind, zone)
        SELECT gen_random_uuid(), :agency, 'S' || place, 'Seksi ' || place, '', 'Asia/Jakarta'
        FROM (SELECT DISTINCT place FROM placed) AS places
        RETURNING id, code
    )
    UPDATE person SET unit_id = units.id FROM placed JOIN units ON units.code = 'S' || placed.place
    WHERE person.id = placed.id
""")
_WAITING = "SELECT survey_id, person_id FROM survey_invitation WHERE NOT answered ORDER BY random()"


async def measure(quick: bool) -> list[Figure]:
    """Seconds to prepare and to close, answers a second, and how long one of them takes."""
    people, by_hand = (500, 400) if quick else (5_000, 2_000)
    async with house() as home:
        surveys = await surveyed_agency(home, people)
        await surveys.on(BEFORE)
        began = time.perf_counter()
        done = await surveys.prepare()
        prepared = time.perf_counter() - began
        again = time.perf_counter()
        await surveys.prepare()
        repeated = time.perf_counter() - again
        await surveys.on(OPEN)
        ids = deque(row.id for row in await surveys.rows("SELECT id FROM survey"))
        opened = await drive(lambda: surveys.attend(ids.popleft()), pieces=len(ids), at_once=8)
        await home.open_api()
        answered, alone, rest = await _answered(home, surveys, by_hand)
        await surveys.on(AFTER)
        closed = await _closed(home, surveys, people)
    rows = done.surveys * 2 + done.invitations
    return [
        Figure("surveys", f"{people:,} surveys prepared, {rows:,} rows", "s", prepared, aim="seconds"),
        Figure("surveys", "prepared again, nothing lacking", "s", repeated),
        Figure("surveys", "opened with their notices", "surveys/s", opened.rate),
        Figure("surveys", "answers over HTTP, 8 at once", "answers/s", answered),
        Figure("surveys", "one answer over HTTP, alone: p95", "ms", alone, aim="≤ 50"),
        Figure("surveys", "answers without HTTP, 8 at once", "answers/s", rest),
        Figure("surveys", f"{people:,} surveys closed by one worker", "s", closed),
    ]


async def surveyed_agency(home: House, people: int) -> SurveyedAgency:
    """An agency of units of fifty, each person with a case."""
    surveys = await survey_agency(home.database, employees=people, appraised=(), secret=SECRET)
    agency = surveys.agency
    async with home.database.begin() as transaction:
        given = {"people": list(agency.employees), "agency": agency.agency, "of": _OF_A_UNIT}
        await transaction.execute(_UNITS, given)
    units = {row.id: row.unit_id for row in await surveys.rows("SELECT id, unit_id FROM person")}
    for first in range(0, people, 500):
        entrants = [
            Entrant(
                person,
                units[person],
                launched(employee=str(person), year=2026, now=moment("2025-12-15"), rules=agency.rules),
            )
            for person in agency.employees[first : first + 500]
        ]
        async with home.database.begin() as transaction:
            await create(transaction, agency.cycle, entrants, rules=agency.rules, clock=Clock())
    surveys.cases.update({person: appraisal_id(agency.cycle, person) for person in agency.employees})
    async with autocommit(home.database).connect() as connection:
        await connection.execute(text("ANALYZE"))
    return surveys


async def _answered(home: House, surveys: SurveyedAgency, by_hand: int) -> tuple[float, float, float]:
    """Everybody answers: some over HTTP, the rest without."""
    waiting = deque((row.survey_id, row.person_id) for row in await surveys.rows(_WAITING))
    signer = TokenSigner(SECRET)
    body = {"answers": dict.fromkeys(ITEMS, "often"), "texts": {"strong": "Teliti dan sabar."}}

    async with aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=0)) as http:

        async def over_http() -> None:
            survey, person = waiting.popleft()
            token = signer.issue(person, surveys.agency.agency, dt.timedelta(hours=1))
            headers = {"Authorization": f"Bearer {token}", "Idempotency-Key": uuid.uuid4().hex}
            address = f"{home.api}/surveys/{survey}/answer"
            async with http.post(address, json=body, headers=headers) as given:
                if given.status != 200:
                    raise RuntimeError(f"{given.status}: {await given.text()}")

        await drive(over_http, pieces=50, at_once=8)
        many = await drive(over_http, pieces=by_hand, at_once=8)
        alone = await drive(over_http, pieces=by_hand // 2, at_once=1)

    async def without() -> None:
        survey, person = waiting.popleft()
        await surveys.answer(survey, person, answer(strong="Teliti dan sabar."))

    rest = await drive(without, pieces=len(waiting), at_once=8)
    return many.rate, alone.milliseconds(95), rest.rate


async def _closed(home: House, surveys: SurveyedAgency, people: int) -> float:
    """Seconds from the start of a worker until all are closed and counted."""
    began = time.perf_counter()
    await home.open_worker()
    query = "SELECT count(*) FROM survey WHERE outcome = 'counted'"
    async with asyncio.timeout(1_200):
        while await surveys.value(query) < people:  # noqa: ASYNC110  # the worker tells nobody
            await asyncio.sleep(0.1)
    return time.perf_counter() - began
