"""Connects to the engine that the settings name."""

import asyncio
import re

import structlog
from temporalio.client import Client, TLSConfig
from temporalio.service import RPCError

from service.configuration.settings import Settings
from service.temporal.client import connect

_PAUSE_SECONDS = 2.0
_INNERMOST = re.compile(r'message: "([^"]+)"')

_log = structlog.get_logger(__name__)


class EngineUnreachable(Exception):
    """The engine does not answer at the address that the settings give."""


async def client_for(settings: Settings, *, lazy: bool = False) -> Client:
    """A client for the engine of the settings, connected unless ``lazy``. Raises `EngineUnreachable`."""
    if settings.temporal_address is None:
        raise ValueError("the settings name no engine; use with_running_servers first")
    api_key = settings.temporal_api_key
    try:
        return await connect(
            settings.temporal_address,
            namespace=settings.temporal_namespace,
            api_key=None if api_key is None else api_key.get_secret_value(),
            tls=tls_of(settings),
            lazy=lazy,
        )
    except (RPCError, RuntimeError) as error:
        raise EngineUnreachable(
            f"The Temporal server at {settings.temporal_address} does not answer; "
            f"check that it runs and that the address is right ({_reason(error)})"
        ) from error


async def client_once_reachable(settings: Settings) -> Client:
    """The same client, retried every two seconds until the engine answers; for workers, which start with it."""
    while True:
        try:
            return await client_for(settings)
        except EngineUnreachable as unreachable:
            _log.warning("engine_unreachable", problem=str(unreachable))
            await asyncio.sleep(_PAUSE_SECONDS)


def tls_of(settings: Settings) -> TLSConfig | bool:
    """The protection of the connection: mutual TLS, a private authority, plain TLS, or none."""
    certificate, key = settings.temporal_tls_certificate, settings.temporal_tls_key
    authority = settings.temporal_tls_authority
    if certificate is None and authority is None and settings.temporal_tls_server_name is None:
        return settings.temporal_tls or settings.temporal_api_key is not None
    return TLSConfig(
        server_root_ca_cert=None if authority is None else authority.read_bytes(),
        domain=settings.temporal_tls_server_name,
        client_cert=None if certificate is None else certificate.read_bytes(),
        client_private_key=None if key is None else key.read_bytes(),
    )


def _reason(error: Exception) -> str:
    """The operating system's message, without the layers that the SDK wraps around it."""
    told = _INNERMOST.findall(str(error))
    return told[-1] if told else str(error).strip().partition("\n")[0][:200] or type(error).__name__
