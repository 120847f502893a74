"""Cases in every stage, made by real commands, and the rule_contexts that tests vary."""

import datetime as dt
from collections.abc import Mapping
from typing import Any, Self
from zoneinfo import ZoneInfo

from schemes.loading import builtin_scheme, load_scheme
from states.appraisal import Appraisal
from states.calendar import WorkingCalendar
from states.commands import Command
from states.decide import advance, decide, launched
from states.events import Acted, Event
from states.evolve import evolve, launch
from states.national import national_calendar
from states.rule_context import RuleContext
from states.rules import Rulebook, StageRule, YearlyDate
from states.stages import Capacity, Stage
from states.table import ROWS
from states.triggers import DismissalGround, RatingBasis, ReopeningGround, RevisionGround, Trigger
from tests.documents import ROOT

NATIONAL: Rulebook = load_scheme(ROOT / "tests" / "fixtures" / "nasional-2.yaml")
"""Version 2 of the national rules: cases that were launched under it end under it."""
CURRENT: Rulebook = builtin_scheme("nasional")
"""The national rules of today."""
CALENDAR: WorkingCalendar = national_calendar(range(2025, 2029))
YEAR = 2026
LAUNCHED_AT = dt.datetime(2025, 12, 15, 2, tzinfo=dt.UTC)

PEOPLE: Mapping[Capacity, str] = {
    Capacity.EMPLOYEE: "sari",
    Capacity.RATER: "budi",
    Capacity.RATER_SUPERIOR: "wati",
    Capacity.APPEALS_OFFICER: "joko",
    Capacity.HR: "rina",
    Capacity.APPEALS_SUPERIOR: "gita",
    Capacity.CLOCK: "",
}

QUARTERLY = tuple(YearlyDate(month=month, day=1) for month in (4, 6, 9, 11))

WAIT = "the clock opens the next stage"
WAYS: Mapping[Stage, tuple[Trigger | str, ...]] = {
    Stage.SCHEDULED: (),
    Stage.PLAN_DRAFTING: (WAIT,),
    Stage.PLAN_REVIEW: (Trigger.SUBMIT_PLAN,),
    Stage.FIRST_HALF: (Trigger.APPROVE_PLAN,),
    Stage.MIDYEAR_REPORT: (WAIT,),
    Stage.MIDYEAR_REVIEW: (Trigger.SUBMIT_CHECK_IN,),
    Stage.SECOND_HALF: (Trigger.REVIEW_CHECK_IN,),
    Stage.SELF_ASSESSMENT: (WAIT,),
    Stage.RATING: (Trigger.SUBMIT_SELF_ASSESSMENT,),
    Stage.FEEDBACK_MEETING: (Trigger.RATE,),
    Stage.RESPONSE: (Trigger.DELIVER_RESULT,),
}
"""One step further each; the stages after these branch."""

BRANCHES: Mapping[Stage, tuple[Trigger, ...]] = {
    Stage.AGREED: (Trigger.AGREE,),
    Stage.OBJECTED: (Trigger.OBJECT,),
    Stage.OBJECTION_REVIEW: (Trigger.OBJECT, Trigger.ADMIT_OBJECTION),
    Stage.FINALISED: (Trigger.AGREE, Trigger.FINALISE),
    Stage.MODERATION: (Trigger.RATE,),
    Stage.PLAN_SCREENING: (Trigger.SUBMIT_PLAN,),
    Stage.SUSPENDED: (Trigger.SUSPEND,),
    Stage.CANCELLED: (Trigger.CANCEL,),
}


def rules(book: Rulebook = NATIONAL, calendar: WorkingCalendar = CALENDAR, **changes: Any) -> RuleContext:
    """The national rules with some fields of its rulebook changed."""
    return RuleContext(book.model_copy(update=changes), calendar)


def current(calendar: WorkingCalendar = CALENDAR, **changes: Any) -> RuleContext:
    """The national rules of today with some fields of its rulebook changed."""
    return rules(CURRENT, calendar, **changes)


