"""The kind of a notice decides whether somebody may do without it."""

import pytest

from notifications.kinds import LOCKED, Kind, is_wanted, kind_of
from states.appraisal import DutyKind
from states.stages import Stage
from store.message.channels import ChannelName

STATEMENTS = (DutyKind.EMPLOYEE_STATEMENT, DutyKind.RATER_STATEMENT)
ABOUT_A_DUTY = ("duty_opened", "duty_reminder", "duty_escalation")


@pytest.mark.parametrize("template", ABOUT_A_DUTY)
@pytest.mark.parametrize("duty", STATEMENTS)
def test_whatever_asks_for_a_statement_is_of_the_kind_of_objections(template: str, duty: DutyKind) -> None:
    assert kind_of(template, Stage.OBJECTION_REVIEW, duty) is Kind.OBJECTION


@pytest.mark.parametrize("duty", (DutyKind.REPORT, DutyKind.RECEIPT_ANSWER))
def test_a_report_and_an_answer_have_the_kinds_of_other_tasks_even_under_an_objection(duty: DutyKind) -> None:
    kinds = [kind_of(template, Stage.OBJECTION_REVIEW, duty) for template in ABOUT_A_DUTY]
    assert kinds == [Kind.TASK, Kind.REMINDER, Kind.ESCALATION]


@pytest.mark.parametrize(
    "template",
    (
        "objection_filed",
        "objection_ended",
        "statement_given",
        "statement_missing",
        "receipt_recorded",
        "receipt_answered",
        "deadline_moved",
    ),
)
@pytest.mark.parametrize("stage", (Stage.COUNTERSIGN, Stage.OBJECTION_REVIEW))
def test_nobody_does_without_the_mail_about_an_objection_a_receipt_or_a_moved_due_day(
    template: str, stage: Stage
) -> None:
    kind = kind_of(template, stage)
    assert kind in LOCKED
    assert is_wanted(kind, ChannelName.EMAIL, preferred=False)


def test_the_duty_of_a_notice_that_only_tells_changes_nothing() -> None:
    told = kind_of("statement_missing", Stage.OBJECTION_REVIEW, DutyKind.RATER_STATEMENT)
    assert told is kind_of("statement_missing", Stage.OBJECTION_REVIEW)


def test_a_duty_that_nobody_knows_is_an_error() -> None:
    with pytest.raises(ValueError, match="a_favour"):
        kind_of("duty_opened", Stage.RATING, "a_favour")
