"""Explains refusals of changes to the author of the file."""

from collections.abc import Iterator
from contextlib import contextmanager

from service.cli.problems import CommandFailed
from service.cli.speaking import LOCALE
from service.operations.change_file import ChangeFile
from service.problems import IdempotencyKeyInvalid, NotFound, OutcomeUnknown, Problem
from service.wording import readable
from states.errors import DomainError
from translations import mark as _


@contextmanager
def explained(file: ChangeFile | None = None, *, key: str | None = None) -> Iterator[None]:
    """Turns a refusal of the service into one sentence, with the line of the file if a field is the cause.

    Raises `CommandFailed`, or `SchemeError` for a field of the ``file``.
    """
    try:
        yield
    except DomainError as refused:
        if file is None or refused.field is None:
            raise CommandFailed(refused.message, **readable(refused.parameters, LOCALE.get())) from refused
        raise file.refused(refused, LOCALE.get()) from refused
    except OutcomeUnknown as unknown:
        if key is None:
            raise CommandFailed(_("The engine does not answer; repeat the command.")) from unknown
        raise CommandFailed(
            _("The engine does not answer. Repeat the command with --key {key}: nothing is ordered twice."),
            key=key,
        ) from unknown
    except NotFound as missing:
        raise CommandFailed(
            _("There is no such order; `kinerja change list` shows the known ones.")
        ) from missing
    except IdempotencyKeyInvalid as invalid:
        raise CommandFailed(
            _("The key must have 1 to 80 printable ASCII characters without blanks; choose another one.")
        ) from invalid
    except Problem as refused:
        raise CommandFailed(refused.message, **refused.parameters) from refused
