"""One attempt at a case on record: time or a command decides, and the decision is written if nobody was quicker."""

import datetime as dt
import uuid
from collections.abc import Callable
from dataclasses import dataclass, replace

from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from content.rating.resting import rests_on_plan
from states.appraisal import Appraisal
from states.clock import Clock
from states.codec import load_appraisal
from states.command_keys import WAKE
from states.commands import Command
from states.decide import advance, decide
from states.errors import PlanInWords
from states.following import Position, position_of
from states.rule_context import RuleContext
from states.stages import Stage
from store.agency.content_rules import content_rules_of
from store.agency.rule_contexts import rule_context_on
from store.appraisal.decision import Decision, Document
from store.appraisal.on_record import CaseOnRecord, case_on_record
from store.appraisal.recording import is_one_statement, record
from store.following.repository import CaseToFollow, note_looked
from store.plan.in_words import plan_in_words


class CaseUnknown(LookupError):
    """There is no such case on record."""


@dataclass(frozen=True, slots=True)
class Prepared:
    """A command, after the right to give it was checked on the present record."""

    on_record: CaseOnRecord
    command: Command
    documents: tuple[Document, ...] = ()


@dataclass(frozen=True, slots=True)
class Done:
    """A command that is on record, and where the case stood right after it."""

    stage: str
    sequence: int


async def advanced(
    connection: AsyncConnection, appraisal: uuid.UUID, moment: Callable[[dt.datetime], dt.datetime]
) -> Position | None:
    """Records what time has caused; None if the case has changed since it was read. Raises `CaseUnknown`."""
    on_record = await case_on_record(connection, appraisal, "")
    if on_record is None:
        raise CaseUnknown(str(appraisal))
    before = load_appraisal(on_record.snapshot)
    rules = await rule_context_on(connection, before)
    clock = Clock.from_data(on_record.clock)
    now = clock.business(moment(on_record.at))
    events, _ = advance(before, now, rules)
    if not events:
        position = position_of(before, rules, clock, now)
        await note_looked(connection, appraisal, position)
        return position
    decision = Decision(before, tuple(events), f"{WAKE}{before.sequence}", "", now, clock, told=True)
    after = await record(connection, decision, rules)
    return None if after is None else position_of(after, rules, clock, now)


async def adopted_by(connection: AsyncConnection, before: Appraisal, command: Command) -> RuleContext | None:
    """The version of the scheme, or the calendar, that the command names, with what the case keeps beside it.

    Raises `PlanInWords` for a version under which nobody could rate the case.
    """
    if command.rulebook is None and command.calendar is None:
        return None
    if command.rulebook is not None:
        await _refuse_unratable(connection, before, command.rulebook)
    changed = replace(
        before,
        rulebook=command.rulebook or before.rulebook,
        calendar=command.calendar or before.calendar,
    )
    return await rule_context_on(connection, changed)


async def _refuse_unratable(connection: AsyncConnection, before: Appraisal, rulebook: str) -> None:
    rules = await content_rules_of(connection, rulebook)
    if rules is None or before.basis is not None or not rests_on_plan(rules):
        return
    submitted = before.stage_of_work in (Stage.PLAN_SCREENING, Stage.PLAN_REVIEW)
    if await plan_in_words(connection, uuid.UUID(before.id), submitted=submitted):
        raise PlanInWords


async def decided(
    connection: AsyncConnection, prepared: Prepared, transactional: AsyncEngine
) -> tuple[Done, CaseToFollow] | None:
    """Decides and writes; what the engine is told of it. None if the case has changed since it was read.

    Raises a `DomainError` if the core refuses, and `RulesUnknown` if the command names rules that the store does not
    hold. Relations are written in a transaction of ``transactional``.
    """
    on_record, command = prepared.on_record, prepared.command
    before = load_appraisal(on_record.snapshot)
    rules = await rule_context_on(connection, before)
    clock = Clock.from_data(on_record.clock)
    now = clock.business(on_record.at)
    adopting = await adopted_by(connection, before, command)
    events = tuple(decide(before, command, now, rules, adopting))
    decision = Decision(
        before,
        events,
        command.id,
        command.fingerprint,
        now,
        clock,
        documents=prepared.documents,
        adopting=adopting,
    )
    after = await _written(connection, decision, rules, transactional)
    if after is None:
        return None
    case = CaseToFollow(
        appraisal=on_record.appraisal,
        position=position_of(after, decision.rules_for(after, rules), clock, now),
        after=before.sequence,
        cycle=on_record.cycle,
        unit=on_record.unit,
        year=on_record.year,
    )
    return Done(after.stage.value, after.sequence), case


async def _written(
    connection: AsyncConnection, decision: Decision, rules: RuleContext, transactional: AsyncEngine
) -> Appraisal | None:
    """Writes in one statement or, if more follows from it, in one transaction of several."""
    if is_one_statement(decision):
        return await record(connection, decision, rules)
    # A command that holds a connection must not wait for a second one.
    await connection.close()
    async with transactional.begin() as transaction:
        return await record(transaction, decision, rules)
