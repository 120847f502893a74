"""What scripted people wish to do in each stage, by their temperament."""

import datetime as dt
from collections.abc import Callable, Mapping
from typing import NamedTuple

from states.appraisal import Duty, DutyKind
from states.outcomes import SETTLED
from states.receipt_evidence import OFFICIAL
from states.scripted.pace import Pace
from states.scripted.temperament import Temperament
from states.stage_groups import DISPUTABLE_STAGES, OBJECTION_STAGES
from states.stages import Capacity, Stage
from states.triggers import DismissalGround, ReopeningGround, RevisionGround, Trigger

Temperaments = Mapping[Capacity, Temperament]

_T, _C = Trigger, Capacity
_GROUNDS = tuple(RevisionGround)


class Wish(NamedTuple):
    """An action and its moment, whatever the present time is."""

    at: dt.datetime
    trigger: Trigger
    capacity: Capacity
    until: dt.date | None = None
    ground: RevisionGround | None = None
    assigned_capacity: Capacity | None = None
    dismissal_ground: DismissalGround | None = None
    reopening_ground: ReopeningGround | None = None
    reference: str | None = None


def interruption(pace: Pace) -> Wish | None:
    """Now and then HR suspends a case, or cancels it because the employee left, or an employee disputes the rater."""
    deadline = pace.appraisal.deadline
    if pace.appraisal.stage is Stage.SUSPENDED or deadline is None or deadline.lapsed:
        return None
    if not pace.dice.happens(7, 0.006):
        if pace.appraisal.stage not in DISPUTABLE_STAGES or pace.appraisal.rater_confirmed:
            return None
        if not pace.dice.happens(7, 0.01):
            return None
        return Wish(pace.working_days_after(pace.entered_on, 1), _T.DISPUTE_RATER, _C.EMPLOYEE)
    leaves = pace.appraisal.received_on is None and pace.dice.happens(6, 0.3)
    trigger = _T.CANCEL if leaves else _T.SUSPEND
    return Wish(pace.working_days_after(pace.entered_on, 1), trigger, _C.HR)


def _temper(temperaments: Temperaments, capacity: Capacity) -> Temperament:
    return temperaments.get(capacity, Temperament.STEADY)


def _official(
    pace: Pace, temperaments: Temperaments, capacity: Capacity, trigger: Trigger, extra_days: int = 0
) -> Wish:
    """The official acts; HR replaces an absent official."""
    temperament = _temper(temperaments, capacity)
    if temperament is not Temperament.ABSENT:
        at = pace.by(temperament)
        if extra_days:
            at = pace.working_days_after(pace.calendar.local_date(at), extra_days)
        return Wish(at, trigger, capacity)
    if capacity is _C.HR:
        return Wish(pace.by(Temperament.LATE), trigger, capacity)
    return Wish(pace.after_escalations(), _T.REASSIGN, _C.HR, assigned_capacity=capacity)


def _writing(trigger: Trigger) -> Callable[[Pace, Temperaments], Wish]:
    """The employee writes. If he is absent, HR extends, suspends or cancels once; then he comes back."""

    def plan(pace: Pace, temperaments: Temperaments) -> Wish:
        temperament = _temper(temperaments, _C.EMPLOYEE)
        if temperament is not Temperament.ABSENT or pace.helped:
            return Wish(pace.by(temperament), trigger, _C.EMPLOYEE)
        at = pace.after_escalations()
        if pace.dice.happens(2, 0.2):
            return Wish(at, _T.CANCEL, _C.HR)
        if pace.dice.happens(3, 0.4):
            return Wish(at, _T.SUSPEND, _C.HR)
        until = pace.calendar.add_working_days(pace.calendar.local_date(at), 10)
        return Wish(at, _T.EXTEND, _C.HR, until=until)

    return plan


def _judging(
    capacity: Capacity, trigger: Trigger, returning: Trigger, share: float
) -> Callable[[Pace, Temperaments], Wish]:
    """An official accepts what was handed in, or now and then returns it."""

    def plan(pace: Pace, temperaments: Temperaments) -> Wish:
        returns = pace.dice.happens(2, share)
        return _official(pace, temperaments, capacity, returning if returns else trigger)

    return plan


def _working(pace: Pace, _temperaments: Temperaments) -> Wish | None:
    """The work goes on until the next opening; a few plans are revised, a few people leave or are away."""
    opens_on = pace.appraisal.opens_on
    if opens_on is None:
        return None
    at = pace.working_days_after(pace.entered_on, pace.dice.among(2, 3, 70))
    if at >= pace.calendar.start_of_day(opens_on):
        return None
    if pace.dice.happens(3, 0.04):
        ground = _GROUNDS[pace.dice.among(4, 0, len(_GROUNDS) - 1)]
        return Wish(at, _T.REVISE_PLAN, _C.RATER if pace.dice.happens(5, 0.7) else _C.HR, ground=ground)
    if pace.dice.happens(4, 0.01):
        return Wish(at, _T.SUSPEND, _C.HR)
    if pace.dice.happens(5, 0.003):
        return Wish(at, _T.CANCEL, _C.HR)
    return None


