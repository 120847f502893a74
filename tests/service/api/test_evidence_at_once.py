"""Many large files at once need little memory, and the largest file is taken whole."""

import asyncio
import os
import tracemalloc
from collections.abc import AsyncIterator

import pytest_asyncio

from store.evidence.table import LARGEST_FILE
from tests.fixtures.agency import SmallAgency
from tests.service.api.conftest import Service
from tests.service.api.filling import agency_with_forms
from tests.service.api.noted import Case, new_case
from tests.service.evidence.samples import png

AT_ONCE = 20
MEGABYTE = 1 << 20


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def agency(service: Service) -> SmallAgency:
    return await agency_with_forms(service, "Kota Sibuk", employees=2)


@pytest_asyncio.fixture(loop_scope="session")
async def case(service: Service, agency: SmallAgency) -> Case:
    return await new_case(service, agency)


def largest(number: int) -> bytes:
    """A picture of exactly the size that is allowed, unlike the others."""
    pixels = os.urandom(LARGEST_FILE - len(png(b"")) - 1) + bytes([number])
    return png(pixels)


async def test_the_largest_file_is_taken_and_given_back(case: Case) -> None:
    content = largest(0)
    added = await case.added(content, "foto.png")
    assert added["file"]["size"] == LARGEST_FILE
    assert (await case.get(f"evidence/{added['id']}/file")).content == content


async def test_twenty_files_of_10_megabytes_at_once_do_not_fill_the_memory(case: Case) -> None:
    content = largest(0)

    async def body(number: int) -> AsyncIterator[bytes]:
        """Sent as a network sends it. The last byte of the pixels differs, and with it what is kept."""
        yield b'--X\r\nContent-Disposition: form-data; name="title"\r\n\r\nFoto\r\n'
        yield b'--X\r\nContent-Disposition: form-data; name="file"; filename="foto.png"\r\n\r\n'
        for start in range(0, LARGEST_FILE - 17, 64 * 1024):
            yield content[start : min(start + 64 * 1024, LARGEST_FILE - 17)]
            await asyncio.sleep(0)
        yield bytes([number]) + content[-16:] + b"\r\n--X--\r\n"

    tracemalloc.start()
    before, _ = tracemalloc.get_traced_memory()
    answers = await asyncio.gather(
        *(case.raw(body(number), "multipart/form-data; boundary=X") for number in range(AT_ONCE))
    )
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert [answer.status_code for answer in answers] == [201] * AT_ONCE
    assert len({answer.json()["file"]["digest"] for answer in answers}) == AT_ONCE
    assert (peak - before) / MEGABYTE < 100, peak
