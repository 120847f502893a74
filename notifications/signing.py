"""Short signatures over ids, for addresses and links that only we can make (RFC 2104)."""

import base64
import binascii
import hashlib
import hmac


class Signer:
    """Signs for one purpose. A signature for another purpose, or with another secret, is not valid."""

    def __init__(self, secret: str, purpose: str) -> None:
        self._key = hmac.digest(secret.encode(), f"kinerja.{purpose}.1".encode(), hashlib.sha256)

    def signature(self, content: bytes, length: int) -> bytes:
        """The first ``length`` bytes of HMAC-SHA-256."""
        return hmac.digest(self._key, content, hashlib.sha256)[:length]

    def is_signature(self, signature: bytes, content: bytes) -> bool:
        """Whether we made the signature; compared in constant time."""
        return hmac.compare_digest(signature, self.signature(content, len(signature)))

    def seal(self, content: bytes, length: int) -> str:
        """Content and signature in letters, digits, ``-`` and ``_``."""
        sealed = content + self.signature(content, length)
        return base64.urlsafe_b64encode(sealed).rstrip(b"=").decode("ascii")

    def open(self, sealed: str, size: int, length: int) -> bytes | None:
        """The sealed content of ``size`` bytes, if its signature of ``length`` bytes is ours; None otherwise."""
        try:
            whole = base64.b64decode(sealed + "=" * (-len(sealed) % 4), altchars=b"-_", validate=True)
        except (binascii.Error, ValueError):
            return None
        content, signature = whole[:size], whole[size:]
        if len(content) != size or len(signature) != length or not self.is_signature(signature, content):
            return None
        return content
