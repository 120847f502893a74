import asyncio
import contextlib
import signal


def mailbox() -> None:
    """Take mail on this machine and keep it for the mailbox page: for trying out, never for production.

    Example: KINERJA_MAILBOX_PORT=2525 kinerja mailbox
    """
    from service.settings import load_settings
    from service.structured_logging import configure_logging

    settings = load_settings()
    configure_logging(settings.log_format, settings.log_level)
    asyncio.run(_until_told(settings.mailbox_host, settings.mailbox_port, settings.mail_directory))


async def _until_told(host: str, port: int, directory: object) -> None:
    from pathlib import Path

    from service.cli.problems import CommandFailed
    from service.runtime.mailbox import serve_mailbox
    from translations import mark as _

    serving = asyncio.ensure_future(serve_mailbox(host, port, Path(str(directory))))
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
