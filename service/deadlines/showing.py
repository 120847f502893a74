"""Running deadlines, in the language of their reader."""

from service.appraisals.sight import Sight
from service.deadlines.schemas import DueDay, OwedDuty
from service.deadlines.wording import duty_name
from service.wording import capacity_name, lapse_meaning, provisional_in_words
from states.appraisal import Deadline, Duty
from states.provisional import provisional_years
from states.rules import DeadlineRule
from translations import Locale, format_date, translate


def shown_due_day(sight: Sight, locale: Locale) -> DueDay | None:
    """The deadline of the stage, if one runs."""
    deadline, rule = sight.appraisal.deadline, sight.rules.running_rule(sight.appraisal)
    return None if deadline is None or rule is None else _due_day(deadline, rule, sight, locale)


def shown_duties(sight: Sight, locale: Locale) -> list[OwedDuty]:
    """What is owed beside the stage."""
    shown = (_owed(duty, sight, locale) for duty in sight.appraisal.duties)
    return [duty for duty in shown if duty is not None]


def _owed(duty: Duty, sight: Sight, locale: Locale) -> OwedDuty | None:
    rule = sight.rules.rule_named(duty.deadline.rule)
    if rule is None:
        return None
    return OwedDuty(
        kind=duty.kind,
        name=duty_name(duty.kind, locale),
        capacity=duty.capacity,
        capacity_name=capacity_name(duty.capacity, locale),
        deadline=_due_day(duty.deadline, rule, sight, locale),
        overdue=duty.deadline.lapsed,
    )


def _due_day(deadline: Deadline, rule: DeadlineRule, sight: Sight, locale: Locale) -> DueDay:
    provisional = provisional_years(
        rule, deadline.started_on, deadline.due_on, sight.rules.book.counting, sight.rules.calendar
    )
    return DueDay(
        rule=deadline.rule,
        on=deadline.due_on,
        on_in_words=format_date(deadline.due_on, locale),
        by_law=deadline.by_law,
        started_on=deadline.started_on,
        article=translate(rule.article, locale),
        statutory=rule.statutory,
        lapsed=deadline.lapsed,
        on_lapse=rule.on_lapse,
        on_lapse_in_words=lapse_meaning(rule.on_lapse, locale),
        provisional=bool(provisional),
        provisional_in_words=provisional_in_words(provisional, locale),
    )
