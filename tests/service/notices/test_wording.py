"""Every state, reason and outcome of a notice can be read in both languages."""

import re

import pytest

from notifications.kinds import Kind
from service.notices import wording
from states.rules import RungKind
from store.message.channels import ChannelName
from store.message.notice import NoticeState
from store.message.reasons import Reason
from tests.documents import ROOT
from translations import Locale

CODE = re.compile(r'reason="([a-z_]+)"|reason = "([a-z_]+)"|"reason": "([a-z_]+)"')
IN_SQL = re.compile(r"(?:reason = |THEN |ELSE |excluded\.reason, |'created', )'([a-z_]+)'")
"""A code where a statement writes one: the states that stand in the same places are left out below."""

# What stands behind THEN or ELSE in these statements without being a reason.
NO_REASONS = frozenset(state.value for state in NoticeState) | {"waiting", "true", "countersigner"}


def codes_in_code() -> set[str]:
    found = set()
    for package in ("notifications", "store"):
        for path in (ROOT / package).rglob("*.py"):
            found |= {code for match in CODE.findall(path.read_text("utf-8")) for code in match if code}
    return found


def codes_in_statements() -> set[str]:
    found: set[str] = set()
    for name in (
        "store/appraisal/recording_statement.py",
        "store/message/claiming.py",
        "store/message/settling.py",
        "store/message/falling_back.py",
    ):
        found |= set(IN_SQL.findall((ROOT / name).read_text("utf-8")))
    return found - NO_REASONS - {channel.value for channel in ChannelName}


def test_everything_has_a_name() -> None:
    assert set(wording.REASONS) == set(Reason)
    assert set(wording.STATES) == set(NoticeState)
    assert set(wording.CHANNELS) == set(ChannelName)
    assert set(wording.KINDS) == set(Kind)
    assert set(wording.RUNGS) == {kind.value for kind in RungKind}


def test_every_outcome_of_an_attempt_that_the_table_knows_has_a_name() -> None:
    source = (ROOT / "store" / "message" / "table.py").read_text("utf-8")
    (known,) = re.findall(r"outcome IN \((.*?)\)", source)
    assert set(wording.OUTCOMES) == set(re.findall(r"'(\w+)'", known))


def test_every_code_that_the_channels_give_is_a_reason_with_a_sentence() -> None:
    codes = codes_in_code()
    assert {"bad_address", "no_address", "rehearsal"} <= codes
    assert codes - {reason.value for reason in Reason} == set()


def test_every_code_that_a_statement_writes_is_a_reason_with_a_sentence() -> None:
    codes = codes_in_statements()
    assert {"done", "case_cancelled", "due_day_moved", "handed_over", "nothing_left", "fallback"} <= codes
    assert codes - {reason.value for reason in Reason} == set()


@pytest.mark.parametrize("locale", tuple(Locale))
@pytest.mark.parametrize("reason", tuple(Reason))
def test_a_reason_is_read_as_a_sentence(reason: Reason, locale: Locale) -> None:
    sentence = wording.reason_sentence(reason.value, locale)
    assert sentence is not None
    assert sentence.endswith(".")
    assert reason.value not in sentence or reason.value in ("digest", "rehearsal", "done", "refused")


def test_no_reason_says_nothing() -> None:
    assert wording.reason_sentence("", Locale.INDONESIAN) is None


@pytest.mark.parametrize("locale", tuple(Locale))
def test_no_two_states_or_reasons_read_the_same(locale: Locale) -> None:
    assert len({wording.notice_state(state, locale) for state in NoticeState}) == len(NoticeState)
    assert len({wording.reason_sentence(reason, locale) for reason in Reason}) == len(Reason)


def test_a_task_under_objection_is_of_the_kind_of_objections() -> None:
    assert wording.kind_of_notice("task_opened", "objected") is Kind.OBJECTION
    assert wording.kind_of_notice("task_opened", "rating") is Kind.TASK


def test_a_reminder_of_a_statement_is_of_the_kind_of_objections_and_one_of_a_report_is_a_reminder() -> None:
    assert wording.kind_of_notice("duty_reminder", "objection_review", "rater_statement") is Kind.OBJECTION
    assert wording.kind_of_notice("duty_reminder", "objection_review", "report") is Kind.REMINDER
