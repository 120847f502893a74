"""What follows from results: for each case with its reasons, and in lists for personnel officers."""

import csv
import io
import time
import uuid
from dataclasses import dataclass
from typing import Any

import pytest
import pytest_asyncio

from content.rules import ContentRules
from states.stages import Stage
from tests.fixtures.rated import Division, Rated, add_cycle, national, put_on_record
from tests.service.api.conftest import Service
from tests.service.api.test_unit_levels import division_of

pytestmark = [pytest.mark.database, pytest.mark.engine]


@dataclass(frozen=True)
class Two:
    """A division with two years; the second one is looked at."""

    division: Division
    cycle: uuid.UUID
    steady: uuid.UUID
    """Very good in both years."""
    broken: uuid.UUID
    """Good in the first."""
    contested: uuid.UUID
    """Very good twice, but an objection is open."""
    unknown: uuid.UUID
    """Of whom no earlier year is known."""

    async def case(self, service: Service, person: uuid.UUID) -> str:
        found = await service.value(
            "SELECT CAST(id AS text) FROM appraisal WHERE cycle_id = :cycle AND employee_id = :person",
            cycle=self.cycle,
            person=person,
        )
        return str(found)


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def two(service: Service) -> Two:
    division = await division_of(service, employees=6)
    cycle = await add_cycle(service.database, division.agency, "Tahun kedua")
    steady, broken, contested, unknown, undelivered, _ = division.staff
    final = Stage.FINALISED
    await put_on_record(
        service.database,
        division,
        [
            Rated(steady, "very_good", stage=final),
            Rated(broken, "good", stage=final),
            Rated(contested, "very_good", stage=final),
            *(Rated(each, "very_good", stage=final, cycle=cycle) for each in (steady, broken, unknown)),
            Rated(contested, "very_good", stage=Stage.OBJECTED, cycle=cycle),
            Rated(undelivered, "very_good", stage=Stage.FEEDBACK_MEETING, cycle=cycle),
        ],
    )
    await service.run(
        "UPDATE person SET post = 'Guru Ahli Pertama', post_kind = '2' WHERE id = :id", id=steady
    )
    await service.run("UPDATE person SET post = '=1+1', name = '@SUM(A1)' WHERE id = :id", id=broken)
    return Two(division, cycle, steady, broken, contested, unknown)


async def of(service: Service, two: Two, person: uuid.UUID, who: uuid.UUID | None = None) -> Any:
    answer = await service.get(who or person, f"/appraisals/{await two.case(service, person)}/follow-up")
    assert answer.status_code == 200, answer.text
    return answer.json()


def item(found: Any, name: str = "talent_pool") -> Any:
    return next(each for each in found["items"] if each["name"] == name)


async def listed(service: Service, two: Two, **parameters: Any) -> Any:
    answer = await service.get(two.division.agency.officer, f"/cycles/{two.cycle}/follow-up", **parameters)
    assert answer.status_code == 200, answer.text
    return answer.json()


async def rows(service: Service, two: Two, what: str) -> list[dict[str, str]]:
    answer = await service.get(two.division.agency.officer, f"/cycles/{two.cycle}/{what}.csv")
    assert answer.status_code == 200, answer.text
    assert answer.headers["cache-control"] == "no-store"
    return list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))


async def test_very_good_twice_is_proposed_and_says_why(service: Service, two: Two) -> None:
    found = item(await of(service, two, two.steady))
    assert (found["met"], found["article"], found["gives"]) == (
        True,
        "PP 30/2019 art 53(1)",
        "May be put first for the talent pool",
    )
    assert [reason["text"] for reason in found["reasons"]] == [
        "2027: Very good, as it must be.",
        "2026: Very good, as it must be.",
    ]


async def test_a_good_year_before_says_why_not(service: Service, two: Two) -> None:
    found = item(await of(service, two, two.broken))
    assert found["met"] is False
    assert [(reason["holds"], reason["code"]) for reason in found["reasons"]] == [
        (True, "year_fits"),
        (False, "year_differs"),
    ]


