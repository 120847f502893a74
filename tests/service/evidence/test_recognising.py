"""A file is what its content is, whatever it is called, and nothing else beside."""

import contextlib
import io
import mmap
import struct
import tempfile

import pytest
import xlsxwriter
from hypothesis import given
from hypothesis import strategies as st

from service.evidence.files import kinds
from service.evidence.files.archives import HoldsProgram, UnpacksTooLarge
from service.evidence.files.content import BrokenFile
from service.evidence.files.kinds import FileKind
from service.evidence.files.recognising import UNKNOWN, file_kind, other_type
from tests.service.evidence import samples
from tests.service.evidence.samples import archive, office, png

TAKEN = (
    (samples.PDF, kinds.PDF),
    (png(), kinds.PNG),
    (samples.JPEG, kinds.JPEG),
    (samples.WEBP, kinds.WEBP),
    (samples.DOCX, kinds.DOCX),
    (samples.XLSX, kinds.XLSX),
    (samples.PPTX, kinds.PPTX),
    (samples.ODT, kinds.ODT),
    (samples.ODS, kinds.ODS),
    (samples.TEXT, kinds.TEXT),
    (samples.TABLE, kinds.TEXT),
)


@pytest.mark.parametrize(("content", "kind"), TAKEN)
def test_each_kind_is_known_by_its_content(content: bytes, kind: FileKind) -> None:
    assert file_kind(content) is kind


def test_a_file_on_disk_is_known_without_reading_it_into_memory() -> None:
    with tempfile.TemporaryFile() as file:
        file.write(samples.DOCX)
        file.flush()
        with mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as content:
            assert file_kind(content) is kinds.DOCX


def test_a_workbook_as_a_library_writes_it_is_known() -> None:
    written = io.BytesIO()
    workbook = xlsxwriter.Workbook(written)
    workbook.add_worksheet().write(0, 0, 120)
    workbook.close()
    assert file_kind(written.getvalue()) is kinds.XLSX


@pytest.mark.parametrize(
    ("content", "named"),
    (
        (samples.PROGRAM, "application/x-msdownload"),
        (b"\x7fELF\x02\x01\x01" + bytes(100), "application/x-executable"),
        (b"#!/bin/sh\nrm -r .\n", "text/x-shellscript"),
        (b"<!DOCTYPE html><html><body>", "text/html"),
        (b'<svg xmlns="http://www.w3.org/2000/svg"/>', "image/svg+xml"),
        (b"GIF89a\x01\x00\x01\x00", "image/gif"),
        (b"\x00\x00\x00\x18ftypmp42\x00\x00\x00\x00", "video/mp4"),
        (archive({"catatan.txt": b"x"}), "application/zip"),
        (bytes(range(256)), UNKNOWN),
    ),
)
def test_other_kinds_are_not_taken_and_called_by_their_name(content: bytes, named: str) -> None:
    assert file_kind(content) is None
    assert other_type(content) == named


@pytest.mark.parametrize(
    "content",
    (
        pytest.param(samples.PDF[:-10], id="a PDF without its end"),
        pytest.param(png()[:-4], id="a PNG without its end"),
        pytest.param(png() + b"more", id="a PNG with more after it"),
        pytest.param(samples.JPEG[:-2], id="a JPEG without its end"),
        pytest.param(samples.JPEG[:20], id="a JPEG without pixels"),
        pytest.param(samples.JPEG + b"<script>alert(1)</script>", id="a JPEG with a page after it"),
        pytest.param(samples.JPEG + archive({"a": b"x"}), id="a JPEG that is an archive too"),
        pytest.param(samples.PDF + archive({"a": b"x"}), id="a PDF that is an archive too"),
        pytest.param(samples.WEBP + b"more", id="a WebP with more after it"),
        pytest.param(samples.DOCX[:-1], id="a document without its end"),
        pytest.param(samples.DOCX + b"more", id="a document with more after it"),
        pytest.param(office("word/document.xml", **{"../outside": b"x"}), id="a part outside"),
        pytest.param(
            office("word/document.xml", **{"/etc/passwd": b"x"}), id="a part with a path from the root"
        ),
        pytest.param(b"PK\x03\x04" + bytes(40), id="the beginning of an archive alone"),
    ),
)
def test_what_is_not_whole_or_two_things_at_once_is_refused(content: bytes) -> None:
    with pytest.raises(BrokenFile):
        file_kind(content)


