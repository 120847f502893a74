"""The database says of random organisations what an independent model of the rules says."""

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from sqlalchemy.ext.asyncio import AsyncEngine

from tests.store.assignment.asking import AUDIENCES, answers
from tests.store.assignment.model import expected
from tests.store.assignment.organisation import Organisation, store
from tests.store.assignment.organisations import TICKS, organisations

pytestmark = pytest.mark.database


@given(organisations())
@settings(
    max_examples=200,
    deadline=None,
    derandomize=True,
    phases=(Phase.generate,),
    suppress_health_check=list(HealthCheck),
)
async def test_every_capacity_at_every_moment_is_held_by_whom_the_rules_name(
    template_database: AsyncEngine, organisation: Organisation
) -> None:
    stored = await store(template_database, organisation)
    found = await answers(template_database, stored, TICKS, AUDIENCES)
    assert len(found) == len(organisation.cases) * len(AUDIENCES) * len(TICKS)
    assert found == {question: expected(organisation, question) for question in found}