async def test_a_missing_year_says_why_not(service: Service, two: Two) -> None:
    found = await of(service, two, two.unknown)
    assert item(found)["reasons"][1]["text"] == "2026: no result is known, which breaks the row."
    assert [(year["year"], year["settled"]) for year in found["years"]] == [
        (2027, "final"),
        (2026, "missing"),
    ]


async def test_under_objection_nothing_is_proposed_and_no_predicate_is_told(
    service: Service, two: Two
) -> None:
    found = await of(service, two, two.contested)
    assert item(found)["reasons"][0]["text"] == "An objection to the result is open."
    assert found["years"][0]["predicate"] is None


async def test_reasons_are_read_in_indonesian_first(service: Service, two: Two) -> None:
    path = f"/api/v1/appraisals/{await two.case(service, two.broken)}/follow-up"
    headers = service.headers(two.broken, **{"Accept-Language": "id"})
    found = item((await service.http.get(path, headers=headers)).json())
    assert found["reasons"][1]["text"] == "2026: Baik, sehingga syarat tidak terpenuhi."
    assert found["article"] == "PP 30/2019 Pasal 53 ayat (1)"


async def test_a_functional_post_has_credit_points_with_their_working(service: Service, two: Two) -> None:
    points = (await of(service, two, two.steady))["credit_points"]
    assert (points["points"], points["level"], points["final"]) == ("18.75", "First expert", True)
    assert [reason["text"] for reason in points["reasons"]] == [
        "12 of 12 months x 150 % (Very good) x 12.5 (First expert)."
    ]


async def test_other_posts_have_none_and_are_told_so(service: Service, two: Two) -> None:
    points = (await of(service, two, two.broken))["credit_points"]
    assert (points["points"], points["final"]) == (None, False)
    assert points["reasons"][0]["code"] == "not_functional"


async def test_rater_and_officer_see_the_same_and_nobody_else_anything(service: Service, two: Two) -> None:
    agency, own = two.division.agency, await of(service, two, two.steady)
    for who in (agency.rater, agency.officer):
        assert await of(service, two, two.steady, who) == own
    path = f"/appraisals/{await two.case(service, two.steady)}/follow-up"
    for who in (agency.superior, agency.director, two.broken, service.elsewhere.officer):
        assert (await service.get(who, path)).status_code == 404


@pytest.mark.parametrize("who", ("employee", "rater", "officer"))
async def test_before_the_result_is_handed_over_nothing_follows(service: Service, two: Two, who: str) -> None:
    agency, undelivered = two.division.agency, two.division.staff[4]
    asker = undelivered if who == "employee" else getattr(agency, who)
    answer = await service.get(asker, f"/appraisals/{await two.case(service, undelivered)}/follow-up")
    assert (answer.status_code, answer.json()["code"]) == (409, "result_not_handed_over")


async def test_officers_list_everybody_with_a_result(service: Service, two: Two) -> None:
    found = await listed(service, two)
    people = {each["person_id"] for each in found["items"]}
    assert people == {str(each) for each in (two.steady, two.broken, two.contested, two.unknown)}
    assert [each["person_id"] for each in found["items"]] == sorted(people)


async def test_one_kind_is_listed_with_who_meets_it_or_not(service: Service, two: Two) -> None:
    met = await listed(service, two, kind="talent_pool", met=True)
    assert [(each["person_id"], len(each["items"])) for each in met["items"]] == [(str(two.steady), 1)]
    others = await listed(service, two, kind="talent_pool", met=False)
    assert len(others["items"]) == 3
    assert (await listed(service, two, kind="competency", met=True))["items"] == []


async def test_pages_follow_each_other(service: Service, two: Two) -> None:
    whole, items, cursor = await listed(service, two), list[Any](), dict[str, Any]()
    while True:
        page = await listed(service, two, limit=1, **cursor)
        items += page["items"]
        if page["next"] is None:
            break
        cursor = {"cursor": page["next"]}
    assert items == whole["items"]


