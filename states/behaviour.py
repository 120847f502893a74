"""Scripted people for rehearsals and for ``kinerja simulate``: who does what next, and when.

Pure and repeatable: every choice is thrown from the appraisal's id and the stage's beginning, so the same
question has the same answer until something happens.
"""

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from states.appraisal import Appraisal
from states.commands import Command
from states.pace import Pace
from states.regime import Regime
from states.stages import Capacity, Stage
from states.table import ROWS
from states.temperament import USUAL_MIX, Dice, Temperament, temperament_of
from states.triggers import RevisionGround, Trigger

__all__ = ["USUAL_MIX", "PlannedAction", "Temperament", "next_action", "temperament_of"]

Temperaments = Mapping[Capacity, Temperament]

_T, _C = Trigger, Capacity
_GROUNDS = tuple(RevisionGround)


@dataclass(frozen=True, slots=True)
class PlannedAction:
    """What somebody does next unless something else happens first."""

    trigger: Trigger
    capacity: Capacity
    at: dt.datetime
    """The moment in business time."""
    delay: dt.timedelta
    """The same, counted from the moment the stage was entered."""
    needs_text: bool
    until: dt.date | None = None
    received_on: dt.date | None = None
    ground: RevisionGround | None = None
    assigned_capacity: Capacity | None = None
    """For a reassignment: whom HR replaces. Who takes over is the caller's choice."""

    def command(
        self,
        *,
        id: str,  # the field's name in Command
        actor: str,
        assignee: str | None = None,
        document: str | None = None,
    ) -> Command:
        """The command by ``actor``; a ``document`` is dropped where the action takes no text."""
        return Command(
            id=id,
            trigger=self.trigger,
            capacity=self.capacity,
            actor=actor,
            document=document if self.needs_text else None,
            until=self.until,
            received_on=self.received_on,
            ground=self.ground,
            assignee=assignee,
            assigned_capacity=self.assigned_capacity,
        )


@dataclass(frozen=True, slots=True)
class _Wish:
    """An action and its moment, before the present is looked at."""

    at: dt.datetime
    trigger: Trigger
    capacity: Capacity
    until: dt.date | None = None
    ground: RevisionGround | None = None
    assigned_capacity: Capacity | None = None


def next_action(
    appraisal: Appraisal, temperaments: Temperaments, now: dt.datetime, regime: Regime
) -> PlannedAction | None:
    """What people do next in this stage, at ``now`` or later; None when only the clock or nobody is awaited.

    A capacity without a temperament is steady. A planned moment that has gone by (the actor has just taken
    over) becomes the next working day's.
    """
    plan = _PLANS.get(appraisal.stage)
    if plan is None:
        return None
    dice = Dice(f"{appraisal.id}|{appraisal.revision}|{appraisal.stage}|{appraisal.entered_at.timestamp()}")
    pace = Pace(appraisal, regime, dice)
    wish = _interruption(pace) or plan(pace, temperaments)
    if wish is None:
        return None
    at = pace.not_before(wish.at, now)
    return PlannedAction(
        trigger=wish.trigger,
        capacity=wish.capacity,
        at=at,
        delay=at - appraisal.entered_at,
        needs_text=ROWS[appraisal.stage, wish.trigger][0].needs_text,
        until=wish.until,
        received_on=pace.entered_on if wish.trigger is _T.RECORD_RECEIPT else None,
        ground=wish.ground,
        assigned_capacity=wish.assigned_capacity,
    )


def _interruption(pace: Pace) -> _Wish | None:
    """Now and then HR suspends a case half-way, or cancels it because the employee left."""
    deadline = pace.appraisal.deadline
    if pace.appraisal.stage is Stage.SUSPENDED or deadline is None or deadline.lapsed:
        return None
    if not pace.dice.happens(7, 0.006):
        return None
    trigger = _T.CANCEL if pace.dice.happens(6, 0.3) else _T.SUSPEND
    return _Wish(pace.working_days_after(pace.entered_on, 1), trigger, _C.HR)


def _temper(temperaments: Temperaments, capacity: Capacity) -> Temperament:
    return temperaments.get(capacity, Temperament.STEADY)


def _official(
    pace: Pace, temperaments: Temperaments, capacity: Capacity, trigger: Trigger, extra_days: int = 0
) -> _Wish:
    """The official acts; for an absent one HR appoints another."""
    temperament = _temper(temperaments, capacity)
    if temperament is not Temperament.ABSENT:
        at = pace.by(temperament)
        if extra_days:
            at = pace.working_days_after(pace.calendar.local_date(at), extra_days)
        return _Wish(at, trigger, capacity)
    if capacity is _C.HR:
        return _Wish(pace.by(Temperament.LATE), trigger, capacity)
    return _Wish(pace.after_escalations(), _T.REASSIGN, _C.HR, assigned_capacity=capacity)


