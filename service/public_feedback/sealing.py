"""Signs what leads to a form of the public: links, opened forms, devices. Each authorises its one thing and no more."""

import datetime as dt
import os
import uuid
from dataclasses import dataclass

from notifications.signing import Signer

FORM_VALID_FOR = dt.timedelta(hours=6)
"""A form that was opened longer ago is opened anew."""

# All contents with their signatures are multiples of three bytes: base64 then has no bits that mean nothing, and no
# second way to write the same.
_LINK_BYTES, _LINK_SIGNATURE = 18, 15
_FORM_BYTES, _FORM_SIGNATURE = 33, 15
_DEVICE_BYTES, _DEVICE_SIGNATURE = 16, 14
_RANDOM_BYTES = 12


@dataclass(frozen=True, slots=True)
class LinkTarget:
    """What a token leads to."""

    link: uuid.UUID
    version: int


@dataclass(frozen=True, slots=True)
class OpenedForm:
    """A form that was handed out."""

    content: bytes
    link: uuid.UUID
    expires_at: dt.datetime


class PublicSeals:
    """Makes and reads tokens, with keys of their own that follow from the secret."""

    def __init__(self, secret: str) -> None:
        self._links = Signer(secret, "public-link")
        self._forms = Signer(secret, "public-form")
        self._devices = Signer(secret, "public-device")

    def link_token(self, target: LinkTarget) -> str:
        """The token of a link, always the same for the same version."""
        return self._links.seal(target.link.bytes + target.version.to_bytes(2, "big"), _LINK_SIGNATURE)

    def read_link(self, token: str) -> LinkTarget | None:
        """What the token leads to; None if we did not make it."""
        content = _opened(self._links, token, _LINK_BYTES, _LINK_SIGNATURE)
        if content is None:
            return None
        return LinkTarget(uuid.UUID(bytes=content[:16]), int.from_bytes(content[16:], "big"))

    def form_nonce(self, link: uuid.UUID, now: dt.datetime) -> str:
        """The nonce of a form that is opened now. One form is one answer, however often it is sent."""
        expires = int((now + FORM_VALID_FOR).timestamp()).to_bytes(5, "big")
        return self._forms.seal(link.bytes + expires + os.urandom(_RANDOM_BYTES), _FORM_SIGNATURE)

    def read_form(self, nonce: str) -> OpenedForm | None:
        """The form that a nonce was handed out with; None if we did not make it."""
        content = _opened(self._forms, nonce, _FORM_BYTES, _FORM_SIGNATURE)
        if content is None:
            return None
        expires = dt.datetime.fromtimestamp(int.from_bytes(content[16:21], "big"), dt.UTC)
        return OpenedForm(content, uuid.UUID(bytes=content[:16]), expires)

    def new_device(self) -> str:
        """A random device."""
        return self._devices.seal(os.urandom(_DEVICE_BYTES), _DEVICE_SIGNATURE)

    def read_device(self, sealed: str) -> bytes | None:
        """The device; None if we did not make it."""
        return _opened(self._devices, sealed, _DEVICE_BYTES, _DEVICE_SIGNATURE)


def _opened(signer: Signer, sealed: str, size: int, length: int) -> bytes | None:
    """The content, if it is written exactly as we write it: padding that base64 passes over is refused."""
    # Every length is a multiple of three bytes, so that what we write has no padding and no other length.
    if len(sealed) * 3 != (size + length) * 4 or not {"+", "/"}.isdisjoint(sealed):
        return None
    return signer.open(sealed, size, length)
