"""What `kinerja health api` and `kinerja health mailbox` find out, for the health checks of containers."""

import asyncio

from service.runtime.probes import answers_http, answers_smtp
from service.settings import Settings


class Unhealthy(Exception):
    """The process does not do its work. The text says what was asked and what came back."""


async def check_api(settings: Settings) -> None:
    """Unhealthy unless the API of this machine says that it is ready."""
    host = "127.0.0.1" if settings.api_host in {"0.0.0.0", "::"} else settings.api_host  # noqa: S104
    url = f"http://{host}:{settings.api_port}"
    if not await asyncio.to_thread(answers_http, url):
        raise Unhealthy(f"The API at {url} is not ready.")


async def check_mailbox(settings: Settings) -> None:
    """Unhealthy unless the mailbox of this machine takes mail."""
    host = "127.0.0.1" if settings.mailbox_host in {"0.0.0.0", "::"} else settings.mailbox_host  # noqa: S104
    if not await asyncio.to_thread(answers_smtp, host, settings.mailbox_port):
        raise Unhealthy(f"The mailbox at {host}:{settings.mailbox_port} does not answer.")
