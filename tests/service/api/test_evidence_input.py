"""What cannot be evidence is refused at its field, and nothing of it is kept."""

import asyncio
import uuid
from collections.abc import AsyncIterator
from typing import Any

import pytest
import pytest_asyncio

from service.api.evidence import receiving
from store.evidence.table import LARGEST_FILE
from tests.fixtures.agency import SmallAgency
from tests.service.api.conftest import Service
from tests.service.api.filling import agency_with_forms
from tests.service.api.noted import Case, mistakes, new_case
from tests.service.evidence.samples import JPEG, PDF, PROGRAM, TEXT, archive, office, png

MEGABYTE = 1 << 20
FORM = "multipart/form-data; boundary=X"


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def agency(service: Service) -> SmallAgency:
    return await agency_with_forms(service, "Kota Pemeriksa", employees=4)


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def case(service: Service, agency: SmallAgency) -> Case:
    """One for all: nothing is ever added to it."""
    return await new_case(service, agency)


@pytest_asyncio.fixture(autouse=True, loop_scope="session")
async def nothing_is_kept(case: Case) -> AsyncIterator[None]:
    files = "SELECT count(*) FROM stored_file"
    before = await case.service.value(files)
    yield
    assert await case.kept() == 0
    assert await case.service.value(files) == before


def part(name: str, content: bytes, *, file_name: bytes | None = None, headers: bytes = b"") -> bytes:
    called = b"" if file_name is None else b'; filename="' + file_name + b'"'
    disposition = b'Content-Disposition: form-data; name="' + name.encode() + b'"' + called
    return b"--X\r\n" + disposition + b"\r\n" + headers + b"\r\n" + content + b"\r\n"


TITLE = part("title", b"Laporan")
FILE = part("file", PDF, file_name=b"a.pdf")
END = b"--X--\r\n"


@pytest.mark.parametrize(
    ("content", "name", "claimed", "found"),
    (
        (PROGRAM, "laporan.pdf", "application/pdf", "application/x-msdownload"),
        (png(), "foto.jpg", "image/jpeg", "image/png"),
        (JPEG, "foto.png", "image/png", "image/jpeg"),
        (PDF, "laporan.docx", "wordprocessingml.document", "application/pdf"),
        (archive({"a": b"x"}), "laporan.xlsx", "spreadsheetml.sheet", "application/zip"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "gambar.png", "image/png", "image/svg+xml"),
        (b"<!DOCTYPE html><html></html>", "laporan.txt", "text/plain", "text/html"),
        (TEXT, "pasang.bat", "application/x-msdownload", "text/plain"),
        (TEXT, "laporan.html", "text/html", "text/plain"),
        (PROGRAM, "pasang.exe", "application/x-msdownload", "application/x-msdownload"),
        (PROGRAM, "pasang", "application/octet-stream", "application/x-msdownload"),
        ("Tahun café".encode("latin-1"), "laporan.csv", "text/csv", "application/octet-stream"),
    ),
)
async def test_a_file_that_is_not_what_its_name_says_is_refused_with_both_types(
    case: Case, content: bytes, name: str, claimed: str, found: str
) -> None:
    refused = mistakes(await case.send(content, name))
    assert set(refused) == {"/file"}
    assert claimed in refused["/file"]
    assert found in refused["/file"]


@pytest.mark.parametrize(
    ("content", "name", "said"),
    (
        (b"", "laporan.pdf", "empty"),
        (PDF[:-9], "laporan.pdf", "not whole"),
        (png() + archive({"a": b"x"}), "foto.png", "second thing"),
        (office("word/document.xml", **{"word/vbaProject.bin": b"x"}), "laporan.docx", "macros"),
        (PDF, "lap\u202efdp.pdf", "cannot be seen"),
        (PDF, "lap\noran.pdf", "cannot be seen"),
        (PDF, "SKP 197701012000011001.pdf", "NIP"),
    ),
)
async def test_a_file_is_refused_for_what_it_holds_or_how_it_is_called(
    case: Case, content: bytes, name: str, said: str
) -> None:
    refused = mistakes(await case.send(content, name))
    assert set(refused) == {"/file"}
    assert said in refused["/file"]


