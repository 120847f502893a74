"""One case under a scheme, walked from its plan to the decision on an objection, with everything in it marked."""

import asyncio
import uuid
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Any

import httpx
from sqlalchemy import text

from content.forms.form import Form
from content.parts import Values
from content.rules import ContentRules
from schemes.loading import builtin_system
from states.stages import Capacity
from states.triggers import Trigger
from tests.fixtures.agency import SmallAgency, build_agency
from tests.service.api.changes import done as changed
from tests.service.api.conftest import BUSINESS_START, Service, clock_from
from tests.service.api.meetings import arranged, hours
from tests.service.api.noted import Case
from tests.service.api.results import days_later
from tests.systems.addresses import addresses
from tests.systems.marked import found, mark, marked, noted

STAGES = ("planned", "checked", "assessed", "rated", "delivered", "objected", "decided")
"""The moments at which everybody looks."""
SUBMITTED = {"planned": "plan_review", "checked": "midyear_review", "assessed": "rating"}
"""Where the case stands then, as far as it is not obvious."""

SPREAD = ("/leniency", "/distribution")
"""Where ratings are counted."""


@dataclass
class Walk:
    """The case with its people, and what each of them saw at each moment."""

    service: Service
    rules: ContentRules
    agency: SmallAgency
    case: Case
    check_ins: int
    rater: uuid.UUID
    openapi: Mapping[str, Any]
    operation: str = ""
    seen: dict[tuple[str, str], dict[str, set[str]]] = field(default_factory=dict)
    """Kinds by moment and person, each with the addresses at which it was found."""
    spread: dict[tuple[str, str, str], httpx.Response] = field(default_factory=dict)
    """Answers about all ratings of the unit, by moment, person and the last word of the address."""

    @property
    def people(self) -> dict[str, uuid.UUID]:
        """Who looks. ``own_hr`` is the employee as long as he is a personnel officer as well."""
        agency = self.agency
        return {
            "employee": self.case.employee,
            "own_hr": self.case.employee,
            "rater": self.rater,
            "superior": agency.superior,
            "appeals": agency.director,
            "hr": agency.officer,
            "former": agency.rater,
            "colleague": agency.employees[2],
            "stranger": self.service.elsewhere.officer,
        }

    def form(self, trigger: Trigger) -> tuple[str, Form]:
        """The form of an action with its name."""
        named = self.rules.form_for(trigger)
        assert named is not None
        return named

    async def filled(self, by: uuid.UUID, trigger: Trigger, kind: str) -> Values:
        """The example that the API gives for a form of this case, with its texts marked."""
        name, form = self.form(trigger)
        shown = await self.case.get(f"forms/{name}", by=by)
        assert shown.status_code == 200, shown.text
        return marked(form, shown.json()["example"], kind)

    async def hand_in(self, by: uuid.UUID, trigger: Trigger, kind: str) -> None:
        """A form that is handed in."""
        await self.act(by, trigger, content=await self.filled(by, trigger, kind))

    async def act(self, by: uuid.UUID, trigger: str, **body: Any) -> None:
        """An action that is carried out."""
        answer = await self.service.act(by, self.case.id, trigger, body)
        assert answer.status_code == 200, (trigger, answer.text)

    async def note(self, by: uuid.UUID, entry: str, kind: str, item: str = "") -> None:
        """A note whose texts are marked."""
        body = {"noted_on": "2026-01-05", "item": item}
        content = noted(self.rules.entries[entry].fields, kind, self.rules)
        answer = await self.case.post(f"entries/{entry}", {**body, "content": content}, by=by)
        assert answer.status_code == 201, (entry, answer.text)

    async def save(self, by: uuid.UUID, form: str, content: Values, version: int) -> int:
        """A draft that is sent; the status of the answer."""
        path = f"/api/v1/appraisals/{self.case.id}/drafts/{form}"
        body = {"content": content, "version": version}
        headers = self.service.headers(by)
        return (await self.service.http.put(path, json=body, headers=headers)).status_code

    async def look(self, moment: str, *, everywhere: bool) -> None:
        """Everybody asks every address of the case, and with ``everywhere`` all others as well."""
        if moment in SUBMITTED:
            assert await self.service.stage(self.case.id) == SUBMITTED[moment]
        paths = list(addresses(self.openapi, await self._known(), of_the_case=True))
        if everywhere:
            paths += addresses(self.openapi, await self._known(), of_the_case=False)
        others = [name for name in self.people if name != "own_hr"]
        await asyncio.gather(*(self._ask(moment, name, paths) for name in others))
        await self._grant(self.case.employee)
        await self._ask(moment, "own_hr", paths)
        await self.service.run("DELETE FROM role_grant WHERE person_id = :id", id=self.case.employee)

    async def _ask(self, moment: str, name: str, paths: list[str]) -> None:
        headers = self.service.headers(self.people[name])
        kinds: dict[str, set[str]] = {}
        for path in paths:
            answer = await self.service.http.get(path, headers=headers)
            assert answer.status_code in (200, 403, 404, 409), (path, answer.status_code, answer.text)
            if path.endswith(SPREAD):
                self.spread[moment, name, path.split("/")[-1]] = answer
            for kind in found(answer.content):
                kinds.setdefault(kind, set()).add(path)
        self.seen[moment, name] = kinds

    async def _grant(self, person: uuid.UUID) -> None:
        await self.service.run(
            "INSERT INTO role_grant (person_id, role, agency_id, granted_at) VALUES (:id, 'hr', :agency, now())",
            id=person,
            agency=self.agency.agency,
        )

    async def _known(self) -> dict[str, list[str]]:
        queries = {
            "digest": "SELECT DISTINCT ON (kind) digest FROM document WHERE appraisal_id = :case"
            " ORDER BY kind, created_at DESC",
            "evidence_id": "SELECT id FROM evidence WHERE appraisal_id = :case",
            "team_id": "SELECT team.id FROM team JOIN appraisal ON appraisal.cycle_id = team.cycle_id"
            " WHERE appraisal.id = :case",
            "survey_id": "SELECT id FROM survey WHERE appraisal_id = :case",
            "aside": "SELECT id FROM draft_aside WHERE appraisal_id = :case",
            "message_id": "SELECT message_id FROM notice WHERE appraisal_id = :case AND message_id IS NOT NULL"
            " ORDER BY message_id DESC LIMIT 1",
        }
        known: dict[str, list[str]] = {
            "appraisal_id": [str(self.case.id)],
            "cycle_id": [str(self.agency.cycle)],
            "cycle": [str(self.agency.cycle)],
            "unit_id": [str(self.agency.unit)],
            "person_id": [str(self.case.employee), str(self.rater)],
            "operation_id": [self.operation],
            "form": [name for name, form in self.rules.forms.items() if form.basis is None],
            "drafted": [self.form(trigger)[0] for trigger in (Trigger.SUBMIT_SELF_ASSESSMENT, Trigger.RATE)],
            "number": ["1", "2"],
        }
        async with self.service.database.connect() as connection:
            for name, query in queries.items():
                rows = await connection.execute(text(query), {"case": self.case.id})
                known[name] = [str(value) for (value,) in rows]
        return known


