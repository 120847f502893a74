"""What is owed beside a stage, in words."""

from collections.abc import Mapping

from states.appraisal import DutyKind
from translations import Locale, translate
from translations import mark as _

DUTIES: Mapping[str, str] = {
    DutyKind.EMPLOYEE_STATEMENT: _("The employee's statement on the objection"),
    DutyKind.RATER_STATEMENT: _("The rater's statement on the objection"),
    DutyKind.REPORT: _("The report of a result that is not settled yet"),
    DutyKind.RECEIPT_ANSWER: _("The answer about the disputed receipt"),
}

LAPSED: Mapping[str, str] = {
    DutyKind.EMPLOYEE_STATEMENT: _("The employee has given no statement by the day"),
    DutyKind.RATER_STATEMENT: _("The rater has given no statement by the day"),
    DutyKind.REPORT: _("The result that is not settled yet was not reported by the day"),
    DutyKind.RECEIPT_ANSWER: _("The disputed receipt was not answered by the day"),
}
"""What it means that the day of a duty has passed."""


def duty_name(kind: str, locale: Locale) -> str:
    """What is owed, in words."""
    return translate(DUTIES[kind], locale)


def lapsed_duty(kind: str, locale: Locale) -> str:
    """That a duty was not fulfilled by its day, in words."""
    return translate(LAPSED[kind], locale)
