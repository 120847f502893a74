"""An agency whose scheme knows results of teams, and what is asked of its teams over HTTP."""

import asyncio
import datetime as dt
import json
import uuid
from dataclasses import dataclass
from typing import Any
from zoneinfo import ZoneInfo

import httpx

from activities.attended import KINDS
from activities.attending import Attending
from schemes.loading import builtin_system
from tests.fixtures.agency import SmallAgency, build_agency
from tests.service.api.conftest import BUSINESS_START, Service, clock_from
from tests.service.api.filling import put

RESULT = {
    "step": "reached",
    "achieved": "Waktu tunggu turun menjadi 41 menit",
    "reason": "Laporan antrean, diperiksa 4 Desember",
}
"""The result of a team as its rater sets it; the step counts 100."""


@dataclass
class Teams:
    """The agency; its first three employees are appraised."""

    service: Service
    agency: SmallAgency
    cases: dict[uuid.UUID, uuid.UUID]

    @property
    def people(self) -> tuple[uuid.UUID, ...]:
        """The employees."""
        return self.agency.employees

    def body(self, **more: Any) -> dict[str, Any]:
        """A team that the first employee leads."""
        return {
            "name": f"Tim {uuid.uuid4().hex[:6]}",
            "task": "Memangkas waktu tunggu pasien",
            "unit": str(self.agency.unit),
            "input": "team",
            "leader": str(self.people[0]),
            "members": [],
            **more,
        }

    async def create(
        self, body: Any = None, who: uuid.UUID | None = None, key: str | None = None
    ) -> httpx.Response:
        """The answer to the creation of a team, by default by the personnel officer."""
        headers = {"Idempotency-Key": key or uuid.uuid4().hex}
        path = f"/cycles/{self.agency.cycle}/teams"
        return await self.service.post(who or self.agency.officer, path, body or self.body(), **headers)

    async def team(self, *members: dict[str, Any], **more: Any) -> str:
        """The id of a new team."""
        answer = await self.create(self.body(members=list(members), **more))
        assert answer.status_code == 201, answer.text
        return str(answer.json()["id"])

    async def rate(
        self, team: str, step: str = "reached", who: uuid.UUID | None = None, key: str | None = None
    ) -> httpx.Response:
        """The answer to a result, by default by whoever rates the leader."""
        headers = {"Idempotency-Key": key or uuid.uuid4().hex}
        body = RESULT | {"step": step}
        answer: httpx.Response = await put(
            self.service, who or self.agency.rater, f"/teams/{team}/result", body, **headers
        )
        return answer

    async def add(self, team: str, body: Any, who: uuid.UUID | None = None) -> httpx.Response:
        """The answer to the adding of a member."""
        headers = {"Idempotency-Key": uuid.uuid4().hex}
        return await self.service.post(who or self.agency.officer, f"/teams/{team}/members", body, **headers)

    async def end(self, team: str, person: uuid.UUID, last: str) -> httpx.Response:
        """The answer to the end of a membership."""
        path = f"/teams/{team}/members/{person}/end"
        return await self.service.post(self.agency.officer, path, {"last_day": last})

    async def carried(self, person: uuid.UUID, who: uuid.UUID | None = None) -> Any:
        """What somebody's file carries, by default as his rater sees it."""
        answer = await self.service.get(who or self.agency.rater, f"/appraisals/{self.cases[person]}/teams")
        assert answer.status_code == 200, answer.text
        return answer.json()

    async def number(self, person: uuid.UUID) -> float | None:
        """The number of the teams in somebody's file."""
        (number,) = (await self.carried(person))["numbers"]
        return float(number["number"]) if number["number"] is not None else None

    async def on(self, day: str, hour: int = 9) -> None:
        """Lets the clock of the cycle stand at a local day and hour."""
        moment = dt.datetime.combine(
            dt.date.fromisoformat(day), dt.time(hour), ZoneInfo("Asia/Jakarta")
        ).astimezone(dt.UTC)
        await self.service.run(
            "UPDATE cycle SET clock = CAST(:clock AS jsonb) WHERE id = :id",
            clock=json.dumps(clock_from(moment)),
            id=self.agency.cycle,
        )

    async def attend(self, team: str) -> str:
        """Does what is due now, as the engine does, and returns whether it is over."""
        answer = await Attending(self.service.database, KINDS).attend({"attended": team})
        return str(answer["state"])

    async def told(self, team: str) -> list[tuple[str, uuid.UUID, int]]:
        """Who was told of a team in his inbox, in the order in which it happened."""
        query = (
            "SELECT json_agg(json_build_array(template, recipient_id, occurrence) ORDER BY created_at, template)"
            " FROM notice WHERE attended_id = :id AND channel = 'inbox'"
        )
        found = await self.service.value(query, id=uuid.UUID(team))
        return [(template, uuid.UUID(person), occurrence) for template, person, occurrence in found or []]


def member(person: uuid.UUID, first: str | None = None, last: str | None = None) -> dict[str, Any]:
    """Somebody who belongs to a team, by default for the whole year."""
    days = {"first_day": first, "last_day": last}
    return {"person": str(person), **{name: day for name, day in days.items() if day is not None}}


async def agency_with_teams(service: Service, name: str, *, opened: bool = True) -> Teams:
    """An agency of its own under the scheme that knows teams; unless ``opened``, without its rules of sight."""
    system = builtin_system("tangsel-evaluasi")
    content = system.content
    if content is not None and not opened:
        content = content.model_copy(update={"sight": ()})
    agency = await build_agency(
        service.database,
        name=name,
        employees=5,
        # A version of a scheme never changes, so other rules are another version.
        book=system.book if opened else system.book.model_copy(update={"version": 99}),
        content=content,
        clock=clock_from(BUSINESS_START),
    )
    service.others.append(agency)
    appraised = agency.employees[:3]
    cases = await asyncio.gather(*(service.launch(agency, each) for each in appraised))
    return Teams(service, agency, dict(zip(appraised, cases, strict=True)))