def _writing(trigger: Trigger) -> Callable[[Pace, Temperaments], _Wish]:
    """The employee writes; for an absent one HR extends, suspends or cancels once, and then he comes back."""

    def plan(pace: Pace, temperaments: Temperaments) -> _Wish:
        temperament = _temper(temperaments, _C.EMPLOYEE)
        if temperament is not Temperament.ABSENT or pace.helped:
            return _Wish(pace.by(temperament), trigger, _C.EMPLOYEE)
        at = pace.after_escalations()
        if pace.dice.happens(2, 0.2):
            return _Wish(at, _T.CANCEL, _C.HR)
        if pace.dice.happens(3, 0.4):
            return _Wish(at, _T.SUSPEND, _C.HR)
        until = pace.calendar.add_working_days(pace.calendar.local_date(at), 10)
        return _Wish(at, _T.EXTEND, _C.HR, until=until)

    return plan


def _judging(
    capacity: Capacity, trigger: Trigger, returning: Trigger, share: float
) -> Callable[[Pace, Temperaments], _Wish]:
    """An official accepts what was handed in, or now and then returns it."""

    def plan(pace: Pace, temperaments: Temperaments) -> _Wish:
        returns = pace.dice.happens(2, share)
        return _official(pace, temperaments, capacity, returning if returns else trigger)

    return plan


def _working(pace: Pace, _temperaments: Temperaments) -> _Wish | None:
    """The work goes on until the next opening; a few plans are revised, a few people leave or are away."""
    opens_on = pace.appraisal.opens_on
    if opens_on is None:
        return None
    at = pace.working_days_after(pace.entered_on, pace.dice.among(2, 3, 70))
    if at >= pace.calendar.start_of_day(opens_on):
        return None
    if pace.dice.happens(3, 0.04):
        ground = _GROUNDS[pace.dice.among(4, 0, len(_GROUNDS) - 1)]
        return _Wish(at, _T.REVISE_PLAN, _C.RATER if pace.dice.happens(5, 0.7) else _C.HR, ground=ground)
    if pace.dice.happens(4, 0.01):
        return _Wish(at, _T.SUSPEND, _C.HR)
    if pace.dice.happens(5, 0.003):
        return _Wish(at, _T.CANCEL, _C.HR)
    return None


def _self_assessment(pace: Pace, temperaments: Temperaments) -> _Wish | None:
    temperament = _temper(temperaments, _C.EMPLOYEE)
    if temperament is not Temperament.ABSENT:
        return _Wish(pace.by(temperament), _T.SUBMIT_SELF_ASSESSMENT, _C.EMPLOYEE)
    rater_away = _temper(temperaments, _C.RATER) is Temperament.ABSENT
    return _Wish(pace.after_escalations(), _T.PROCEED_TO_RATING, _C.HR if rater_away else _C.RATER)


def _rating(pace: Pace, temperaments: Temperaments) -> _Wish:
    deadline = pace.appraisal.deadline
    # Only what was written in time is sent back: returning an empty self-assessment leads nowhere.
    early = deadline is not None and not deadline.lapsed and pace.appraisal.revision == 1
    written = _temper(temperaments, _C.EMPLOYEE) in {Temperament.PROMPT, Temperament.STEADY}
    returns = early and written and pace.dice.happens(2, 0.05)
    return _official(pace, temperaments, _C.RATER, _T.RETURN_SELF_ASSESSMENT if returns else _T.RATE)


def _delivering(pace: Pace, temperaments: Temperaments) -> _Wish:
    return _official(pace, temperaments, _C.RATER, _T.DELIVER_RESULT)


def _responding(pace: Pace, temperaments: Temperaments) -> _Wish | None:
    temperament = _temper(temperaments, _C.EMPLOYEE)
    received_on = pace.appraisal.received_on
    if received_on is not None:
        return _answering(pace, temperament, received_on)
    if temperament is Temperament.ABSENT:
        return _Wish(pace.after_escalations(), _T.RECORD_RECEIPT, _C.HR)
    if temperament is Temperament.PROMPT and pace.dice.happens(2, 0.5):
        return _Wish(pace.by(temperament), _T.AGREE, _C.EMPLOYEE)
    return _Wish(pace.by(temperament), _T.ACKNOWLEDGE_RECEIPT, _C.EMPLOYEE)


def _answering(pace: Pace, temperament: Temperament, received_on: dt.date) -> _Wish | None:
    """The answer within the 14 days of art 59(1), or silence until they lapse."""
    if temperament in {Temperament.LATE, Temperament.ABSENT}:
        rule = pace.regime.running_rule(pace.appraisal)
        if rule is not None and rule.automatic_trigger == _T.LAPSE_RESPONSE:
            return None
        return _Wish(pace.after_escalations(), _T.LAPSE_RESPONSE, _C.HR)
    objects = temperament is Temperament.OBJECTING or pace.dice.happens(3, 0.02)
    return _Wish(pace.by(temperament, received_on), _T.OBJECT if objects else _T.AGREE, _C.EMPLOYEE)


