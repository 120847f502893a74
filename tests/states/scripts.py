"""Random scripts for one appraisal: mostly what is possible at the moment, sometimes anything at all."""

import datetime as dt
from typing import Any

from hypothesis import strategies as st

from states.commands import Command
from states.permission import allowed_actions
from states.receipt_evidence import Evidence
from states.rule_context import RuleContext
from states.rules import DeemedAfter, ReceiptRule, Unit
from states.simulation import ScriptedCommand, Simulation
from states.stages import Capacity, Stage
from states.triggers import RevisionGround, Trigger
from tests.states.builders import (
    LAUNCHED_AT,
    PEOPLE,
    QUARTERLY,
    Case,
    deadline_changed,
    lapse_policy,
    new_appraisal,
    rules,
)

DEEMING = ReceiptRule(
    deemed_after=DeemedAfter(unit=Unit.WORKING_DAYS, length=5), article="Peraturan Wali Kota 12/2026 pasal 7"
)
"""Receipt begins with an acknowledgement, or is deemed five working days after the delivery."""

RULE_SETS: tuple[RuleContext, ...] = (
    rules(),
    rules(moderation=True, check_ins=QUARTERLY),
    rules(check_ins=(), stages=lapse_policy("escalate"), late_objection="refuse"),
    rules(stages=deadline_changed(Stage.SELF_ASSESSMENT, on_lapse="auto:proceed_to_rating")),
    rules(stages=deadline_changed(Stage.PLAN_REVIEW, minimum_working_days=0)),
    rules(receipt=DEEMING),
    rules(receipt=ReceiptRule()),
)

END = dt.datetime(2029, 12, 31, tzinfo=dt.UTC)
"""When a script's case is left alone; calendars of the tests end before."""

_GAPS = st.integers(0, 3) | st.integers(0, 60 * 24 * 3) | st.integers(0, 60 * 24 * 90)
_NOTED = [
    (Trigger.NOTE_SEEN, Capacity.EMPLOYEE),
    (Trigger.NOTE_DELIVERY, Capacity.CLOCK),
    (Trigger.NOTE_BOUNCE, Capacity.CLOCK),
]
"""What the service notes of a result's receipt, though nobody is offered it."""
_INTERRUPTING = frozenset(
    {
        Trigger.CANCEL,
        Trigger.SUSPEND,
        Trigger.EXTEND,
        Trigger.REASSIGN,
        Trigger.NOTE_CHANGE,
        Trigger.DISPUTE_RATER,
        Trigger.CLOSE_PERIOD,
    }
)


@st.composite
def scripts(draw: st.DrawFn, under: RuleContext, most: int = 25) -> list[ScriptedCommand]:
    """Up to ``most`` commands in order of time for a case launched at `LAUNCHED_AT`."""
    simulation = Simulation(new_appraisal(under))
    script: list[ScriptedCommand] = []
    now = LAUNCHED_AT
    for number in range(draw(st.integers(1, most))):
        now += dt.timedelta(minutes=draw(_GAPS))
        if now > END - dt.timedelta(days=500):
            break
        simulation.wake(now, under)
        scripted = ScriptedCommand(now, draw(_commands(simulation, now, under, number)))
        simulation.give(scripted, under)
        script.append(scripted)
    return script


@st.composite
def _commands(
    draw: st.DrawFn, simulation: Simulation, now: dt.datetime, under: RuleContext, number: int
) -> Command:
    appraisal = simulation.appraisal
    possible = [
        (action.trigger, capacity)
        for capacity, person in PEOPLE.items()
        for action in allowed_actions(appraisal, person, [capacity], now, under)
        if action.trigger not in _INTERRUPTING
    ]
    if appraisal.stage is Stage.RESPONSE:
        possible += _NOTED
    anything = st.tuples(st.sampled_from(list(Trigger)), st.sampled_from(list(Capacity)))
    sensible = possible and draw(st.integers(0, 9)) > 1
    trigger, capacity = draw(st.sampled_from(possible) if sensible else anything)
    case = Case(under)
    case.appraisal, case.now = appraisal, now
    days = dt.timedelta(days=draw(st.integers(0, 30)))
    due = appraisal.deadline.due_on if appraisal.deadline else case.today
    given: dict[Trigger, dict[str, Any]] = {
        Trigger.EXTEND: {"until": due + days},
        Trigger.RECORD_RECEIPT: {
            "received_on": case.today - days,
            "evidence": draw(st.sampled_from((None, *Evidence))),
        },
        Trigger.NOTE_DELIVERY: {"delivered_on": case.today - days},
        Trigger.REVISE_PLAN: {"ground": draw(st.none() | st.sampled_from(list(RevisionGround)))},
    }
    return case.command(trigger, capacity, id=f"key-{number}", **given.get(trigger, {}))
