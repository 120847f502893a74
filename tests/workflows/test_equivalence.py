"""The durable shell does exactly what the pure core says, event for event."""

import asyncio
import dataclasses
import datetime as dt
import uuid

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from sqlalchemy.ext.asyncio import AsyncEngine
from temporalio.client import Client, WorkflowUpdateFailedError

from states.events import Acted, Event
from states.regime import Regime
from states.simulation import ScriptedCommand, simulate
from states.stages import Capacity
from states.triggers import Trigger
from tests.fixtures.agency import SmallAgency, build_agency
from tests.states.builders import LAUNCHED_AT, PEOPLE
from tests.states.scripts import REGIMES, scripts
from tests.workflows.running import RunningAppraisal, Stagehand, code_of, stage

SCRIPTS_AT_ONCE = 30
EXAMPLES = 7
"""210 random scripts in all."""

VERSIONED = tuple(
    Regime(regime.book.model_copy(update={"version": 100 + number}), regime.calendar)
    for number, regime in enumerate(REGIMES)
)
"""The varied rulebooks under versions of their own, as a store refuses two contents under one key."""

PATIENCE = 60
"""Real seconds that one step of a script may take; a workflow whose task fails again and again takes for ever."""

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

    The engine's virtual clock also runs while a command is under way, so a refused command, of which no record
    tells the exact moment, must not lie within seconds of a boundary.
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


async def _perform(
    hand: Stagehand, running: RunningAppraisal, script: list[ScriptedCommand]
) -> RunningAppraisal:
    for scripted in script:
        async with asyncio.timeout(PATIENCE):
            await running.wait_until(scripted.at)
            if scripted.command.trigger is Trigger.REOPEN and await running.is_closed():
                running = await _reopen(hand, running, scripted)
            else:
                await running.try_to_act(scripted.command)
    async with asyncio.timeout(PATIENCE):
        await running.wait_until(running.business_now + AFTERMATH)
    return running


async def _reopen(hand: Stagehand, running: RunningAppraisal, scripted: ScriptedCommand) -> RunningAppraisal:
    """A closed case has no run that could take the command; a refused one leaves it closed."""
    try:
        return await hand.reopen(running, scripted.command, at=running.business_now)
    except WorkflowUpdateFailedError as failed:
        running.refusals.append(code_of(failed))
        return running


def _as_it_happened(
    script: list[ScriptedCommand], recorded: list[tuple[str, Event]]
) -> list[ScriptedCommand]:
    """The script at the exact moments at which the engine took its commands."""
    # What time had caused until a command is recorded under its id, too; the last is the command itself.
    moments = {command_id: event.at for command_id, event in recorded if isinstance(event, Acted)}
    happened: list[ScriptedCommand] = []
    for scripted in script:
        earlier = happened[-1].at if happened else scripted.at
        moment = moments.get(scripted.command.id, max(scripted.at, earlier))
        happened.append(ScriptedCommand(moment, scripted.command))
    return happened


async def _compare(hand: Stagehand, employee: uuid.UUID, script: list[ScriptedCommand]) -> None:
    running = await hand.launch(employee, at=LAUNCHED_AT)
    running = await _perform(hand, running, script)
    rows = await running.events()
    recorded = [(row.command_id, row.event) for row in rows[1:]]
    regime = hand.agency.regime
    happened = _as_it_happened(script, recorded)
    end = running.business_now + dt.timedelta(minutes=5)
    simulation = simulate(running.first, happened, regime, end)
    assert [event for _, event in recorded] == simulation.events, _story(happened, recorded)
    refused = [refusal.code for _, refusal in simulation.refusals]
    assert running.refusals == refused, f"{running.refusals} {refused} {_story(happened, recorded)}"
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
    regime = data.draw(st.sampled_from(VERSIONED))
    batch = data.draw(st.lists(scripts(regime, most=12), min_size=SCRIPTS_AT_ONCE, max_size=SCRIPTS_AT_ONCE))
    agency = await build_agency(
        template_database,
        name=f"Kota {uuid.uuid4()}",
        employees=len(batch),
        book=regime.book,
        calendar=regime.calendar,
    )
    async with stage(client, template_database, agency) as hand:
        await asyncio.gather(
            *(
                _compare(hand, employee, _played_by(agency, employee, script))
                for employee, script in zip(agency.employees, batch, strict=True)
            )
        )