@pytest.mark.parametrize(
    ("fields", "wrong"),
    (
        ({"title": ""}, {"/title"}),
        ({"title": "   "}, {"/title"}),
        ({"title": "x" * 201}, {"/title"}),
        ({"title": "x" * 9_000}, {"/title"}),
        ({"title": "dua\nbaris"}, {"/title"}),
        ({"title": "nul\0"}, {"/title"}),
        ({"item": "h2"}, {"/item"}),
        ({"item": "x" * 41}, {"/item"}),
        ({"kind": "x"}, {"/kind"}),
        ({"title": "", "item": "x" * 41, "kind": "x"}, {"/title", "/item", "/kind"}),
    ),
)
async def test_every_field_that_is_wrong_is_named(
    case: Case, fields: dict[str, Any], wrong: set[str]
) -> None:
    assert set(mistakes(await case.send(**fields))) == wrong


@pytest.mark.parametrize(
    ("body", "wrong"),
    (
        (END, {"/file": "Choose a file.", "/title": "This field is needed."}),
        (FILE + END, {"/title": "This field is needed."}),
        (TITLE + END, {"/file": "Choose a file."}),
        (TITLE + part("file", b"", file_name=b"") + END, {"/file": "Choose a file."}),
        (TITLE + part("file", PDF) + END, {"/file": "This must be a file with a name."}),
        (TITLE + FILE + FILE + END, {"/file": "Send one file only."}),
        (TITLE + TITLE + FILE + END, {"/title": "This came twice; send it once."}),
        (part("title", b"x", file_name=b"x.txt") + FILE + END, {"/title": "This must be a text."}),
        (part("title", b"\xff\xfe") + FILE + END, {"/title": "This must be a text."}),
        (
            TITLE + part("file", PDF, file_name=b"\xff.pdf") + END,
            {"/file": "The name of the file is not in UTF-8."},
        ),
    ),
)
async def test_a_form_with_missing_or_superfluous_parts_is_refused_at_each(
    case: Case, body: bytes, wrong: dict[str, str]
) -> None:
    assert mistakes(await case.raw(body, FORM)) == wrong


@pytest.mark.parametrize(
    "body",
    (
        pytest.param(b"", id="nothing"),
        pytest.param(b"no form", id="no form"),
        pytest.param(TITLE + FILE, id="without the last boundary"),
        pytest.param((TITLE + FILE)[:-60], id="cut within the file"),
        pytest.param((TITLE + FILE + END).replace(b"--X", b"--Y"), id="another boundary than said"),
        pytest.param(b"--X\r\nContent-Type: text/plain\r\n\r\nx\r\n" + END, id="a part without a name"),
        pytest.param(part("a b", b"x") + END, id="a part with a strange name"),
        pytest.param(
            part("title", b"x", headers=b"X-Long: " + b"x" * 9_000 + b"\r\n") + END, id="a huge header"
        ),
        pytest.param(part("title", b"x", headers=b"X-Many: x\r\n" * 500) + END, id="many headers"),
        pytest.param(part("other", b"x") * 13 + END, id="many parts"),
        pytest.param(b"--X\r\nBad Header\r\n\r\nx\r\n" + END, id="a header that is none"),
    ),
)
async def test_a_body_that_cannot_be_read_is_malformed(case: Case, body: bytes) -> None:
    mistakes(await case.raw(body, FORM), 400, "multipart_malformed")


@pytest.mark.parametrize("content_type", ("multipart/form-data", "multipart/form-data; boundary=" + "x" * 71))
async def test_a_boundary_is_needed(case: Case, content_type: str) -> None:
    mistakes(await case.raw(TITLE + FILE + END, content_type), 400, "multipart_malformed")


