"""Tells the engine to start, pause or resume an operation."""

import uuid

import structlog
from sqlalchemy.ext.asyncio import AsyncEngine
from temporalio.client import Client, WorkflowUpdateFailedError, WorkflowUpdateRPCTimeoutOrCancelledError
from temporalio.service import RPCError, RPCStatusCode

from service.operations.starting import ENGINE_TIMEOUT, operation_workflow_id, start_operation
from service.problems import OperationEnded, OutcomeUnknown
from store.operation.repository import Operation

_log = structlog.get_logger(__name__)


class EngineOfOperations:
    """The part of the engine that operations need."""

    def __init__(self, database: AsyncEngine, client: Client, queue: str) -> None:
        self._database = database
        self._client = client
        self._queue = queue

    async def start(self, operation: Operation, *, again: bool = False) -> None:
        """Starts an operation unless it runs; ``again`` retries failed and refused items.

        Raises `OutcomeUnknown`.
        """
        try:
            await start_operation(self._database, self._client, operation, again=again, queue=self._queue)
        except (RPCError, RuntimeError) as error:
            # The SDK raises RuntimeError when a lazy client cannot connect.
            _log.warning("engine_unavailable", kind=type(error).__name__)
            raise OutcomeUnknown from error

    async def tell(self, operation: uuid.UUID, update: str) -> object:
        """Sends an update to an operation's workflow and returns the answer.

        Raises `OperationEnded` if it does not run, and `OutcomeUnknown` if the engine does not answer.
        """
        handle = self._client.get_workflow_handle(operation_workflow_id(operation))
        try:
            answer: object = await handle.execute_update(update, rpc_timeout=ENGINE_TIMEOUT)
        except (WorkflowUpdateRPCTimeoutOrCancelledError, WorkflowUpdateFailedError, RuntimeError) as error:
            raise OutcomeUnknown from error
        except RPCError as error:
            if error.status is RPCStatusCode.NOT_FOUND:
                raise OperationEnded from error
            raise OutcomeUnknown from error
        return answer
