"""How the ratings of a unit are spread beside what its predicate makes expect (SE MenPANRB 3/2023)."""

import uuid
from typing import Any

import pytest
import pytest_asyncio

from states.stages import Stage
from tests.fixtures.agency import SmallAgency
from tests.fixtures.rated import Division, Rated, add_cycle, put_on_record, spread
from tests.service.api.conftest import Service
from tests.service.api.filling import agency_with_forms
from tests.service.api.test_handing_in import RATING, acted, in_rating
from tests.service.api.test_unit_levels import at, division_of, set_level

pytestmark = [pytest.mark.database, pytest.mark.engine]


async def picture(
    service: Service, division: Division, who: uuid.UUID | None = None, **parameters: Any
) -> Any:
    """The distribution as somebody sees it, by default a personnel officer."""
    path = at(division, "distribution")
    answer = await service.get(who or division.agency.officer, path, **parameters)
    assert answer.status_code == 200, answer.text
    return answer.json()


async def level(service: Service, division: Division, name: str) -> None:
    body = {"level": name, "reason": "LKjIP"}
    assert (await set_level(service, division.agency.superior, at(division), body))[0] == 200


@pytest.mark.parametrize(
    ("name", "counts", "verdicts"),
    (
        ("excellent", (7, 3), ["met"]),
        ("excellent", (8, 2), ["not_met"]),
        ("good", (2, 7, 1), ["met", "met"]),
        ("good", (3, 7), ["met", "not_met"]),
        ("good", (6, 4), ["not_met", "not_met"]),
        ("needs_improvement", (1, 3, 6), ["met", "met"]),
        ("needs_improvement", (2, 3, 5), ["not_met", "not_met"]),
        ("poor", (1, 2, 1, 6), ["met", "met", "met"]),
        ("poor", (2, 3, 0, 5), ["not_met", "not_met", "not_met"]),
        ("very_poor", (0, 3, 1, 0, 6), ["met", "met", "met"]),
        ("very_poor", (1, 4, 0, 0, 5), ["not_met", "not_met", "not_met"]),
    ),
)
async def test_each_level_expects_what_the_circular_says(
    service: Service, name: str, counts: tuple[int, ...], verdicts: list[str]
) -> None:
    division = await division_of(service, employees=10)
    await put_on_record(service.database, division, spread(division.staff, *counts))
    await level(service, division, name)
    found = await picture(service, division)
    assert [limit["verdict"] for limit in found["limits"]] == verdicts
    assert [share["people"] for share in found["shares"]] == [*counts, *[0] * (5 - len(counts))]
    assert found["people"] == 10
    assert len(found["warnings"]) == verdicts.count("not_met")
    assert found["needs_reason"] is ("not_met" in verdicts)


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def uneven(service: Service) -> Division:
    """Eight of ten are very good where at most seven are expected."""
    division = await division_of(service, employees=10)
    await put_on_record(service.database, division, spread(division.staff, 8, 2))
    await level(service, division, "excellent")
    return division


@pytest.mark.parametrize(
    ("language", "sentence"),
    (
        (
            "en",
            "The unit's predicate is “Excellent”. Expected: No other predicate has more people than Very good. "
            "At most 70 % of the people rated have Very good. There are 8 of 10 people (80 %).",
        ),
        (
            "id",
            "Predikat unit adalah “Istimewa”. Yang diharapkan: Tidak ada predikat lain yang jumlah orangnya "
            "melebihi Sangat Baik. Paling banyak 70 % dari orang yang dinilai berpredikat Sangat Baik. "
            "Kenyataannya 8 dari 10 orang (80 %).",
        ),
    ),
)
async def test_a_warning_is_a_sentence_in_the_language_of_its_reader(
    service: Service, uneven: Division, language: str, sentence: str
) -> None:
    headers = service.headers(uneven.agency.officer, **{"Accept-Language": language})
    answer = await service.http.get(f"/api/v1{at(uneven, 'distribution')}", headers=headers)
    assert answer.json()["warnings"] == [sentence]


async def test_the_leader_above_sees_what_the_personnel_officers_see(
    service: Service, uneven: Division
) -> None:
    assert await picture(service, uneven, uneven.agency.superior) == await picture(service, uneven)


