"""Every journey of the demonstration gets to its stage, on the pure core."""

import datetime as dt
import uuid
from dataclasses import replace

import pytest

from schemes.loading import builtin_scheme
from service.demo.cast import cast, journey_plan, others_plan, whole_plan
from service.demo.journeys import Journey, next_morning
from service.demo.scenes import AFTERWARDS, SCENES, SHOWN, Scene
from service.demo.systems import NASIONAL, SAMARINDA, SYSTEMS
from service.rehearsal.clocks import pace_at
from service.rehearsal.cycle import year_begins
from service.rehearsal.people import Ensemble
from service.rehearsal.planning import usual_plan
from states.agenda import agenda
from states.appraisal import Appraisal
from states.decide import launched
from states.evolve import launch
from states.rule_context import RuleContext
from states.scripted.temperament import Temperament
from states.simulation import ScriptedCommand, Simulation
from states.stages import Stage
from states.triggers import Trigger
from store.cycle.calendars import calendar_of
from store.cycle.rehearsing import RehearsedCase
from tests.service.rehearsal.conftest import person

RULES = RuleContext(builtin_scheme("nasional"), calendar_of(2026, "Asia/Jakarta"))
JOURNEYS = [(scene, journey) for scene in SCENES for journey in scene.journeys]
NAMES = [f"{scene.name}: {journey.goal} {journey.revision}" for scene, journey in JOURNEYS]
NATIONAL = [scene for scene in SCENES if scene.system is NASIONAL]
NOW = dt.datetime(2026, 5, 1, tzinfo=dt.UTC)
SETTLING = dt.timedelta(seconds=4)


def rules_of(scene: Scene) -> RuleContext:
    """The scene's own scheme, with the calendar of its zone."""
    return RuleContext(
        builtin_scheme(scene.system.scheme), calendar_of(scene.year, str(scene.stands_at.tzinfo))
    )


def travelled(scene: Scene, journey: Journey) -> Simulation:
    """The journey's case when the scene is looked at, with everybody acting on the next morning."""
    rules = rules_of(scene)
    event = launched(employee="pegawai", year=scene.year, now=year_begins(scene.year), rules=rules)
    simulation = Simulation(launch("kasus", event))
    while True:
        appraisal = simulation.appraisal
        step = journey.step(appraisal, next_morning(appraisal, rules))
        moments = [at for at in (agenda(appraisal, rules), step.at if step else None) if at is not None]
        if not moments or min(moments) > scene.stands_at:
            return simulation
        if step is not None and step.at == min(moments):
            command = step.command(id=f"{appraisal.sequence}", actor=_actor(step.capacity), document="teks")
            assert simulation.give(ScriptedCommand(step.at, command), rules) is None
        else:
            simulation.wake(min(moments), rules)


def _actor(capacity: str) -> str:
    return "pegawai" if capacity == "employee" else capacity


@pytest.mark.parametrize(("scene", "journey"), JOURNEYS, ids=NAMES)
def test_a_journey_ends_where_its_case_is_to_be_seen(scene: Scene, journey: Journey) -> None:
    assert journey.has_ended(travelled(scene, journey).appraisal)


def test_the_journeys_and_the_unopened_year_fill_every_stage_of_the_national_scheme() -> None:
    filled = {journey.goal for scene in NATIONAL for journey in scene.journeys}
    filled |= {Stage.SCHEDULED for scene in NATIONAL if scene.is_unopened}
    assert filled == SHOWN == frozenset(Stage) - {Stage.PLAN_SCREENING, Stage.MODERATION}


def test_a_reopened_case_has_been_final_before() -> None:
    (scene, journey) = next(each for each in JOURNEYS if each[1].revision == 2)
    triggers = [getattr(event, "trigger", None) for event in travelled(scene, journey).events]
    assert triggers.index(Trigger.FINALISE) < triggers.index(Trigger.REOPEN)


@pytest.mark.parametrize("scene", SCENES, ids=[scene.name for scene in SCENES])
def test_a_scene_stands_where_it_is_looked_at_and_goes_on_slowly(scene: Scene) -> None:
    clock = scene.clock(NOW, settling=SETTLING)
    there = NOW if scene.is_unopened else NOW + SETTLING + dt.timedelta(seconds=scene.seconds)
    assert abs(clock.business(there) - scene.stands_at) < dt.timedelta(minutes=1)
    assert pace_at(clock, there + SETTLING) == pytest.approx(AFTERWARDS)


@pytest.mark.parametrize("scene", [each for each in SCENES if not each.is_unopened])
def test_the_next_reminders_come_within_two_minutes(scene: Scene) -> None:
    eight = scene.stands_at.replace(hour=8, minute=0)
    assert dt.timedelta(0) < (eight - scene.stands_at) / AFTERWARDS <= dt.timedelta(minutes=2)
    assert rules_of(scene).calendar.is_working(scene.stands_at.date())


def test_each_system_has_a_scene_and_its_people_are_enough_for_the_journeys() -> None:
    for system in SYSTEMS:
        raters = {person.superior_nip for person in system.roster().people}
        staff = [person for person in system.roster().people if person.nip not in raters]
        scenes = [scene for scene in SCENES if scene.system is system]
        assert scenes
        assert all(0 <= len(scene.journeys) < len(staff) for scene in scenes)


