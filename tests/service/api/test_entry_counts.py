"""Notes that the scheme counts: how many there are, and in how many a number is at most so much."""

import uuid
from typing import Any

import pytest
import pytest_asyncio

from content.entries import EntryKind
from content.sight.rules import Kind, Role, Sight, SightRule
from tests.fixtures.agency import SmallAgency, build_agency
from tests.fixtures.content import SMALL
from tests.service.api.conftest import BUSINESS_START, Service, clock_from
from tests.service.api.noted import Case, new_case

COMPLAINT = EntryKind.model_validate(
    {
        "label": {"id": "Pengaduan", "en": "Complaint"},
        "by": ["employee"],
        "fields": [
            {
                "kind": "number",
                "name": "hours",
                "label": {"id": "Jam", "en": "Hours"},
                "decimals": 1,
                "required": False,
            }
        ],
        "counted": {"label": {"id": "Cepat", "en": "Fast"}, "field": "hours", "at_most": 22.5},
    }
)
RULES = SMALL.model_copy(
    update={
        "entries": {**SMALL.entries, "complaint": COMPLAINT},
        "sight": (SightRule(kinds=(Kind.NOTE,), roles=(Role.HR,), sight=Sight.HIDDEN),),
    }
)


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def agency(service: Service) -> SmallAgency:
    agency = await build_agency(
        service.database,
        name="Kota Berpengaduan",
        employees=10,
        content=RULES,
        clock=clock_from(BUSINESS_START),
    )
    service.others.append(agency)
    return agency


@pytest_asyncio.fixture(loop_scope="session")
async def case(service: Service, agency: SmallAgency) -> Case:
    return await new_case(service, agency)


async def complain(case: Case, hours: float | None) -> str:
    """A complaint that was handled in so many hours, or is open; its id."""
    content = {} if hours is None else {"hours": hours}
    body = {"noted_on": str(BUSINESS_START.date()), "content": content}
    answer = await case.post("entries/complaint", body)
    assert answer.status_code == 201, answer.text
    return str(answer.json()["id"])


async def counts(case: Case, part: str = "file", by: uuid.UUID | None = None) -> list[tuple[int, int]]:
    """All complaints and the fast ones, as somebody sees them."""
    found: dict[str, Any] = (await case.get(part, by=by)).json()
    return [(each["entries"], each["counted"]) for each in found["counts"]]


@pytest.mark.parametrize(("hours", "fast"), ((0, 1), (22.5, 1), (22.6, 0), (None, 0)))
async def test_up_to_the_limit_is_fast_and_an_open_one_is_not(
    case: Case, hours: float | None, fast: int
) -> None:
    await complain(case, hours)
    assert await counts(case) == [(1, fast)]


async def test_what_was_withdrawn_is_not_counted(case: Case) -> None:
    withdrawn, _ = [await complain(case, hours) for hours in (1, 2)]
    await case.post(f"entries/{withdrawn}/withdraw", None)
    assert await counts(case) == [(1, 1)]


async def test_the_words_of_a_count_are_those_of_the_scheme(case: Case) -> None:
    await complain(case, 3)
    (count,) = (await case.get("file")).json()["counts"]
    assert (count["kind"], count["kind_name"], count["label"]) == ("complaint", "Complaint", "Fast")


async def test_forms_that_look_back_have_the_counts_and_others_have_none(case: Case) -> None:
    await complain(case, 3)
    assert await counts(case, "forms/rating", case.agency.rater) == [(1, 1)]
    assert await counts(case, "forms/self_assessment") == [(1, 1)]
    assert await counts(case, "forms/plan") == []


async def test_who_may_not_read_the_notes_is_not_told_how_many_there_are(case: Case) -> None:
    await complain(case, 3)
    assert await counts(case, by=case.agency.officer) == []
    assert await counts(case, by=case.agency.rater) == [(1, 1)]


async def test_a_text_in_the_place_of_the_number_is_not_fast(case: Case) -> None:
    """As of a case that went on under newer rules."""
    await complain(case, 3)
    await case.service.run(
        "UPDATE entry SET content = jsonb_build_object('hours', 'tiga') WHERE appraisal_id = :id", id=case.id
    )
    assert await counts(case) == [(1, 0)]


async def test_a_kind_without_a_count_is_only_listed(case: Case) -> None:
    body = {"noted_on": str(BUSINESS_START.date()), "content": {"what": "Melayani dengan sabar"}}
    await case.post("entries/observation", body, by=case.agency.rater)
    assert await counts(case) == []
    assert len(await case.listed("entries")) == 1
