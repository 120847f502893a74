"""Decides on a snapshot and records the decision, in one round trip to the database."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine
from temporalio import activity

from states.agenda import agenda
from states.appraisal import Appraisal
from states.codec import Json, dump_event, kind_of, load_appraisal, load_command
from states.commands import Command
from states.decide import advance, decide
from states.errors import DomainError
from states.events import Event
from states.evolve import evolve
from states.regime import Regime
from states.triggers import Trigger
from store.agency.regimes import regime_of
from store.appraisal.history import events_after
from store.appraisal.recording import Decision, record
from store.database import autocommit

WAKE = "wake"
"""Prefix of the command ids under which the clock's events are recorded."""


@dataclass(frozen=True, slots=True)
class _Standpoint:
    """A snapshot and the hash of its last event."""

    appraisal: Appraisal
    head: str


class Recording:
    """The local activity behind every command and every wake."""

    def __init__(self, engine: AsyncEngine) -> None:
        self._engine = autocommit(engine)

    @activity.defn(name="record")
    async def record(self, request: Json) -> Json:
        """Decides what ``request`` (snapshot, head, command or none, business now) leads to and records it.

        Returns the events that follow the snapshot, the new head, the next wake, and the refusal if the command
        was refused. Where the record is ahead of the snapshot, because an earlier answer was lost in a crash,
        the recorded events come first: the engine catches up, and a command among them is done already.
        """
        appraisal = load_appraisal(request["appraisal"])
        standpoint = _Standpoint(appraisal, request["head"])
        command = load_command(request["command"]) if request["command"] else None
        now = dt.datetime.fromisoformat(request["now"])
        regime = await regime_of(self._engine, appraisal)
        caught_up: list[Event] = []
        if request.get("behind"):
            standpoint, caught_up, done = await self._catch_up(standpoint, command)
            if done:
                return _answer(caught_up, standpoint, regime, None)
        while True:
            try:
                events = _decided(standpoint.appraisal, command, now, regime)
            except DomainError as refused:
                return _answer(caught_up, standpoint, regime, refused)
            if not events:
                return _answer(caught_up, standpoint, regime, None)
            written = await self._write(standpoint, events, command, now, regime)
            if written is not None:
                return _answer([*caught_up, *events], written, regime, None)
            standpoint, missed, done = await self._catch_up(standpoint, command)
            caught_up += missed
            if done:
                return _answer(caught_up, standpoint, regime, None)

    async def _write(
        self,
        standpoint: _Standpoint,
        events: list[Event],
        command: Command | None,
        now: dt.datetime,
        regime: Regime,
    ) -> _Standpoint | None:
        decision = Decision(
            before=standpoint.appraisal,
            head=standpoint.head,
            events=tuple(events),
            command_id=command.id if command else f"{WAKE}:{standpoint.appraisal.sequence}",
            fingerprint=command.fingerprint if command else "",
            now=now,
        )
        if command is not None and command.trigger is Trigger.REASSIGN:
            async with self._engine.execution_options(
                isolation_level="READ COMMITTED"
            ).begin() as transaction:
                recorded = await record(transaction, decision, regime)
        else:
            recorded = await self._in_one_statement(decision, regime)
        return _Standpoint(recorded.after, recorded.head) if recorded else None

    async def _in_one_statement(self, decision: Decision, regime: Regime) -> Any:
        connection: AsyncConnection
        async with self._engine.connect() as connection:
            return await record(connection, decision, regime)

    async def _catch_up(
        self, standpoint: _Standpoint, command: Command | None
    ) -> tuple[_Standpoint, list[Event], bool]:
        """Events that were recorded but never reached the engine, and whether the command is among them."""
        async with self._engine.connect() as connection:
            rows = await events_after(connection, standpoint.appraisal.id, standpoint.appraisal.sequence)
        appraisal, head, events, done = standpoint.appraisal, standpoint.head, [], False
        for row in rows:
            event = row.event
            events.append(event)
            appraisal, head = evolve(appraisal, event), row.hash
            done = done or (command is not None and row.command_id == command.id)
        return _Standpoint(appraisal, head), events, done


def _decided(
    appraisal: Appraisal, command: Command | None, now: dt.datetime, regime: Regime
) -> list[Event]:
    if command is None:
        return advance(appraisal, now, regime)[0]
    return decide(appraisal, command, now, regime)


def _answer(
    events: list[Event], standpoint: _Standpoint, regime: Regime, refused: DomainError | None
) -> Json:
    wake = agenda(standpoint.appraisal, regime)
    answer: Json = {
        "events": [[kind_of(event), dump_event(event)] for event in events],
        "head": standpoint.head,
        "wake": wake.isoformat() if wake else None,
    }
    if refused is not None:
        answer["refused"] = refused.details
    return answer

