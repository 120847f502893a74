"""Seals the ballots of closed surveys, so that whoever reads the database reads none of them (ADR 15).

Each survey has a key of its own, which is stored only wrapped: the key that wraps it comes from the secret of the
installation and never stands in the database.
"""

import os
import uuid
from dataclasses import dataclass, field

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

_KEY_BYTES = 32
_NONCE_BYTES = 12
_PURPOSE = b"kinerja surveys 1"


class NoSealingSecret(RuntimeError):
    """The process was not given the secret of the installation, so it can neither seal nor open."""


class KeyUnreadable(RuntimeError):
    """The key of a survey was wrapped under another secret than this process has."""


class SealBroken(ValueError):
    """A ballot was changed, or belongs elsewhere."""


@dataclass(frozen=True, slots=True)
class SurveyKey:
    """The key of one survey, for as long as it is used."""

    survey: uuid.UUID
    _key: bytes = field(repr=False)

    def seal(self, ballot: uuid.UUID, content: bytes) -> bytes:
        """Seals a ballot for the row that has this id, and for no other."""
        nonce = os.urandom(_NONCE_BYTES)
        return nonce + AESGCM(self._key).encrypt(nonce, content, self.survey.bytes + ballot.bytes)

    def open(self, ballot: uuid.UUID, sealed: bytes) -> bytes:
        """What a row holds. Raises `SealBroken`: copied rows and rows of other surveys do not open."""
        return _opened(self._key, sealed, self.survey.bytes + ballot.bytes)


class Seals:
    """Makes, wraps and unwraps the keys of surveys with the secret of the installation."""

    def __init__(self, secret: str | None = None) -> None:
        self._wrapping = None if secret is None else _derived(secret)

    def new_key(self, survey: uuid.UUID) -> bytes:
        """A new key for a survey, wrapped. Raises `NoSealingSecret`."""
        nonce = os.urandom(_NONCE_BYTES)
        key = AESGCM.generate_key(_KEY_BYTES * 8)
        return nonce + AESGCM(self._wrap()).encrypt(nonce, key, survey.bytes)

    def key(self, survey: uuid.UUID, wrapped: bytes) -> SurveyKey:
        """The key of a survey. Raises `NoSealingSecret`, and `KeyUnreadable` if the secret is another one."""
        try:
            return SurveyKey(survey, _opened(self._wrap(), wrapped, survey.bytes))
        except SealBroken:
            raise KeyUnreadable from None

    def _wrap(self) -> bytes:
        if self._wrapping is None:
            raise NoSealingSecret
        return self._wrapping


def _derived(secret: str) -> bytes:
    return HKDF(algorithm=SHA256(), length=_KEY_BYTES, salt=None, info=_PURPOSE).derive(secret.encode())


def _opened(key: bytes, sealed: bytes, belongs_to: bytes) -> bytes:
    try:
        return AESGCM(key).decrypt(sealed[:_NONCE_BYTES], sealed[_NONCE_BYTES:], belongs_to)
    except (InvalidTag, ValueError):
        raise SealBroken from None
