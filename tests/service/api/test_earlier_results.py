"""Results of years before kinerja: who hands them in, how they are corrected, and what they count for."""

import asyncio
import uuid
from typing import Any

import httpx
import pytest
import pytest_asyncio
from sqlalchemy.exc import DBAPIError

from states.stages import Stage
from tests.fixtures.rated import Division, Rated, add_cycle, put_on_record
from tests.service.api.conftest import Service
from tests.service.api.test_unit_levels import division_of

pytestmark = [pytest.mark.database, pytest.mark.engine]


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def division(service: Service) -> Division:
    """The staff were very good in 2026, in the agency's only cycle."""
    division = await division_of(service, employees=4)
    await put_on_record(
        service.database,
        division,
        [Rated(person, "very_good", stage=Stage.FINALISED) for person in division.staff],
    )
    return division


async def give(
    service: Service, who: uuid.UUID, *items: dict[str, Any], key: str | None = None
) -> httpx.Response:
    return await service.post(
        who, "/earlier-results", {"items": list(items)}, **{"Idempotency-Key": key or uuid.uuid4().hex}
    )


def year(person: uuid.UUID, predicate: int, number: int = 2025, **more: Any) -> dict[str, Any]:
    return {"person": str(person), "year": number, "predicate": predicate, **more}


async def talent_pool(service: Service, division: Division, person: uuid.UUID) -> Any:
    case = await service.value("SELECT id FROM appraisal WHERE employee_id = :id", id=person)
    found = (await service.get(person, f"/appraisals/{case}/follow-up")).json()
    return next(each for each in found["items"] if each["name"] == "talent_pool"), found["years"][1]


async def test_an_earlier_very_good_completes_the_row(service: Service, division: Division) -> None:
    person = division.staff[0]
    before, _ = await talent_pool(service, division, person)
    assert before["met"] is False
    answer = await give(service, division.agency.officer, year(person, 1, source="SIASN"))
    assert (answer.status_code, answer.json()["recorded"]) == (201, 1)
    after, known = await talent_pool(service, division, person)
    assert after["met"] is True
    assert (known["source"], known["predicate"]) == ("earlier_result", "very_good")


async def test_a_correction_counts_and_the_corrected_one_stays(service: Service, division: Division) -> None:
    person, officer = division.staff[1], division.agency.officer
    await give(service, officer, year(person, 1))
    assert (await talent_pool(service, division, person))[0]["met"] is True
    (corrected,) = (await give(service, officer, year(person, 2))).json()["items"]
    assert (corrected["state"], corrected["before"]) == ("corrected", 1)
    assert (await talent_pool(service, division, person))[0]["met"] is False
    codes = "SELECT array_agg(code ORDER BY given_at) FROM earlier_result WHERE person_id = :id"
    assert await service.value(codes, id=person) == [1, 2]


async def test_the_same_value_again_adds_nothing(service: Service, division: Division) -> None:
    person, officer = division.staff[2], division.agency.officer
    await give(service, officer, year(person, 3))
    answer = (await give(service, officer, year(person, 3))).json()
    assert (answer["unchanged"], answer["recorded"], answer["corrected"]) == (1, 0, 0)
    count = "SELECT count(*) FROM earlier_result WHERE person_id = :id"
    assert await service.value(count, id=person) == 1


async def test_a_repeat_with_its_key_is_answered_alike_even_after_a_correction(
    service: Service, division: Division
) -> None:
    person, officer, key = division.staff[3], division.agency.officer, uuid.uuid4().hex
    first = await give(service, officer, year(person, 1), key=key)
    await give(service, officer, year(person, 4))
    again = await give(service, officer, year(person, 1), key=key)
    assert (again.status_code, again.json()) == (201, first.json())
    assert (await talent_pool(service, division, person))[0]["met"] is False
    other = await give(service, officer, year(person, 2), key=key)
    assert (other.status_code, other.json()["code"]) == (422, "idempotency_key_reused")


async def test_people_are_named_by_their_nip_too(service: Service, division: Division) -> None:
    person = division.staff[0]
    nip = await service.value("SELECT nip FROM person WHERE id = :id", id=person)
    answer = await give(service, division.agency.officer, {"nip": nip, "year": 2020, "predicate": 5})
    assert answer.json()["items"][0]["person_id"] == str(person)
    assert nip not in service.log.getvalue()