def lapse_policy(
    policy: str, *, book: Rulebook = NATIONAL, only: Stage | None = None
) -> dict[Stage, StageRule]:
    """The stages of ``book`` with ``policy`` on every lapse, or on that of one stage."""
    changed = {}
    for stage, rule in book.stages.items():
        if only is not None and stage is not only:
            changed[stage] = rule
            continue
        update = {
            name: deadline.model_copy(update={"on_lapse": policy})
            for name in ("deadline", "after_receipt")
            if (deadline := getattr(rule, name)) is not None
        }
        changed[stage] = rule.model_copy(update=update)
    return changed


def deadline_changed(stage: Stage, *, book: Rulebook = NATIONAL, **changes: Any) -> dict[Stage, StageRule]:
    """The stages of ``book`` with some fields of one stage's deadline changed."""
    rule = book.stages[stage]
    assert rule.deadline is not None
    return {
        **book.stages,
        stage: rule.model_copy(update={"deadline": rule.deadline.model_copy(update=changes)}),
    }


def patient(**changes: Any) -> RuleContext:
    """National deadlines under which the clock never moves a case by itself."""
    return rules(**{"stages": lapse_policy("escalate"), **changes})


def knowing(stage: Stage) -> RuleContext:
    """Rules that have ``stage``, and under which the clock never moves a case by itself.

    They are those of version 2, or of today where the stage came later.
    """
    if stage in (Stage.PLAN_SCREENING, Stage.REPORTING):
        return current(plan_screening=True, stages=lapse_policy("escalate", book=CURRENT))
    return patient(moderation=stage is Stage.MODERATION)


def local(text: str, zone: str = "Asia/Jakarta") -> dt.datetime:
    """A moment from local wall time such as ``2026-07-01 09:00``."""
    return dt.datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(zone))


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


def new_appraisal(
    under: RuleContext, *, at: dt.datetime = LAUNCHED_AT, identity: str = "case-1"
) -> Appraisal:
    event = launched(employee=PEOPLE[Capacity.EMPLOYEE], year=YEAR, now=at, rules=under)
    return launch(identity, event)


def usual_capacity(stage: Stage, trigger: Trigger) -> Capacity:
    """Who usually fires a trigger: the first person in the table's order who may, else the clock."""
    allowed = ROWS[stage, trigger][0].by
    allowed = allowed - {Capacity.CLOCK} or allowed
    return next(capacity for capacity in Capacity if capacity in allowed)


