"""The floor: a workflow that does nothing, served by a process of its own from the same factory.

Run as `python -m tests.bench.bare ADDRESS`.
"""

import asyncio
import contextlib
import itertools
import signal
import sys
import uuid

import uvloop
from temporalio import workflow
from temporalio.client import Client, WorkflowHandle

from service.temporal.client import connect
from service.temporal.worker import create_worker
from states.codec import Json
from tests.bench.load import Piece, drive

QUEUE = "bare"


@workflow.defn(name="Bare")
class BareWorkflow:
    """Sleeps for ever and takes updates."""

    @workflow.run
    async def run(self) -> None:
        await workflow.wait_condition(lambda: False)

    @workflow.update
    async def act(self, command: Json) -> Json:
        return {"stage": "plan_review", "sequence": 1, "fingerprint": command["fingerprint"]}


async def start_bare(client: Client) -> WorkflowHandle[BareWorkflow, None]:
    """Starts one bare workflow."""
    return await client.start_workflow(BareWorkflow.run, id=f"bare-{uuid.uuid4()}", task_queue=QUEUE)


async def bare_updates(client: Client, workflows: int) -> Piece:
    """Starts ``workflows`` and gives the piece of work that updates them in turn."""
    handles: list[WorkflowHandle[BareWorkflow, None]] = []

    async def start() -> None:
        handles.append(await start_bare(client))

    await drive(start, pieces=workflows, at_once=16)
    turns, numbers = itertools.cycle(handles), itertools.count()
    command: Json = {
        "trigger": "submit_plan",
        "capacity": "employee",
        "actor": str(uuid.uuid4()),
        "document": "d" * 64,
        "fingerprint": "f" * 16,
        "seen": 2,
    }

    async def update() -> None:
        await next(turns).execute_update("act", command, id=f"k{next(numbers)}", result_type=dict)

    return update


async def _serve(address: str) -> None:
    client = await connect(address)
    serving = asyncio.create_task(
        create_worker(client, queue=QUEUE, workflows=[BareWorkflow], activities=[]).run()
    )
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, serving.cancel)
    with contextlib.suppress(asyncio.CancelledError):
        await serving


if __name__ == "__main__":
    uvloop.run(_serve(sys.argv[1]))
