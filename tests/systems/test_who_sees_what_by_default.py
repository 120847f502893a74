"""No text is shown to anybody whom the table written by hand does not name: schemes that add nothing to it."""

import pytest
import pytest_asyncio

from tests.service.api.conftest import Service
from tests.systems.sight_by_hand import PEOPLE, SEES, allowed
from tests.systems.walk import STAGES, Walk, walk

pytestmark = [pytest.mark.database, pytest.mark.engine]

SCHEMES = ("pp30-numerik", "gerunggang")


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def walks(service: Service) -> dict[str, Walk]:
    return {scheme: await walk(service, scheme) for scheme in SCHEMES}


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
