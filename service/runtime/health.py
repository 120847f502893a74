"""The checks of `kinerja health` for containers: API, mailbox, messages and how far the engine is behind."""

import asyncio
import datetime as dt

from sqlalchemy.ext.asyncio import AsyncConnection

from service.configuration.settings import Settings
from service.notices.overdue import PATIENCE, late_messages
from service.runtime.probes import answers_http, answers_smtp
from service.temporal.lag import engine_lag


class Unhealthy(Exception):
    """The process does not do its work. The text says what was checked and what was found."""


async def check_api(settings: Settings) -> None:
    """Raises Unhealthy unless the API of this machine says that it is ready."""
    host = "127.0.0.1" if settings.api_host in {"0.0.0.0", "::"} else settings.api_host  # noqa: S104
    url = f"http://{host}:{settings.api_port}"
    if not await asyncio.to_thread(answers_http, url):
        raise Unhealthy(f"The API at {url} is not ready.")


async def check_mailbox(settings: Settings) -> None:
    """Raises Unhealthy unless the mailbox of this machine takes mail."""
    host = "127.0.0.1" if settings.mailbox_host in {"0.0.0.0", "::"} else settings.mailbox_host  # noqa: S104
    if not await asyncio.to_thread(answers_smtp, host, settings.mailbox_port):
        raise Unhealthy(f"The mailbox at {host}:{settings.mailbox_port} does not answer.")


async def check_messages(connection: AsyncConnection) -> None:
    """Raises Unhealthy if messages should have left through open channels and have not."""
    found = await late_messages(connection)
    if not found:
        return
    now, minutes = dt.datetime.now(dt.UTC), int(PATIENCE.total_seconds() // 60)
    late = [
        f"{each.channel}: {each.messages} messages, {each.stuck} of them stuck with a relay that ended, "
        f"the oldest for {int((now - each.oldest).total_seconds() // 60)} minutes"
        for each in found.overdue
    ]
    if found.unplanned:
        late.append(f"{found.unplanned} notices without a plan")
    raise Unhealthy(
        f"Late for more than {minutes} minutes: {'; '.join(late)}. See that a worker of the queue notify runs, "
        "and what the provider says: kinerja channel list"
    )


async def check_following(connection: AsyncConnection) -> str:
    """How far the engine is behind the record, in words. Raises Unhealthy if that is too far."""
    behind = await engine_lag(connection)
    told = (
        f"{behind.lag.cases} cases not followed, the oldest for {behind.lag.seconds:.1f} s; "
        f"time is late on {behind.overdue_wakes}"
    )
    if behind.is_late:
        raise Unhealthy(
            f"The engine is behind the record: {told}. People can act; reminders and deadlines wait. See that Temporal "
            "answers and that a worker of the queue appraisal runs: kinerja health worker"
        )
    return told
