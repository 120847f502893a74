"""The rules and the calendar that one case runs under."""

import datetime as dt
from dataclasses import dataclass, field

from states.appraisal import Appraisal
from states.calendar import WorkingCalendar
from states.deadlines import Step, ladder_steps
from states.rules import DeadlineRule, Rulebook
from states.stages import Stage


@dataclass(frozen=True, slots=True)
class RuleContext:
    """One version of a scheme with one working calendar."""

    book: Rulebook
    calendar: WorkingCalendar
    _known: dict[tuple[str, dt.date], tuple[Step, ...]] = field(
        default_factory=dict, compare=False, repr=False
    )
    """Steps by rule and due day: a book names each rule once, and a year has few due days."""

    def deadline_rule(self, stage: Stage, *, received: bool) -> DeadlineRule | None:
        """The scheme's deadline in a stage; once ``received``, the one that counts from receipt."""
        stage_rule = self.book.stages.get(stage)
        if stage_rule is None:
            return None
        if received and stage_rule.after_receipt is not None:
            return stage_rule.after_receipt
        return stage_rule.deadline

    def running_rule(self, appraisal: Appraisal) -> DeadlineRule | None:
        """The rule of the deadline that runs now."""
        if appraisal.deadline is None:
            return None
        return self.deadline_rule(appraisal.stage, received=appraisal.received_on is not None)

    def steps(self, appraisal: Appraisal) -> tuple[Step, ...]:
        """All steps of the running deadline in order of time, past ones included."""
        deadline = appraisal.deadline
        if deadline is None:
            return ()
        place = (deadline.rule, deadline.due_on)
        known = self._known.get(place)
        if known is None:
            rule = self.running_rule(appraisal)
            known = () if rule is None else ladder_steps(self.book, rule, deadline.due_on, self.calendar)
            self._known[place] = known
        return known
