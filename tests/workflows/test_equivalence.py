"""The durable shell does exactly what the pure core says, event for event."""

import asyncio
import dataclasses
import datetime as dt
import random
import uuid
from enum import Enum, auto

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from sqlalchemy.ext.asyncio import AsyncEngine
from temporalio.client import Client
from temporalio.service import RPCError, RPCStatusCode

from states.commands import Command
from states.errors import DomainError
from states.events import Event
from states.following import Position, step_text
from states.rule_context import RuleContext
from states.simulation import ScriptedCommand, simulate
from states.stages import CLOSED_STAGES, Capacity, Stage
from store.following.repository import CaseToFollow
from tests.fixtures.agency import SmallAgency, build_agency
from tests.states.builders import LAUNCHED_AT, PEOPLE
from tests.states.scripts import RULE_SETS, scripts
from tests.workflows.running import RunningAppraisal, Stagehand, stage

SCRIPTS_AT_ONCE = 30
EXAMPLES = 5
"""150 random scripts in all."""

VERSIONED = tuple(
    RuleContext(rules.book.model_copy(update={"version": 100 + number}), rules.calendar)
    for number, rules in enumerate(RULE_SETS)
)
"""The varied rulebooks under versions of their own, as a store refuses two contents under one key."""

PATIENCE = 60
"""Real seconds that one step of a script may take; a workflow whose task fails again and again takes for ever."""

NEVER = dt.datetime(2099, 1, 1, tzinfo=dt.UTC)

AFTERMATH = dt.timedelta(days=40)
"""How long a case is followed after its last command."""


def _real_people(agency: SmallAgency) -> dict[str, str]:
    return {
        PEOPLE[Capacity.EMPLOYEE]: str(agency.employee),
        PEOPLE[Capacity.RATER]: str(agency.rater),
        PEOPLE[Capacity.RATER_SUPERIOR]: str(agency.superior),
        PEOPLE[Capacity.APPEALS_OFFICER]: str(agency.director),
        PEOPLE[Capacity.HR]: str(agency.officer),
    }


def _played_by(
    agency: SmallAgency, employee: uuid.UUID, script: list[ScriptedCommand]
) -> list[ScriptedCommand]:
    """The script with people of the agency in its parts, and away from the minutes at which time itself acts.

    The engine's virtual clock also runs while something is under way, so a command must not lie within seconds of a
    boundary.
    """
    people = _real_people(agency) | {PEOPLE[Capacity.EMPLOYEE]: str(employee)}

    def person(name: str) -> str:
        return people.get(name, str(agency.head)) if name else str(agency.head)

    played, shift = [], dt.timedelta(0)
    for scripted in script:
        minutes = ((scripted.at + shift).hour * 60 + (scripted.at + shift).minute) % (24 * 60)
        near = next((edge for edge in (17 * 60, 60) if abs(minutes - edge) < 15), None)
        if near is not None:
            shift += dt.timedelta(minutes=near + 15 - minutes)
        command = scripted.command
        assignee = person(command.assignee) if command.assignee else None
        played.append(
            ScriptedCommand(
                scripted.at + shift,
                dataclasses.replace(command, actor=person(command.actor), assignee=assignee),
            )
        )
    return played


class Fate(Enum):
    """What becomes of the word that the engine is to hear of a command."""

    TOLD = auto()
    LOST = auto()
    """Whoever recorded it was killed before he told it."""
    DOUBLED = auto()
    LATE = auto()
    """It is told after the next one."""
    OVERTAKEN = auto()
    """It is told now, and once more after the next one."""
    FORGED = auto()
    """Somebody at the engine's port tells something else first."""


FATES = (*[Fate.TOLD] * 5, Fate.LOST, Fate.LOST, Fate.DOUBLED, Fate.LATE, Fate.OVERTAKEN, Fate.FORGED)


