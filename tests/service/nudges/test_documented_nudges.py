"""The tables of kinds and of nudges in the documents are those of the code."""

import re

from notifications.hours import SendingHours
from notifications.kinds import Kind, is_locked, is_wanted
from service.nudges.checking import MOST_AN_HOUR
from service.nudges.nudging import MOST_AT_ONCE
from service.nudges.outcome import NudgeOutcome
from service.nudges.wording import OUTCOMES
from store.message.channels import CHAT, ChannelName
from tests.documents import ROOT

TEXT = (ROOT / "docs" / "notifications.md").read_text("utf-8")


def test_the_table_of_kinds_says_what_is_locked_and_what_chat_tells_by_default() -> None:
    rows = re.findall(r"^\| `(\w+)` \| [^|]+ \| ([^|]+) \| ([^|]+) \|$", TEXT, re.MULTILINE)
    assert [kind for kind, _, _ in rows] == [kind.value for kind in Kind]
    for kind, email, chat in rows:
        assert email.startswith("always") is is_locked(Kind(kind), ChannelName.EMAIL)
        for channel in CHAT:
            assert chat.startswith("by default") is is_wanted(Kind(kind), channel, None)


def test_the_hours_and_limits_are_the_defaults() -> None:
    hours = SendingHours()
    for time in (hours.opens, hours.closes, hours.morning, hours.afternoon):
        assert f"{time:%H.%M}" in TEXT
    assert (hours.daily, hours.daily_chat) == (2, 1)
    assert "at most two e-mails and one chat message a day" in TEXT


def test_the_table_of_nudges_has_every_outcome() -> None:
    named = re.findall(r"^\| `(\w+)` \| [^|]+ \|$", TEXT, re.MULTILINE)
    outcomes = {outcome.value for outcome in NudgeOutcome}
    assert [each for each in named if each in outcomes] == [outcome.value for outcome in NudgeOutcome]


def test_every_outcome_of_a_nudge_has_a_name() -> None:
    assert set(OUTCOMES) == set(NudgeOutcome)


def test_the_limits_of_nudges_are_those_of_the_code() -> None:
    assert f"`appraisals`, {MOST_AT_ONCE} at most" in TEXT
    assert f"{MOST_AN_HOUR} times an hour at most" in TEXT
