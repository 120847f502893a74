"""Decisions: a snapshot, a command and the time give events. Pure."""

import datetime as dt

from states.agenda import agenda, deeming
from states.appraisal import Appraisal
from states.commands import Command
from states.consequences import consequence
from states.events import Event, Lapsed, Launched, RungReached
from states.evolve import evolve
from states.permission import refusal
from states.rule_context import RuleContext
from states.rules import RungKind
from states.stages import Capacity, Stage
from states.table import OPENINGS
from states.transition_context import TransitionContext
from states.triggers import Trigger


def launched(
    *, employee: str, year: int, now: dt.datetime, rules: RuleContext, period_from: dt.date | None = None
) -> Launched:
    """The first event of a case, which then waits for the planning window of its year.

    ``period_from`` is the first day of a period that began within the year; check-ins until then are over.
    """
    opens = rules.book.stages[Stage.SCHEDULED].opens_next
    if opens is None:
        raise ValueError("the scheme does not say when planning opens")
    over = 0
    if period_from is not None:
        over = sum(check_in.in_year(year) <= period_from for check_in in rules.book.check_ins)
    return Launched(now, employee, year, rules.book.key, rules.calendar.key, opens.in_year(year), over)


def decide(appraisal: Appraisal, command: Command, now: dt.datetime, rules: RuleContext) -> list[Event]:
    """The events that time has caused until ``now``, followed by the event of ``command``.

    Raises a `DomainError` when the command is refused; nothing has changed then.
    """
    events, current = advance(appraisal, now, rules)
    context = TransitionContext(current, command, now, rules)
    error = refusal(context)
    if error is not None:
        raise error
    events.append(consequence(context))
    return events


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
        return [consequence(_by_the_clock(appraisal, OPENINGS[appraisal.stage], moment, rules))]
    if deeming(appraisal, rules) == moment:
        # First, before a step of the same moment: a received result is awaited no longer.
        return [consequence(_by_the_clock(appraisal, Trigger.DEEM_RECEIVED, moment, rules))]
    deadline, rule = appraisal.deadline, rules.running_rule(appraisal)
    if deadline is None or rule is None:
        raise ValueError("a wake without a deadline")
    step = rules.steps(appraisal)[deadline.passed]
    if step.kind != "lapse":
        kind = RungKind(step.kind)
        return [RungReached(moment, deadline.rule, step.name, kind, deadline.due_on, step.audience)]
    lapsed = Lapsed(moment, deadline.rule, deadline.due_on, rule.on_lapse)
    if rule.automatic_trigger is None:
        return [lapsed]
    context = _by_the_clock(evolve(appraisal, lapsed), Trigger(rule.automatic_trigger), moment, rules)
    # The scheme lets the clock act, but the guards still apply: silence counts only after evidenced receipt.
    return [lapsed] if refusal(context) else [lapsed, consequence(context)]


def _by_the_clock(
    appraisal: Appraisal, trigger: Trigger, moment: dt.datetime, rules: RuleContext
) -> TransitionContext:
    command = Command(id="", trigger=trigger, capacity=Capacity.CLOCK, actor="")
    return TransitionContext(appraisal, command, moment, rules)