class Performance:
    """A script on the real engine, where words to the engine are lost, doubled, late and forged."""

    def __init__(self, running: RunningAppraisal, chance: random.Random) -> None:
        self.running = running
        self._chance = chance
        self._late: list[CaseToFollow] = []

    async def perform(self, script: list[ScriptedCommand]) -> None:
        """Everything that people do, and forty days without anybody."""
        for scripted in script:
            async with asyncio.timeout(PATIENCE):
                await self.running.wait_until(scripted.at)
                await self._act(scripted.command)
        async with asyncio.timeout(PATIENCE):
            await self.running.wait_until(self.running.business_now + AFTERMATH)

    async def _act(self, command: Command) -> None:
        try:
            case = await self.running.record(command)
        except DomainError as refused:
            self.running.refusals.append(refused.code)
            return
        late, self._late = self._late, []
        match self._chance.choice(FATES):
            case Fate.TOLD:
                await self.running.tell(case)
            case Fate.DOUBLED:
                await self.running.tell(case)
                await self.running.tell_only(case)
            case Fate.LATE:
                self._late.append(case)
            case Fate.OVERTAKEN:
                await self.running.tell(case)
                self._late.append(case)
            case Fate.FORGED:
                await self._forge(case)
                await self.running.tell_only(case)
            case Fate.LOST:
                pass
        for each in late:
            await self.running.tell_only(each)

    async def _forge(self, case: CaseToFollow) -> None:
        """Something plausible, or nonsense; whoever is closed by now hears nothing."""
        known = await self.running.position() if not await self.running.is_closed() else None
        if known is None or known["stage"] is None:
            return
        later = Position(
            known["sequence"] + self._chance.choice((-1, 1, 2, 7)),
            self._chance.choice(list(Stage)),
            None,
            self._chance.choice((None, NEVER, dt.datetime(2000, 1, 1, tzinfo=dt.UTC))),
        )
        told = self._chance.choice((step_text(known["sequence"], later), "nonsense"))
        try:
            await self.running.handle.signal("followed", told)
        except RPCError as error:
            if error.status is not RPCStatusCode.NOT_FOUND:
                raise

    async def settle(self) -> None:
        """What the sweeper does in the end: the engine is told of the case as it stands, until it stands there."""
        async with asyncio.timeout(PATIENCE):
            await self.running.tell_only(await self.running.told_anew())
            while True:
                snapshot = await self.running.snapshot()
                if await self.running.is_closed():
                    assert snapshot.stage in CLOSED_STAGES
                    return
                position = await self.running.position()
                if position["sequence"] == snapshot.sequence and not position["unsure"]:
                    assert position["stage"] == snapshot.stage
                    return
                await asyncio.sleep(0.05)


async def _compare(hand: Stagehand, employee: uuid.UUID, script: list[ScriptedCommand], seed: int) -> None:
    running = await hand.launch(employee, at=LAUNCHED_AT)
    performance = Performance(running, random.Random(seed))
    await performance.perform(script)
    await performance.settle()
    rows = await running.events()
    recorded = [(row.command_id, row.event) for row in rows[1:]]
    end = running.business_now + dt.timedelta(minutes=5)
    simulation = simulate(running.first, script, hand.agency.rules, end)
    assert [event for _, event in recorded] == simulation.events, _story(script, recorded)
    refused = [refusal.code for _, refusal in simulation.refusals]
    assert running.refusals == refused, f"{running.refusals} {refused} {_story(script, recorded)}"
    assert [row.sequence for row in rows] == list(range(1, len(rows) + 1))


def _story(script: list[ScriptedCommand], recorded: list[tuple[str, Event]]) -> str:
    asked = [f"{s.at:%F %T} {s.command.id} {s.command.trigger} {s.command.capacity}" for s in script]
    happened = [f"{event.at:%F %T} {command} {type(event).__name__}" for command, event in recorded]
    return "\n".join(["", *asked, "--", *happened])


@pytest.mark.timeout(600)
@given(st.data())
@settings(
    max_examples=EXAMPLES,
    deadline=None,
    phases=(Phase.generate,),
    suppress_health_check=list(HealthCheck),
    derandomize=True,
)
async def test_simulator_and_workflow_give_the_same_events_for_random_scripts(
    client: Client, template_database: AsyncEngine, data: st.DataObject
) -> None:
    rules = data.draw(st.sampled_from(VERSIONED))
    batch = data.draw(st.lists(scripts(rules, most=12), min_size=SCRIPTS_AT_ONCE, max_size=SCRIPTS_AT_ONCE))
    seed = data.draw(st.integers(0, 1 << 30))
    agency = await build_agency(
        template_database,
        name=f"Kota {uuid.uuid4()}",
        employees=len(batch),
        book=rules.book,
        calendar=rules.calendar,
    )
    async with stage(client, template_database, agency) as hand:
        await asyncio.gather(
            *(
                _compare(hand, employee, _played_by(agency, employee, script), seed + number)
                for number, (employee, script) in enumerate(zip(agency.employees, batch, strict=True))
            )
        )
