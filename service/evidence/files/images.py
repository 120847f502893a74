"""Checks that pictures are whole and nothing else. Nothing is decoded."""

from service.evidence.files.content import BrokenFile, Content, refuse_archive

PNG_BEGINS = b"\x89PNG\r\n\x1a\n"
JPEG_BEGINS = b"\xff\xd8\xff"

_STUFFED = frozenset({0x00, 0xFF, *range(0xD0, 0xD8)})
"""What may follow 0xFF within the pixels of a JPEG without ending them."""
_START_OF_SCAN, _END_OF_IMAGE = b"\xff\xda", b"\xff\xd9"


def is_webp(content: Content) -> bool:
    """Whether it begins like a WebP picture (RFC 9649)."""
    return content[:4] == b"RIFF" and content[8:12] == b"WEBP"


def check_webp(content: Content) -> None:
    """Raises `BrokenFile` unless its only part fills the file."""
    size = 8 + int.from_bytes(content[4:8], "little")
    if size != len(content):
        raise BrokenFile
    refuse_archive(content)


def check_png(content: Content) -> None:
    """Raises `BrokenFile` unless its chunks follow one another to the end of the file (RFC 2083)."""
    place, kind = len(PNG_BEGINS), b""
    while kind != b"IEND":
        length, kind = int.from_bytes(content[place : place + 4], "big"), content[place + 4 : place + 8]
        if (place == len(PNG_BEGINS)) != (kind == b"IHDR"):
            raise BrokenFile
        place += 12 + length
        if place > len(content):
            raise BrokenFile
    if place != len(content):
        raise BrokenFile


def check_jpeg(content: Content) -> None:
    """Raises `BrokenFile` unless the picture is whole and nothing follows it but what cameras put there (T.81)."""
    place = 2
    while (marker := content[place : place + 2]) != _END_OF_IMAGE:
        if len(marker) < 2 or marker[0] != 0xFF:
            raise BrokenFile
        if marker[1] == 0xFF:
            place += 1
            continue
        place += 2 + int.from_bytes(content[place + 2 : place + 4], "big")
        if marker == _START_OF_SCAN:
            place = _after_pixels(content, place)
    _check_after_picture(content, place + 2)


def _after_pixels(content: Content, place: int) -> int:
    """Where the next marker stands after the pixels that begin at a place."""
    while True:
        place = content.find(b"\xff", place)
        if place < 0 or place + 1 >= len(content):
            raise BrokenFile
        if content[place + 1] not in _STUFFED:
            return place
        place += 1 if content[place + 1] == 0xFF else 2


def _check_after_picture(content: Content, end: int) -> None:
    """Telephones add a second picture, a short film or a record of their own; anything else is refused."""
    refuse_archive(content)
    begins = content[end : end + 12]
    if not (
        not begins.strip(b"\0\r\n")
        or begins.startswith(JPEG_BEGINS)
        or begins[4:8] == b"ftyp"
        or content[-4:] == b"SEFT"
    ):
        raise BrokenFile
