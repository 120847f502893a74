"""Errors that an operator can correct, reported in one sentence and without a traceback."""

from service.configuration.settings import SettingsError
from translations import Locale, translate

FAILED = 1
"""Exit code: the command could not do or find what was requested."""
WRONG_USAGE = 2
"""Exit code: arguments or settings are wrong; nothing was tried."""


class CommandFailed(Exception):
    """Ends a command; ``message`` is translatable, ``parameters`` fill its placeholders."""

    def __init__(self, message: str, /, **parameters: object) -> None:
        self.message = message
        self.parameters = parameters
        super().__init__(message.format_map(parameters))

    def describe(self, locale: Locale) -> str:
        """What went wrong and what to do, in the language of the reader."""
        return translate(self.message, locale, **self.parameters)


def explanation(error: Exception, locale: Locale) -> tuple[str, int] | None:
    """The sentence and the exit code for an expected error; None for a fault of the program."""
    if isinstance(error, CommandFailed):
        return error.describe(locale), FAILED
    if isinstance(error, SettingsError):
        return str(error), WRONG_USAGE
    if isinstance(error, _expected()):
        return str(error), FAILED
    return None


def _expected() -> tuple[type[Exception], ...]:
    from schemes.problems import SchemeError
    from service.cycles.creating import CycleRefused
    from service.roster.comparing import RosterRefused
    from service.runtime.health import Unhealthy
    from service.runtime.problems import RuntimeProblem
    from service.temporal.reaching import EngineUnreachable
    from store.agency.rule_contexts import SchemeChanged

    return (
        CycleRefused,
        EngineUnreachable,
        RosterRefused,
        RuntimeProblem,
        SchemeChanged,
        SchemeError,
        Unhealthy,
    )