def test_samarinda_is_looked_at_after_three_quarters_with_somebody_in_rating() -> None:
    (scene,) = [scene for scene in SCENES if scene.system is SAMARINDA]
    in_rating = [journey for journey in scene.journeys if journey.goal is Stage.RATING]
    assert in_rating
    assert travelled(scene, in_rating[0]).appraisal.check_ins_done == 3


@pytest.mark.parametrize("scheme", ("pp30-numerik", "gerunggang"))
def test_results_have_been_handed_over_where_they_are_to_be_seen(scheme: str) -> None:
    (scene,) = [scene for scene in SCENES if scene.system.scheme == scheme]
    triggers = [
        {getattr(event, "trigger", None) for event in travelled(scene, journey).events}
        for journey in scene.journeys
    ]
    assert sum(Trigger.DELIVER_RESULT in each for each in triggers) >= 5
    assert sum(Trigger.AGREE in each for each in triggers) >= 3


def test_nobody_but_staff_is_on_a_journey_and_the_largest_section_comes_first() -> None:
    head, chief, other = (uuid.UUID(int=number) for number in (1, 2, 3))
    people = [person(1), person(2, rater=head), person(3, rater=head), person(4, rater=other)]
    people += [person(number, rater=chief) for number in (5, 6, 7)]
    journeys = cast(SCENES[0], Ensemble(people), {each.id for each in people})
    assert [employee.int for employee in journeys] == [5, 6, 7, 4]
    assert list(journeys.values()) == list(SCENES[0].journeys)


def test_whoever_has_no_appraisal_is_not_on_a_journey() -> None:
    people = [person(1), person(2, rater=uuid.UUID(int=1)), person(3, rater=uuid.UUID(int=1))]
    assert list(cast(SCENES[0], Ensemble(people), {people[2].id})) == [people[2].id]


def _waiting_case(stage: Stage) -> RehearsedCase:
    employee = str(uuid.UUID(int=5))
    event = launched(employee=employee, year=2026, now=year_begins(2026), rules=RULES)
    simulation = Simulation(launch(str(uuid.UUID(int=50)), event))
    simulation.wake(dt.datetime(2026, 1, 2, 1, tzinfo=dt.UTC), RULES)
    assert simulation.appraisal.stage is stage
    return RehearsedCase(simulation.appraisal, {})


@pytest.mark.parametrize("ready", (False, True))
def test_a_case_at_the_end_of_its_journey_is_left_alone(ready: bool) -> None:
    case = _waiting_case(Stage.PLAN_DRAFTING)
    journeys = {case.employee: Journey(Stage.PLAN_DRAFTING)}
    plan = journey_plan(SCENES[0], Ensemble([person(5)]), journeys, lambda: ready)
    assert plan(case, SCENES[0].stands_at, RULES) is None


def test_a_case_that_is_late_on_its_journey_loses_no_more_time() -> None:
    case = _waiting_case(Stage.PLAN_DRAFTING)
    journeys = {case.employee: Journey(Stage.PLAN_REVIEW)}
    plan = journey_plan(SCENES[0], Ensemble([person(5)]), journeys, lambda: False)
    late = SCENES[0].stands_at + dt.timedelta(minutes=5)
    in_time = plan(case, year_begins(2026), RULES)
    at_once = plan(case, late, RULES)
    assert in_time is not None
    assert at_once is not None
    assert in_time.at == dt.datetime(2026, 1, 5, 1, 30, tzinfo=dt.UTC)
    assert at_once.at == late


def test_those_on_no_journey_act_by_temperament_and_the_others_do_not() -> None:
    case = _waiting_case(Stage.PLAN_DRAFTING)
    ensemble = Ensemble([person(5)], {Temperament.PROMPT: 1.0})
    on_journey = others_plan(ensemble, {case.employee: Journey(Stage.PLAN_REVIEW)})
    usual = others_plan(ensemble, {})(case, year_begins(2026), RULES)
    assert on_journey(case, year_begins(2026), RULES) is None
    assert usual is not None
    assert usual.trigger is Trigger.SUBMIT_PLAN


def test_one_plan_for_all_lets_the_ends_of_journeys_alone_and_the_others_act() -> None:
    case = _waiting_case(Stage.PLAN_DRAFTING)
    ensemble = Ensemble([person(5)], {Temperament.PROMPT: 1.0})
    ended = whole_plan(SCENES[0], ensemble, {case.employee: Journey(Stage.PLAN_DRAFTING)}, lambda: False)
    others = whole_plan(SCENES[0], ensemble, {}, lambda: False)(case, year_begins(2026), RULES)
    assert ended(case, year_begins(2026), RULES) is None
    assert others is not None
    assert others.trigger is Trigger.SUBMIT_PLAN


def test_an_extension_that_comes_late_still_reaches_into_the_future() -> None:
    case = _waiting_case(Stage.PLAN_DRAFTING)
    plan = usual_plan(Ensemble([person(5)], {Temperament.ABSENT: 1.0}))
    action = next(
        found
        for found in (
            plan(replace(case, appraisal=_renamed(case, number)), NOW, RULES) for number in range(50)
        )
        if found is not None and found.trigger is Trigger.EXTEND
    )
    assert action.at < NOW
    assert action.until is not None
    assert action.until > NOW.date()


def _renamed(case: RehearsedCase, number: int) -> Appraisal:
    """The same appraisal under another id, which throws other dice."""
    return replace(case.appraisal, id=str(uuid.UUID(int=100 + number)))
