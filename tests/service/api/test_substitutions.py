"""Who stands in for whom, for personnel officers and for those whom it concerns."""

from typing import Any

import pytest
import pytest_asyncio

from tests.fixtures.agency import SmallAgency
from tests.service.api.changes import done, named
from tests.service.api.conftest import Service


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def agency(service: Service) -> SmallAgency:
    """One substitution in force, one that was ended, and one to come."""
    agency = await service.new_agency()
    await done(
        service,
        agency.officer,
        "appoint_substitute",
        official=agency.rater,
        substitute=agency.director,
        basis="plh",
        until="2026-02-27",
    )
    await done(
        service,
        agency.officer,
        "appoint_substitute",
        official=agency.superior,
        substitute=agency.head,
        basis="plt",
    )
    (begun,) = await listed(service, agency, "officer", official=agency.superior)
    await done(service, agency.officer, "end_substitution", substitution=begun["id"])
    # A change that waits for its day has written nothing yet: one to come is written by an import.
    await service.run(
        "INSERT INTO substitution (id, agency_id, official_id, substitute_id, kind, valid_from, letter, reason,"
        " recorded_at) VALUES (gen_random_uuid(), :agency, :official, :substitute, 'plt', '2026-06-01', 'SPT 9',"
        " '', now())",
        agency=agency.agency,
        official=agency.director,
        substitute=agency.head,
    )
    return agency


async def listed(
    service: Service, agency: SmallAgency, role: str, official: Any = None, **wanted: Any
) -> list[dict[str, Any]]:
    items = (await service.get(getattr(agency, role), "/substitutions", **wanted)).json()["items"]
    return [item for item in items if official is None or item["official_id"] == str(official)]


async def test_an_officer_sees_all_of_the_agency_the_latest_first(
    service: Service, agency: SmallAgency
) -> None:
    assert [item["state"] for item in await listed(service, agency, "officer")] == [
        "future",
        "past",
        "active",
    ]


async def test_a_substitution_says_who_for_whom_by_what_right_and_how_long(
    service: Service, agency: SmallAgency
) -> None:
    (line,) = await listed(service, agency, "officer", state="active")
    assert (line["official"], line["substitute"]) == (
        await named(service, agency.rater),
        await named(service, agency.director),
    )
    assert (line["kind_name"], line["state_name"]) == ("daily acting official (Plh.)", "in force")
    assert (line["first_day"], line["last_day"]) == ("2026-01-05", "2026-02-27")
    assert line["letter"].startswith("Kepala BKPSDM")


@pytest.mark.parametrize("state", ("active", "future", "past"))
async def test_one_state_can_be_asked_for(service: Service, agency: SmallAgency, state: str) -> None:
    assert [item["state"] for item in await listed(service, agency, "officer", state=state)] == [state]


@pytest.mark.parametrize(
    ("role", "states"),
    (
        ("rater", ["active"]),
        ("director", ["future", "active"]),
        ("head", ["future", "past"]),
        ("superior", ["past"]),
        ("employee", []),
    ),
)
async def test_others_see_those_in_which_they_are_official_or_substitute(
    service: Service, agency: SmallAgency, role: str, states: list[str]
) -> None:
    assert [item["state"] for item in await listed(service, agency, role)] == states


async def test_pages_go_on_where_the_last_one_ended(service: Service, agency: SmallAgency) -> None:
    seen, cursor = [], None
    for _ in range(3):
        wanted = {"limit": 1} | ({} if cursor is None else {"cursor": cursor})
        page = (await service.get(agency.officer, "/substitutions", **wanted)).json()
        seen += [item["state"] for item in page["items"]]
        cursor = page["next"]
    assert (seen, cursor) == (["future", "past", "active"], None)


async def test_those_of_another_agency_stay_there(service: Service, agency: SmallAgency) -> None:
    assert (
        await service.value("SELECT count(*) FROM substitution WHERE agency_id = :id", id=agency.agency) == 3
    )
    assert (await service.get(service.elsewhere.officer, "/substitutions")).json()["items"] == []
