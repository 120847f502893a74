"""Calls to providers over HTTP, on connections that are kept open between messages."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import httpx

from notifications.channel import ProviderUnavailable, TemporaryFailure

MOST_BYTES = 64 * 1024
"""At most this much of an answer is read."""
_TIMEOUT = httpx.Timeout(20.0, connect=8.0)
_SHOWN = 300
"""Characters of an answer that is not JSON."""


@dataclass(frozen=True, slots=True)
class HttpAnswer:
    """What a provider answered."""

    status: int
    body: bytes

    def content(self) -> Mapping[str, Any]:
        """The JSON object of the body; empty if there is none."""
        try:
            content = json.loads(self.body)
        except ValueError:
            return {}
        return content if isinstance(content, dict) else {}

    def told(self) -> str:
        """Status and body in one line."""
        text = self.body.decode("utf-8", "replace")
        return " ".join(f"HTTP {self.status} {text}".split())[:_SHOWN]


class HttpProvider:
    """One provider. Redirects are not followed: they would carry our secrets to somebody else."""

    def __init__(self, name: str, *, timeout: httpx.Timeout = _TIMEOUT) -> None:
        self.name = name
        self._timeout = timeout
        self._client: httpx.AsyncClient | None = None

    async def post(self, url: str, content: bytes, headers: Mapping[str, str]) -> HttpAnswer:
        """Posts JSON. Raises `ProviderUnavailable` if it was not sent, `TemporaryFailure` if it may have arrived."""
        if self._client is None:
            self._client = httpx.AsyncClient(timeout=self._timeout, follow_redirects=False)
        try:
            async with self._client.stream(
                "POST", url, content=content, headers={"Content-Type": "application/json", **headers}
            ) as response:
                return HttpAnswer(response.status_code, await _beginning(response))
        except (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout, httpx.ProxyError) as error:
            raise ProviderUnavailable(_told(error), provider=self.name) from error
        except httpx.HTTPError as error:
            raise TemporaryFailure(_told(error), provider=self.name) from error

    async def close(self) -> None:
        """Closes the connections; the next call opens new ones."""
        if self._client is not None:
            await self._client.aclose()
            self._client = None


async def _beginning(response: httpx.Response) -> bytes:
    parts, size = [], 0
    async for part in response.aiter_bytes():
        parts.append(part)
        size += len(part)
        if size >= MOST_BYTES:
            break
    return b"".join(parts)[:MOST_BYTES]


def _told(error: httpx.HTTPError) -> str:
    # The address of the call is left out: for some providers it contains the secret.
    return f"{type(error).__name__}: {error}" if str(error) else type(error).__name__
