"""The person who makes a request, and his language."""

from typing import Annotated

import structlog
from fastapi import Depends, Request
from fastapi.security import HTTPBearer

from service.accounts.tokens import Identity
from service.api.dependencies import dependencies_of
from service.problems import NotSignedIn
from translations import Locale, negotiate

BEARER = HTTPBearer(auto_error=False, description="A token as `kinerja token` prints it.")
"""Documents the sign-in; the header itself is read by `identify`."""


def identify(request: Request) -> Identity:
    """The person that the bearer token is for. Raises `NotSignedIn`."""
    scheme, _, token = request.headers.get("authorization", "").partition(" ")
    if scheme.lower() != "bearer" or not token:
        raise NotSignedIn
    identity = dependencies_of(request).signer.read(token.strip())
    structlog.contextvars.bind_contextvars(person=str(identity.person))
    return identity


async def _identity(request: Request) -> Identity:
    return identify(request)


async def _locale(request: Request) -> Locale:
    return negotiate(request.headers.get("accept-language"))


SignedIn = Annotated[Identity, Depends(_identity)]
Language = Annotated[Locale, Depends(_locale)]
