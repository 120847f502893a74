"""Appointments that cannot be made: each mistake is named at its field, and nothing is arranged."""

import uuid

import pytest
import pytest_asyncio

from tests.service.api.conftest import Service
from tests.service.api.meetings import arrange, hours, told
from tests.service.api.results import rated

_NO_MOMENT = "This must be a moment with its offset: YYYY-MM-DDTHH:MM+HH:MM."


@pytest_asyncio.fixture(loop_scope="session", scope="module")
async def case(service: Service) -> tuple[uuid.UUID, uuid.UUID]:
    """An appraisal that was rated, and its rater."""
    agency = await service.new_agency()
    return await rated(service, agency), agency.rater


@pytest.mark.parametrize(
    ("body", "field", "message"),
    (
        (hours(days=-1), "/starts_at", "This moment has passed."),
        (hours(days=400), "/starts_at", "This is more than a year ahead."),
        (hours(minutes=0), "/ends_at", "The end must come after the beginning."),
        (hours(minutes=-30), "/ends_at", "The end must come after the beginning."),
        (hours(minutes=8 * 60 + 1), "/ends_at", "An appointment takes at most eight hours."),
        (hours(place="   "), "/place", "The text is empty."),
        (hours(place="Ruang A\nRuang B"), "/place", "This must be one line."),
        (hours(place="A\u0007"), "/place", "This must be one line."),
        (hours(place="A" * 301), "/place", "The text is longer than 300 characters."),
        (
            hours() | {"starts_at": "2026-01-06T10:00:00"},
            "/starts_at",
            _NO_MOMENT,
        ),
        (
            hours() | {"ends_at": "besok"},
            "/ends_at",
            _NO_MOMENT,
        ),
        (
            hours() | {"starts_at": "9999-12-31T23:59:00-14:00"},
            "/starts_at",
            "This is more than a year ahead.",
        ),
        (hours() | {"starts_at": "0001-01-01T00:00:00+14:00"}, "/starts_at", "This moment has passed."),
        (hours() | {"result": "baik"}, "/result", "There is no such field."),
    ),
    ids=str,
)
async def test_a_mistake_is_named_at_its_field_and_nothing_is_arranged(
    service: Service, case: tuple[uuid.UUID, uuid.UUID], body: dict[str, str], field: str, message: str
) -> None:
    appraisal, rater = case
    answer = await arrange(service, rater, appraisal, body)
    assert answer.status_code == 422, answer.text
    assert {"field": field, "message": message} in answer.json()["errors"]
    assert await told(service, appraisal) == []


async def test_all_mistakes_are_named_together(service: Service, case: tuple[uuid.UUID, uuid.UUID]) -> None:
    appraisal, rater = case
    answer = await arrange(service, rater, appraisal, {"starts_at": 7, "place": ""})
    assert [each["field"] for each in answer.json()["errors"]] == ["/starts_at", "/ends_at", "/place"]
