"""Decides on a snapshot and records the decision, in one round trip to the database."""

import datetime as dt

from sqlalchemy.ext.asyncio import AsyncEngine
from temporalio import activity

from activities.overtaking import refuse_if_overtaken
from states.agenda import agenda
from states.appraisal import Appraisal
from states.codec import Json, dump_appraisal, load_appraisal, load_command
from states.commands import Command
from states.decide import advance, decide
from states.errors import DomainError
from states.events import Event
from states.evolve import evolve
from states.patch import difference
from states.regime import Regime
from store.agency.regimes import regime_of
from store.appraisal.history import events_after
from store.appraisal.recording import Decision, record, writes_relations
from store.database import autocommit

WAKE = "wake"
"""Prefix of the command ids under which the clock's events are recorded."""


class RecordLost(LookupError):
    """The store does not hold the record that the engine goes by: a wrong database, or an old copy of it.

    The activity is tried again until an operator has put it right; nothing is decided meanwhile.
    """

    def __init__(self, appraisal: str, sequence: int) -> None:
        super().__init__(f"appraisal {appraisal} does not stand at event {sequence} on record")


class Recording:
    """The local activity behind every command and every wake."""

    def __init__(self, engine: AsyncEngine) -> None:
        self._transactional = engine
        self._autocommit = autocommit(engine)

    @activity.defn(name="record")
    async def record(self, request: Json) -> Json:
        """Decides what follows a snapshot and records it.

        ``request``: ``appraisal`` (snapshot), ``command`` (or none for a wake), ``now`` (business moment, ISO
        8601), ``behind`` (the record is known to be ahead) and ``seen`` (the sequence that the sender of the
        command saw). Returns the ``patch`` that makes the snapshot the new one, the next ``wake``, the
        ``refused`` details if the command was refused, and where it is on record (``recorded``) if it was
        there before.

        Where the record is ahead of the snapshot, because an earlier answer was lost in a crash, the engine
        catches up first; a command that is on record already is done and not decided again.
        """
        before = load_appraisal(request["appraisal"])
        command = load_command(request["command"]) if request["command"] else None
        now = dt.datetime.fromisoformat(request["now"])
        regime = await regime_of(self._autocommit, before)
        refused: DomainError | None = None
        appraisal, recorded = await self._catch_up(before, command) if request["behind"] else (before, None)
        while recorded is None:
            try:
                events = _decided(appraisal, command, now, regime)
                if command is not None:
                    seen = request.get("seen", 0)
                    await refuse_if_overtaken(self._autocommit, appraisal, command, seen, now, regime)
            except DomainError as error:
                # The refusal may be due to this very command, recorded before its answer was lost.
                later, recorded = await self._catch_up(appraisal, command)
                if recorded is None and later.sequence == appraisal.sequence:
                    refused = error
                    break
                appraisal = later
                continue
            if not events:
                break
            after = await self._write(_decision(appraisal, events, command, now), regime)
            if after is not None:
                appraisal = after
                break
            later, recorded = await self._catch_up(appraisal, command)
            if recorded is None and later.sequence == appraisal.sequence:
                raise RecordLost(appraisal.id, appraisal.sequence)
            appraisal = later
        wake = agenda(appraisal, regime)
        answer: Json = {"patch": difference(request["appraisal"], dump_appraisal(appraisal))}
        if wake is not None:
            answer["wake"] = wake.strftime("%Y-%m-%dT%H:%M:%SZ")
        if refused is not None:
            answer["refused"] = refused.details
        if recorded is not None:
            answer["recorded"] = recorded
        return answer

    async def _write(self, decision: Decision, regime: Regime) -> Appraisal | None:
        """One statement; what changes a relation as well, in a transaction of its own."""
        if writes_relations(decision.events):
            async with self._transactional.begin() as transaction:
                return await record(transaction, decision, regime)
        async with self._autocommit.connect() as connection:
            return await record(connection, decision, regime)

    async def _catch_up(self, appraisal: Appraisal, command: Command | None) -> tuple[Appraisal, Json | None]:
        """The snapshot after all that is on record, and where the command is on it, if it is."""
        async with self._autocommit.connect() as connection:
            rows = await events_after(connection, appraisal.id, 0 if command else appraisal.sequence)
        recorded: Json | None = None
        for row in rows:
            if command is not None and row.command_id == command.id and "target" in row.body:
                # The last one counts: what time had caused until the command is recorded under its id, too.
                recorded = {
                    "stage": row.body["target"],
                    "sequence": row.sequence,
                    "fingerprint": row.fingerprint,
                }
            if row.sequence > appraisal.sequence:
                appraisal = evolve(appraisal, row.event)
        return appraisal, recorded


def _decided(appraisal: Appraisal, command: Command | None, now: dt.datetime, regime: Regime) -> list[Event]:
    if command is None:
        return advance(appraisal, now, regime)[0]
    return decide(appraisal, command, now, regime)


def _decision(before: Appraisal, events: list[Event], command: Command | None, now: dt.datetime) -> Decision:
    return Decision(
        before=before,
        events=tuple(events),
        command_id=command.id if command else f"{WAKE}:{before.sequence}",
        fingerprint=command.fingerprint if command else "",
        now=now,
    )