def _self_assessment(pace: Pace, temperaments: Temperaments) -> Wish | None:
    temperament = _temper(temperaments, _C.EMPLOYEE)
    if temperament is not Temperament.ABSENT:
        return Wish(pace.by(temperament), _T.SUBMIT_SELF_ASSESSMENT, _C.EMPLOYEE)
    rater_away = _temper(temperaments, _C.RATER) is Temperament.ABSENT
    return Wish(pace.after_escalations(), _T.PROCEED_TO_RATING, _C.HR if rater_away else _C.RATER)


def _rating(pace: Pace, temperaments: Temperaments) -> Wish:
    deadline = pace.appraisal.deadline
    # Only a self-assessment written in time is returned: returning an empty one leads nowhere.
    early = deadline is not None and not deadline.lapsed and pace.appraisal.revision == 1
    written = _temper(temperaments, _C.EMPLOYEE) in {Temperament.PROMPT, Temperament.STEADY}
    returns = early and written and pace.dice.happens(2, 0.05)
    return _official(pace, temperaments, _C.RATER, _T.RETURN_SELF_ASSESSMENT if returns else _T.RATE)


def _delivering(pace: Pace, temperaments: Temperaments) -> Wish:
    return _official(pace, temperaments, _C.RATER, _T.DELIVER_RESULT)


def _responding(pace: Pace, temperaments: Temperaments) -> Wish | None:
    temperament = _temper(temperaments, _C.EMPLOYEE)
    received_on = pace.appraisal.received_on
    if received_on is not None:
        return _answering(pace, temperament, received_on)
    if temperament is Temperament.ABSENT:
        if pace.appraisal.deemed_on is not None:
            return None  # the clock will deem it received
        return Wish(pace.after_escalations(), _T.RECORD_RECEIPT, _C.HR)
    if temperament is Temperament.PROMPT and pace.dice.happens(2, 0.5):
        return Wish(pace.by(temperament), _T.AGREE, _C.EMPLOYEE)
    return Wish(pace.by(temperament), _T.ACKNOWLEDGE_RECEIPT, _C.EMPLOYEE)


def _answering(pace: Pace, temperament: Temperament, received_on: dt.date) -> Wish | None:
    """The answer within the 14 days of art 59(1), or silence until they lapse; some dispute what HR recorded."""
    appraisal = pace.appraisal
    recorded = appraisal.evidence in OFFICIAL and not (
        appraisal.receipt_disputed or appraisal.receipt_confirmed
    )
    if recorded and pace.rules.book.receipt.answer is not None and pace.dice.happens(4, 0.3):
        return Wish(pace.working_days_after(received_on, 1), _T.DISPUTE_RECEIPT, _C.EMPLOYEE)
    if temperament in {Temperament.LATE, Temperament.ABSENT}:
        rule = pace.rules.running_rule(appraisal)
        if appraisal.receipt_disputed or (rule is not None and rule.automatic_trigger == _T.LAPSE_RESPONSE):
            return None
        return Wish(pace.after_escalations(), _T.LAPSE_RESPONSE, _C.HR)
    objects = temperament is Temperament.OBJECTING or pace.dice.happens(3, 0.02)
    return Wish(pace.by(temperament, received_on), _T.OBJECT if objects else _T.AGREE, _C.EMPLOYEE)


def _countersigning(pace: Pace, temperaments: Temperaments) -> Wish | None:
    """The superior signs, unless the employee wakes up before; not while the receipt is in dispute."""
    if pace.appraisal.receipt_disputed:
        return None
    wish = _official(pace, temperaments, _C.RATER_SUPERIOR, _T.COUNTERSIGN)
    sleeps = _temper(temperaments, _C.EMPLOYEE) is not Temperament.LATE or not pace.dice.happens(2, 0.5)
    if sleeps or pace.appraisal.received_on is None:
        return wish
    objects = pace.dice.happens(3, 0.3) and pace.rules.book.late_objection == "flag"
    waking = pace.working_days_after(pace.entered_on, pace.dice.among(4, 1, 3))
    return min(wish, Wish(waking, _T.OBJECT if objects else _T.AGREE, _C.EMPLOYEE), key=lambda each: each.at)


def _reporting(pace: Pace, temperaments: Temperaments) -> Wish | None:
    """The rater reports the settled result; the clock, or HR, does it for one who does not.

    A few who have signed object all the same, within their days.
    """
    if pace.appraisal.stage is Stage.AGREED and pace.dice.happens(6, 0.03):
        return Wish(pace.working_days_after(pace.entered_on, 1), _T.OBJECT, _C.EMPLOYEE)
    temperament = _temper(temperaments, _C.RATER)
    if temperament not in {Temperament.LATE, Temperament.ABSENT}:
        return Wish(pace.by(temperament), _T.FINALISE, _C.RATER)
    rule = pace.rules.running_rule(pace.appraisal)
    if rule is not None and rule.automatic_trigger == _T.FINALISE:
        return None
    return Wish(pace.after_escalations(), _T.FINALISE, _C.HR)