async def walk(service: Service, scheme: str, *, everywhere: Collection[str] = ()) -> Walk:
    """A case that was walked to its end, looked at by everybody at each of the `STAGES`.

    At the moments of ``everywhere`` they also look where no case is named.
    """
    walked = await _begin(service, scheme)
    for moment, step in zip(STAGES, (_plan, _check, _assess, _rate, _deliver, _object, _decide), strict=True):
        await step(walked)
        await walked.look(moment, everywhere=moment in everywhere)
    return walked


async def _begin(service: Service, scheme: str) -> Walk:
    system = builtin_system(scheme)
    assert system.content is not None
    agency = await build_agency(
        service.database,
        name=f"Kota {scheme}",
        employees=3,
        book=system.book,
        content=system.content,
        clock=clock_from(BUSINESS_START),
    )
    service.others.append(agency)
    employee, rater, _colleague = agency.employees
    await service.run(
        "UPDATE assignment SET holder_id = :superior WHERE employee_id = :id",
        superior=agency.superior,
        id=rater,
    )
    case = Case(service, agency, employee, await service.launch(agency, employee))
    await service.until_stage(case.id, "plan_drafting")
    check_ins = 3 if scheme == "samarinda" else 2
    openapi = (await service.http.get("/openapi.json")).json()
    return Walk(service, system.content, agency, case, check_ins, rater, openapi)


