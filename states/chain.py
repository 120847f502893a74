"""The hash chain that makes a case's record tamper-evident."""

import hashlib
from dataclasses import dataclass

from states.codec import Json, canonical

GENESIS = "0" * 64
"""The hash before every chain's first link."""


@dataclass(frozen=True, slots=True)
class Link:
    """The parts of an event that its hash covers."""

    appraisal: str
    sequence: int
    kind: str
    body: Json
    command: str
    fingerprint: str


def link_text(link: Link) -> str:
    """The canonical text of ``link``, over which its hash is taken."""
    return canonical(
        {
            "appraisal": link.appraisal,
            "sequence": link.sequence,
            "kind": link.kind,
            "body": link.body,
            "command": link.command,
            "fingerprint": link.fingerprint,
        }
    ).decode()


def link_hash(previous: str, link: Link) -> str:
    """SHA-256 in hex over the previous hash, a line feed and the canonical text of ``link``.

    The database computes the same hash on recording; `audit` computes it here.
    """
    return hashlib.sha256(f"{previous}\n{link_text(link)}".encode()).hexdigest()
