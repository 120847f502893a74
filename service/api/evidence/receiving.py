"""Receives a form with a file, with little memory whatever its size."""

import asyncio
import hashlib
import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import BinaryIO

from fastapi import Request
from pydantic import ValidationError
from python_multipart.exceptions import FormParserError
from python_multipart.multipart import parse_options_header

from service.api.body import field_errors
from service.api.evidence.parts import FILE, TEXTS, Parts
from service.evidence.received import ReceivedFile
from service.evidence.schemas import NewEvidence
from service.problems import (
    BodyTooLarge,
    FieldError,
    FileTooLarge,
    Invalid,
    MultipartExpected,
    MultipartMalformed,
    UploadStalled,
)
from store.evidence.table import LARGEST_FILE
from translations import mark as _

MOST_BYTES = LARGEST_FILE + 64 * 1024
"""Of a body: the largest file, its texts and what is around them."""

_STALLED_AFTER = 30
"""Seconds without a single byte."""


@asynccontextmanager
async def received(request: Request) -> AsyncIterator[tuple[NewEvidence, ReceivedFile]]:
    """What came, with its file on disk; that is gone after the block.

    Raises `MultipartExpected`, `MultipartMalformed`, `FileTooLarge`, `UploadStalled`, and `Invalid` with every field
    that is missing or wrong.
    """
    parts = Parts(_boundary(request))
    with tempfile.TemporaryFile() as file:
        digest = await _take(request, parts, file)
        about = _about(parts)
        yield about, ReceivedFile(parts.file_name or "", file, parts.file_size, digest)


def _boundary(request: Request) -> bytes:
    media_type, options = parse_options_header(request.headers.get("content-type"))
    if media_type != b"multipart/form-data":
        raise MultipartExpected
    boundary = options.get(b"boundary", b"")
    if not 0 < len(boundary) <= 70:
        raise MultipartMalformed("boundary")
    return boundary


async def _take(request: Request, parts: Parts, file: BinaryIO) -> str:
    """Writes the file to the disk as it comes. Returns its SHA-256 in hex."""
    digest = hashlib.sha256()
    stream = request.stream()
    try:
        while True:
            async with asyncio.timeout(_STALLED_AFTER):
                data = await anext(stream, None)
            if data is None:
                break
            pieces = parts.write(data)
            if pieces:
                await asyncio.to_thread(_write, pieces, file, digest)
    except BodyTooLarge:
        raise FileTooLarge(LARGEST_FILE) from None
    except TimeoutError:
        raise UploadStalled(seconds=str(_STALLED_AFTER)) from None
    except FormParserError:
        raise MultipartMalformed from None
    if not parts.ended:
        raise MultipartMalformed("truncated")
    return digest.hexdigest()


def _write(pieces: list[bytes], file: BinaryIO, digest: "hashlib._Hash") -> None:
    for piece in pieces:
        digest.update(piece)
        file.write(piece)


def _about(parts: Parts) -> NewEvidence:
    """What the file is for. Raises `Invalid` with all that is wrong with the form."""
    errors = list(parts.errors)
    if parts.file_name is None and not any(error.field == f"/{FILE}" for error in errors):
        errors.append(FieldError(f"/{FILE}", _("Choose a file.")))
    refused = {error.field for error in errors}
    given = {name: parts.texts[name] for name in TEXTS if name in parts.texts}
    try:
        about = NewEvidence.model_validate(given)
    except ValidationError as error:
        found = field_errors(error.errors(include_url=False, include_input=False))
        errors += [each for each in found if each.field not in refused]
        raise Invalid(errors=errors) from None
    if errors:
        raise Invalid(errors=errors)
    return about
