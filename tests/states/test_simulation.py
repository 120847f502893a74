"""The simulator, and what holds for every history that the core can produce."""

import datetime as dt
from itertools import pairwise
from typing import NamedTuple

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from states.agenda import agenda
from states.appraisal import DutyKind
from states.codec import dump_event, kind_of, load_event
from states.duties import DUTY_STAGES
from states.errors import IllegalTransition, NotPermitted
from states.events import Acted, Event, Lapsed
from states.evolve import evolve
from states.outcomes import SETTLED
from states.permission import allowed_actions
from states.simulation import ScriptedCommand, Simulation, simulate
from states.stage_groups import OBJECTION_STAGES
from states.stages import CLOSED_STAGES, RUNNING_STAGES, Capacity, Stage
from states.table import NOTED_TRIGGERS
from states.triggers import Trigger
from tests.states.builders import LAUNCHED_AT, Case, case_in, local, new_appraisal, patient, rules
from tests.states.scripts import END, RULE_SETS, scripts


def script_of(*steps: tuple[str, Trigger, Stage]) -> list[ScriptedCommand]:
    return [ScriptedCommand(local(at), case_in(stage).command(trigger)) for at, trigger, stage in steps]


PLAN = script_of(
    ("2026-01-12 09:00", Trigger.SUBMIT_PLAN, Stage.PLAN_DRAFTING),
    ("2026-01-13 09:00", Trigger.APPROVE_PLAN, Stage.PLAN_REVIEW),
)


def triggers(events: list[Event]) -> list[Trigger]:
    return [event.trigger for event in events if isinstance(event, Acted)]


def test_wakes_and_commands_come_in_order_of_time() -> None:
    under = rules()
    simulation = simulate(new_appraisal(under), PLAN, under, local("2026-07-01 00:00"))
    assert triggers(simulation.events) == ["open_planning", "submit_plan", "approve_plan", "open_check_in"]
    assert simulation.appraisal.stage is Stage.MIDYEAR_REPORT


def test_the_order_in_which_a_script_is_written_does_not_matter() -> None:
    under, until = rules(), local("2026-07-01 00:00")
    forwards = simulate(new_appraisal(under), PLAN, under, until)
    backwards = simulate(new_appraisal(under), reversed(PLAN), under, until)
    assert forwards == backwards


def test_a_command_at_the_instant_of_an_opening_finds_it_open() -> None:
    under = rules()
    at_once = script_of(("2026-01-02 00:00", Trigger.SUBMIT_PLAN, Stage.PLAN_DRAFTING))
    simulation = simulate(new_appraisal(under), at_once, under, local("2026-01-02 00:00"))
    assert triggers(simulation.events) == ["open_planning", "submit_plan"]


def test_a_refused_command_leaves_nothing_but_its_refusal() -> None:
    under, until = rules(), local("2026-02-01 00:00")
    wrong = ScriptedCommand(
        local("2026-01-12 10:00"), case_in(Stage.PLAN_REVIEW).command(Trigger.RETURN_PLAN)
    )
    early = ScriptedCommand(local("2026-01-12 08:00"), wrong.command)
    with_it = simulate(new_appraisal(under), [early, *PLAN], under, until)
    without = simulate(new_appraisal(under), PLAN, under, until)
    assert (with_it.events, with_it.appraisal) == (without.events, without.appraisal)
    [(refused, reason)] = with_it.refusals
    assert refused is early
    assert isinstance(reason, IllegalTransition)


def test_commands_after_the_end_are_not_given() -> None:
    under = rules()
    simulation = simulate(new_appraisal(under), PLAN, under, local("2026-01-12 12:00"))
    assert (simulation.appraisal.stage, simulation.refusals) == (Stage.PLAN_REVIEW, [])


def test_an_empty_script_only_lets_time_pass() -> None:
    under = rules()
    simulation = simulate(new_appraisal(under), [], under, local("2026-01-21 00:00"))
    assert triggers(simulation.events) == ["open_planning"]
    assert isinstance(simulation.events[-1], Lapsed)


unhurried = settings(suppress_health_check=[HealthCheck.too_slow])
"""A script is drawn by playing it, which takes its time on a busy machine."""