@pytest.mark.parametrize("who", ("rater", "director", "head", "employee"))
async def test_to_everybody_else_it_is_not_there(service: Service, uneven: Division, who: str) -> None:
    person = getattr(uneven.agency, who)
    assert (await service.get(person, at(uneven, "distribution"))).status_code == 404
    status, _ = await set_level(service, person, at(uneven, "distribution/reason"), {"reason": "x"})
    assert status == 404


async def test_another_agency_finds_nothing(service: Service, uneven: Division) -> None:
    stranger = service.elsewhere.officer
    assert (await service.get(stranger, at(uneven, "distribution"))).status_code == 404
    status, _ = await set_level(service, stranger, at(uneven, "distribution/reason"), {"reason": "x"})
    assert status == 404


async def test_no_rating_is_changed_by_a_level_or_a_reason(service: Service, uneven: Division) -> None:
    query = "SELECT md5(string_agg(digest || content, '' ORDER BY digest)) FROM document"
    before = await service.value(query)
    await level(service, uneven, "excellent")
    await set_level(
        service, uneven.agency.officer, at(uneven, "distribution/reason"), {"reason": "Unit kecil"}
    )
    assert await service.value(query) == before
    assert [share["people"] for share in (await picture(service, uneven))["shares"]] == [8, 2, 0, 0, 0]


async def test_a_written_reason_answers_the_warnings_until_the_level_changes(service: Service) -> None:
    division = await division_of(service, employees=10)
    await put_on_record(service.database, division, spread(division.staff, 8, 2))
    await level(service, division, "excellent")
    assert (await picture(service, division))["needs_reason"] is True
    body = {"reason": "Semua melampaui target pelayanan"}
    path = at(division, "distribution/reason")
    status, line = await set_level(service, division.agency.superior, path, body)
    assert (status, line["reason"]) == (200, body["reason"])
    found = await picture(service, division)
    assert (found["reason"], found["needs_reason"]) == (line, False)
    assert len(found["warnings"]) == 1
    await level(service, division, "good")
    found = await picture(service, division)
    assert (found["reason"], found["needs_reason"]) == (line, True)


async def test_a_reason_is_given_once_for_a_key(service: Service) -> None:
    division = await division_of(service)
    path, who = at(division, "distribution/reason"), division.agency.officer
    first = await set_level(service, who, path, {"reason": "Unit baru"}, key="r-1")
    assert await set_level(service, who, path, {"reason": "Unit baru"}, key="r-1") == first
    status, problem = await set_level(service, who, path, {"reason": "Lain"}, key="r-1")
    assert (status, problem["code"]) == (422, "idempotency_key_reused")
    rows = "SELECT count(*) FROM distribution_reason WHERE unit_id = :unit"
    assert await service.value(rows, unit=division.unit) == 1


async def test_an_empty_reason_is_refused_at_its_place(service: Service, uneven: Division) -> None:
    path = at(uneven, "distribution/reason")
    status, problem = await set_level(service, uneven.agency.officer, path, {"reason": " "})
    assert (status, [error["field"] for error in problem["errors"]]) == (422, ["/reason"])


async def test_a_unit_of_four_is_shown_what_it_has_and_warned_of_nothing(service: Service) -> None:
    division = await division_of(service)
    await put_on_record(service.database, division, spread(division.staff, 4))
    await level(service, division, "good")
    found = await picture(service, division)
    assert [limit["verdict"] for limit in found["limits"]] == ["too_small", "too_small"]
    assert (found["warnings"], found["needs_reason"]) == ([], False)


async def test_without_a_level_nothing_is_expected(service: Service) -> None:
    division = await division_of(service, employees=10)
    await put_on_record(service.database, division, spread(division.staff, 10))
    found = await picture(service, division)
    assert (found["level"], found["limits"], found["warnings"]) == (None, [], [])
    assert found["shares"][0] == {
        "predicate": "very_good",
        "predicate_name": "Very good",
        "people": 10,
        "percent": 100.0,
    }


async def test_of_two_people_only_the_personnel_officers_see_the_predicates(service: Service) -> None:
    division = await division_of(service)
    await put_on_record(service.database, division, spread(division.staff, 1, 1))
    await level(service, division, "good")
    found = await picture(service, division, division.agency.superior)
    assert (found["people"], found["too_few"], found["shares"], found["limits"]) == (2, True, [], [])
    found = await picture(service, division)
    assert (found["too_few"], [share["people"] for share in found["shares"]]) == (False, [1, 1, 0, 0, 0])


