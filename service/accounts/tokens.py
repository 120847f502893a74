"""Signed bearer tokens. They say who somebody is, never what he may do."""

import datetime as dt
import hashlib
import uuid
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from itsdangerous import BadSignature, URLSafeSerializer

from service.problems import NotSignedIn

_SALT = "kinerja.bearer.1"
_REMEMBERED = 10_000


@dataclass(frozen=True, slots=True)
class Identity:
    """A person whose identity has been proved."""

    person: uuid.UUID
    agency: uuid.UUID


class TokenSigner:
    """Issues and reads tokens with one secret; another secret makes all earlier tokens worthless."""

    def __init__(self, secret: str) -> None:
        self._serializer = URLSafeSerializer(
            secret, salt=_SALT, signer_kwargs={"key_derivation": "hmac", "digest_method": hashlib.sha256}
        )
        # Checking the signature is the costliest step of reading a token, and the same tokens come repeatedly.
        self._verified = lru_cache(_REMEMBERED)(self._verify)

    def issue(
        self, person: uuid.UUID, agency: uuid.UUID, valid_for: dt.timedelta, now: dt.datetime | None = None
    ) -> str:
        """A token for ``person`` that ends ``valid_for`` after ``now``."""
        ends = (now or dt.datetime.now(dt.UTC)) + valid_for
        return str(self._serializer.dumps([person.hex, agency.hex, int(ends.timestamp())]))

    def read(self, token: str, now: dt.datetime | None = None) -> Identity:
        """The person that the token is for. Raises `NotSignedIn` when the token is not ours or has ended."""
        identity, ends = self._verified(token)
        if (now or dt.datetime.now(dt.UTC)).timestamp() >= ends:
            raise NotSignedIn("expired")
        return identity

    def _verify(self, token: str) -> tuple[Identity, int]:
        try:
            content: Any = self._serializer.loads(token)
            person, agency, ends = content
            # The last character of a signature has unused bits; only one spelling of a token is accepted.
            if self._serializer.dumps(content) != token:
                raise NotSignedIn("invalid")
            return Identity(uuid.UUID(hex=person), uuid.UUID(hex=agency)), int(ends)
        except (BadSignature, ValueError, TypeError, AttributeError) as error:
            raise NotSignedIn("invalid") from error
