"""A year in Tangerang Selatan: ability counts, the self-assessment comes first, and people and units learn."""

from typing import Any

import pytest
import pytest_asyncio

from tests.service.api.conftest import Service
from tests.systems import tangsel_kompetensi as forms
from tests.systems.driven import DrivenYear
from tests.systems.tangsel_kompetensi_year import (
    ARCHIVIST,
    EVERYBODY,
    HEAD_OF_CENTRE,
    NURSE,
    OFFICER,
    drive,
)

pytestmark = [pytest.mark.database, pytest.mark.engine]


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def driven(service: Service) -> DrivenYear:
    return await drive(service)


async def test_dump(driven: DrivenYear) -> None:
    import json

    y = driven.year
    out = {k: (v if not hasattr(v, "json") else [v.status_code, v.json()]) for k, v in driven.seen.items()}
    out["rating"] = await y.of(NURSE, "rating")
    out["file"] = await y.of(NURSE, "file", HEAD_OF_CENTRE)
    out["surveys nurse"] = await y.of(NURSE, "surveys")
    out["surveys archivist"] = await y.of(ARCHIVIST, "surveys")
    out["trainings"] = await y.of(NURSE, "trainings")
    out["arch"] = await y.of(ARCHIVIST, "rating")
    from pathlib import Path

    Path("/tmp/kompetensi-dump.json").write_text(json.dumps(out, indent=1, default=str))
