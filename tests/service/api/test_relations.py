"""One person's place in the line: who is responsible, by what right, and how that came about."""

import uuid

import pytest
import pytest_asyncio

from tests.fixtures.agency import SmallAgency
from tests.service.api.changes import WHY, done, named
from tests.service.api.conftest import Service


@pytest_asyncio.fixture(loop_scope="session")
async def agency(service: Service) -> SmallAgency:
    return await service.new_agency()


async def test_an_employee_sees_who_rates_him_and_who_stands_above(
    service: Service, agency: SmallAgency
) -> None:
    seen = (await service.get(agency.employee, f"/people/{agency.employee}/relations")).json()
    assert [(each["capacity"], each["person_id"], each["basis"]) for each in seen["responsible"]] == [
        ("rater", str(agency.rater), "definitive"),
        ("rater_superior", str(agency.superior), "definitive"),
    ]
    assert seen["responsible"][0]["in_words"] == f"{await named(service, agency.rater)} (definitive)"
    assert (seen["rates"], seen["absences"], seen["substitutions"]) == (0, [], [])


async def test_a_rater_sees_how_many_he_rates(service: Service, agency: SmallAgency) -> None:
    assert (await service.get(agency.rater, f"/people/{agency.rater}/relations")).json()["rates"] == 2


async def test_somebody_who_stands_in_is_named_with_the_official(
    service: Service, agency: SmallAgency
) -> None:
    await done(
        service,
        agency.officer,
        "appoint_substitute",
        official=agency.rater,
        substitute=agency.director,
        basis="plt",
    )
    seen = (await service.get(agency.employee, f"/people/{agency.employee}/relations")).json()
    rater = seen["responsible"][0]
    assert (rater["person_id"], rater["on_behalf_of_id"]) == (str(agency.director), str(agency.rater))
    (letter,) = (await service.get(agency.rater, f"/people/{agency.rater}/relations")).json()["substitutions"]
    assert (letter["kind"], letter["letter"], letter["last_day"]) == ("plt", WHY["authority"], None)


async def test_a_superior_who_steps_in_for_somebody_away_is_told_as_such(
    service: Service, agency: SmallAgency
) -> None:
    await done(service, agency.officer, "absence", person=agency.rater, absence="suspended")
    seen = (await service.get(agency.employee, f"/people/{agency.employee}/relations")).json()
    assert (seen["responsible"][0]["person_id"], seen["responsible"][0]["basis"]) == (
        str(agency.superior),
        "stepping_in",
    )
    (absence,) = (await service.get(agency.rater, f"/people/{agency.rater}/relations")).json()["absences"]
    assert (absence["kind_name"], absence["reason"], absence["valid_until"]) == (
        "suspended from service",
        WHY["reason"],
        None,
    )


async def test_the_history_keeps_former_officials_with_the_order_that_ended_them(
    service: Service, agency: SmallAgency
) -> None:
    operation = await done(
        service, agency.officer, "replace_official", official=agency.rater, successor=agency.director
    )
    seen = (await service.get(agency.officer, f"/people/{agency.employee}/relations")).json()
    present, former = seen["assignments"]
    assert (present["official_id"], present["operation_id"]) == (str(agency.director), operation["id"])
    assert (former["official_id"], former["valid_until"]) == (str(agency.rater), present["valid_from"])
    assert (present["letter"], present["reason"]) == (WHY["authority"], WHY["reason"])


async def test_a_capacity_that_nobody_can_hold_is_missing(service: Service, agency: SmallAgency) -> None:
    seen = (await service.get(agency.officer, f"/people/{agency.head}/relations")).json()
    assert seen["responsible"] == []


@pytest.mark.parametrize("role", ("rater", "superior", "head"))
async def test_relations_are_for_the_person_and_personnel_officers(
    service: Service, agency: SmallAgency, role: str
) -> None:
    answer = await service.get(getattr(agency, role), f"/people/{agency.employee}/relations")
    assert (answer.status_code, answer.json()["code"]) == (404, "not_found")


async def test_relations_of_another_agency_are_unknown(service: Service, agency: SmallAgency) -> None:
    for person in (agency.employee, uuid.uuid4()):
        answer = await service.get(service.elsewhere.officer, f"/people/{person}/relations")
        assert answer.status_code == 404