async def _plan(walked: Walk) -> None:
    """A plan that was returned once; a note and counselling by a rater who is replaced then."""
    employee, former = walked.case.employee, walked.agency.rater
    await walked.hand_in(employee, Trigger.SUBMIT_PLAN, "plan")
    await walked.act(former, "return_plan", text="Lengkapi target")
    await walked.note(former, "observation", "note")
    await walked.note(former, "counselling", "formercounselling")
    operation = await changed(
        walked.service,
        walked.agency.officer,
        "replace_official",
        official=former,
        successor=walked.rater,
        people=[employee],
    )
    walked.operation = operation["id"]
    await walked.hand_in(employee, Trigger.SUBMIT_PLAN, "plan")
    name, form = walked.form(Trigger.SUBMIT_SELF_ASSESSMENT)
    content: Values = {form.sections[-1].name: {"obstacles": mark("owndraft")}}
    assert await walked.save(employee, name, content, 0) == 200
    assert await walked.save(employee, name, {**content, "later": 1}, 0) == 409


async def _check(walked: Walk) -> None:
    """Evidence, notes of each kind, a check-in that waits for its review, and a rating that is being drafted."""
    employee, rater, officer = walked.case.employee, walked.rater, walked.agency.officer
    await walked.act(rater, "approve_plan")
    await walked.case.added(
        f"Rekapitulasi {mark('evidence')}\n".encode(), f"{mark('evidence')}.txt", title=mark("evidence")
    )
    plan: Any = (await walked.case.get("plan")).json()["in_force"]["plan"]["content"]
    item = next(each["id"] for row in plan["results"] for each in row.get("indicators", ()))
    for entry, rules in walked.rules.entries.items():
        by = rater if Capacity.RATER in rules.by else employee
        kind = entry if rules.confidential or entry == "progress" else "note"
        # A rating in Samarinda needs four observations.
        for _ in range(4 if entry == "observation" else 1):
            await walked.note(by, entry, kind, item if rules.about_required else "")
    for number in range(walked.check_ins):
        await walked.act(officer, "open_check_in")
        await walked.hand_in(employee, Trigger.SUBMIT_CHECK_IN, "checkin")
        if number < walked.check_ins - 1:
            await walked.hand_in(rater, Trigger.REVIEW_CHECK_IN, "checkin")
    name, _form = walked.form(Trigger.RATE)
    assert await walked.save(rater, name, {"overall": {"reason": mark("raterdraft")}}, 0) == 200


async def _assess(walked: Walk) -> None:
    await walked.hand_in(walked.rater, Trigger.REVIEW_CHECK_IN, "checkin")
    await walked.act(walked.agency.officer, "open_evaluation")
    await walked.hand_in(walked.case.employee, Trigger.SUBMIT_SELF_ASSESSMENT, "selfassessment")


async def _rate(walked: Walk) -> None:
    await walked.hand_in(walked.rater, Trigger.RATE, "rating")
    await arranged(walked.service, walked.rater, walked.case.id, hours(place=mark("appointment")))


async def _deliver(walked: Walk) -> None:
    await walked.hand_in(walked.rater, Trigger.DELIVER_RESULT, "meeting")


async def _object(walked: Walk) -> None:
    """The superior has countersigned, so that another one decides; both sides are heard."""
    employee, appeals = walked.case.employee, walked.agency.director
    await walked.act(employee, "acknowledge_receipt")
    await days_later(walked.service, walked.agency, 15)
    await walked.act(walked.agency.superior, "countersign")
    await walked.act(employee, "object", text=mark("objection"))
    await walked.act(appeals, "admit_objection")
    await walked.act(appeals, "ask_employee", text=mark("hearing"))
    await walked.act(appeals, "ask_rater", text=mark("hearing"))
    await walked.act(employee, "give_statement", text=mark("hearing"))
    await walked.act(walked.rater, "give_statement", text=mark("hearing"))


async def _decide(walked: Walk) -> None:
    await walked.act(walked.agency.director, "uphold_result", text=mark("decision"))
