"""Notes in the cases what providers say of the notices of results, where their scheme deems receipt."""

import asyncio
import contextlib
import datetime as dt
from collections.abc import AsyncIterator

import structlog
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine
from temporalio.client import Client, WorkflowUpdateFailedError, WorkflowUpdateRPCTimeoutOrCancelledError
from temporalio.service import RPCError

from activities.starting import appraisal_workflow_id
from states.codec import Json, load_appraisal
from states.stages import Capacity
from states.triggers import Trigger
from store.agency.regimes import regime_on
from store.database import autocommit
from store.receipt.unnoted import Unnoted, unnoted_deliveries

BATCH = 200
AT_ONCE = 8
PAUSE = dt.timedelta(seconds=60)
"""Between two looks. What counts is the day on which a notice arrived, so minutes are soon enough."""
ENGINE_TIMEOUT = dt.timedelta(seconds=10)

_log = structlog.get_logger(__name__)


class ReceiptNoting:
    """Compares messages with cases; each difference becomes one command of the clock, once."""

    def __init__(self, engine: AsyncEngine, client: Client) -> None:
        self._engine = autocommit(engine)
        self._client = client

    async def note_waiting(self) -> int:
        """Notes one batch and returns how many commands were taken. What was refused, because the case has moved
        on meanwhile, differs no more the next time; what the engine did not answer is sent again then.

        Raises the database's error.
        """
        async with self._engine.connect() as connection:
            found = await unnoted_deliveries(connection, BATCH)
            commands = [(each, await _command(connection, each)) for each in found]
        limit = asyncio.Semaphore(AT_ONCE)
        async with asyncio.TaskGroup() as group:
            sent = [group.create_task(self._send(limit, each, *command)) for each, command in commands]
        return sum(each.result() for each in sent)

    async def _send(self, limit: asyncio.Semaphore, unnoted: Unnoted, key: str, command: Json) -> bool:
        handle = self._client.get_workflow_handle(appraisal_workflow_id(unnoted.appraisal))
        async with limit:
            try:
                await handle.execute_update(
                    "act", command, id=key, result_type=dict, rpc_timeout=ENGINE_TIMEOUT
                )
            except (WorkflowUpdateFailedError, WorkflowUpdateRPCTimeoutOrCancelledError, RPCError) as failed:
                _log.warning(
                    "delivery_not_noted", appraisal=str(unnoted.appraisal), cause=type(failed).__name__
                )
                return False
        return True


async def _command(connection: AsyncConnection, unnoted: Unnoted) -> tuple[str, Json]:
    """The key and the command, the same however often the same word is found."""
    command: Json = {"capacity": Capacity.CLOCK.value, "actor": "", "seen": unnoted.sequence}
    if unnoted.message is None or unnoted.at is None:
        return f"bounced:{unnoted.sequence}", command | {"trigger": Trigger.NOTE_BOUNCE.value}
    appraisal = load_appraisal(unnoted.snapshot)
    regime = await regime_on(connection, appraisal)
    delivered_on = regime.calendar.local_date(unnoted.at).isoformat()
    return (
        f"delivered:{appraisal.revision}:{unnoted.message}",
        command | {"trigger": Trigger.NOTE_DELIVERY.value, "delivered_on": delivered_on},
    )


@contextlib.asynccontextmanager
async def noting_receipts(
    engine: AsyncEngine, client: Client, *, pause: dt.timedelta = PAUSE
) -> AsyncIterator[None]:
    """Notes deliveries for as long as the block runs. Any number of processes may do so at once: a word that is
    noted twice is one command.
    """
    looking = asyncio.create_task(_look_again_and_again(ReceiptNoting(engine, client), pause))
    try:
        yield
    finally:
        looking.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await looking


async def _look_again_and_again(noting: ReceiptNoting, pause: dt.timedelta) -> None:
    while True:
        try:
            noted = await noting.note_waiting()
        except (SQLAlchemyError, OSError) as away:
            _log.warning("deliveries_not_read", cause=type(away).__name__)
        else:
            if noted == BATCH:
                continue
        await asyncio.sleep(pause.total_seconds())
