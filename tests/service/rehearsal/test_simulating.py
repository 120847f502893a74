"""An agency's year in the pure core, counted."""

from schemes.loading import builtin_scheme
from service.rehearsal.simulating import simulate_agency
from states.rule_context import RuleContext
from states.stages import Stage
from store.cycle.calendars import calendar_of

RULES = RuleContext(builtin_scheme("nasional"), calendar_of(2026, "Asia/Jakarta"))


def test_every_person_has_one_outcome() -> None:
    agency = simulate_agency(120, 2026, RULES)
    assert agency.appraisals == 120
    assert agency.outcomes.keys() <= {
        "agreed",
        "countersigned",
        "upheld",
        "changed",
        "inadmissible",
        "withdrawn",
        "cancelled",
    }


def test_the_same_people_do_the_same_every_time() -> None:
    first, second = simulate_agency(60, 2026, RULES), simulate_agency(60, 2026, RULES)
    assert first.outcomes == second.outcomes
    assert first.events == second.events
    assert first.spreads() == second.spreads()


def test_everybody_is_scheduled_for_the_same_time() -> None:
    spread = simulate_agency(20, 2026, RULES).spreads()[Stage.SCHEDULED]
    assert spread.cases == 20
    assert spread.median == spread.longest > 0


def test_stages_come_in_the_order_of_the_lifecycle_and_none_ends_before_it_begins() -> None:
    spreads = simulate_agency(120, 2026, RULES).spreads()
    assert list(spreads) == [stage for stage in Stage if stage in spreads]
    for spread in spreads.values():
        assert 0 <= spread.median <= spread.ninth_decile <= spread.longest


def test_one_person_is_an_agency_too() -> None:
    agency = simulate_agency(1, 2026, RULES)
    assert agency.appraisals == 1
    assert agency.per_second > 0


def test_progress_is_told_now_and_then() -> None:
    told: list[int] = []
    simulate_agency(250, 2026, RULES, progress=told.append)
    assert told == [100, 200]
