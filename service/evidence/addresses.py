"""Addresses of links: which are taken, and which may be tried from here."""

from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address

import httpx
from pydantic_core import PydanticCustomError

LONGEST_ADDRESS = 2_000
"""Characters."""

_USUAL_PORTS = frozenset({None, 80, 443, 8080, 8443})
_TRANSLATED = IPv6Network("64:ff9b::/96")
"""Addresses of IPv4 in their last 32 bits (RFC 6052)."""


def web_address(given: str) -> str:
    """The address, if it is one of the web without a sign-in in it. Raises `PydanticCustomError`."""
    address = given.strip()
    if not _is_web_address(address):
        raise PydanticCustomError("web_address", "This must be a web address")
    return address


def _is_web_address(address: str) -> bool:
    if not address.isprintable() or " " in address or "\\" in address:
        return False
    try:
        url = httpx.URL(address)
    except (httpx.InvalidURL, ValueError):
        return False
    # An @ before the path hides where a link leads to, even with nothing before it.
    authority = address.partition("://")[2].partition("/")[0].partition("?")[0].partition("#")[0]
    possible = url.port is None or 0 < url.port <= 0xFFFF
    return url.scheme in {"http", "https"} and bool(url.host) and possible and "@" not in authority


def is_usual_port(url: httpx.URL) -> bool:
    """Whether the port is one at which pages usually are; others are not knocked at."""
    return url.port in _USUAL_PORTS


def is_public(address: str) -> bool:
    """Whether an IP address belongs to a host of the open internet, however it is written."""
    found = ip_address(address.partition("%")[0])
    if isinstance(found, IPv6Address):
        if found.is_site_local:
            return False
        found = _inner(found) or found
    return found.is_global and not found.is_multicast and not found.is_reserved


def _inner(address: IPv6Address) -> IPv4Address | None:
    """The address of IPv4 that an address of IPv6 stands for."""
    if address.ipv4_mapped is not None:
        return address.ipv4_mapped
    if address.sixtofour is not None:
        return address.sixtofour
    if address.teredo is not None:
        return address.teredo[1]
    return IPv4Address(int(address) & 0xFFFFFFFF) if address in _TRANSLATED else None
