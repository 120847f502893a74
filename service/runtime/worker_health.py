"""The check of `kinerja health worker`. It stands apart because the other checks need no Temporal client."""

import socket
from datetime import UTC, datetime, timedelta

from google.protobuf.timestamp_pb2 import Timestamp
from temporalio.api.enums.v1 import TaskQueueType
from temporalio.api.taskqueue.v1 import TaskQueue
from temporalio.api.workflowservice.v1 import DescribeTaskQueueRequest
from temporalio.client import Client
from temporalio.service import RPCError

from service.runtime.health import Unhealthy

# A poll waits up to a minute on the server, so a live worker polls at least that often.
_LONGEST_SILENCE = timedelta(seconds=70)
_ANSWER_WITHIN = timedelta(seconds=5)


async def check_worker(client: Client, queue: str, host: str | None = None) -> None:
    """Raises Unhealthy unless a worker of this machine polled `queue` in the last 70 seconds.

    A worker is recognised by the SDK's usual identity, process@host; `host` is this machine unless given.
    """
    machine = host or socket.gethostname()
    identities = await _pollers(client, queue)
    if not any(identity.endswith(f"@{machine}") for identity in identities):
        raise Unhealthy(f"No worker of {machine} asks for tasks of the queue {queue!r}.")


async def _pollers(client: Client, queue: str) -> list[str]:
    oldest = datetime.now(UTC) - _LONGEST_SILENCE
    identities: list[str] = []
    for kind in (TaskQueueType.TASK_QUEUE_TYPE_WORKFLOW, TaskQueueType.TASK_QUEUE_TYPE_ACTIVITY):
        request = DescribeTaskQueueRequest(
            namespace=client.namespace, task_queue=TaskQueue(name=queue), task_queue_type=kind
        )
        try:
            answer = await client.workflow_service.describe_task_queue(request, timeout=_ANSWER_WITHIN)
        except RPCError as error:
            raise Unhealthy(f"The engine does not answer: {error.message}") from error
        identities += [
            poller.identity for poller in answer.pollers if _moment(poller.last_access_time) >= oldest
        ]
    return identities


def _moment(stamp: Timestamp) -> datetime:
    return stamp.ToDatetime(UTC)
