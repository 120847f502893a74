import logging
import re
import sys
from typing import Literal, TextIO

import structlog
from structlog.typing import EventDict, Processor, WrappedLogger

REDACTED = "[redacted]"
NIP = "[nip]"

# Compared with each word of a key, so that access_token and X-Authorization are caught as well.
_SECRET_WORDS = frozenset({"nip", "rating", "reason", "token", "secret", "authorization", "password"})
_WORD_BORDER = re.compile(r"[^a-z0-9]+")
# Eighteen digits: birth date, month of appointment, sex, serial number; some people separate the groups.
_NIP_PATTERN = re.compile(r"(?<!\d)\d{8}[ .-]?\d{6}[ .-]?\d[ .-]?\d{3}(?!\d)")


def redact(_logger: WrappedLogger, _method: str, event: EventDict) -> EventDict:
    """Removes secrets and NIPs from a log line: secrets by the name of their key, NIPs anywhere."""
    return {key: _redacted(key, value) for key, value in event.items()}


def _redacted(key: object, value: object) -> object:
    if isinstance(key, str) and not _SECRET_WORDS.isdisjoint(_WORD_BORDER.split(key.lower())):
        return REDACTED
    return _without_nip(value)


def _without_nip(value: object) -> object:
    match value:
        case str():
            return _NIP_PATTERN.sub(NIP, value)
        case bytes():
            return _NIP_PATTERN.sub(NIP, value.decode("utf-8", "replace"))
        case bool() | float() | None:
            return value
        case int():
            return NIP if _NIP_PATTERN.fullmatch(str(value)) else value
        case dict():
            return {_without_nip(key): _redacted(key, item) for key, item in value.items()}
        case list() | tuple() | set() | frozenset():
            return [_without_nip(item) for item in value]
        case _:
            # Renderers print any other object through repr or str, so its text is checked.
            return _NIP_PATTERN.sub(NIP, str(value))


def configure_logging(
    log_format: Literal["console", "json"] = "console", log_level: str = "info", stream: TextIO | None = None
) -> None:
    """Sends structlog and the standard library's logging through one redacting chain, to `stream` or stderr.

    `log_level` is debug, info, warning or error. Calling it again replaces the earlier configuration.
    """
    shared: list[Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_logger_name,
        structlog.stdlib.add_log_level,
        structlog.stdlib.ExtraAdder(),
        structlog.processors.TimeStamper(fmt="iso", utc=True, key="at"),
    ]
    target = sys.stderr if stream is None else stream
    renderer: Processor = (
        structlog.processors.JSONRenderer(ensure_ascii=False)
        if log_format == "json"
        else structlog.dev.ConsoleRenderer(colors=target.isatty(), timestamp_key="at")
    )
    structlog.configure(
        processors=[
            structlog.stdlib.filter_by_level,
            *shared,
            structlog.stdlib.PositionalArgumentsFormatter(),
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=True,
    )
    handler = logging.StreamHandler(target)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=shared,
            processors=[
                structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                structlog.processors.StackInfoRenderer(),
                # Before redaction, because the text of an exception may quote a NIP.
                structlog.processors.format_exc_info,
                structlog.processors.UnicodeDecoder(),
                redact,
                renderer,
            ],
        )
    )
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(log_level.upper())
    _through_the_root("uvicorn", "uvicorn.error", "uvicorn.access", "aiosmtpd", "mail.log")


def _through_the_root(*names: str) -> None:
    for name in names:
        logger = logging.getLogger(name)
        logger.handlers.clear()
        logger.propagate = True
    # At INFO it logs four lines for every step of the lifecycle machine, which takes part in each decision.
    logging.getLogger("transitions").setLevel(logging.WARNING)
    # It logs a line for each byte exchanged, and at INFO also people's addresses.
    logging.getLogger("mail.log").setLevel(logging.WARNING)
    # At INFO they log the address of each call; Telegram's addresses hold the bot's token.
    for name in ("httpx", "httpcore"):
        logging.getLogger(name).setLevel(logging.WARNING)
