"""A digest of a request to add evidence, by which a repeat is known."""

import hashlib

from service.accounts.tokens import Identity
from service.evidence.schemas import NewEvidence
from states.codec import canonical


def fingerprint_of(identity: Identity, about: NewEvidence, **content: str) -> str:
    """The digest over who adds what; ``content`` names the file or the link."""
    asked = {"actor": str(identity.person), "title": about.title, "item": about.item, **content}
    return hashlib.sha256(canonical(asked)).hexdigest()
