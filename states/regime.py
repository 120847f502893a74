"""The rules and the calendar that one appraisal runs under."""

from dataclasses import dataclass

from states.appraisal import Appraisal
from states.calendar import WorkingCalendar
from states.deadlines import Step, ladder_steps
from states.rules import DeadlineRule, Rulebook
from states.stages import Stage


@dataclass(frozen=True, slots=True)
class Regime:
    """One version of a scheme with one working calendar."""

    book: Rulebook
    calendar: WorkingCalendar

    def deadline_rule(self, stage: Stage, *, received: bool) -> DeadlineRule | None:
        """The deadline that the scheme sets in a stage, after receipt the one that counts from it."""
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
        """All steps of the running deadline in order of time, those behind included."""
        rule = self.running_rule(appraisal)
        if rule is None or appraisal.deadline is None:
            return ()
        return ladder_steps(self.book, rule, appraisal.deadline.due_on, self.calendar)
