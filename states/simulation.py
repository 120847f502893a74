"""An appraisal run through the pure core alone, as the durable shell runs it: no engine, no waiting."""

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
    """What came of a script: the events after the launch, the last snapshot, and what was refused and why."""

    appraisal: Appraisal
    events: list[Event] = field(default_factory=list)
    refusals: list[tuple[ScriptedCommand, DomainError]] = field(default_factory=list)

    def wake(self, now: dt.datetime, rules: RuleContext) -> list[Event]:
        """Let time itself act until ``now``; what it caused."""
        events, self.appraisal = advance(self.appraisal, now, rules)
        self.events += events
        return events

    def give(self, scripted: ScriptedCommand, rules: RuleContext) -> DomainError | None:
        """Give one command; a refused one is kept apart, leaves no event and is returned."""
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
    """Wakes by the agenda and commands in order of time, those of one moment as given, all until ``until``.

    At a moment that has both, time acts before the command. Commands after ``until`` are not given.
    """
    simulation = Simulation(appraisal)
    for scripted in sorted(script, key=lambda scripted: scripted.at):
        if scripted.at > until:
            break
        simulation.wake(scripted.at, rules)
        simulation.give(scripted, rules)
    simulation.wake(until, rules)
    return simulation
