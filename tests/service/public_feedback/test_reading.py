"""What is shown of the public's answers: by period, never of too few, and to nobody of another agency."""

import datetime as dt
import uuid
from typing import Any

import pytest
import pytest_asyncio
from sqlalchemy.ext.asyncio import AsyncEngine

from service.public_feedback.reading import areas_to_improve
from tests.fixtures.agency import SmallAgency, build_agency
from tests.fixtures.public import ELEMENTS, agency_that_asks
from tests.service.public_feedback.asking import Public, public_on
from translations import Locale


def mid_quarter() -> list[list[object]]:
    """Business time in the middle of a quarter, so that days of the running one lie before today."""
    now = dt.datetime.now(dt.UTC)
    return [[now.isoformat(), "2026-05-15T03:00:00+00:00", 1.0]]


RUNNING, BEFORE = dt.date(2026, 5, 2), dt.date(2026, 2, 10)


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def public(template_database: AsyncEngine) -> Public:
    return public_on(template_database)


@pytest_asyncio.fixture(loop_scope="session")
async def agency(public: Public) -> SmallAgency:
    return await agency_that_asks(public.database, clock=mid_quarter())


async def shown(public: Public, agency: SmallAgency, who: uuid.UUID | None = None) -> Any:
    path = f"/units/{agency.unit}/public-feedback"
    answer = await public.ask(agency, who or agency.employee, "GET", path)
    assert answer.status_code == 200, answer.text
    return answer.json()


async def test_a_finished_period_is_shown_to_everybody_of_the_agency(
    public: Public, agency: SmallAgency
) -> None:
    await public.put_answers(agency, BEFORE, times=3, step=1)
    await public.put_answers(agency, BEFORE, times=1, step=0)
    found = await shown(public, agency)
    (period,) = found["periods"]
    assert (period["period"], period["answers"], period["finished"]) == ("2026-Q1", 4, True)
    assert (period["index"], period["category"], period["category_label"]) == (81.25, "b", "Baik (en)")
    assert [each["name"] for each in period["elements"]] == list(ELEMENTS)
    assert period["elements"][0] == {
        "name": "persyaratan",
        "label": "Persyaratan (en)",
        "mean": 3.25,
        "index": 81.25,
        "improve": False,
    }
    assert (found["texts"], found["minimum"]) == (None, 3)


async def test_fewer_than_the_minimum_are_not_shown(public: Public, agency: SmallAgency) -> None:
    await public.put_answers(agency, BEFORE, times=2)
    assert (await shown(public, agency))["periods"] == []
    await public.put_answers(agency, BEFORE, times=1)
    assert len((await shown(public, agency))["periods"]) == 1


async def test_no_two_looks_at_a_running_period_differ_by_fewer_than_the_minimum(
    public: Public, agency: SmallAgency
) -> None:
    seen = []
    for place in range(14):
        # One answer a day, as in a quiet office.
        await public.put_answers(agency, RUNNING - dt.timedelta(days=20 - place))
        periods = (await shown(public, agency))["periods"]
        seen.append(periods[0]["answers"] if periods else 0)
    assert seen == [0, 0, 0, 0, 0, 3, 3, 3, 6, 6, 6, 9, 9, 9]
    assert all(14 - count >= 3 for count in seen)


async def test_answers_of_today_are_not_counted_yet(public: Public, agency: SmallAgency) -> None:
    await public.put_answers(agency, dt.date(2026, 5, 15), times=50)
    assert (await shown(public, agency))["periods"] == []


async def test_later_answers_never_change_which_earlier_ones_were_shown(
    public: Public, agency: SmallAgency
) -> None:
    await public.put_answers(agency, RUNNING, times=6, step=3)
    first = (await shown(public, agency))["periods"][0]
    assert (first["answers"], first["index"]) == (3, 25.0)
    await public.put_answers(agency, RUNNING + dt.timedelta(days=1), times=2, step=0)
    assert (await shown(public, agency))["periods"][0] == first


async def test_a_person_of_another_agency_sees_nothing(public: Public, agency: SmallAgency) -> None:
    other = await agency_that_asks(public.database)
    path = f"/units/{agency.unit}/public-feedback"
    assert (await public.ask(other, other.officer, "GET", path)).status_code == 404
    # A token whose person has left the agency is nobody's.
    assert (await public.ask(agency, other.officer, "GET", path)).status_code == 404


async def test_where_the_public_is_not_asked_there_is_nothing_to_show(public: Public) -> None:
    silent = await build_agency(public.database, name=f"Kota {uuid.uuid4().hex[:8]}")
    answer = await public.ask(silent, silent.officer, "GET", f"/units/{silent.unit}/public-feedback")
    assert (answer.status_code, answer.json()["code"]) == (409, "no_public_feedback")


@pytest.mark.parametrize(
    ("period", "names"),
    (
        ("month", ["2026-02", "2025-12"]),
        ("quarter", ["2026-Q1", "2025-Q4"]),
        ("half_year", ["2025-H2"]),
        ("year", ["2025"]),
    ),
)
async def test_periods_are_those_of_the_scheme(public: Public, period: str, names: list[str]) -> None:
    agency = await agency_that_asks(public.database, clock=mid_quarter(), period=period)
    await public.put_answers(agency, BEFORE, times=3)
    await public.put_answers(agency, dt.date(2025, 12, 31), times=3)
    # Of a running half year or year three answers are kept back.
    assert [each["period"] for each in (await shown(public, agency))["periods"]] == names


async def test_areas_to_improve_are_those_of_the_year_as_far_as_it_is_shown(public: Public) -> None:
    agency = await agency_that_asks(public.database, clock=mid_quarter())
    await public.put_answers(agency, BEFORE, times=3, step=2)
    await public.put_answers(agency, dt.date(2025, 2, 1), times=3, step=0)
    async with public.database.connect() as connection:
        of = [
            await areas_to_improve(connection, agency.unit, agency.agency, year, Locale.INDONESIAN)
            for year in (2024, 2025, 2026)
        ]
        nowhere = await areas_to_improve(connection, uuid.uuid4(), agency.agency, 2026, Locale.INDONESIAN)
    assert (of[0], of[1], nowhere) == ([], [], [])
    assert [(each.label, each.index) for each in of[2]] == [(label, 50.0) for label in ELEMENTS.values()]


async def test_an_older_version_of_the_scheme_is_read_by_its_own_scale(public: Public) -> None:
    agency = await agency_that_asks(public.database, clock=mid_quarter())
    newer = await agency_that_asks(public.database, clock=mid_quarter(), label={"id": "Baru", "en": "New"})
    await public.put_answers(agency, BEFORE, times=3, step=0)
    await public.run(
        "UPDATE cycle SET scheme = :scheme WHERE id = :cycle", scheme=newer.rules.book.key, cycle=agency.cycle
    )
    found = await shown(public, agency)
    assert (found["label"], found["periods"][0]["index"]) == ("New", 100.0)


async def test_the_picture_of_a_unit_says_what_the_public_finds_wanting_in_its_service(
    public: Public, agency: SmallAgency
) -> None:
    path = f"/units/{agency.unit}/picture?cycle={agency.cycle}"
    await public.put_answers(agency, BEFORE, times=4, step=3)
    assert (await public.ask(agency, agency.officer, "GET", path)).json()["services"] == []
    await public.link(agency)
    (place,) = (await public.ask(agency, agency.officer, "GET", path)).json()["services"]
    assert (place["unit_id"], place["unit"]) == (str(agency.unit), "Badan Contoh")
    assert {each["index"] for each in place["areas"]} == {25.0}
    assert place["areas"][0]["label"].endswith("(en)")
