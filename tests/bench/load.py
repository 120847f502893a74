"""Drives work at a fixed concurrency or at a fixed pace, and says how long each piece took."""

import asyncio
import time
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from statistics import median

Piece = Callable[[], Awaitable[object]]


@dataclass(frozen=True)
class Run:
    """How one stretch of load went; latencies in seconds."""

    seconds: float
    latencies: tuple[float, ...]

    @property
    def rate(self) -> float:
        """Pieces in a second."""
        return len(self.latencies) / self.seconds

    def milliseconds(self, percent: float) -> float:
        """The latency that so many percent of the pieces did not exceed."""
        ordered = sorted(self.latencies)
        return ordered[min(len(ordered) - 1, int(len(ordered) * percent / 100))] * 1000


async def drive(piece: Piece, *, pieces: int, at_once: int) -> Run:
    """Does ``pieces``, always ``at_once`` of them under way."""
    left, latencies = pieces, list[float]()

    async def lane() -> None:
        nonlocal left
        while left > 0:
            left -= 1
            began = time.perf_counter()
            await piece()
            latencies.append(time.perf_counter() - began)

    began = time.perf_counter()
    async with asyncio.TaskGroup() as group:
        for _ in range(at_once):
            group.create_task(lane())
    return Run(time.perf_counter() - began, tuple(latencies))


async def pace(piece: Piece, *, every: float, until: Callable[[], bool]) -> Run:
    """Begins a piece each ``every`` seconds, however long the earlier ones take, until told to stop."""
    latencies = list[float]()

    async def one() -> None:
        began = time.perf_counter()
        await piece()
        latencies.append(time.perf_counter() - began)

    start = time.perf_counter()
    async with asyncio.TaskGroup() as group:
        number = 0
        while not until():
            group.create_task(one())
            number += 1
            await asyncio.sleep(max(0.0, start + number * every - time.perf_counter()))
    return Run(time.perf_counter() - start, tuple(latencies))


def median_rate(runs: Sequence[Run]) -> float:
    """The median of the runs' rates."""
    return median(run.rate for run in runs)


def median_milliseconds(runs: Sequence[Run], percent: float) -> float:
    """The median over the runs of one percentile."""
    return median(run.milliseconds(percent) for run in runs)
