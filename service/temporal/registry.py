"""The workflows and activities of each task queue."""

from collections.abc import Mapping
from functools import partial

from sqlalchemy.ext.asyncio import AsyncEngine
from temporalio.client import Client
from temporalio.worker import Worker, WorkflowRunner

from activities.attended import kinds_with
from activities.attending import Attending
from activities.commanding import Commands
from activities.launching import Launching
from activities.looking import Looking
from activities.operating import Operating
from activities.queues import Queue
from activities.relaying import Relaying
from activities.sealing import Seals
from activities.telling import Teller
from notifications.channel import Channel
from notifications.relay import Links
from notifications.unsubscribing import unsubscribe_url
from service.configuration.settings import Settings
from service.temporal.channels import channels_from
from service.temporal.worker import create_worker
from store.message.channels import ChannelName
from workflows.appraisal import AppraisalWorkflow
from workflows.attending import AttendingWorkflow
from workflows.launching import LaunchWorkflow
from workflows.operating import OperationWorkflow
from workflows.relaying import RelayWorkflow

APPRAISAL_WORKFLOWS: tuple[type, ...] = (
    AppraisalWorkflow,
    LaunchWorkflow,
    OperationWorkflow,
    AttendingWorkflow,
)
"""The workflows of the queue for deadlines and all that people wait for; histories are replayed with them."""

NOTIFY_WORKFLOWS: tuple[type, ...] = (RelayWorkflow,)
"""The workflows of the queue that sends messages."""


def appraisal_worker(
    client: Client,
    database: AsyncEngine,
    *,
    queue: str = Queue.APPRAISAL,
    runner: WorkflowRunner | None = None,
    seals: Seals | None = None,
) -> Worker:
    """A worker for deadlines, launches and operations; sandboxed only if ``runner`` is a sandboxed one.

    Without ``seals`` it leaves surveys to a worker that has them.
    """
    commands = Commands(database, Teller(database, client, queue=queue))
    launching = Launching(database)
    operating = Operating(database, commands)
    return create_worker(
        client,
        queue=queue,
        workflows=APPRAISAL_WORKFLOWS,
        activities=[
            Looking(database, commands).look,
            launching.launch_outline,
            launching.launch_chunk,
            launching.launch_done,
            operating.begin,
            operating.batch,
            operating.end,
            operating.set_state,
            Attending(database, kinds_with(seals or Seals())).attend,
        ],
        runner=runner,
    )


def notify_worker(
    client: Client,
    database: AsyncEngine,
    channels: Mapping[ChannelName, Channel],
    links: Links,
    *,
    runner: WorkflowRunner | None = None,
) -> Worker:
    """A worker that plans notices and sends messages through ``channels``."""
    return create_worker(
        client,
        queue=Queue.NOTIFY,
        workflows=NOTIFY_WORKFLOWS,
        activities=[Relaying(database, channels, links).relay_for_a_while],
        runner=runner,
    )


def worker_for(queue: Queue, client: Client, database: AsyncEngine, settings: Settings) -> Worker:
    """The worker for ``queue``, with these settings."""
    match queue:
        case Queue.APPRAISAL:
            return appraisal_worker(client, database, seals=Seals(settings.token_secret()))
        case Queue.NOTIFY:
            public_url = settings.public_address
            unsubscribe = partial(unsubscribe_url, public_url, settings.token_secret())
            links = Links(public_url, unsubscribe, settings.reply_to or "")
            return notify_worker(client, database, channels_from(settings), links)
