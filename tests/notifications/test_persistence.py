import pytest

from notifications.persistence import persistently


class Failing:
    """A write that fails some times before it works."""

    def __init__(self, failures: int) -> None:
        self.left = failures
        self.calls = 0

    async def __call__(self) -> None:
        self.calls += 1
        if self.left:
            self.left -= 1
            raise ConnectionRefusedError("the database is starting up")


async def test_a_write_is_repeated_until_the_database_takes_it() -> None:
    write = Failing(2)
    await persistently(write)
    assert write.calls == 3


async def test_a_write_that_works_is_done_once() -> None:
    write = Failing(0)
    await persistently(write)
    assert write.calls == 1


async def test_a_database_that_stays_away_is_an_error_in_the_end() -> None:
    write = Failing(1_000)
    with pytest.raises(ConnectionRefusedError):
        await persistently(write, patience=0.5)
    assert 1 < write.calls < 5
