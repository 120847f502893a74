"""Notices as they are written."""

import datetime as dt

import pytest

from states.notices import Notice
from states.stages import Capacity, Stage
from states.templates import Template
from store.message.writing import notice_row
from tests.states.builders import day, local

AT = local("2026-03-02 10:00")


@pytest.mark.parametrize(
    ("due_on", "written"), ((day("2026-03-31"), "2026-03-31"), (None, None)), ids=("due", "no day")
)
def test_a_notice_to_a_capacity_is_written_for_whoever_holds_it(
    due_on: dt.date | None, written: str | None
) -> None:
    notice = Notice(
        Stage.PLAN_REVIEW,
        "submit_plan",
        9,
        Capacity.RATER,
        Template.TASK_OPENED,
        due_on,
        AT,
    )
    assert notice_row(notice) == {
        "stage": "plan_review",
        "rule": "submit_plan",
        "occurrence": 9,
        "audience": "rater",
        "recipient": None,
        "template": "task_opened",
        "duty": "",
        "due_on": written,
        "at": AT.isoformat(),
        "inbox_only": False,
    }


def test_a_notice_to_one_person_names_him() -> None:
    notice = Notice(
        Stage.RATING,
        "reassign",
        9,
        Capacity.RATER,
        Template.HANDED_OVER,
        None,
        AT,
        inbox_only=True,
        recipient="dewi",
    )
    row = notice_row(notice)
    assert (row["recipient"], row["inbox_only"]) == ("dewi", True)
