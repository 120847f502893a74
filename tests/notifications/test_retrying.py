import datetime as dt
import random

import pytest

from notifications.retrying import ATTEMPTS, delay_after, retry_after

MINUTE = dt.timedelta(minutes=1)


@pytest.mark.parametrize(
    ("attempt", "minutes"), ((1, 1), (2, 2), (3, 4), (4, 8), (5, 16), (6, 32), (7, 60), (8, 60), (5_000, 60))
)
def test_the_delay_doubles_from_a_minute_to_an_hour(attempt: int, minutes: int) -> None:
    assert delay_after(attempt) == minutes * MINUTE


def test_the_delays_add_up_to_a_day_at_most_and_to_more_than_23_hours() -> None:
    total = sum((delay_after(attempt) for attempt in range(1, ATTEMPTS)), dt.timedelta())
    assert dt.timedelta(hours=23) < total <= dt.timedelta(hours=24)


def test_the_last_attempt_is_followed_by_none() -> None:
    chance = random.Random(1)
    assert retry_after(ATTEMPTS - 1, chance) is not None
    assert retry_after(ATTEMPTS, chance) is None
    assert retry_after(ATTEMPTS + 7, chance) is None


def test_what_failed_together_is_not_repeated_together() -> None:
    chance = random.Random(1)
    waits = [retry_after(3, chance) for _ in range(200)]
    assert len(set(waits)) > 150
    assert all(wait is not None and 4 * MINUTE * 0.8 <= wait <= 4 * MINUTE * 1.2 for wait in waits)