class Drawn(NamedTuple):
    """A whole history. It shows its script alone: a history in full is longer than anybody reads."""

    simulation: Simulation
    script: list[ScriptedCommand]
    which: int

    def __repr__(self) -> str:
        steps = ", ".join(f"{step.at:%Y-%m-%d %H:%M} {step.command.trigger}" for step in self.script)
        return f"rules {self.which}: {steps}"


@st.composite
def simulations(draw: st.DrawFn) -> Drawn:
    which = draw(st.integers(0, len(RULE_SETS) - 1))
    under = RULE_SETS[which]
    script = draw(scripts(under))
    return Drawn(simulate(new_appraisal(under), script, under, END), script, which)


@unhurried
@given(drawn=simulations())
def test_replaying_the_record_gives_the_same_snapshot(
    drawn: Drawn,
) -> None:
    simulation, _, which = drawn
    replayed = new_appraisal(RULE_SETS[which])
    for event in simulation.events:
        replayed = evolve(replayed, load_event(kind_of(event), dump_event(event)))
    assert replayed == simulation.appraisal


@unhurried
@given(drawn=simulations())
def test_the_same_script_gives_the_same_record(drawn: Drawn) -> None:
    simulation, script, which = drawn
    again = simulate(new_appraisal(RULE_SETS[which]), script, RULE_SETS[which], END)
    assert again.events == simulation.events


@unhurried
@given(drawn=simulations(), late_by=st.integers(0, 30))
def test_late_wakes_give_the_same_record(drawn: Drawn, late_by: int) -> None:
    """A shell that wakes only with the commands, and once at the end, writes the same history."""
    simulation, script, which = drawn
    lazy = Simulation(new_appraisal(RULE_SETS[which]))
    for scripted in script:
        lazy.give(scripted, RULE_SETS[which])
    lazy.wake(END + dt.timedelta(seconds=late_by), RULE_SETS[which])
    assert lazy.events == simulation.events
    assert lazy.appraisal == simulation.appraisal


@unhurried
@given(drawn=simulations())
def test_events_are_in_order_of_time_and_no_stage_is_left_that_was_not_entered(
    drawn: Drawn,
) -> None:
    simulation, _, _ = drawn
    moments = [LAUNCHED_AT, *(event.at for event in simulation.events)]
    assert all(earlier <= later for earlier, later in pairwise(moments))
    acted = [event for event in simulation.events if isinstance(event, Acted)]
    assert all(before.target is after.source for before, after in pairwise(acted))
    assert simulation.appraisal.sequence == 1 + len(simulation.events)


@unhurried
@given(which=st.integers(0, len(RULE_SETS) - 1), data=st.data())
def test_the_agenda_strictly_advances(which: int, data: st.DataObject) -> None:
    """Every wake does something and leaves a later one, or an opening that is due at the same moment."""
    under = RULE_SETS[which]
    script = data.draw(scripts(under))
    simulation = Simulation(new_appraisal(under))
    for scripted in [*script, None]:
        end = END if scripted is None else scripted.at
        while (wake := agenda(simulation.appraisal, under)) is not None and wake <= end:
            assert wake >= simulation.appraisal.entered_at
            caused = simulation.wake(wake, under)
            assert caused
            assert {event.at for event in caused} == {wake}
            after = agenda(simulation.appraisal, under)
            assert after is None or after > wake
        if scripted is not None:
            simulation.give(scripted, under)
            after = agenda(simulation.appraisal, under)
            assert after is None or after > scripted.at or simulation.appraisal.opens_on is not None


@unhurried
@given(drawn=simulations())
def test_an_open_case_without_an_agenda_still_has_somebody_who_can_act(
    drawn: Drawn,
) -> None:
    simulation, _, which = drawn
    appraisal, under = simulation.appraisal, RULE_SETS[which]
    if agenda(appraisal, under) is not None or appraisal.stage in CLOSED_STAGES:
        return
    assert appraisal.deadline is not None
    for deadline in (appraisal.deadline, *(duty.deadline for duty in appraisal.duties)):
        assert deadline.lapsed
        assert deadline.passed == len(under.steps(deadline))
    case = Case(under)
    case.appraisal, case.now = appraisal, END
    if appraisal.stage in OBJECTION_STAGES:
        # It ends with a decision, and is never cancelled away.
        able = allowed_actions(appraisal, "dewi", [Capacity.APPEALS_OFFICER], END, under)
        assert [action.trigger for action in able]
    elif appraisal.outcome in SETTLED:
        # What a decision has settled is reported, and never cancelled away either.
        assert appraisal.stage is not Stage.REPORTING or case.decide(Trigger.FINALISE, Capacity.HR)
    elif appraisal.suspension is None or appraisal.suspension.source not in OBJECTION_STAGES:
        assert case.decide(Trigger.CANCEL)
    leaving = Trigger.ANSWER_DISPUTE if appraisal.disputed else Trigger.RESUME
    assert case.decide(Trigger.SUSPEND if appraisal.stage in RUNNING_STAGES else leaving)