def _admitting(pace: Pace, temperaments: Temperaments) -> Wish:
    if pace.dice.happens(2, 0.08):
        return Wish(pace.working_days_after(pace.entered_on, 1), _T.WITHDRAW_OBJECTION, _C.EMPLOYEE)
    if not pace.dice.happens(3, 0.6 if pace.appraisal.objection_late else 0.12):
        return _official(pace, temperaments, _C.APPEALS_OFFICER, _T.ADMIT_OBJECTION)
    wish = _official(pace, temperaments, _C.APPEALS_OFFICER, _T.DISMISS_OBJECTION)
    if wish.trigger is not _T.DISMISS_OBJECTION:
        return wish
    return wish._replace(dismissal_ground=DismissalGround.NO_REASONS)


def _examining(pace: Pace, temperaments: Temperaments) -> Wish | None:
    """Both sides are asked two working days apart (art 59(3)); the officer decides when they have answered."""
    appraisal = pace.appraisal
    asks = pace.rules.book.objection.statements is not None
    done = appraisal.asked if asks else appraisal.heard
    answered = {*appraisal.heard, *appraisal.silent}
    if done and pace.dice.happens(2, 0.04):
        at = pace.working_days_after(pace.entered_on, pace.dice.among(3, 5, 15))
        return Wish(at, _T.WITHDRAW_OBJECTION, _C.EMPLOYEE)
    if _C.EMPLOYEE not in done:
        trigger = _T.ASK_EMPLOYEE if asks else _T.HEAR_EMPLOYEE
    elif _C.RATER not in done:
        trigger = _T.ASK_RATER if asks else _T.HEAR_RATER
    elif not {_C.EMPLOYEE, _C.RATER} <= answered:
        return None
    else:
        trigger = _T.CHANGE_RESULT if pace.dice.happens(4, 0.35) else _T.UPHOLD_RESULT
    return _official(pace, temperaments, _C.APPEALS_OFFICER, trigger, extra_days=2 * len(done))


def _resuming(pace: Pace, _temperaments: Temperaments) -> Wish:
    """HR resumes after one to six weeks, or cancels if nobody comes back; it answers a dispute within days."""
    if pace.appraisal.disputed:
        answered_at = pace.working_days_after(pace.entered_on, pace.dice.among(2, 1, 4))
        return Wish(answered_at, _T.ANSWER_DISPUTE, _C.HR)
    at = pace.working_days_after(pace.entered_on, pace.dice.among(2, 5, 30))
    leaves = pace.appraisal.received_on is None and pace.dice.happens(3, 0.08)
    return Wish(at, _T.CANCEL if leaves else _T.RESUME, _C.HR)


def _reopening(pace: Pace, _temperaments: Temperaments) -> Wish | None:
    """A mistake is found now and then; nothing is reopened twice."""
    if pace.appraisal.revision > 1 or not pace.dice.happens(2, 0.008):
        return None
    at = pace.working_days_after(pace.entered_on, pace.dice.among(3, 5, 40))
    wish = Wish(at, _T.REOPEN, _C.HR)
    if pace.appraisal.outcome not in SETTLED:
        return wish
    return wish._replace(reopening_ground=ReopeningGround.CLERICAL_ERROR, reference="1/KOREKSI")


def duty(pace: Pace, temperaments: Temperaments) -> Wish | None:
    """The next thing that somebody does of what is owed beside the stage; the late and the absent let the day pass."""
    wishes = (_of_duty(pace, temperaments, each) for each in pace.appraisal.duties)
    return min((wish for wish in wishes if wish is not None), key=lambda wish: wish.at, default=None)


def _of_duty(pace: Pace, temperaments: Temperaments, owed: Duty) -> Wish | None:
    temperament = _temper(temperaments, owed.capacity)
    idle = temperament in {Temperament.LATE, Temperament.ABSENT}
    if owed.kind is DutyKind.RECEIPT_ANSWER:
        return Wish(pace.working_days_after(owed.deadline.started_on, 2), _T.ANSWER_RECEIPT, _C.HR)
    if owed.kind is not DutyKind.REPORT:
        at = pace.working_days_after(owed.deadline.started_on, pace.dice.among(5, 1, 3))
        return None if idle or owed.deadline.lapsed else Wish(at, _T.GIVE_STATEMENT, owed.capacity)
    if pace.appraisal.stage not in OBJECTION_STAGES:
        return None
    at = pace.working_days_after(owed.deadline.due_on, 8 if idle else -2)
    return Wish(at, _T.REPORT_PROVISIONALLY, _C.HR if idle else _C.RATER)


PLANS: Mapping[Stage, Callable[[Pace, Temperaments], Wish | None]] = {
    Stage.PLAN_DRAFTING: _writing(_T.SUBMIT_PLAN),
    Stage.PLAN_SCREENING: _judging(_C.HR, _T.SCREEN_PLAN, _T.RETURN_PLAN, 0.08),
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
    Stage.REPORTING: _reporting,
    Stage.OBJECTED: _admitting,
    Stage.OBJECTION_REVIEW: _examining,
    Stage.SUSPENDED: _resuming,
    Stage.FINALISED: _reopening,
}
"""What people do in each stage in which they act."""
