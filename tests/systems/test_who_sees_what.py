"""No text is shown to anybody whom the table written by hand does not name, at any address, in any stage.

Here under the schemes with rules of their own about who sees what, and under the national one at all addresses.
"""

import pytest
import pytest_asyncio

from tests.service.api.conftest import Service
from tests.systems.addresses import WITHOUT_CONTENT
from tests.systems.sight_by_hand import PEOPLE, SEES, allowed
from tests.systems.walk import STAGES, Walk, walk

pytestmark = [pytest.mark.database, pytest.mark.engine]

SCHEMES = ("nasional", "samarinda", "kotabumi-akuntabilitas")


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def walks(service: Service) -> dict[str, Walk]:
    return {
        "nasional": await walk(service, "nasional", everywhere=("rated", "delivered")),
        "samarinda": await walk(service, "samarinda"),
        "kotabumi-akuntabilitas": await walk(service, "kotabumi-akuntabilitas"),
    }


@pytest.mark.parametrize("person", PEOPLE.values())
@pytest.mark.parametrize("moment", STAGES)
@pytest.mark.parametrize("scheme", SCHEMES)
def test_nobody_is_shown_what_is_not_for_him(
    walks: dict[str, Walk], scheme: str, moment: str, person: str
) -> None:
    found = walks[scheme].seen[moment, person]
    leaks = {kind: paths for kind, paths in found.items() if kind not in allowed(scheme, moment, person)}
    assert leaks == {}


@pytest.mark.parametrize("person", PEOPLE.values())
@pytest.mark.parametrize("moment", STAGES)
@pytest.mark.parametrize("scheme", SCHEMES)
def test_everybody_is_shown_what_is_for_him(
    walks: dict[str, Walk], scheme: str, moment: str, person: str
) -> None:
    assert allowed(scheme, moment, person) - set(walks[scheme].seen[moment, person]) == set()


@pytest.mark.parametrize("scheme", SCHEMES)
def test_each_kind_of_the_table_was_there_to_be_found(walks: dict[str, Walk], scheme: str) -> None:
    assert {kind for found in walks[scheme].seen.values() for kind in found} == set(SEES)


def test_what_is_left_out_because_it_says_nothing_of_cases_is_there(walks: dict[str, Walk]) -> None:
    assert set(walks["nasional"].openapi["paths"]) >= WITHOUT_CONTENT


@pytest.mark.parametrize("moment", ("rated", "delivered"))
def test_how_a_rater_rates_beside_others_is_for_hr_alone(walks: dict[str, Walk], moment: str) -> None:
    walked = walks["nasional"]
    statuses = {name: walked.spread[moment, name, "leniency"].status_code for name in walked.people}
    assert {name for name, status in statuses.items() if status == 200} == {"hr", "own_hr"}


@pytest.mark.parametrize("picture", ("leniency", "distribution"))
def test_who_is_hr_as_well_does_not_find_his_own_draft_rating_among_those_counted(
    walks: dict[str, Walk], picture: str
) -> None:
    counted = {
        (moment, name): walks["nasional"].spread[moment, name, picture].json()["people"]
        for moment in ("rated", "delivered")
        for name in ("hr", "own_hr")
    }
    assert counted == {
        ("rated", "hr"): 1,
        ("rated", "own_hr"): 0,
        ("delivered", "hr"): 1,
        ("delivered", "own_hr"): 1,
    }
