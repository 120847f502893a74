"""A scripted rater sets the results of teams whose leaders' last check-in he reviews, and no others."""

import uuid
from dataclasses import replace
from unittest.mock import MagicMock

import pytest

from content.rules import ContentRules
from schemes.loading import builtin_system
from service.rehearsal import teams
from service.rehearsal.teams import wanted_results
from states.triggers import Trigger
from store.cycle.rehearsing import RehearsedCase
from store.team.leading import LedTeam
from tests.service.rehearsal.test_texts import CASE

LED = [LedTeam(uuid.UUID(int=number), "team") for number in range(1, 9)]


def case(*, check_ins: int = 1) -> RehearsedCase:
    return RehearsedCase(replace(CASE, id=str(uuid.UUID(int=1)), check_ins_done=check_ins), {})


def told(monkeypatch: pytest.MonkeyPatch, scheme: str) -> None:
    """Sets the scheme of the case; its employee leads some teams."""

    async def content_rules_of(_connection: object, _key: str) -> ContentRules | None:
        return builtin_system(scheme).content

    async def teams_to_rate(*_asked: object) -> list[LedTeam]:
        return LED

    monkeypatch.setattr(teams, "content_rules_of", content_rules_of)
    monkeypatch.setattr(teams, "teams_to_rate", teams_to_rate)


async def test_each_team_of_the_leader_gets_a_result_that_the_scheme_knows(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    told(monkeypatch, "tangsel-evaluasi")
    found = await wanted_results(MagicMock(), case(), Trigger.REVIEW_CHECK_IN, uuid.uuid4())
    assert list(found) == [team.id for team in LED]
    assert {result["step"] for result in found.values()} == {"beyond", "reached"}


@pytest.mark.parametrize(
    ("scheme", "trigger", "check_ins"),
    (
        ("nasional", Trigger.REVIEW_CHECK_IN, 1),
        ("tangsel-evaluasi", Trigger.RATE, 2),
        ("tangsel-evaluasi", Trigger.REVIEW_CHECK_IN, 0),
    ),
)
async def test_otherwise_no_result_is_set(
    monkeypatch: pytest.MonkeyPatch, scheme: str, trigger: Trigger, check_ins: int
) -> None:
    told(monkeypatch, scheme)
    assert await wanted_results(MagicMock(), case(check_ins=check_ins), trigger, uuid.uuid4()) == {}
