"""Gives out files that people handed in, so that a browser saves them and runs nothing of them."""

from urllib.parse import quote

from starlette.responses import StreamingResponse

from service.evidence.reading import KeptFile

_SAFE = "!#$&+-.^_`|~"
"""What need not be written in percent in a parameter of a header (RFC 8187, `attr-char`)."""


def download(kept: KeptFile) -> StreamingResponse:
    """The file as an answer that is saved."""
    return StreamingResponse(
        kept.pieces,
        media_type=kept.media_type,
        headers={
            "Content-Disposition": _disposition(kept.name),
            "Content-Length": str(kept.size),
            "Content-Security-Policy": "sandbox; default-src 'none'",
            "Cross-Origin-Resource-Policy": "same-origin",
            "Cache-Control": "no-store",
        },
    )


def _disposition(name: str) -> str:
    """The name for old and for new clients (RFC 6266 4.3 and appendix D)."""
    plain = "".join(letter if letter.isascii() and letter not in '"\\%' else "_" for letter in name)
    return f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(name, safe=_SAFE)}"
