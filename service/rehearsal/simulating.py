"""Simulates a whole agency's year in the pure core, without engine and database."""

import datetime as dt
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from statistics import quantiles

from states.decide import launched
from states.events import Acted
from states.evolve import launch
from states.rule_context import RuleContext
from states.scripted.year import simulate_year
from states.simulation import Simulation
from states.stages import Capacity, Stage

_EACH_RATES = 8
"""Employees of one rater, raters of one superior, and so on up."""

_DAY = dt.timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Spread:
    """How long cases stayed in a stage, in days."""

    cases: int
    median: float
    ninth_decile: float
    longest: float


@dataclass(slots=True)
class SimulatedAgency:
    """The results of a simulated year."""

    outcomes: Counter[str] = field(default_factory=Counter)
    events: int = 0
    seconds: float = 0.0
    _stays: dict[Stage, list[float]] = field(default_factory=dict)

    @property
    def appraisals(self) -> int:
        """How many appraisals were simulated."""
        return self.outcomes.total()

    @property
    def per_second(self) -> float:
        """Appraisal-years simulated in a second on one core."""
        return self.appraisals / self.seconds if self.seconds else 0.0

    def spreads(self) -> dict[Stage, Spread]:
        """How long each stage took, in the order of the lifecycle. Every stay in a stage counts."""
        return {stage: _spread(self._stays[stage]) for stage in Stage if stage in self._stays}

    def take_in(self, began: dt.datetime, simulation: Simulation) -> None:
        """Counts one finished simulation that began at ``began``."""
        appraisal = simulation.appraisal
        self.outcomes[appraisal.outcome or appraisal.stage] += 1
        self.events += 1 + len(simulation.events)
        for event in simulation.events:
            if isinstance(event, Acted) and event.target is not event.source:
                self._stays.setdefault(event.source, []).append((event.at - began) / _DAY)
                began = event.at


def simulate_agency(
    people: int, year: int, rules: RuleContext, *, progress: Callable[[int], None] = lambda _done: None
) -> SimulatedAgency:
    """Simulates the year of ``people`` invented employees. The same people do the same every time.

    ``progress`` is called after each hundred with the number done so far.
    """
    agency = SimulatedAgency()
    start = rules.calendar.start_of_day(dt.date(year - 1, 12, 1))
    began = time.perf_counter()
    for number in range(people):
        event = launched(employee=f"pegawai-{number}", year=year, now=start, rules=rules)
        simulation = simulate_year(launch(f"{year}-{number}", event), rules, _superiors(number))
        agency.take_in(start, simulation)
        if number % 100 == 99:
            progress(number + 1)
    agency.seconds = time.perf_counter() - began
    return agency


def _superiors(number: int) -> dict[Capacity, str]:
    rater = number // _EACH_RATES
    superior = rater // _EACH_RATES
    return {
        Capacity.EMPLOYEE: f"pegawai-{number}",
        Capacity.RATER: f"penilai-{rater}",
        Capacity.RATER_SUPERIOR: f"atasan-{superior}",
        Capacity.APPEALS_OFFICER: f"atasan-{superior}",
        Capacity.HR: "kepegawaian",
    }


def _spread(days: list[float]) -> Spread:
    if len(days) == 1:
        return Spread(1, days[0], days[0], days[0])
    tenths = quantiles(days, n=10, method="inclusive")
    return Spread(len(days), tenths[4], tenths[8], max(days))
