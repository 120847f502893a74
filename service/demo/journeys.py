"""Brings cases to a certain stage and leaves them there, so that visitors can look at every stage."""

import datetime as dt
from dataclasses import dataclass

from states.appraisal import Appraisal
from states.rule_context import RuleContext
from states.scripted.behaviour import PlannedAction
from states.stage_groups import OBJECTION_STAGES
from states.stages import Capacity, Stage
from states.table import ROWS
from states.triggers import Trigger

_T, _C, _S = Trigger, Capacity, Stage

ONWARDS: dict[Stage, tuple[Trigger, Capacity]] = {
    _S.PLAN_DRAFTING: (_T.SUBMIT_PLAN, _C.EMPLOYEE),
    _S.PLAN_REVIEW: (_T.APPROVE_PLAN, _C.RATER),
    _S.MIDYEAR_REPORT: (_T.SUBMIT_CHECK_IN, _C.EMPLOYEE),
    _S.MIDYEAR_REVIEW: (_T.REVIEW_CHECK_IN, _C.RATER),
    _S.SELF_ASSESSMENT: (_T.SUBMIT_SELF_ASSESSMENT, _C.EMPLOYEE),
    _S.RATING: (_T.RATE, _C.RATER),
    _S.FEEDBACK_MEETING: (_T.DELIVER_RESULT, _C.RATER),
    _S.RESPONSE: (_T.ACKNOWLEDGE_RECEIPT, _C.EMPLOYEE),
    _S.COUNTERSIGN: (_T.COUNTERSIGN, _C.RATER_SUPERIOR),
    _S.AGREED: (_T.FINALISE, _C.RATER),
    _S.REPORTING: (_T.FINALISE, _C.RATER),
    _S.OBJECTED: (_T.ADMIT_OBJECTION, _C.APPEALS_OFFICER),
}
"""The plain action, and who takes it, that moves a case on from each stage in which somebody is awaited."""

_SILENT = frozenset({_S.COUNTERSIGN, _S.REPORTING})
"""Goals to which a case comes when its employee does not answer."""


@dataclass(frozen=True, slots=True)
class Journey:
    """The way of a case to the stage where it stays."""

    goal: Stage
    revision: int = 1
    """2 for a case that is reopened on its way."""
    leaving: Stage | None = None
    """The stage from which HR suspends or cancels the case."""
    check_ins: int = 0
    """How many check-ins lie behind the case at its end."""
    rests: tuple[Stage, dt.datetime] | None = None
    """A stage that the case does not leave before a moment."""

    def has_ended(self, appraisal: Appraisal) -> bool:
        """Whether the case has reached the end of its journey."""
        arrived = appraisal.stage is self.goal and appraisal.revision == self.revision
        return arrived and appraisal.check_ins_done >= self.check_ins

    def step(self, appraisal: Appraisal, at: dt.datetime) -> PlannedAction | None:
        """The next action, taken at ``at``. None if only time moves the case on, or the journey has ended."""
        if self.has_ended(appraisal):
            return None
        chosen = self._chosen(appraisal)
        if chosen is None:
            return None
        trigger, capacity = chosen
        if self.rests is not None and self.rests[0] is appraisal.stage:
            at = max(at, self.rests[1])
        return PlannedAction(
            trigger=trigger,
            capacity=capacity,
            at=at,
            delay=at - appraisal.entered_at,
            needs_text=ROWS[appraisal.stage, trigger][0].needs_text,
        )

    def _chosen(self, appraisal: Appraisal) -> tuple[Trigger, Capacity] | None:
        stage = appraisal.stage
        if stage is self.leaving:
            return (_T.CANCEL if self.goal is _S.CANCELLED else _T.SUSPEND), _C.HR
        if stage is _S.FINALISED:
            return (_T.REOPEN, _C.HR) if appraisal.revision < self.revision else None
        if stage is _S.RESPONSE and appraisal.received_on is not None:
            if self.goal in _SILENT:
                return None
            return (_T.OBJECT if self.goal in OBJECTION_STAGES else _T.AGREE), _C.EMPLOYEE
        return ONWARDS.get(stage)


def next_morning(appraisal: Appraisal, rules: RuleContext) -> dt.datetime:
    """Half past eight on the working day after the case entered its stage."""
    calendar = rules.calendar
    day = calendar.add_working_days(calendar.local_date(appraisal.entered_at), 1)
    return calendar.at(day, dt.time(8, 30))