@pytest.mark.parametrize(
    ("change", "field"),
    (
        ({"year": 2026}, "/items/0/year"),
        ({"predicate": 6}, "/items/0/predicate"),
        ({"predicate": "1"}, "/items/0/predicate"),
        ({"person": None}, "/items/0"),
        ({"nip": "198501012010011001"}, "/items/0"),
        ({"person": str(uuid.UUID(int=1))}, "/items/0/person"),
        ({"person": None, "nip": "198501012010011001"}, "/items/0/nip"),
        ({"source": "x" * 301}, "/items/0/source"),
    ),
)
async def test_a_bad_line_is_named_and_nothing_is_recorded(
    service: Service, division: Division, change: dict[str, Any], field: str
) -> None:
    good, bad = division.staff[1], {**year(division.staff[0], 1, 2019), **change}
    answer = await give(service, division.agency.officer, bad, year(good, 1, 2018))
    assert answer.status_code == 422, answer.text
    assert field in [each["field"] for each in answer.json()["errors"]]
    count = "SELECT count(*) FROM earlier_result WHERE person_id = :id AND year = 2018"
    assert await service.value(count, id=good) == 0


async def test_a_year_stands_in_a_list_once(service: Service, division: Division) -> None:
    line = year(division.staff[0], 1, 2017)
    answer = await give(service, division.agency.officer, line, line)
    assert [each["field"] for each in answer.json()["errors"]] == ["/items/1"]


async def test_somebody_of_another_agency_is_nobody(service: Service, division: Division) -> None:
    answer = await give(service, service.elsewhere.officer, year(division.staff[0], 1))
    assert answer.status_code == 422


@pytest.mark.parametrize("who", ("rater", "superior", "employee"))
async def test_only_personnel_officers_hand_them_in(service: Service, division: Division, who: str) -> None:
    answer = await give(service, getattr(division.agency, who), year(division.staff[0], 1))
    assert (answer.status_code, answer.json()["code"]) == (403, "hr_only")


async def test_a_final_result_here_comes_before_one_that_was_handed_in(service: Service) -> None:
    division = await division_of(service, employees=1)
    (person,) = division.staff
    await give(service, division.agency.officer, year(person, 1, 2025))
    cycle = await add_cycle(service.database, division.agency, "Tahun kedua")
    await put_on_record(
        service.database,
        division,
        [
            Rated(person, "good", stage=Stage.RESPONSE),
            Rated(person, "very_good", stage=Stage.FINALISED, cycle=cycle),
        ],
    )
    # A year that is appraised here, but not final yet, is known from the list until it is.
    await give(service, division.agency.officer, year(person, 1, 2026))

    async def met() -> bool:
        page = await service.get(division.agency.officer, f"/cycles/{cycle}/follow-up", kind="talent_pool")
        return bool(page.json()["items"][0]["items"][0]["met"])

    assert await met() is True
    await service.run(
        "UPDATE appraisal SET stage = 'finalised', outcome = 'agreed', holder = NULL,"
        " snapshot = jsonb_set(snapshot, '{stage}', '\"finalised\"')"
        " WHERE employee_id = :id AND stage = 'response'",
        id=person,
    )
    assert await met() is False


@pytest.mark.parametrize("table", ("earlier_list", "earlier_result"))
@pytest.mark.parametrize("statement", ("UPDATE {table} SET id = id", "DELETE FROM {table}"))
async def test_what_was_handed_in_is_never_changed_or_removed(
    service: Service, table: str, statement: str
) -> None:
    with pytest.raises(DBAPIError, match="is append-only"):
        await service.run(statement.format(table=table))


async def test_two_who_hand_in_the_same_at_once_record_it_once(service: Service, division: Division) -> None:
    person, officer = division.staff[2], division.agency.officer
    answers = await asyncio.gather(*(give(service, officer, year(person, 1, 2010)) for _ in range(5)))
    assert sorted(each.json()["recorded"] for each in answers) == [0, 0, 0, 0, 1]
