"""Signatures of Standard Webhooks (standardwebhooks.com, specification 1.0), symmetric."""

import base64
import binascii
import hashlib
import hmac

_PREFIX = "whsec_"
_LEAST_BYTES, _MOST_BYTES = 24, 64


def key_of(secret: str) -> bytes:
    """The key of a secret ``whsec_<base64>``. Raises a `ValueError` that says what to write instead."""
    try:
        key = base64.b64decode(secret.removeprefix(_PREFIX), validate=True)
    except (binascii.Error, ValueError) as error:
        raise ValueError(f"must be {_PREFIX} followed by base64; {_HOW}") from error
    if not _LEAST_BYTES <= len(key) <= _MOST_BYTES:
        raise ValueError(f"must hold {_LEAST_BYTES} to {_MOST_BYTES} bytes; {_HOW}")
    return key


def sign(key: bytes, identifier: str, timestamp: int, content: bytes) -> str:
    """The header ``webhook-signature`` for content sent at ``timestamp`` (Unix seconds)."""
    signed = f"{identifier}.{timestamp}.".encode() + content
    return f"v1,{base64.b64encode(hmac.digest(key, signed, hashlib.sha256)).decode('ascii')}"


_HOW = "make one with: echo whsec_$(openssl rand -base64 32)"
