"""A whole year of one case with scripted people."""

import datetime as dt
from collections.abc import Mapping

from states.agenda import agenda
from states.appraisal import Appraisal
from states.commands import Command
from states.errors import ConflictOfInterest
from states.events import RungReached
from states.rule_context import RuleContext
from states.scripted.behaviour import PlannedAction, next_action
from states.scripted.temperament import USUAL_MIX, Temperament, temperament_of
from states.simulation import ScriptedCommand, Simulation
from states.stages import Capacity
from states.triggers import Trigger

YEARS_AT_MOST = 4
"""How many years a simulation runs at most; a case with everything late needs less than two."""


def simulate_year(
    appraisal: Appraisal,
    rules: RuleContext,
    people: Mapping[Capacity, str],
    mix: Mapping[Temperament, float] = USUAL_MIX,
    until: dt.datetime | None = None,
) -> Simulation:
    """Runs a case until nothing moves it any more, or until ``until``.

    ``people`` names who acts in each capacity except the clock's; their ids fix their temperaments. A stand-in,
    named after the person, replaces anybody who is absent or would judge his own cause.
    Raises `DomainError` if the core refuses anything else: that is a fault of the script.
    """
    return _Year(appraisal, rules, people, mix).run(until)


class _Year:
    def __init__(
        self,
        appraisal: Appraisal,
        rules: RuleContext,
        people: Mapping[Capacity, str],
        mix: Mapping[Temperament, float],
    ) -> None:
        self.simulation = Simulation(appraisal)
        self.rules = rules
        self.people = dict(people) | {Capacity.EMPLOYEE: appraisal.employee}
        self.temperaments = {capacity: temperament_of(who, mix) for capacity, who in self.people.items()}
        self.now = appraisal.entered_at

    def run(self, until: dt.datetime | None) -> Simulation:
        end = until or self.now + dt.timedelta(days=366 * YEARS_AT_MOST)
        simulation = self.simulation
        planned = self._planned()
        while True:
            wake = agenda(simulation.appraisal, self.rules)
            moments = [at for at in (wake, planned.at if planned else None) if at is not None]
            if not moments or min(moments) > end:
                return simulation
            self.now = min(moments)
            if planned is not None and (wake is None or planned.at < wake):
                self._act(planned)
            else:
                caused = simulation.wake(self.now, self.rules)
                if all(isinstance(event, RungReached) for event in caused):
                    continue  # rungs change nobody's next action
            planned = self._planned()

    def _planned(self) -> PlannedAction | None:
        return next_action(self.simulation.appraisal, self.temperaments, self.now, self.rules)

    def _act(self, planned: PlannedAction) -> None:
        refusal = self._give(planned)
        if isinstance(refusal, ConflictOfInterest):
            replacing = PlannedAction(
                trigger=Trigger.REASSIGN,
                capacity=Capacity.HR,
                at=planned.at,
                delay=planned.delay,
                needs_text=True,
                assigned_capacity=planned.capacity,
            )
            refusal = self._give(replacing)
        if refusal is not None:
            raise refusal
        self._deliver(planned)

    def _deliver(self, planned: PlannedAction) -> None:
        """If receipt may be deemed, a provider reports at once that the notice of the result arrived."""
        if planned.trigger is not Trigger.DELIVER_RESULT or self.rules.book.receipt.deemed_after is None:
            return
        arrival = Command(
            id=f"step-{self.simulation.appraisal.sequence}",
            trigger=Trigger.NOTE_DELIVERY,
            capacity=Capacity.CLOCK,
            actor="",
            delivered_on=self.rules.calendar.local_date(planned.at),
        )
        refusal = self.simulation.give(ScriptedCommand(planned.at, arrival), self.rules)
        if refusal is not None:
            raise refusal

    def _give(self, planned: PlannedAction) -> Exception | None:
        sequence = self.simulation.appraisal.sequence
        replaced = planned.assigned_capacity
        stand_in = None if replaced is None else f"{self.people[replaced]}+"
        command = planned.command(
            id=f"step-{sequence}",
            actor=self.people[planned.capacity],
            assignee=stand_in,
            document=f"text-{sequence}",
        )
        refusal = self.simulation.give(ScriptedCommand(planned.at, command), self.rules)
        if refusal is None and replaced is not None and stand_in is not None:
            self.people[replaced] = stand_in
            self.temperaments[replaced] = Temperament.STEADY
        return refusal
