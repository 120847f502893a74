"""Tells devices and addresses apart for a day without keeping them: digests under a salt that dies with the day."""

import datetime as dt
import hashlib
import hmac
import ipaddress
import uuid
from typing import Literal
from zoneinfo import ZoneInfo

from sqlalchemy.ext.asyncio import AsyncEngine

from store.public_feedback.salts import salt_of

_ZONE = ZoneInfo("Asia/Jakarta")
"""Where the day of the limits changes, for all: at night in the whole country. It is a real day in rehearsals too."""

_PREFIX_V6 = 64
"""A household or an office gets at least so much of IPv6, and may change its address within."""

_DIGEST_BYTES = 16


def limit_day(now: dt.datetime) -> dt.date:
    """The day for which answers are limited."""
    return now.astimezone(_ZONE).date()


def seconds_left(now: dt.datetime) -> int:
    """Until the day of the limits changes, at least a second."""
    local = now.astimezone(_ZONE)
    midnight = dt.datetime.combine(local.date() + dt.timedelta(days=1), dt.time(), _ZONE)
    return max(1, int((midnight - local).total_seconds()))


def network_of(host: str | None) -> str:
    """What of an address counts: all of IPv4, the network of IPv6. Whatever is no address counts as one place."""
    try:
        address = ipaddress.ip_address((host or "").partition("%")[0])
    except ValueError:
        return "?"
    if isinstance(address, ipaddress.IPv6Address):
        if address.ipv4_mapped is not None:
            return str(address.ipv4_mapped)
        return str(ipaddress.ip_network((address, _PREFIX_V6), strict=False))
    return str(address)


class Salts:
    """The salt of the day, read once a process and day."""

    def __init__(self, database: AsyncEngine) -> None:
        self._database = database
        self._day: dt.date | None = None
        self._salt = b""

    async def salt(self, day: dt.date) -> bytes:
        """The salt of the day. Whoever asks holds no connection: it may have to be read."""
        if self._day != day:
            async with self._database.connect() as connection:
                salt = await salt_of(connection, day)
            self._day, self._salt = day, salt
        return self._salt


def digest(salt: bytes, kind: Literal["address", "device"], unit: uuid.UUID, value: bytes) -> bytes:
    """What stands for an address or a device, for one unit and one day."""
    content = b"|".join((kind.encode(), unit.bytes, value))
    return hmac.digest(salt, content, hashlib.sha256)[:_DIGEST_BYTES]
