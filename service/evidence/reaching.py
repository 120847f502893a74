"""Tries whether a link answers, without becoming a way into the agency's own network."""

import asyncio
import socket
import ssl
from collections.abc import Iterable
from enum import StrEnum
from functools import cached_property
from typing import Self

import httpx

from service.configuration.settings import Settings
from service.evidence.addresses import is_public, is_usual_port

_SECONDS = 5.0
"""For everything together: names, connections and redirects."""
_MOST_REDIRECTS = 3
_AT_ONCE = 8


class Reachability(StrEnum):
    """Whether a link answered."""

    REACHABLE = "reachable"
    UNREACHABLE = "unreachable"
    NOT_TRIED = "not_tried"
    """It leads where this service does not go: into a network that is not open to everybody."""


class Links:
    """Tries links; one for each process.

    ``hosts`` are names of hosts that may be tried although they are in a network of the agency.
    """

    def __init__(self, hosts: Iterable[str] = ()) -> None:
        self._hosts = frozenset(host.lower() for host in hosts)
        self._turns = asyncio.Semaphore(_AT_ONCE)

    @classmethod
    def from_settings(cls, settings: Settings) -> Self:
        """With the hosts that the settings name."""
        return cls((settings.evidence_link_hosts or "").split())

    async def reach(self, address: str) -> Reachability:
        """Whether the address answers with anything but an error, after at most three redirects."""
        try:
            async with asyncio.timeout(_SECONDS), self._turns:
                return await self._follow(httpx.URL(address))
        except (TimeoutError, httpx.HTTPError, httpx.InvalidURL, OSError, ValueError):
            return Reachability.UNREACHABLE

    async def _follow(self, url: httpx.URL) -> Reachability:
        async with httpx.AsyncClient(verify=self._trusted, trust_env=False, timeout=_SECONDS) as client:
            for _ in range(1 + _MOST_REDIRECTS):
                target = await self._target(url)
                if target is None:
                    return Reachability.NOT_TRIED
                status, location = await _ask(client, url, target)
                if location is None:
                    return Reachability.REACHABLE if status < 400 else Reachability.UNREACHABLE
                url = url.join(location)
        return Reachability.UNREACHABLE

    async def _target(self, url: httpx.URL) -> str | None:
        """The IP address to connect to; None where the link leads where nobody goes from here.

        The name is resolved once, and what was checked is what is connected to.
        """
        host = url.raw_host.decode("ascii")
        if url.scheme not in {"http", "https"} or not host or url.userinfo:
            return None
        port = url.port or (443 if url.scheme == "https" else 80)
        found = await asyncio.get_running_loop().getaddrinfo(host, port, type=socket.SOCK_STREAM)
        addresses = [str(each[4][0]) for each in found]
        if host.lower() not in self._hosts and not (is_usual_port(url) and all(map(is_public, addresses))):
            return None
        return addresses[0]

    @cached_property
    def _trusted(self) -> ssl.SSLContext:
        """The authorities of the machine, so that one of the government's own can be among them."""
        return ssl.create_default_context()


async def _ask(client: httpx.AsyncClient, url: httpx.URL, target: str) -> tuple[int, str | None]:
    """The status, and where a redirect leads. Some servers refuse to be asked without sending the page: asked
    for the page then, they send it, and it is not read.
    """
    status, location = 0, None
    for method in ("HEAD", "GET"):
        request = client.build_request(
            method,
            url.copy_with(host=target),
            headers={"Host": url.netloc.decode("ascii")},
            extensions={"sni_hostname": url.raw_host.decode("ascii")},
        )
        response = await client.send(request, stream=True)
        await response.aclose()
        status = response.status_code
        location = response.headers.get("location") if response.has_redirect_location else None
        if status < 400:
            break
    return status, location
