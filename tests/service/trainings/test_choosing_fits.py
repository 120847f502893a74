"""Which trainings fit a scheme and a meeting, without a database."""

import uuid
from datetime import UTC, datetime
from typing import Any

import pytest

from content.rules import ContentRules
from service.problems import Invalid
from service.trainings.checking import refuse_unfit
from service.trainings.named import named_weaknesses
from service.trainings.schemas import NewTraining
from service.trainings.showing import shown_choice, shown_trainings
from store.training.repository import TrainingChoice
from tests.fixtures.content import SMALL
from tests.fixtures.meetings import MEETING, TALK
from translations import Locale

ONE = TrainingChoice(uuid.UUID(int=1), "talks", "listening", datetime(2026, 1, 6, tzinfo=UTC), None)


def refused(body: NewTraining, *, named: tuple[str, ...] = (), standing: tuple[str, ...] = ()) -> list[str]:
    with pytest.raises(Invalid) as caught:
        refuse_unfit(MEETING, body, named, standing)
    return [each.field for each in caught.value.errors]


def test_weaknesses_are_read_where_the_form_has_a_choice_for_them() -> None:
    assert named_weaknesses(MEETING, TALK) == ("listening",)


def test_a_form_with_words_only_names_none() -> None:
    assert named_weaknesses(SMALL, {"talk": {"weaknesses": "Datang terlambat"}}) == ()


@pytest.mark.parametrize("filled", (None, {}, {"talk": {}}, {"talk": []}))
def test_what_was_left_out_names_none(filled: Any) -> None:
    assert named_weaknesses(MEETING, filled) == ()


def test_a_single_weakness_is_one() -> None:
    assert named_weaknesses(MEETING, {"talk": {"weaknesses": "writing"}}) == ("writing",)


def test_a_scheme_without_a_meeting_names_none() -> None:
    assert named_weaknesses(ContentRules(), TALK) == ()


def test_a_training_of_the_scheme_may_be_chosen_for_a_named_weakness() -> None:
    refuse_unfit(MEETING, NewTraining(training="talks", weakness="listening"), ("listening",), ())


def test_a_training_may_be_chosen_without_a_weakness() -> None:
    refuse_unfit(MEETING, NewTraining(training="archiving"), ("listening",), ("talks",))


def test_where_none_was_named_any_weakness_of_the_list_will_do() -> None:
    refuse_unfit(MEETING, NewTraining(training="talks", weakness="punctuality"), (), ())


def test_an_unknown_training_is_refused_at_its_field() -> None:
    assert refused(NewTraining(training="swimming")) == ["/training"]


def test_a_training_that_stands_is_not_chosen_twice() -> None:
    assert refused(NewTraining(training="talks"), standing=("talks",)) == ["/training"]


def test_a_weakness_outside_the_list_is_refused_at_its_field() -> None:
    assert refused(NewTraining(training="talks", weakness="pride")) == ["/weakness"]


def test_a_weakness_that_was_not_named_is_refused_at_its_field() -> None:
    body = NewTraining(training="talks", weakness="writing")
    assert refused(body, named=("listening",)) == ["/weakness"]


def test_all_mistakes_are_named_together() -> None:
    assert refused(NewTraining(training="swimming", weakness="pride")) == ["/training", "/weakness"]


def test_what_helps_with_a_named_weakness_stands_first() -> None:
    shown = shown_trainings(MEETING, ("listening",), [], Locale.ENGLISH, post="", may_choose=True)
    assert [(each.training, each.recommended) for each in shown.offers] == [
        ("talks", True),
        ("archiving", False),
        ("letters", False),
    ]
    assert [each.label for each in shown.weaknesses] == ["listening"]
    assert [each.name for each in shown.offers[0].helps_with] == ["listening", "writing"]


def test_a_choice_is_shown_in_the_language_of_its_reader() -> None:
    shown = shown_choice(MEETING, ONE, Locale.INDONESIAN)
    assert (shown.label, shown.hours) == ("talks (id)", 8)
    assert shown.weakness is not None
    assert shown.weakness.label == "listening (id)"


def test_a_choice_that_the_scheme_has_lost_is_shown_by_its_name() -> None:
    shown = shown_choice(ContentRules(), ONE, Locale.ENGLISH)
    assert (shown.label, shown.hours) == ("talks", None)
