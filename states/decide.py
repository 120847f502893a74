"""Decisions: a snapshot, a command and the time give events. Pure."""

import datetime as dt

from states.agenda import agenda, deeming, due_at
from states.appraisal import Appraisal
from states.commands import Command
from states.consequences import consequence
from states.events import Acted, Event, Lapsed, Launched, RungReached
from states.evolve import evolve
from states.permission import refusal
from states.rule_context import RuleContext
from states.rules import RungKind
from states.stages import Capacity, Stage
from states.table import OPENINGS
from states.transition_context import TransitionContext
from states.triggers import RatingBasis, Trigger


def launched(
    *,
    employee: str,
    year: int,
    now: dt.datetime,
    rules: RuleContext,
    period_from: dt.date | None = None,
    basis: RatingBasis | None = None,
    away: bool = False,
) -> Launched:
    """The first event of an appraisal: it waits for the planning window of its year.

    ``period_from`` is the first day of a period that began within the year. Nobody is asked for check-ins whose day
    was over when the period, or the appraisal, began. ``basis`` is that of an employee without a plan of his own,
    who waits for the evaluation; ``away`` says that the employee is not there to be asked.
    """
    stage = Stage.SCHEDULED if basis is None else Stage.SECOND_HALF
    opens = rules.book.stages[stage].opens_next
    if opens is None:
        raise ValueError("the scheme does not say when planning opens")
    begins_on = max(period_from or dt.date.min, rules.calendar.local_date(now))
    over = sum(check_in.in_year(year) <= begins_on for check_in in rules.book.check_ins)
    return Launched(
        now,
        employee,
        year,
        rules.book.key,
        rules.calendar.key,
        opens.in_year(year),
        over,
        period_from,
        basis,
        away,
    )


def decide(
    appraisal: Appraisal,
    command: Command,
    now: dt.datetime,
    rules: RuleContext,
    adopting: RuleContext | None = None,
) -> list[Event]:
    """The events that ``command`` at ``now`` causes, after all that time itself has caused until then.

    ``adopting`` is the calendar, or version of the scheme, by which a command lets the case go on. Raises a
    `DomainError` when the command is refused; nothing has happened then.
    """
    events, current = advance(appraisal, now, rules)
    context = TransitionContext(current, command, now, rules, adopting)
    error = refusal(context)
    if error is not None:
        raise error
    event = consequence(context)
    return [*events, event, *_waiting(current, event, now, rules)]


def advance(appraisal: Appraisal, now: dt.datetime, rules: RuleContext) -> tuple[list[Event], Appraisal]:
    """What time alone has caused until ``now``: events at their legal instants, and the snapshot after them."""
    events: list[Event] = []
    while (moment := agenda(appraisal, rules)) is not None and moment <= now:
        for event in _at(appraisal, moment, rules):
            events.append(event)
            appraisal = evolve(appraisal, event)
    return events, appraisal


def _at(appraisal: Appraisal, moment: dt.datetime, rules: RuleContext) -> list[Event]:
    """The events of the step that is due at ``moment``."""
    if appraisal.opens_on is not None:
        opening = consequence(_by_the_clock(appraisal, OPENINGS[appraisal.stage], moment, rules))
        return [opening, *_waiting(appraisal, opening, moment, rules)]
    if deeming(appraisal, rules) == moment:
        # First, before a step of the same moment: a received result is awaited no longer.
        return [consequence(_by_the_clock(appraisal, Trigger.DEEM_RECEIVED, moment, rules))]
    rule, deadline, step = due_at(appraisal, moment, rules)
    if step.kind != "lapse":
        kind = RungKind(step.kind)
        return [RungReached(moment, deadline.rule, step.name, kind, deadline.due_on, step.audience)]
    lapsed = Lapsed(moment, deadline.rule, deadline.due_on, rule.on_lapse)
    if rule.automatic_trigger is None:
        return [lapsed]
    context = _by_the_clock(evolve(appraisal, lapsed), Trigger(rule.automatic_trigger), moment, rules)
    # The scheme lets the clock act, but the guards still apply: silence counts only after evidenced receipt.
    return [lapsed] if refusal(context) else [lapsed, consequence(context)]


def _waiting(before: Appraisal, event: Acted, now: dt.datetime, rules: RuleContext) -> list[Event]:
    """The clock stands still where a stage that awaits the employee has begun in his absence."""
    if not before.away and event.trigger is not Trigger.NOTE_ABSENCE:
        return []
    context = _by_the_clock(evolve(before, event), Trigger.WAIT_FOR_RETURN, now, rules)
    return [] if refusal(context) else [consequence(context)]


def _by_the_clock(
    appraisal: Appraisal, trigger: Trigger, moment: dt.datetime, rules: RuleContext
) -> TransitionContext:
    command = Command(id="", trigger=trigger, capacity=Capacity.CLOCK, actor="")
    return TransitionContext(appraisal, command, moment, rules)