@pytest.mark.parametrize(
    ("body", "said"),
    (
        (TITLE + FILE, "ends before its last boundary"),
        (b"--X\r\nContent-Type: text/plain\r\n\r\nx\r\n" + END, "has no name"),
        (part("other", b"x") * 13 + END, "too many parts"),
        (b"no form", "a boundary or a header"),
    ),
)
async def test_what_is_wrong_with_a_body_is_said(case: Case, body: bytes, said: str) -> None:
    assert said in (await case.raw(body, FORM)).json()["detail"]


@pytest.mark.parametrize("content_type", ("application/json", "multipart/mixed; boundary=X", "text/plain"))
async def test_another_media_type_is_refused(case: Case, content_type: str) -> None:
    answer = await case.raw(TITLE + FILE + END, content_type)
    mistakes(answer, 415, "multipart_expected")
    assert answer.headers["accept-post"] == "multipart/form-data"


async def test_a_file_of_11_megabytes_is_refused_by_its_length_alone(case: Case) -> None:
    read = 0

    async def body() -> AsyncIterator[bytes]:
        nonlocal read
        read += 1
        yield b"x"

    refused = mistakes(
        await case.raw(body(), FORM, **{"Content-Length": str(11 * MEGABYTE)}), 413, "file_too_large"
    )
    assert refused == {"/file": "The file is larger than 10 MB. Make it smaller, or hand in several."}
    assert read == 0


async def test_a_file_that_does_not_say_how_long_it_is_is_refused_while_it_is_read(case: Case) -> None:
    read = 0

    async def body() -> AsyncIterator[bytes]:
        nonlocal read
        yield TITLE + b'--X\r\nContent-Disposition: form-data; name="file"; filename="a.pdf"\r\n\r\n'
        for _ in range(100):
            read += 1
            yield bytes(MEGABYTE)

    answer = await case.raw(body(), FORM)
    assert set(mistakes(answer, 413, "file_too_large")) == {"/file"}
    assert answer.headers["connection"] == "close"
    assert read == 11


async def test_a_byte_more_than_the_limit_is_too_many(case: Case) -> None:
    overhead = len(png(b""))
    answer = await case.send(png(bytes(LARGEST_FILE - overhead + 1)), "foto.png")
    assert set(mistakes(answer, 413, "file_too_large")) == {"/file"}


async def test_what_stops_coming_is_given_up(case: Case, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(receiving, "_STALLED_AFTER", 0.2)

    async def body() -> AsyncIterator[bytes]:
        yield TITLE
        await asyncio.sleep(60)

    mistakes(await case.raw(body(), FORM), 408, "upload_stalled")


async def test_who_may_add_nothing_is_refused_before_a_byte_is_read(case: Case) -> None:
    read = 0

    async def body() -> AsyncIterator[bytes]:
        nonlocal read
        read += 1
        yield TITLE + FILE + END

    headers: dict[str, Any] = {"Content-Type": FORM, "Idempotency-Key": uuid.uuid4().hex}
    answer = await case.service.http.post(
        f"/api/v1{case.path('evidence')}",
        content=body(),
        headers=case.service.headers(case.agency.officer, **headers),
    )
    mistakes(answer, 403, "not_yours_to_add")
    assert read == 0


async def test_nobody_hands_in_anything_without_a_sign_in(case: Case) -> None:
    answer = await case.service.http.post(f"/api/v1{case.path('evidence')}", files={"file": ("a.pdf", PDF)})
    mistakes(answer, 401, "not_signed_in")


@pytest.mark.parametrize("id", ("no-id", "00000000-0000-0000-0000-000000000000"))
async def test_there_is_nothing_below_other_addresses(case: Case, id: str) -> None:
    mistakes(await case.get(f"evidence/{id}/file"), 404, "not_found")


@pytest.mark.parametrize(
    ("query", "code"), (({"cursor": "x"}, 400), ({"limit": 0}, 422), ({"item": "x" * 41}, 422))
)
async def test_a_list_with_wrong_parameters_is_refused(case: Case, query: dict[str, Any], code: int) -> None:
    assert (await case.get("evidence", **query)).status_code == code
