"""What the matrix says, and what may be changed in it."""

import pytest

from notifications.kinds import LOCKED, Kind, is_locked
from service.preferences.matrix import MISSING, TWICE, Place, changes, matrix, mistakes
from service.preferences.wording import BY_EMAIL, lock_reason
from store.message.channels import ChannelName
from translations import Locale, translate

EMAIL, CHAT = ChannelName.EMAIL, ChannelName.TELEGRAM
WHOLE: list[tuple[Place, bool]] = [((kind, channel), True) for kind in Kind for channel in ChannelName]


def test_every_locked_cell_can_be_explained_in_both_languages() -> None:
    assert set(BY_EMAIL) == LOCKED
    for cell in matrix({}):
        if cell.locked:
            reason = lock_reason(cell.kind, cell.channel)
            assert len({translate(reason, locale) for locale in Locale}) == len(Locale)


def test_without_a_choice_the_default_holds() -> None:
    assert all(cell.wanted == cell.default for cell in matrix({}))


def test_a_choice_is_shown_beside_its_default() -> None:
    (cell,) = [each for each in matrix({("task", EMAIL): False}) if not each.wanted and each.channel is EMAIL]
    assert (cell.kind, cell.default) == (Kind.TASK, True)


def test_a_choice_against_a_lock_that_came_later_does_not_count() -> None:
    assert all(cell.wanted for cell in matrix({("result", EMAIL): False}) if cell.locked)


def test_the_whole_matrix_has_no_mistakes() -> None:
    assert mistakes(WHOLE, whole=True) == []


@pytest.mark.parametrize("place", [place for place, _ in WHOLE if is_locked(*place)])
def test_a_locked_cell_is_not_switched_off(place: Place) -> None:
    (found,) = mistakes([((Kind.TASK, CHAT), False), (place, False)], whole=False)
    assert (found.field, found.message) == ("/cells/1/wanted", lock_reason(*place))


def test_a_cell_that_stands_there_twice_is_named() -> None:
    (found,) = mistakes([((Kind.TASK, CHAT), False), ((Kind.TASK, CHAT), True)], whole=False)
    assert (found.field, found.message) == ("/cells/1", TWICE)


def test_a_missing_cell_is_named() -> None:
    (found,) = mistakes(WHOLE[1:], whole=True)
    assert (found.message, found.parameters) == (MISSING, {"kind": "result", "channel": "inbox"})


def test_only_what_differs_is_a_change() -> None:
    wishes: list[tuple[Place, bool]] = [((Kind.TASK, EMAIL), True), ((Kind.CHANGE, EMAIL), False)]
    assert changes(wishes, {}) == {("change", EMAIL): False}


def test_to_go_back_to_the_default_is_a_change_of_what_was_chosen() -> None:
    wishes: list[tuple[Place, bool]] = [((Kind.TASK, EMAIL), True)]
    assert changes(wishes, {("task", EMAIL): False}) == {("task", EMAIL): True}