async def test_people_of_units_below_count_when_they_are_asked_for(service: Service) -> None:
    division = await division_of(service, employees=8, below=3)
    below = [Rated(person, "poor", unit=division.section) for person in division.below]
    await put_on_record(service.database, division, [*spread(division.staff, 0, 5), *below])
    assert (await picture(service, division))["people"] == 5
    found = await picture(service, division, subunits=True)
    assert (found["people"], found["subunits"]) == (8, True)
    assert [share["people"] for share in found["shares"]] == [0, 5, 0, 3, 0]


async def test_an_officer_who_is_rated_in_the_unit_does_not_see_his_rating_before_it_is_delivered(
    service: Service,
) -> None:
    division = await division_of(service)
    agency = division.agency
    mine = Rated(agency.officer, "very_good", by=agency.director, stage=Stage.FEEDBACK_MEETING)
    await put_on_record(service.database, division, [*spread(division.staff, 0, 4), mine])
    found = await picture(service, division)
    assert [share["people"] for share in found["shares"]] == [0, 4, 0, 0, 0]
    assert (await picture(service, division, agency.superior))["people"] == 5


async def test_an_officer_sees_his_own_rating_counted_once_it_is_delivered(service: Service) -> None:
    division = await division_of(service)
    mine = Rated(division.agency.officer, "very_good", by=division.agency.director)
    await put_on_record(service.database, division, [*spread(division.staff, 0, 4), mine])
    assert [share["people"] for share in (await picture(service, division))["shares"]] == [1, 4, 0, 0, 0]


async def test_cancelled_cases_are_left_out_and_cycles_stand_apart(service: Service) -> None:
    division = await division_of(service)
    one, two, *_ = division.staff
    next_year = await add_cycle(service.database, division.agency, "Tahun depan")
    await put_on_record(
        service.database,
        division,
        [
            Rated(one, "good"),
            Rated(two, "poor", stage=Stage.CANCELLED),
            Rated(one, "very_poor", cycle=next_year),
        ],
    )
    assert [share["people"] for share in (await picture(service, division))["shares"]] == [0, 1, 0, 0, 0]
    path = f"/cycles/{next_year}/units/{division.unit}/distribution"
    found = (await service.get(division.agency.officer, path)).json()
    assert [share["people"] for share in found["shares"]] == [0, 0, 0, 0, 1]


async def test_the_level_of_one_cycle_says_nothing_of_another(service: Service) -> None:
    division = await division_of(service)
    next_year = await add_cycle(service.database, division.agency, "Tahun depan")
    await level(service, division, "good")
    path = f"/cycles/{next_year}/units/{division.unit}/distribution"
    assert (await service.get(division.agency.officer, path)).json()["level"] is None


async def test_ratings_in_words_cannot_be_counted(service: Service) -> None:
    path = f"/cycles/{service.agency.cycle}/units/{service.agency.unit}/distribution"
    answer = await service.get(service.agency.officer, path)
    assert (answer.status_code, answer.json()["code"]) == (409, "ratings_in_words")
    status, problem = await set_level(service, service.agency.officer, f"{path}/reason", {"reason": "x"})
    assert (status, problem["code"]) == (409, "ratings_in_words")


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def with_forms(service: Service) -> SmallAgency:
    return await agency_with_forms(service, "Kota Terhitung", employees=1)


async def test_a_rating_that_somebody_gave_over_http_is_counted(
    service: Service, with_forms: SmallAgency
) -> None:
    case = await in_rating(service, with_forms, 0)
    path = f"/cycles/{with_forms.cycle}/units/{with_forms.unit}/distribution"
    before = (await service.get(with_forms.officer, path)).json()
    await acted(service, with_forms.rater, case, "rate", {"content": RATING})
    after = (await service.get(with_forms.officer, path)).json()
    assert (before["people"], after["people"]) == (0, 1)
    assert [share["predicate"] for share in after["shares"] if share["people"]] == ["good"]
    assert (after["article"], after["limits"]) == (None, [])
