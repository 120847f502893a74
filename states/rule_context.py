"""The rules and the calendar that one case runs under."""

import datetime as dt
from dataclasses import dataclass, field

from states.appraisal import Appraisal, Deadline, DutyKind
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

    _rules: dict[str, DeadlineRule] = field(default_factory=dict, compare=False, repr=False)

    def __post_init__(self) -> None:
        self._rules.update((rule.rule, rule) for _, rule in self.book.deadline_rules)

    def rule_named(self, name: str) -> DeadlineRule | None:
        """The deadline rule of this name."""
        return self._rules.get(name)

    def stage_rule(self, appraisal: Appraisal, stage: Stage) -> DeadlineRule | None:
        """The deadline that the scheme sets for whoever enters ``stage``; receipt begins another one."""
        rule = self.book.stages.get(stage)
        if rule is None:
            return None
        if appraisal.period_began_on is not None and rule.later_period is not None:
            return rule.later_period
        if appraisal.period_closed and rule.closed_period is not None:
            return rule.closed_period
        return rule.deadline

    @property
    def response_rule(self) -> DeadlineRule | None:
        """The days in which the employee answers a result that he has received (arts 49(3), 59(1))."""
        rule = self.book.stages.get(Stage.RESPONSE)
        return None if rule is None else rule.after_receipt

    def duty_rule(self, kind: DutyKind) -> DeadlineRule | None:
        """The deadline of a duty; None where the scheme does not know the duty."""
        statements = self.book.objection.statements
        match kind:
            case DutyKind.REPORT:
                return self.book.provisional_report
            case DutyKind.RECEIPT_ANSWER:
                return self.book.receipt.answer
            case DutyKind.EMPLOYEE_STATEMENT:
                return None if statements is None else statements.employee
            case DutyKind.RATER_STATEMENT:
                return None if statements is None else statements.rater

    def running_rule(self, appraisal: Appraisal) -> DeadlineRule | None:
        """The rule of the stage's deadline that runs now."""
        return None if appraisal.deadline is None else self.rule_named(appraisal.deadline.rule)

    def steps(self, deadline: Deadline) -> tuple[Step, ...]:
        """All steps of a deadline in order of time, those behind included."""
        place = (deadline.rule, deadline.due_on)
        known = self._known.get(place)
        if known is None:
            rule = self.rule_named(deadline.rule)
            known = () if rule is None else ladder_steps(self.book, rule, deadline.due_on, self.calendar)
            self._known[place] = known
        return known
