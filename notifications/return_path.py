"""Variable return paths (VERP): a bounce comes back to an address that says which message it is about."""

import re
import uuid

from notifications.signing import Signer

_SIGNATURE_BYTES = 8
_LOCAL_PART = re.compile(r"bounce\+(?P<message>[0-9a-f]{32})\.(?P<signature>[0-9a-f]{16})")


class ReturnPaths:
    """Makes and reads ``bounce+<message>.<signature>@<domain>``. Strangers cannot make one, nor forge a bounce.

    It is hexadecimal, because servers on the way may change the case of a local part (RFC 5321 §2.4). It fits into
    the 64 characters of a local part (§4.5.3.1.1).
    """

    def __init__(self, secret: str, domain: str) -> None:
        self._signer = Signer(secret, "return-path")
        self._domain = domain

    def make(self, message: uuid.UUID) -> str:
        """The return path of a message."""
        signature = self._signer.signature(message.bytes, _SIGNATURE_BYTES)
        return f"bounce+{message.hex}.{signature.hex()}@{self._domain}"

    def read(self, address: str) -> uuid.UUID | None:
        """The message of a return path, whatever its domain; None if we did not make the return path."""
        found = _LOCAL_PART.fullmatch(address.strip().strip("<>").rpartition("@")[0].lower())
        if found is None:
            return None
        message = uuid.UUID(hex=found["message"])
        signature = bytes.fromhex(found["signature"])
        return message if self._signer.is_signature(signature, message.bytes) else None


def looks_like_one(address: str) -> bool:
    """Whether the address looks like a return path, genuine or forged."""
    return address.lower().startswith("bounce+")