@unhurried
@given(drawn=simulations())
def test_a_snapshot_is_consistent(drawn: Drawn) -> None:
    appraisal = drawn[0].appraisal
    assert (appraisal.suspension is not None) is (appraisal.stage is Stage.SUSPENDED)
    work = appraisal.stage if appraisal.suspension is None else appraisal.suspension.source
    settled = work in (Stage.REPORTING, Stage.FINALISED)
    assert (appraisal.outcome is not None) is settled or appraisal.stage is Stage.CANCELLED
    assert appraisal.deadline is None or appraisal.opens_on is None
    assert appraisal.stage not in CLOSED_STAGES or (appraisal.deadline, appraisal.opens_on) == (None, None)
    for names in (appraisal.asked, appraisal.heard, appraisal.silent, appraisal.result_by):
        assert len(set(names)) == len(names)
    assert not {*appraisal.heard} & {*appraisal.silent}


@unhurried
@given(drawn=simulations())
def test_what_is_owed_belongs_to_the_stage_and_is_owed_once(
    drawn: Drawn,
) -> None:
    appraisal = drawn[0].appraisal
    kinds = [duty.kind for duty in appraisal.duties]
    assert all(appraisal.stage in DUTY_STAGES[kind] for kind in kinds)
    assert len(set(kinds)) == len(kinds)
    assert DutyKind.REPORT not in kinds or not appraisal.reported


@unhurried
@given(drawn=simulations())
def test_the_days_of_an_objection_are_known_as_long_as_a_receipt_is(
    drawn: Drawn,
) -> None:
    """PP 30/2019 art 59(1): whatever is signed, set or suspended meanwhile; what is added never shortens them."""
    appraisal = drawn[0].appraisal
    assert (appraisal.response_due is None) is (appraisal.received_on is None)
    if appraisal.response_due is not None:
        assert appraisal.response_by_law is not None
        assert appraisal.response_due >= appraisal.response_by_law
    assert appraisal.late_by <= appraisal.late_by_law


@unhurried
@given(drawn=simulations())
def test_whoever_touched_a_result_stays_on_record_and_decides_no_objection(
    drawn: Drawn,
) -> None:
    simulation, _, which = drawn
    appraisal, touched = new_appraisal(RULE_SETS[which]), frozenset[str]()
    for event in simulation.events:
        if isinstance(event, Acted) and event.capacity is Capacity.APPEALS_OFFICER:
            assert event.actor not in appraisal.result_by
        appraisal = evolve(appraisal, event)
        assert touched <= {*appraisal.result_by}
        touched = frozenset(appraisal.result_by)


@unhurried
@given(drawn=simulations())
def test_a_script_by_the_clock_is_never_obeyed(drawn: Drawn) -> None:
    """Whoever poses as the clock gets nothing that the time itself has not brought already."""
    simulation, script, _ = drawn
    posed = {
        scripted.at
        for scripted in script
        if scripted.command.capacity is Capacity.CLOCK and scripted.command.trigger not in NOTED_TRIGGERS
    }
    refused = {scripted.at for scripted, _ in simulation.refusals}
    assert posed <= refused


def test_a_stranger_is_not_permitted() -> None:
    case = case_in(Stage.PLAN_REVIEW, patient())
    simulation = Simulation(case.appraisal)
    refusal = simulation.give(
        ScriptedCommand(case.now, case.command(Trigger.APPROVE_PLAN, Capacity.HR)), case.rules
    )
    assert isinstance(refusal, NotPermitted)
