import asyncio
import contextlib
import signal
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from service.configuration.settings import Settings


def mailbox() -> None:
    """Take mail on this machine and keep it for the mailbox page: for trying out, never for production.

    What comes to return paths is taken as `kinerja bounce` does, where KINERJA_DATABASE_URL is set.

    Example: KINERJA_MAILBOX_PORT=2525 kinerja mailbox
    """
    from service.configuration.settings import load_settings
    from service.configuration.structured_logging import configure_logging

    settings = load_settings()
    configure_logging(settings.log_format, settings.log_level)
    asyncio.run(_until_told(settings))


async def _until_told(settings: "Settings") -> None:
    from service.channels.bounce_intake import smtp_intake
    from service.cli.problems import CommandFailed
    from service.runtime.mailbox import serve_mailbox
    from translations import mark as _

    host, port = settings.mailbox_host, settings.mailbox_port
    serving = asyncio.ensure_future(serve_mailbox(host, port, settings.mail_directory, smtp_intake(settings)))
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, serving.cancel)
    with contextlib.suppress(asyncio.CancelledError):
        try:
            await serving
        except OSError as error:
            raise CommandFailed(
                _("The mailbox cannot listen on {host}:{port} ({reason}); set KINERJA_MAILBOX_PORT."),
                host=host,
                port=port,
                reason=error.strerror,
            ) from error
