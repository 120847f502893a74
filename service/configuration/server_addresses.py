"""Addresses of servers as operators write them. Errors never repeat an address: it may hold a password."""

import ipaddress
import re
from dataclasses import dataclass, field
from typing import Self
from urllib.parse import SplitResult, parse_qsl, unquote, urlencode, urlsplit, urlunsplit

_POSTGRES_SCHEMES = ("postgresql", "postgres", "postgresql+asyncpg")
_USUAL_PORTS = {"smtp": 25, "smtps": 465}
_HOST_NAME = re.compile(r"[A-Za-z0-9]([A-Za-z0-9.-]{0,251}[A-Za-z0-9])?\Z")


def _parts(url: str, example: str) -> SplitResult:
    try:
        parts = urlsplit(url)
        _ = parts.port
    except ValueError as error:
        raise ValueError(f"is not an address; write it like {example}") from error
    return parts


def postgres_url(url: str) -> str:
    """`url` in the form of SQLAlchemy's asyncpg dialect: with the driver's name, and libpq's `sslmode` as `ssl`.

    Raises ValueError when it is not the address of a PostgreSQL database.
    """
    example = "postgresql://user:password@host:5432/database"
    parts = _parts(url, example)
    if parts.scheme not in _POSTGRES_SCHEMES:
        raise ValueError(f"must be a PostgreSQL address; write it like {example}")
    if not parts.path.strip("/"):
        raise ValueError(f"does not name a database; write it like {example}")
    query = [("ssl" if name == "sslmode" else name, value) for name, value in parse_qsl(parts.query)]
    if parts.hostname is None and "host" not in dict(query):
        raise ValueError(f"does not name a host; write it like {example}")
    return urlunsplit(("postgresql+asyncpg", parts.netloc, parts.path, urlencode(query, safe="/"), ""))


def check_host_and_port(address: str) -> str:
    """`address` unchanged when it is host:port; ValueError otherwise."""
    host, separator, port = address.rpartition(":")
    bare_version_six = ":" in host and not (host.startswith("[") and host.endswith("]"))
    if (
        not separator
        or not host
        or bare_version_six
        or "/" in host
        or not port.isdecimal()
        or not 0 < int(port) < 65536
    ):
        raise ValueError("must be host:port without a scheme, such as temporal.example.go.id:7233")
    return address


def check_web_address(url: str) -> str:
    """`url` without its trailing slash when it is an http or https address; ValueError otherwise."""
    example = "https://kinerja.example.go.id"
    parts = _parts(url, example)
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        raise ValueError(f"must start with http:// or https:// and name a host, such as {example}")
    if parts.query or parts.fragment:
        raise ValueError(f"must not carry a query or a fragment; write it like {example}")
    return url.rstrip("/")


def check_host_names(hosts: str) -> str:
    """`hosts` as it is when it names hosts, separated by blanks; ValueError otherwise."""
    for host in hosts.split():
        if not _HOST_NAME.match(host):
            raise ValueError(
                "must be names of hosts without scheme and port, separated by blanks, such as arsip.example.go.id"
            )
    return hosts


def check_networks(networks: str) -> str:
    """`networks` as it is when it names addresses or networks, separated by blanks; ValueError otherwise."""
    for network in networks.split():
        try:
            ipaddress.ip_network(network)
        except ValueError:
            raise ValueError(
                "must be addresses or networks, separated by blanks, such as 127.0.0.1 or 10.0.0.0/8"
            ) from None
    return networks


@dataclass(frozen=True)
class SmtpServer:
    """A mail server. `implicit_tls`: TLS from the first byte (smtps); plain smtp may still offer STARTTLS."""

    host: str
    port: int
    implicit_tls: bool
    username: str | None = None
    password: str | None = field(default=None, repr=False)

    @classmethod
    def from_url(cls, url: str) -> Self:
        """The server at smtp://host:port or smtps://user:password@host:port; ValueError otherwise."""
        example = "smtp://host:25 or smtps://user:password@host:465"
        parts = _parts(url, example)
        if parts.scheme not in _USUAL_PORTS or not parts.hostname:
            raise ValueError(f"must be the address of a mail server; write it like {example}")
        return cls(
            host=parts.hostname,
            port=parts.port or _USUAL_PORTS[parts.scheme],
            implicit_tls=parts.scheme == "smtps",
            username=None if parts.username is None else unquote(parts.username),
            password=None if parts.password is None else unquote(parts.password),
        )

    @classmethod
    def from_urls(cls, urls: str) -> tuple[Self, ...]:
        """The servers of such addresses, separated by blanks; ValueError for any other or a repeated address."""
        servers = tuple(cls.from_url(url) for url in urls.split())
        if not servers:
            raise ValueError("names no mail server; write it like smtp://host:25")
        if len({(server.host, server.port) for server in servers}) < len(servers):
            raise ValueError("names a mail server twice; each is tried once, in the order written")
        return servers
