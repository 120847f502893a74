"""Files as people hand them in, made as small as they can be."""

import io
import struct
import zipfile
import zlib
from collections.abc import Mapping

PDF = b"%PDF-1.7\n1 0 obj\n<< /Type /Catalog >>\nendobj\ntrailer << /Root 1 0 R >>\nstartxref\n9\n%%EOF\n"
JPEG = (
    b"\xff\xd8\xff\xe0\x00\x10JFIF\x00\x01\x01\x00\x00\x01\x00\x01\x00\x00"
    b"\xff\xda\x00\x08\x01\x01\x00\x00\x3f\x00\x12\x34\xff\x00\x56\xff\xd0\x78\xff\xd9"
)
WEBP = b"RIFF" + struct.pack("<I", 4 + 8 + 10) + b"WEBP" + b"VP8 " + struct.pack("<I", 10) + bytes(10)
TEXT = "Rekapitulasi layanan bulan Maret: 120 izin terbit – semua tepat waktu.\n".encode()
TABLE = b"bulan;izin\nMaret;120\n"
PROGRAM = b"MZ\x90\x00\x03\x00\x00\x00\x04\x00\x00\x00\xff\xff\x00\x00" + bytes(256)


def png(pixels: bytes = b"\x00\x00") -> bytes:
    """A picture of one pixel, with these bytes as its pixels."""
    header = struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + _chunk(b"IHDR", header) + _chunk(b"IDAT", pixels) + _chunk(b"IEND", b"")


def _chunk(kind: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))


def archive(parts: Mapping[str, bytes]) -> bytes:
    """A ZIP archive of these parts; one called ``mimetype`` is not packed."""
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as into:
        for name, content in parts.items():
            # A part of its own, so that it bears no time of the day and the same parts make the same archive.
            part = zipfile.ZipInfo(name)
            part.compress_type = zipfile.ZIP_STORED if name == "mimetype" else zipfile.ZIP_DEFLATED
            into.writestr(part, content)
    return written.getvalue()


def office(main: str, **more: bytes) -> bytes:
    """A document of Microsoft Office whose content stands in the part ``main``."""
    return archive({"[Content_Types].xml": b"<Types/>", main: b"<document/>", **more})


def open_document(kind: str) -> bytes:
    """A document of LibreOffice."""
    stated = f"application/vnd.oasis.opendocument.{kind}".encode()
    return archive({"mimetype": stated, "content.xml": b"<office/>"})


DOCX, XLSX, PPTX = office("word/document.xml"), office("xl/workbook.xml"), office("ppt/presentation.xml")
ODT, ODS = open_document("text"), open_document("spreadsheet")
