"""A year of a small agency over HTTP: launched, lived day by day on a clock that the test sets, and looked at."""

import asyncio
import dataclasses
import datetime as dt
import json
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from zoneinfo import ZoneInfo

import httpx
from sqlalchemy import text

from activities.starting import appraisal_workflow_id
from schemes.loading import builtin_system
from service.demo.systems import DemoSystem, load_system_agency
from states.national import national_calendar
from states.rule_context import RuleContext
from tests.fixtures.agency import SmallAgency
from tests.service.api.conftest import Service, clock_from
from tests.service.evidence.samples import PDF

YEAR = 2026
_PATIENCE_SECONDS = 60


@dataclass
class Year:
    """The year of an agency of `service.demo.systems`; people go by their names in its roster."""

    service: Service
    agency: uuid.UUID
    cycle: uuid.UUID
    zone: ZoneInfo
    officer: str
    """The personnel officer who operates the system as well."""
    people: Mapping[str, uuid.UUID]
    units: Mapping[str, uuid.UUID] = field(default_factory=dict)
    """The units of people."""
    cases: dict[str, uuid.UUID] = field(default_factory=dict)
    """The cases by employee."""
    today: dt.date = dt.date(YEAR, 1, 5)

    async def on(self, day: str, hour: int = 10, minute: int = 0) -> None:
        """Lets the clock of the cycle stand at a day and hour of the agency's zone."""
        self.today = dt.date.fromisoformat(day)
        moment = dt.datetime.combine(self.today, dt.time(hour, minute), self.zone)
        await self.service.run(
            "UPDATE cycle SET clock = CAST(:clock AS jsonb), rehearsal = true WHERE id = :cycle",
            clock=json.dumps(clock_from(moment.astimezone(dt.UTC))),
            cycle=self.cycle,
        )

    async def launch(self, *names: str) -> None:
        """Launches these people, and waits until their plans may be drafted."""
        path = f"/cycles/{self.cycle}/launch"
        body = {"people": [str(self.people[name]) for name in names], "pace": 0}
        answer = await self.post(self.officer, path, body)
        assert answer.status_code == 202, answer.text
        async with asyncio.timeout(_PATIENCE_SECONDS):
            while not ((await self.seen(self.officer, path))["engine"] or {}).get("done"):  # noqa: ASYNC110
                await asyncio.sleep(0.05)
        lines = (await self.seen(self.officer, f"{path}/results", limit=100))["items"]
        started = {line["person_id"]: line["appraisal_id"] for line in lines if line["outcome"] == "started"}
        for name in names:
            self.cases[name] = uuid.UUID(started[str(self.people[name])])
            await self.service.until_stage(self.cases[name], "plan_drafting")

    async def get(self, who: str, path: str, **parameters: Any) -> httpx.Response:
        """A GET below /api/v1."""
        return await self.service.get(self.people[who], path, **parameters)

    async def seen(self, who: str, path: str, **parameters: Any) -> Any:
        """What somebody is shown there."""
        answer = await self.get(who, path, **parameters)
        assert answer.status_code == 200, answer.text
        return answer.json()

    async def of(self, employee: str, part: str, who: str | None = None, **parameters: Any) -> Any:
        """A part of a case, as the employee sees it unless somebody else is named."""
        return await self.seen(
            who or employee, f"/appraisals/{self.cases[employee]}/{part}".rstrip("/"), **parameters
        )

    async def status(self, employee: str, part: str, who: str, **parameters: Any) -> int:
        """With which status somebody is answered who asks for a part of a case."""
        path = f"/appraisals/{self.cases[employee]}/{part}".rstrip("/")
        return (await self.get(who, path, **parameters)).status_code

    async def post(self, who: str, path: str, body: Any = None) -> httpx.Response:
        """A POST below /api/v1, each with a key of its own."""
        return await self.service.post(self.people[who], path, body, **{"Idempotency-Key": uuid.uuid4().hex})

    async def put(self, who: str, path: str, body: Any) -> httpx.Response:
        """A PUT below /api/v1, each with a key of its own."""
        headers = self.service.headers(self.people[who], **{"Idempotency-Key": uuid.uuid4().hex})
        return await self.service.http.put(f"/api/v1{path}", json=body, headers=headers)

    async def act(
        self, who: str, employee: str, trigger: str, content: Mapping[str, Any] | None = None, **more: Any
    ) -> Any:
        """An action on the case of an employee, with a form where one is handed in; the case after it."""
        answer = await self.tried(who, employee, trigger, content, **more)
        assert answer.status_code == 200, (trigger, answer.text)
        return answer.json()

    async def refused(
        self, who: str, employee: str, trigger: str, content: Mapping[str, Any] | None = None, **more: Any
    ) -> Any:
        """The problem with which an action is refused; nothing is on record of it but the attempt."""
        events = await self.service.events(self.cases[employee])
        answer = await self.tried(who, employee, trigger, content, **more)
        assert 400 <= answer.status_code < 500, (trigger, answer.text)
        assert await self.service.events(self.cases[employee]) == events
        return answer.json()

    async def tried(
        self, who: str, employee: str, trigger: str, content: Mapping[str, Any] | None = None, **more: Any
    ) -> httpx.Response:
        """The answer to an action."""
        body = more if content is None else {"content": content, **more}
        return await self.service.act(self.people[who], self.cases[employee], trigger, body)

    async def note(
        self,
        who: str,
        employee: str,
        kind: str,
        content: Mapping[str, Any],
        *,
        item: str = "",
        on: str | None = None,
    ) -> Any:
        """A note of the year that is taken, of today unless another day is given."""
        body = {"noted_on": on or str(self.today), "item": item, "content": content}
        answer = await self.post(who, f"/appraisals/{self.cases[employee]}/entries/{kind}", body)
        assert answer.status_code == 201, (kind, answer.text)
        return answer.json()

    async def hand_in(
        self, employee: str, title: str, *, item: str = "", content: bytes = PDF, name: str = "laporan.pdf"
    ) -> str:
        """A piece of evidence that is taken; its id."""
        answer = await self.service.http.post(
            f"/api/v1/appraisals/{self.cases[employee]}/evidence",
            data={"title": title, "item": item},
            files={"file": (name, content)},
            headers=self.service.headers(self.people[employee], **{"Idempotency-Key": uuid.uuid4().hex}),
        )
        assert answer.status_code == 201, answer.text
        return str(answer.json()["id"])

    async def history(self, employee: str) -> str:
        """All that the engine has written of a case."""
        handle = self.service.engine.get_workflow_handle(appraisal_workflow_id(self.cases[employee]))
        return (await handle.fetch_history()).to_json()

    async def rest_settled(self) -> None:
        """Waits until the engine follows every case of the year."""
        for case in self.cases.values():
            await self.service.until_followed(case)


