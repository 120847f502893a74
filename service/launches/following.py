"""Follows a launch for somebody who waits for its end."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Any

from temporalio.client import WorkflowFailureError, WorkflowHandle, WorkflowQueryFailedError
from temporalio.service import RPCError

from states.codec import Json

_LOOK_SECONDS = 0.5


class LaunchFailed(RuntimeError):
    """The launch stopped before it was complete; the text says why."""


@dataclass(frozen=True, slots=True)
class Course:
    """How far a launch has come."""

    seen: int = 0
    total: int | None = None
    """The number of people that it looks at; None while no worker reports it."""
    result: Json | None = None
    """Its result, once it has ended."""


async def courses(handle: WorkflowHandle[Any, Json]) -> AsyncIterator[Course]:
    """The progress again and again, the last time with the result. Raises `LaunchFailed`."""
    ending = asyncio.create_task(handle.result())
    while not ending.done():
        try:
            told: Json = await handle.query("progress", result_type=dict)
        except (RPCError, WorkflowQueryFailedError):
            # No worker has started the launch yet, or none runs now: the launch goes on once a worker runs.
            yield Course()
        else:
            yield Course(told["seen"], told["total"])
        await asyncio.wait((ending,), timeout=_LOOK_SECONDS)
    try:
        result = ending.result()
    except WorkflowFailureError as error:
        raise LaunchFailed(str(error.cause)) from error
    yield Course(result=result)
