"""What each queue serves."""

import pytest
from sqlalchemy.ext.asyncio import AsyncEngine
from temporalio.client import Client

from activities.queues import Queue
from service.configuration.settings import Settings, load_settings
from service.temporal.registry import worker_for


def settings(**variables: str) -> Settings:
    return load_settings({f"KINERJA_{name}": value for name, value in variables.items()})


@pytest.mark.engine
@pytest.mark.database
@pytest.mark.parametrize("queue", Queue)
async def test_every_queue_has_a_worker_of_its_own(
    client: Client, database: AsyncEngine, queue: Queue
) -> None:
    worker = worker_for(queue, client, database, settings(SMTP_URL="smtp://127.0.0.1:25", SECRET="s" * 32))
    async with worker:
        assert worker.task_queue == queue