async def begin(service: Service, system: DemoSystem, launched: Sequence[str]) -> Year:
    """The agency of a system with its cycle of `YEAR`, created over HTTP, in which these people are launched."""
    agency = await load_system_agency(service.database, system)
    async with service.database.connect() as connection:
        rows = list(
            await connection.execute(
                text("SELECT id, nip, name, unit_id FROM person WHERE agency_id = :id ORDER BY nip"),
                {"id": agency},
            )
        )
        zone = await connection.scalar(text("SELECT zone FROM agency WHERE id = :id"), {"id": agency})
    names = {row.nip: row.name for row in rows}
    people = {row.name: row.id for row in rows}
    officer = names[system.operator]
    _let_sign_in(service, system, agency, zone, tuple(people.values()), people[officer])
    units = {row.name: row.unit_id for row in rows}
    year = Year(service, agency, uuid.UUID(int=0), ZoneInfo(zone), officer, people, units)
    await _open(year, system.scheme, YEAR, f"{YEAR}-01-05", launched)
    return year


async def following(year: Year, system: DemoSystem, day: str, launched: Sequence[str]) -> Year:
    """The year after in the same agency, opened on a day of it, in which these people are launched."""
    after = dataclasses.replace(year, cases={})
    await _open(after, system.scheme, YEAR + 1, day, launched)
    return after


async def _open(year: Year, scheme: str, number: int, day: str, launched: Sequence[str]) -> None:
    body = {"name": f"Kinerja {number}", "year": number, "scheme": scheme}
    created = await year.post(year.officer, "/cycles", body)
    assert created.status_code == 201, created.text
    year.cycle = uuid.UUID(created.json()["id"])
    await year.on(day)
    await year.launch(*launched)


def _let_sign_in(
    service: Service,
    system: DemoSystem,
    agency: uuid.UUID,
    zone: str,
    people: tuple[uuid.UUID, ...],
    officer: uuid.UUID,
) -> None:
    """Makes an agency that comes from a roster known to `Service.headers`, which asks only who belongs to it."""
    rules = RuleContext(builtin_system(system.scheme).book, national_calendar(zone=zone))
    nobody = uuid.UUID(int=0)
    service.others.append(
        SmallAgency(agency, nobody, nobody, officer, officer, officer, officer, officer, people, rules)
    )
