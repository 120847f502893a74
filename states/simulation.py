"""Runs a case through the pure core alone, as the service would: no engine, no waiting."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field

from states.appraisal import Appraisal
from states.commands import Command
from states.decide import advance, decide
from states.errors import DomainError
from states.events import Event
from states.evolve import evolve
from states.rule_context import RuleContext


@dataclass(frozen=True, slots=True)
class ScriptedCommand:
    """A command and the moment at which it is given."""

    at: dt.datetime
    command: Command


@dataclass(slots=True)
class Simulation:
    """The result of a script: events after the launch, the last snapshot, and refusals with reasons."""

    appraisal: Appraisal
    events: list[Event] = field(default_factory=list)
    refusals: list[tuple[ScriptedCommand, DomainError]] = field(default_factory=list)

    def wake(self, now: dt.datetime, rules: RuleContext) -> list[Event]:
        """Lets time act until ``now``; returns its events."""
        events, self.appraisal = advance(self.appraisal, now, rules)
        self.events += events
        return events

    def give(self, scripted: ScriptedCommand, rules: RuleContext) -> DomainError | None:
        """Gives one command. A refusal is kept apart, returned, and leaves no event."""
        try:
            events = decide(self.appraisal, scripted.command, scripted.at, rules)
        except DomainError as refusal:
            self.refusals.append((scripted, refusal))
            return refusal
        for event in events:
            self.appraisal = evolve(self.appraisal, event)
        self.events += events
        return None


def simulate(
    appraisal: Appraisal, script: Iterable[ScriptedCommand], rules: RuleContext, until: dt.datetime
) -> Simulation:
    """Runs wakes and commands in order of time until ``until``; commands of one moment keep their order.

    At a moment with both, time acts before the command. Commands after ``until`` are not given.
    """
    simulation = Simulation(appraisal)
    for scripted in sorted(script, key=lambda scripted: scripted.at):
        if scripted.at > until:
            break
        simulation.wake(scripted.at, rules)
        simulation.give(scripted, rules)
    simulation.wake(until, rules)
    return simulation
