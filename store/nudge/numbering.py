"""The ids of nudges. They find the nudges of one nudger or of one request without an index of their own.

They are UUIDs of version 8 (RFC 9562 §5.8): 32 bits of the nudger, 40 bits of the request's key, 24 bits of its
body, and a running number. The bits only find a nudge: `notice.sender_id` tells whose it is.
"""

import hashlib
import uuid
from collections.abc import Sequence
from dataclasses import dataclass

_HIGHEST = (1 << 96) - 1
_NODE = (1 << 48) - 1


@dataclass(frozen=True, slots=True)
class Numbering:
    """The ids of what one request writes."""

    person: uuid.UUID
    key: str
    fingerprint: str
    """Digest of what was asked: the same for a repeat."""

    @property
    def of_nudger(self) -> tuple[uuid.UUID, uuid.UUID]:
        """The lowest and the highest id of anything that the person asks for."""
        first = int.from_bytes(_digest(self.person.hex)[:4]) << 96
        return uuid.UUID(int=first), uuid.UUID(int=first | _HIGHEST)

    @property
    def of_request(self) -> tuple[uuid.UUID, uuid.UUID]:
        """The lowest and the highest id of anything written under the key, whatever was asked."""
        prefix = self._prefix()
        return uuid.UUID(int=prefix), uuid.UUID(int=prefix | _NODE)

    @property
    def start(self) -> str:
        """The first 26 of the 32 digits of the ids; six digits of a running number follow."""
        return f"{self._prefix() | self._body() << 24:032x}"[:26]

    def is_of_body(self, identifiers: Sequence[uuid.UUID]) -> bool:
        """Whether all of these ids, written under the key, were written for this body."""
        return all((each.int & _NODE) >> 24 == self._body() for each in identifiers)

    def _prefix(self) -> int:
        person = int.from_bytes(_digest(self.person.hex)[:4])
        key = int.from_bytes(_digest(self.key)[:5])
        high, middle, low = key >> 24, key >> 12 & 0xFFF, key & 0xFFF
        # Sixteen bits, then twelve behind the version, then twelve behind the variant and two zeros.
        return person << 96 | high << 80 | 0x8 << 76 | middle << 64 | 0x8 << 60 | low << 48

    def _body(self) -> int:
        return int.from_bytes(_digest(self.fingerprint)[:3])


def _digest(content: str) -> bytes:
    return hashlib.sha256(content.encode()).digest()