async def test_an_unknown_kind_is_refused_with_the_known_ones(service: Service, two: Two) -> None:
    for what in ("follow-up", "follow-up.csv"):
        answer = await service.get(
            two.division.agency.officer, f"/cycles/{two.cycle}/{what}", kind="holidays"
        )
        assert answer.status_code == 422
        assert "talent_pool, competency" in answer.json()["errors"][0]["message"]


@pytest.mark.parametrize("what", ("follow-up", "follow-up.csv", "report", "report.csv"))
async def test_lists_are_for_personnel_officers_of_the_agency(service: Service, two: Two, what: str) -> None:
    agency, path = two.division.agency, f"/cycles/{two.cycle}/{what}"
    for who in (agency.rater, agency.superior, agency.director, two.steady):
        assert (await service.get(who, path)).json()["code"] == "hr_only"
    assert (await service.get(service.elsewhere.officer, path)).status_code == 404


async def test_the_file_for_the_rating_team_has_those_who_meet_something(service: Service, two: Two) -> None:
    (row,) = await rows(service, two, "follow-up")
    assert (row["Person (id)"], row["For what"], row["Legal basis"]) == (
        str(two.steady),
        "Talent pool",
        "PP 30/2019 art 53(1)",
    )
    assert row["Why"] == "2027: Very good, as it must be. 2026: Very good, as it must be."


async def test_the_report_has_what_the_law_asks_for(service: Service, two: Two) -> None:
    answer = await service.get(two.division.agency.officer, f"/cycles/{two.cycle}/report")
    lines = {each["person_id"]: each for each in answer.json()["items"]}
    steady, contested = lines[str(two.steady)], lines[str(two.contested)]
    assert (steady["predicate_name"], steady["settled"], steady["credit_points"]) == (
        "Very good",
        "final",
        "18.75",
    )
    assert [each["name"] for each in steady["nominations"]] == ["talent_pool"]
    assert (contested["under_objection"], contested["settled"]) == (True, "under_objection")
    assert contested["nominations"] == []
    assert len(lines) == 4


async def test_no_cell_of_a_file_is_a_formula(service: Service, two: Two) -> None:
    found = {row["Person (id)"]: row for row in await rows(service, two, "report")}[str(two.broken)]
    assert (found["Name"], found["Post"]) == ("'@SUM(A1)", "'=1+1")


async def test_no_list_names_a_nip(service: Service, two: Two) -> None:
    nip = str(await service.value("SELECT nip FROM person WHERE id = :id", id=two.steady))
    for what in ("follow-up", "follow-up.csv", "report", "report.csv"):
        assert nip not in (await service.get(two.division.agency.officer, f"/cycles/{two.cycle}/{what}")).text


async def test_problems_and_recommendation_stand_in_the_report(service: Service) -> None:
    division = await division_of(service, employees=1)
    (person,) = division.staff
    await put_on_record(service.database, division, [Rated(person, "good", kind="result")])
    await service.run("ALTER TABLE document DISABLE TRIGGER USER")
    await service.run(
        "UPDATE document SET content = jsonb_set(content, '{content}', CAST(:form AS jsonb))"
        " WHERE appraisal_id IN (SELECT id FROM appraisal WHERE employee_id = :id)",
        id=person,
        form='{"overall": {"problems": "Alat rusak", "recommendation": "Pelatihan"}}',
    )
    await service.run("ALTER TABLE document ENABLE TRIGGER USER")
    answer = await service.get(division.agency.officer, f"/cycles/{division.agency.cycle}/report")
    (line,) = answer.json()["items"]
    assert (line["problems"], line["recommendation"]) == ("Alat rusak", "Pelatihan")
    assert (line["changed_after_objection"], line["settled"]) == (True, "not_final")


async def test_an_officers_own_result_is_listed_once_he_has_opened_it(service: Service) -> None:
    division = await division_of(service, employees=1)
    agency = division.agency
    await put_on_record(
        service.database, division, [Rated(agency.officer, "poor", by=agency.director, stage=Stage.RESPONSE)]
    )
    path = f"/cycles/{agency.cycle}/report"
    assert (await service.get(agency.officer, path)).json()["items"] == []
    await service.run(
        "UPDATE appraisal SET snapshot = jsonb_set(snapshot, '{seen}', 'true') WHERE employee_id = :id",
        id=agency.officer,
    )
    assert len((await service.get(agency.officer, path)).json()["items"]) == 1