def _countersigning(pace: Pace, temperaments: Temperaments) -> _Wish:
    """The superior signs, unless the employee wakes up before."""
    wish = _official(pace, temperaments, _C.RATER_SUPERIOR, _T.COUNTERSIGN)
    if _temper(temperaments, _C.EMPLOYEE) is not Temperament.LATE or not pace.dice.happens(2, 0.5):
        return wish
    objects = pace.dice.happens(3, 0.3) and pace.regime.book.late_objection == "flag"
    waking = pace.working_days_after(pace.entered_on, pace.dice.among(4, 1, 3))
    return min(wish, _Wish(waking, _T.OBJECT if objects else _T.AGREE, _C.EMPLOYEE), key=lambda each: each.at)


def _reporting(pace: Pace, temperaments: Temperaments) -> _Wish | None:
    """The rater reports the agreed result; the clock, or HR, does it for one who does not."""
    temperament = _temper(temperaments, _C.RATER)
    if temperament not in {Temperament.LATE, Temperament.ABSENT}:
        return _Wish(pace.by(temperament), _T.FINALISE, _C.RATER)
    rule = pace.regime.running_rule(pace.appraisal)
    if rule is not None and rule.automatic_trigger == _T.FINALISE:
        return None
    return _Wish(pace.after_escalations(), _T.FINALISE, _C.HR)


def _admitting(pace: Pace, temperaments: Temperaments) -> _Wish:
    if pace.dice.happens(2, 0.08):
        return _Wish(pace.working_days_after(pace.entered_on, 1), _T.WITHDRAW_OBJECTION, _C.EMPLOYEE)
    dismissed = pace.dice.happens(3, 0.6 if pace.appraisal.objection_late else 0.12)
    trigger = _T.DISMISS_OBJECTION if dismissed else _T.ADMIT_OBJECTION
    return _official(pace, temperaments, _C.APPEALS_OFFICER, trigger)


def _examining(pace: Pace, temperaments: Temperaments) -> _Wish:
    """Both sides are heard two working days apart (art 59(3)), then the officer decides."""
    heard = pace.appraisal.heard
    if heard and pace.dice.happens(2, 0.04):
        at = pace.working_days_after(pace.entered_on, pace.dice.among(3, 5, 15))
        return _Wish(at, _T.WITHDRAW_OBJECTION, _C.EMPLOYEE)
    if _C.EMPLOYEE not in heard:
        trigger = _T.HEAR_EMPLOYEE
    elif _C.RATER not in heard:
        trigger = _T.HEAR_RATER
    else:
        trigger = _T.CHANGE_RESULT if pace.dice.happens(4, 0.35) else _T.UPHOLD_RESULT
    return _official(pace, temperaments, _C.APPEALS_OFFICER, trigger, extra_days=2 * len(heard))


def _resuming(pace: Pace, _temperaments: Temperaments) -> _Wish:
    """HR resumes after one to six weeks, or closes the case of somebody who does not come back."""
    at = pace.working_days_after(pace.entered_on, pace.dice.among(2, 5, 30))
    return _Wish(at, _T.CANCEL if pace.dice.happens(3, 0.08) else _T.RESUME, _C.HR)


def _reopening(pace: Pace, _temperaments: Temperaments) -> _Wish | None:
    """A mistake is found now and then; nothing is reopened twice."""
    if pace.appraisal.revision > 1 or not pace.dice.happens(2, 0.008):
        return None
    return _Wish(pace.working_days_after(pace.entered_on, pace.dice.among(3, 5, 40)), _T.REOPEN, _C.HR)


_PLANS: Mapping[Stage, Callable[[Pace, Temperaments], _Wish | None]] = {
    Stage.PLAN_DRAFTING: _writing(_T.SUBMIT_PLAN),
    Stage.PLAN_REVIEW: _judging(_C.RATER, _T.APPROVE_PLAN, _T.RETURN_PLAN, 0.12),
    Stage.FIRST_HALF: _working,
    Stage.MIDYEAR_REPORT: _writing(_T.SUBMIT_CHECK_IN),
    Stage.MIDYEAR_REVIEW: _judging(_C.RATER, _T.REVIEW_CHECK_IN, _T.RETURN_CHECK_IN, 0.08),
    Stage.SECOND_HALF: _working,
    Stage.SELF_ASSESSMENT: _self_assessment,
    Stage.RATING: _rating,
    Stage.MODERATION: _judging(_C.HR, _T.CONFIRM_RATING, _T.RETURN_RATING, 0.1),
    Stage.FEEDBACK_MEETING: _delivering,
    Stage.RESPONSE: _responding,
    Stage.COUNTERSIGN: _countersigning,
    Stage.AGREED: _reporting,
    Stage.OBJECTED: _admitting,
    Stage.OBJECTION_REVIEW: _examining,
    Stage.SUSPENDED: _resuming,
    Stage.FINALISED: _reopening,
}
