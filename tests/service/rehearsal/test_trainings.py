"""A scripted person chooses what helps with a weakness that was named, and nothing else."""

import uuid
from dataclasses import replace
from typing import Any
from unittest.mock import MagicMock

import pytest

from content.parts import Values
from content.rules import ContentRules
from schemes.loading import builtin_system
from service.rehearsal import trainings
from service.rehearsal.trainings import wanted_training
from states.triggers import Trigger
from store.cycle.rehearsing import RehearsedCase
from tests.service.rehearsal.test_texts import CASE


def case(number: int = 1) -> RehearsedCase:
    return RehearsedCase(replace(CASE, id=str(uuid.UUID(int=number))), {})


@pytest.fixture
def told(monkeypatch: pytest.MonkeyPatch) -> Any:
    """Sets the scheme of the case, and what was handed over with its result."""

    def tell(scheme: str | None, filled: Values | None) -> None:
        rules = None if scheme is None else builtin_system(scheme).content

        async def content_rules_of(_connection: object, _key: str) -> ContentRules | None:
            return rules

        async def handed_over(_connection: object, _appraisal: uuid.UUID) -> Values | None:
            return filled

        monkeypatch.setattr(trainings, "content_rules_of", content_rules_of)
        monkeypatch.setattr(trainings, "handed_over", handed_over)

    return tell


NAMED: Values = {"meeting": {"weaknesses": ["records", "teamwork"]}}


async def test_it_helps_with_a_weakness_that_was_named(told: Any) -> None:
    told("gerunggang", NAMED)
    rules = builtin_system("gerunggang").content
    assert rules is not None
    helps = {training.name: training.for_weaknesses for training in rules.follow_up.trainings}
    wanted = [await wanted_training(MagicMock(), case(number), Trigger.AGREE) for number in range(20)]
    assert all(each and each["weakness"] in helps[each["training"]] for each in wanted)
    assert {each["weakness"] for each in wanted if each} == {"records", "teamwork"}


async def test_the_same_person_chooses_the_same_again(told: Any) -> None:
    told("gerunggang", NAMED)
    first = await wanted_training(MagicMock(), case(), Trigger.AGREE)
    assert first is not None
    assert await wanted_training(MagicMock(), case(), Trigger.AGREE) == first


async def test_where_no_weakness_was_named_nothing_is_chosen(told: Any) -> None:
    told("gerunggang", None)
    assert await wanted_training(MagicMock(), case(), Trigger.AGREE) is None


@pytest.mark.parametrize("scheme", ("nasional", None))
async def test_where_the_scheme_offers_nothing_nothing_is_chosen(told: Any, scheme: str | None) -> None:
    told(scheme, NAMED)
    assert await wanted_training(MagicMock(), case(), Trigger.AGREE) is None


async def test_no_other_action_makes_somebody_choose(told: Any) -> None:
    told("gerunggang", NAMED)
    for trigger in set(Trigger) - {Trigger.AGREE}:
        assert await wanted_training(MagicMock(), case(), trigger) is None