async def test_a_scheme_may_hide_results_from_personnel_officers(service: Service) -> None:
    data = national().model_dump(mode="json")
    data["sight"] = [*data["sight"], {"kinds": ["rating"], "roles": ["hr"], "sight": "hidden"}]
    hidden = await division_of(service, employees=1, content=ContentRules.model_validate(data))
    await put_on_record(service.database, hidden, [Rated(hidden.staff[0], "good")])
    for what in ("follow-up", "report"):
        answer = await service.get(hidden.agency.officer, f"/cycles/{hidden.agency.cycle}/{what}")
        assert answer.json()["items"] == []


async def test_nothing_follows_from_ratings_in_words(service: Service) -> None:
    for what in ("follow-up", "report"):
        answer = await service.get(service.agency.officer, f"/cycles/{service.agency.cycle}/{what}")
        assert (answer.status_code, answer.json()["code"]) == (409, "ratings_in_words")


async def test_an_earlier_period_of_the_year_is_not_told_what_the_later_one_came_to(service: Service) -> None:
    division = await division_of(service, employees=1)
    (person,) = division.staff
    await put_on_record(
        service.database,
        division,
        [
            Rated(person, "good", stage=Stage.FINALISED),
            Rated(person, "very_good", stage=Stage.FINALISED, period=2),
        ],
    )
    await service.run(
        "UPDATE appraisal SET period_until = '2026-05-15' WHERE employee_id = :id AND period = 1", id=person
    )
    await service.run(
        "UPDATE appraisal SET period_from = '2026-05-16' WHERE employee_id = :id AND period = 2", id=person
    )
    await service.run(
        "UPDATE person SET post = 'Guru Ahli Pertama', post_kind = '2' WHERE id = :id", id=person
    )
    first = await service.value(
        "SELECT CAST(id AS text) FROM appraisal WHERE employee_id = :id AND period = 1", id=person
    )
    found = (await service.get(division.agency.rater, f"/appraisals/{first}/follow-up")).json()
    assert (found["decided_elsewhere"], found["items"], found["years"]) == (True, [], [])
    # Four whole months of good: 4 / 12 x 12.5. The year adds seven of very good.
    assert found["credit_points"]["points"] == "4.17"
    report = await service.get(division.agency.officer, f"/cycles/{division.agency.cycle}/report")
    (line,) = report.json()["items"]
    assert (line["predicate"], line["credit_points"]) == ("very_good", "15.10")


async def test_two_thousand_people_are_listed_within_seconds(service: Service) -> None:
    """Two years of each, in bounded memory; a page takes no longer for the size of the agency."""
    large = await division_of(service, employees=2000)
    cycle = await add_cycle(service.database, large.agency, "Tahun kedua")
    final = Stage.FINALISED
    for each in (None, cycle):
        await put_on_record(
            service.database,
            large,
            [Rated(person, "very_good", stage=final, cycle=each) for person in large.staff],
        )
    await service.run("ANALYZE appraisal, document, person")
    officer, path = large.agency.officer, f"/cycles/{cycle}/follow-up"
    none = await service.get(officer, path, kind="competency", met=True)
    # Nobody meets it: the page ends after so many people, and the next one goes on behind them.
    assert (none.json()["items"], none.json()["next"] is None) == ([], False)
    rest = await service.get(officer, path, kind="competency", met=True, cursor=none.json()["next"])
    assert (rest.json()["items"], rest.json()["next"]) == ([], None)
    took = []
    for _ in range(3):
        began = time.perf_counter()
        page = await service.get(officer, path, kind="talent_pool", met=True)
        took.append(time.perf_counter() - began)
    assert len(page.json()["items"]) == 50
    began = time.perf_counter()
    whole = await service.get(officer, f"{path}.csv")
    all_took = time.perf_counter() - began
    assert whole.text.count("\n") == 2001
    assert min(took) < 0.5
    assert all_took < 10
