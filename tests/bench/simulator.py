"""Years of appraisals through the pure core, on one core."""

import time

from schemes.loading import builtin_scheme
from service.rehearsal.simulating import simulate_agency
from states.national import national_calendar
from states.rule_context import RuleContext
from tests.bench.figures import Figure


async def measure(quick: bool) -> list[Figure]:
    """Appraisal-years a second, everybody's temperament mixed as usual."""
    people = 2_000 if quick else 8_000
    rules = RuleContext(builtin_scheme("nasional"), national_calendar(zone="Asia/Jakarta"))
    began = time.process_time()
    simulate_agency(people, 2026, rules)
    # Of this process alone, so that others on the machine do not count.
    rate = people / (time.process_time() - began)
    return [Figure("simulator", f"{people} appraisal-years, per core", "1/s", rate, None, "≥ 1 000")]
