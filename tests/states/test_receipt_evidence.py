"""Which levels of receipt evidence there are, and which of them count as a receipt."""

import pytest

from states.receipt_evidence import (
    LEVELS,
    OFFICIAL,
    Evidence,
    Level,
    ProviderWord,
    begins_the_days,
    is_receipt,
    level_of,
)

# level         shows the receipt   counts where an opening does   counts where only an acknowledgement does
EXPECTED: tuple[tuple[str, bool, bool, bool], ...] = (
    ("delivered", False, False, False),
    ("bounced", False, False, False),
    ("seen", True, True, False),
    ("acknowledged", True, True, True),
    ("deemed", True, True, True),
    ("refused", True, True, True),
    ("recorded", True, True, True),
)


def counts(level: Level, starts_with: Evidence) -> bool:
    return isinstance(level, Evidence) and begins_the_days(level, starts_with)


def test_there_are_these_levels_in_this_order() -> None:
    assert [level.value for level in LEVELS] == [name for name, *_ in EXPECTED]
    assert set(LEVELS) == {*ProviderWord, *Evidence}


@pytest.mark.parametrize(("name", "receipt", "of_openings", "of_acknowledgements"), EXPECTED)
def test_which_level_counts(name: str, receipt: bool, of_openings: bool, of_acknowledgements: bool) -> None:
    level = level_of(name)
    assert is_receipt(level) is receipt
    assert counts(level, Evidence.SEEN) is of_openings
    assert counts(level, Evidence.ACKNOWLEDGED) is of_acknowledgements


@pytest.mark.parametrize("level", LEVELS)
def test_a_level_is_found_by_the_name_under_which_it_is_stored(level: Level) -> None:
    assert level_of(level.value) is level


def test_an_unknown_name_is_no_level() -> None:
    with pytest.raises(KeyError):
        level_of("read")


def test_the_personnel_officers_record_a_handing_over_unless_they_say_that_it_was_refused() -> None:
    assert OFFICIAL == (Evidence.RECORDED, Evidence.REFUSED)
    assert all(is_receipt(level) for level in OFFICIAL)
