"""What each queue serves."""

import pytest
from sqlalchemy.ext.asyncio import AsyncEngine
from temporalio.client import Client

from activities.queues import Queue
from service.engine.registry import mail_channel, worker_for
from service.settings import Settings, load_settings


def settings(**variables: str) -> Settings:
    return load_settings({f"KINERJA_{name}": value for name, value in variables.items()})


@pytest.mark.engine
@pytest.mark.database
@pytest.mark.parametrize("queue", Queue)
async def test_every_queue_has_a_worker_of_its_own(
    client: Client, database: AsyncEngine, queue: Queue
) -> None:
    worker = worker_for(queue, client, database, settings(SMTP_URL="smtp://127.0.0.1:25"))
    async with worker:
        assert worker.task_queue == queue


def test_without_a_mail_server_there_is_no_channel() -> None:
    with pytest.raises(ValueError, match="no mail server"):
        mail_channel(settings())


@pytest.mark.parametrize(
    ("public", "sender"),
    (
        ("https://kinerja.kota.example", "kinerja@kinerja.kota.example"),
        ("http://127.0.0.1:8080", "kinerja@localhost"),
    ),
)
def test_mail_comes_from_the_host_that_people_know(public: str, sender: str) -> None:
    channel = mail_channel(settings(SMTP_URL="smtps://u:p@mail.example", PUBLIC_URL=public))
    assert channel.sender == sender
    assert channel.server.implicit_tls
    assert (channel.server.username, channel.server.password) == ("u", "p")