@pytest.mark.parametrize(
    "after",
    (
        samples.JPEG,
        b"\x00\x00\x00\x18ftypmp42" + bytes(16),
        bytes(20),
        b"any record of a telephone SEFT",
    ),
)
def test_what_cameras_put_after_a_picture_is_no_second_thing(after: bytes) -> None:
    assert file_kind(samples.JPEG + after) is kinds.JPEG


@pytest.mark.parametrize("part", ("word/vbaProject.bin", "word/embeddings/setup.exe"))
def test_a_document_with_a_program_in_it_is_refused(part: str) -> None:
    with pytest.raises(HoldsProgram):
        file_kind(office("word/document.xml", **{part: b"x"}))


def test_a_bomb_is_refused_by_what_it_says_of_itself() -> None:
    content = bytearray(office("word/document.xml", **{"word/media/bomb.bin": b"x"}))
    for place in _entries_of(content):
        content[place + 24 : place + 28] = struct.pack("<I", 0xFFFFFFF0)
    with pytest.raises(UnpacksTooLarge):
        file_kind(bytes(content))


def test_a_bomb_that_lies_about_itself_is_never_unpacked() -> None:
    content = office("word/document.xml", **{"word/media/bomb.bin": bytes(50_000_000)})
    assert len(content) < 100_000
    assert file_kind(content) is kinds.DOCX


def test_a_list_of_parts_that_would_fill_the_memory_is_refused() -> None:
    content = archive(
        {"[Content_Types].xml": b"", **{f"word/{number:0200d}.xml": b"" for number in range(5_000)}}
    )
    with pytest.raises(BrokenFile):
        file_kind(content)


def test_a_text_in_another_encoding_is_not_taken() -> None:
    assert file_kind("Laporan – selesai".encode("utf-16")) is None
    assert file_kind("Tahun café".encode("latin-1")) is None


def test_a_text_with_a_mark_of_its_encoding_is_taken() -> None:
    assert file_kind("Laporan".encode("utf-8-sig")) is kinds.TEXT


def test_letters_of_several_bytes_may_stand_anywhere_in_a_long_text() -> None:
    assert file_kind(("a" + "é" * 200_000).encode()) is kinds.TEXT


@given(st.binary(max_size=400))
def test_nothing_but_the_known_refusals_comes_of_any_bytes(content: bytes) -> None:
    for begins in (
        b"",
        b"%PDF-",
        b"\x89PNG\r\n\x1a\n",
        b"\xff\xd8\xff",
        b"PK\x03\x04",
        b"RIFF\x00\x00\x00\x00WEBP",
    ):
        try:
            found = file_kind(begins + content)
        except BrokenFile:
            continue
        assert found is None or found in kinds.KINDS
        assert other_type(begins + content)


@given(st.data())
def test_a_spoilt_document_is_taken_or_refused_and_nothing_else(data: st.DataObject) -> None:
    content = bytearray(data.draw(st.sampled_from([each for each, _ in TAKEN])))
    for _ in range(data.draw(st.integers(1, 6))):
        content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))
    with contextlib.suppress(BrokenFile):
        file_kind(bytes(content))


def _entries_of(content: bytearray) -> list[int]:
    places, place = [], content.find(b"PK\x01\x02")
    while place >= 0:
        places.append(place)
        place = content.find(b"PK\x01\x02", place + 1)
    return places
