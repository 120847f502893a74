"""Years of appraisals through the pure core, on one core."""

from service.simulating import simulate_agency
from states.regime import Regime
from tests.bench.figures import Figure
from schemes.loading import builtin_scheme
from states.national import national_calendar


async def measure(quick: bool) -> list[Figure]:
    """Appraisal-years a second, everybody's temperament mixed as usual."""
    people = 2_000 if quick else 8_000
    regime = Regime(builtin_scheme("nasional"), national_calendar(zone="Asia/Jakarta"))
    agency = simulate_agency(people, 2026, regime)
    return [Figure("simulator", f"{people} appraisal-years", "1/s", agency.per_second, None, "≥ 1 000")]
