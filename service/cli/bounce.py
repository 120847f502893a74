import asyncio
import sys
from typing import Annotated

import typer

TAKEN, NOT_A_BOUNCE, TRY_AGAIN = 0, 65, 75
"""Exit codes as mail servers read them (sysexits.h): EX_OK, EX_DATAERR, EX_TEMPFAIL."""
_LONGEST_SECONDS = 60.0


def bounce(
    recipient: Annotated[
        list[str] | None,
        typer.Option(help="The address that the mail came to; its headers tell unless it is given."),
    ] = None,
) -> None:
    """Take one returned mail from standard input; a mail server pipes what comes to return paths here.

    Exit code 0 when it is taken, 65 for what is no bounce, 75 to have it offered again.
    Example: kinerja bounce --recipient bounce+0192f0c1@kinerja.example.go.id
    """
    content = _read()
    raise typer.Exit(asyncio.run(_take(content, recipient or [])))


def _read() -> bytes:
    from notifications.bounces import MOST_BYTES

    content = sys.stdin.buffer.read(MOST_BYTES)
    # Read to the end, because a mail server treats a closed pipe as a failure.
    while sys.stdin.buffer.read(MOST_BYTES):
        pass
    return content


async def _take(content: bytes, recipients: list[str]) -> int:
    from sqlalchemy.exc import SQLAlchemyError

    from notifications.bounces import NotABounce
    from service.channels.bounce_intake import take_bounce
    from service.cli.problems import CommandFailed
    from service.cli.servers import open_database, reachable
    from service.cli.speaking import LOCALE, complain, err
    from service.configuration.settings import SettingsError
    from service.configuration.structured_logging import configure_logging
    from service.runtime.problems import RuntimeProblem
    from service.temporal.channels import return_paths_from
    from store.message.delivery_reports import Taken
    from translations import mark as _

    try:
        settings = reachable("database_url")
        configure_logging(settings.log_format, settings.log_level)
        async with asyncio.timeout(_LONGEST_SECONDS), open_database(settings, pool_size=1) as database:
            taken = await take_bounce(database, return_paths_from(settings), content, recipients)
    except NotABounce as error:
        complain(_("This is no bounce: {reason}."), reason=error)
        return NOT_A_BOUNCE
    except CommandFailed as error:
        err().print(error.describe(LOCALE.get()))
        return TRY_AGAIN
    except (SettingsError, RuntimeProblem, SQLAlchemyError, OSError) as error:
        # Also for errors that an operator must correct first: the mail waits at its server meanwhile.
        complain(
            _("The mail cannot be taken at present ({reason}); offer it again."), reason=type(error).__name__
        )
        err().print(str(error) if isinstance(error, SettingsError | RuntimeProblem) else "")
        return TRY_AGAIN
    if taken is Taken.TOO_EARLY:
        complain(_("The message that it is about is still being sent; offer it again."))
        return TRY_AGAIN
    return TAKEN
