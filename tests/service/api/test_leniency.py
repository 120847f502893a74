"""How each rater rates beside all together: for personnel officers, and for nobody about himself."""

import time
import uuid
from typing import Any

import pytest
import pytest_asyncio

from content.rules import ContentRules
from states.stages import Stage
from tests.fixtures.rated import PREDICATES, Division, Rated, add_cycle, national, put_on_record
from tests.service.api.conftest import Service
from tests.service.api.test_unit_levels import division_of

pytestmark = [pytest.mark.database, pytest.mark.engine]


def of(division: Division) -> str:
    return f"/cycles/{division.agency.cycle}/leniency"


async def picture(
    service: Service, division: Division, who: uuid.UUID | None = None, **parameters: Any
) -> Any:
    answer = await service.get(who or division.agency.officer, of(division), **parameters)
    assert answer.status_code == 200, answer.text
    return answer.json()


def by_id(found: Any) -> dict[str, Any]:
    return {each["rater_id"]: each for each in found["items"]}


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def division(service: Service) -> Division:
    """The superior gave three very good, the rater three who need improvement, the director two good."""
    division = await division_of(service, employees=8, below=2)
    agency, staff = division.agency, division.staff
    await put_on_record(
        service.database,
        division,
        [
            *(Rated(person, "very_good", by=agency.superior) for person in staff[:3]),
            *(Rated(person, "needs_improvement") for person in staff[3:6]),
            *(Rated(person, "good", by=agency.director, unit=division.section) for person in division.below),
        ],
    )
    return division


async def test_each_rater_stands_beside_all_together(service: Service, division: Division) -> None:
    agency, found = division.agency, await picture(service, division)
    mild, strict = by_id(found)[str(agency.superior)], by_id(found)[str(agency.rater)]
    assert (found["people"], mild["people"], strict["people"]) == (8, 3, 3)
    assert mild["mean"] - strict["mean"] == pytest.approx(2)
    assert mild["difference"] > 0 > strict["difference"]
    assert mild["counts"][0] == {"predicate": "very_good", "predicate_name": "Very good", "people": 3}
    assert [count["people"] for count in strict["counts"]] == [0, 0, 3, 0, 0]


async def test_a_rater_of_two_has_no_mean(service: Service, division: Division) -> None:
    few = by_id(await picture(service, division))[str(division.agency.director)]
    assert (few["people"], few["mean"], few["difference"]) == (2, None, None)


async def test_raters_are_named_and_nobody_whom_they_rated(service: Service, division: Division) -> None:
    answer = (await service.get(division.agency.officer, of(division))).text
    assert "Superior Kota" in answer
    assert "Employee" not in answer
    assert not any(str(person) in answer for person in division.agency.employees)


async def test_it_may_be_limited_to_a_unit_and_those_below(service: Service, division: Division) -> None:
    alone = await picture(service, division, unit=division.unit)
    assert (alone["unit"], alone["people"], len(alone["items"])) == ("Bidang U2", 6, 2)
    below = await picture(service, division, unit=division.unit, subunits=True)
    assert (below["people"], len(below["items"])) == (8, 3)
    section = await picture(service, division, unit=division.section)
    assert (section["people"], section["mean"]) == (2, None)


async def test_pages_follow_each_other_and_each_has_the_whole(service: Service, division: Division) -> None:
    whole = await picture(service, division)
    items: list[Any] = []
    cursor: dict[str, Any] = {}
    while True:
        page = await picture(service, division, limit=1, **cursor)
        assert page["mean"] == whole["mean"]
        items += page["items"]
        if page["next"] is None:
            break
        cursor = {"cursor": page["next"]}
    assert items == whole["items"]


@pytest.mark.parametrize("who", ("rater", "superior", "director", "employee"))
async def test_to_raters_and_employees_it_is_not_there(
    service: Service, division: Division, who: str
) -> None:
    answer = await service.get(getattr(division.agency, who), of(division))
    assert (answer.status_code, answer.json()["code"]) == (404, "not_found")


async def test_an_officer_who_rates_does_not_see_himself(service: Service) -> None:
    division = await division_of(service)
    officer = division.agency.officer
    await put_on_record(
        service.database, division, [Rated(person, "good", by=officer) for person in division.staff]
    )
    found = await picture(service, division)
    assert (found["people"], found["items"]) == (4, [])


async def test_an_officers_own_rating_is_left_out_until_it_is_delivered(service: Service) -> None:
    division = await division_of(service)
    agency = division.agency
    mine = Rated(agency.officer, "poor", by=agency.director, stage=Stage.FEEDBACK_MEETING)
    others = [Rated(person, "good") for person in division.staff]
    await put_on_record(service.database, division, [*others, mine])
    found = await picture(service, division)
    assert found["people"] == 4
    assert str(agency.director) not in by_id(found)


async def test_cancelled_cases_are_left_out_and_cycles_stand_apart(service: Service) -> None:
    division = await division_of(service)
    one, two, *_ = division.staff
    next_year = await add_cycle(service.database, division.agency, "Tahun depan")
    await put_on_record(
        service.database,
        division,
        [Rated(one, "good"), Rated(two, "poor", stage=Stage.CANCELLED), Rated(two, "poor", cycle=next_year)],
    )
    found = await picture(service, division)
    assert (found["people"], [count["people"] for count in found["counts"]]) == (1, [0, 1, 0, 0, 0])


async def test_another_agency_finds_nothing(service: Service, division: Division) -> None:
    assert (await service.get(service.elsewhere.officer, of(division))).status_code == 404
    answer = await service.get(division.agency.officer, of(division), unit=service.elsewhere.unit)
    assert answer.status_code == 404


async def test_a_scheme_may_hide_it_from_the_personnel_officers_too(service: Service) -> None:
    data = national().model_dump(mode="json")
    data["sight"] = [*data["sight"], {"kinds": ["leniency"], "roles": ["hr"], "sight": "hidden"}]
    hidden = await division_of(service, content=ContentRules.model_validate(data))
    assert (await service.get(hidden.agency.officer, of(hidden))).status_code == 404


@pytest.mark.parametrize(
    ("parameters", "status"), (({"cursor": "nonsense"}, 400), ({"unit": "x"}, 422), ({"limit": 0}, 422))
)
async def test_bad_parameters_are_refused(
    service: Service, division: Division, parameters: dict[str, Any], status: int
) -> None:
    answer = await service.get(division.agency.officer, of(division), **parameters)
    assert answer.status_code == status


async def test_ratings_in_words_cannot_be_compared(service: Service) -> None:
    answer = await service.get(service.agency.officer, f"/cycles/{service.agency.cycle}/leniency")
    assert (answer.status_code, answer.json()["code"]) == (409, "ratings_in_words")


async def test_two_thousand_rated_cases_are_answered_within_300_milliseconds(service: Service) -> None:
    large = await division_of(service, employees=2000)
    by = [large.agency.rater, large.agency.superior, *large.staff[:58]]
    await put_on_record(
        service.database,
        large,
        [Rated(person, PREDICATES[at % 5], by=by[at % 60]) for at, person in enumerate(large.staff)],
    )
    await service.run("ANALYZE appraisal, document, person")
    took = []
    for _ in range(5):
        began = time.perf_counter()
        found = await picture(service, large)
        took.append(time.perf_counter() - began)
    assert (found["people"], len(found["items"])) == (2000, 50)
    assert min(took) < 0.3
