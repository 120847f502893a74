"""Random scripts for one appraisal: mostly what is possible at the moment, sometimes anything at all."""

import dataclasses
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
from states.triggers import DismissalGround, RatingBasis, ReopeningGround, RevisionGround, Trigger
from tests.states.builders import (
    LAUNCHED_AT,
    PEOPLE,
    QUARTERLY,
    Case,
    current,
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
    current(),
    current(plan_screening=True, moderation=True, check_ins=QUARTERLY, conflict_declaration=True),
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
        Trigger.DECLARE_CONFLICT,
        Trigger.NOTE_CHANGE,
        Trigger.DISPUTE_RATER,
        Trigger.CLOSE_PERIOD,
        Trigger.NOTE_ABSENCE,
        Trigger.NOTE_RETURN,
        Trigger.FOLLOW_PATH,
    }
)


_HEADS = (
    Stage.SCHEDULED,
    Stage.RATING,
    Stage.RESPONSE,
    Stage.COUNTERSIGN,
    Stage.OBJECTION_REVIEW,
    Stage.FINALISED,
)
"""Where the usual course of a year, which comes before what is drawn, may end: chance alone seldom gets that far."""
_known_heads: dict[tuple[int, Stage], list[ScriptedCommand]] = {}


def _head(under: RuleContext, stage: Stage) -> list[ScriptedCommand]:
    """The usual commands on the way to ``stage``."""
    place = (id(under), stage)
    if place not in _known_heads:
        given = Case(under).reach(stage).given
        _known_heads[place] = [
            ScriptedCommand(at, dataclasses.replace(command, id=f"head-{number}"))
            for number, (at, command) in enumerate(given)
        ]
    return _known_heads[place]


@st.composite
def scripts(draw: st.DrawFn, under: RuleContext, most: int = 25) -> list[ScriptedCommand]:
    """The usual commands up to some stage, then up to ``most`` others, in order of time from `LAUNCHED_AT` on."""
    # The usual course meets check-ins.
    head = _head(under, draw(st.sampled_from(_HEADS))) if under.book.check_ins else []
    simulation = Simulation(new_appraisal(under))
    for scripted in head:
        simulation.give(scripted, under)
    script = [*head]
    now = head[-1].at if head else LAUNCHED_AT
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
    given = draw(st.fixed_dictionaries(_parameters(case).get(trigger, {})))
    return case.command(trigger, capacity, id=f"key-{number}", **given)


def _parameters(case: Case) -> dict[Trigger, dict[str, st.SearchStrategy[Any]]]:
    """What may come with each trigger: mostly what it asks for."""
    due = case.appraisal.deadline.due_on if case.appraisal.deadline else case.today
    before = st.integers(0, 30).map(lambda days: case.today - dt.timedelta(days=days))
    return {
        Trigger.EXTEND: {
            "until": st.integers(0, 30).map(lambda days: due + dt.timedelta(days=days)),
            "authority": st.sampled_from(("letter-1", None)),
        },
        Trigger.RECORD_RECEIPT: {"received_on": before, "evidence": st.sampled_from((None, *Evidence))},
        Trigger.NOTE_DELIVERY: {"delivered_on": before},
        Trigger.ANSWER_RECEIPT: {"received_on": st.none() | before},
        Trigger.REVISE_PLAN: {"ground": st.none() | st.sampled_from(list(RevisionGround))},
        Trigger.DISMISS_OBJECTION: {"dismissal_ground": st.none() | st.sampled_from(list(DismissalGround))},
        Trigger.CHANGE_RESULT: {"result": st.sampled_from(("result-2", "text-1", None))},
        Trigger.UPHOLD_RESULT: {"result": st.sampled_from((None, "result-2"))},
        Trigger.REOPEN: {
            "reopening_ground": st.none() | st.sampled_from(list(ReopeningGround)),
            "reference": st.sampled_from(("12/G/2027/PTUN.BDG", None)),
        },
        Trigger.FOLLOW_PATH: {"basis": st.none() | st.sampled_from(list(RatingBasis))},
    }
