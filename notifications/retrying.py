"""When a failed attempt is repeated, and when it is given up."""

import datetime as dt
import random

FIRST_DELAY = dt.timedelta(minutes=1)
LONGEST_DELAY = dt.timedelta(hours=1)
PATIENCE = dt.timedelta(hours=24)
"""A message is given up once its delays add up to this. Time in which no relay ran does not count."""
JITTER = 0.2
"""Each delay differs by up to this share, so that what failed together is not repeated together."""


def delay_after(attempt: int) -> dt.timedelta:
    """The delay after the given attempt (1 is the first), before jitter: a minute, doubling up to an hour."""
    doubled: int = 2 ** min(attempt - 1, 16)
    return min(FIRST_DELAY * doubled, LONGEST_DELAY)


def _attempts() -> int:
    attempt, waited = 1, dt.timedelta()
    while waited + delay_after(attempt) <= PATIENCE:
        waited += delay_after(attempt)
        attempt += 1
    return attempt


ATTEMPTS = _attempts()
"""The number of attempts that fit into `PATIENCE`."""


def retry_after(attempt: int, chance: random.Random) -> dt.timedelta | None:
    """How long to wait after a temporary failure of the given attempt; None if it was the last."""
    if attempt >= ATTEMPTS:
        return None
    return delay_after(attempt) * chance.uniform(1 - JITTER, 1 + JITTER)