class Case:
    """One appraisal on its way, with the events so far."""

    def __init__(self, under: RuleContext | None = None, *, launched_at: dt.datetime = LAUNCHED_AT) -> None:
        self.rules = under or rules()
        self.now = launched_at
        self.appraisal = new_appraisal(self.rules, at=launched_at)
        self.events: list[Event] = []
        self.given: list[tuple[dt.datetime, Command]] = []
        """The commands so far, each with its moment."""

    @property
    def stage(self) -> Stage:
        return self.appraisal.stage

    @property
    def due_on(self) -> dt.date:
        assert self.appraisal.deadline is not None
        return self.appraisal.deadline.due_on

    @property
    def today(self) -> dt.date:
        return self.rules.calendar.local_date(self.now)

    @property
    def lapse(self) -> dt.datetime:
        """The legal instant at which the running deadline lapses."""
        return self.rules.calendar.end_of_day(self.due_on)

    def command(self, trigger: Trigger, capacity: Capacity | None = None, **fields: Any) -> Command:
        """A command with all that the trigger needs, by the usual person."""
        as_whom = capacity or usual_capacity(self.stage, trigger)
        due = self.appraisal.deadline.due_on if self.appraisal.deadline else self.today
        needed: dict[Trigger, dict[str, Any]] = {
            Trigger.EXTEND: {"until": max(due, self.today) + dt.timedelta(days=20)},
            Trigger.RECORD_RECEIPT: {"received_on": self.today},
            Trigger.NOTE_DELIVERY: {"delivered_on": self.today},
            Trigger.REVISE_PLAN: {"ground": RevisionGround.PRIORITY_CHANGED},
            Trigger.REASSIGN: {"assignee": "dewi", "assigned_capacity": Capacity.RATER},
            Trigger.NOTE_SUPERIOR_PLAN: {"superior_plan_on": self.today},
            Trigger.DECLARE_CONFLICT: {"assignee": PEOPLE[Capacity.RATER_SUPERIOR]},
            Trigger.CHANGE_RESULT: {"result": "result-2"},
            Trigger.DISMISS_OBJECTION: {"dismissal_ground": DismissalGround.NO_REASONS},
            Trigger.REOPEN: {
                "reopening_ground": ReopeningGround.COURT_DECISION,
                "reference": "12/G/2027/PTUN.BDG",
            },
            Trigger.FOLLOW_PATH: {"basis": RatingBasis.ACADEMIC_RECORD},
        }
        given: dict[str, Any] = (
            {"document": "text-1", "authority": "letter-1", "actor": PEOPLE[as_whom]}
            | needed.get(trigger, {})
            | fields
        )
        given = {"id": "key-1", "trigger": trigger, "capacity": as_whom} | given
        return Command(**given)

    def decide(
        self,
        trigger: Trigger,
        capacity: Capacity | None = None,
        *,
        at: dt.datetime | None = None,
        **fields: Any,
    ) -> list[Event]:
        """What the command would cause; nothing changes."""
        return decide(self.appraisal, self.command(trigger, capacity, **fields), at or self.now, self.rules)

    def do(
        self,
        trigger: Trigger,
        capacity: Capacity | None = None,
        *,
        at: dt.datetime | None = None,
        **fields: Any,
    ) -> Acted:
        """Give the command and return its event."""
        self.now = at or self.now
        self.given.append((self.now, self.command(trigger, capacity, **fields)))
        for event in self.decide(trigger, capacity, **fields):
            self.events.append(event)
            self.appraisal = evolve(self.appraisal, event)
        last = self.events[-1]
        assert isinstance(last, Acted)
        return last

    def wake(self, at: dt.datetime) -> list[Event]:
        """Let time act until ``at``; what it caused."""
        self.now = at
        caused, self.appraisal = advance(self.appraisal, at, self.rules)
        self.events += caused
        return caused

    def open(self) -> Self:
        """Wait for the opening day of the next stage."""
        assert self.appraisal.opens_on is not None
        self.wake(max(self.rules.calendar.start_of_day(self.appraisal.opens_on), self.now))
        return self

    def lapsed(self) -> Self:
        """Wait an hour longer than the running deadline."""
        self.wake(self.lapse + dt.timedelta(hours=1))
        return self

    def reach(self, stage: Stage) -> Self:
        """Go the usual way on to ``stage``, without delay."""
        order = list(WAYS)
        beyond = {
            Stage.MODERATION: Stage.RATING,
            Stage.PLAN_SCREENING: Stage.PLAN_DRAFTING,
            Stage.SUSPENDED: self.stage,
            Stage.CANCELLED: self.stage,
        }
        goal = stage if stage in WAYS else beyond.get(stage, Stage.RESPONSE)
        for reached in order[order.index(self.stage) + 1 : order.index(goal) + 1]:
            self._go(WAYS[reached])
            if self.stage is Stage.MODERATION:
                self.do(Trigger.CONFIRM_RATING)
            if self.stage is Stage.PLAN_SCREENING:
                self.do(Trigger.SCREEN_PLAN)
            while reached is Stage.SECOND_HALF and self.stage is Stage.FIRST_HALF:
                self._go((WAIT, Trigger.SUBMIT_CHECK_IN, Trigger.REVIEW_CHECK_IN))
        if stage in (Stage.COUNTERSIGN, Stage.REPORTING):
            self.do(Trigger.ACKNOWLEDGE_RECEIPT)
            self.lapsed()
            if self.stage is Stage.RESPONSE:
                self.do(Trigger.LAPSE_RESPONSE, Capacity.HR)
            if stage is Stage.REPORTING:
                self.do(Trigger.COUNTERSIGN)
        else:
            self._go(BRANCHES.get(stage, ()))
        assert self.stage is stage, (self.stage, stage)
        return self

    def _go(self, steps: tuple[Trigger | str, ...]) -> None:
        for step in steps:
            if isinstance(step, Trigger):
                self.do(step)
            else:
                self.open()


def case_in(stage: Stage, under: RuleContext | None = None) -> Case:
    """A case that has just come to ``stage``."""
    return Case(under).reach(stage)
