"""The examples in the API's documentation: each would be accepted as it stands."""

from typing import Any

import pytest
import pytest_asyncio
from jsonschema import Draft202012Validator

from content.forms.checking import check
from content.forms.context import FormContext
from content.parts import Values
from content.rating.rated import rated
from content.rules import ContentRules
from schemes.loading import builtin_system
from service.api.examples import ABOVE, SCHEME, form_examples
from service.appraisals.request import ActionRequest
from service.drafts.schemas import NewDraft
from service.forms.schemas import FilledForm
from states.triggers import Trigger
from tests.service.api.conftest import Service

BODIES = (ActionRequest, FilledForm, NewDraft)


def rules() -> ContentRules:
    found = builtin_system(SCHEME).content
    assert found is not None
    return found


def context_for(trigger: Trigger) -> FormContext:
    plan = form_examples()[Trigger.SUBMIT_PLAN]
    return ABOVE if trigger is Trigger.SUBMIT_PLAN else FormContext(plan=plan)


def mistakes(trigger: Trigger, filled: Values) -> tuple[object, ...]:
    found = rules().form_for(trigger)
    assert found is not None
    return check(found[1], filled, rules(), context_for(trigger)).mistakes


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def schemas(service: Service) -> Any:
    return (await service.http.get("/openapi.json")).json()["components"]["schemas"]


@pytest.mark.parametrize("trigger", sorted(form_examples()))
def test_each_example_passes_the_check_of_its_form(trigger: Trigger) -> None:
    assert mistakes(trigger, form_examples()[trigger]) == ()


def test_a_predicate_follows_from_the_rating() -> None:
    outcome = rated(rules(), form_examples()[Trigger.RATE], context_for(Trigger.RATE))
    assert outcome.predicate in rules().scales["predicates"].names


async def test_an_action_shows_a_plan_and_a_rating_that_would_be_accepted(schemas: Any) -> None:
    plan, rating, words = schemas["ActionRequest"]["examples"]
    assert mistakes(Trigger.SUBMIT_PLAN, plan["content"]) == ()
    assert mistakes(Trigger.RATE, rating["content"]) == ()
    assert set(words) == {"text"}


@pytest.mark.parametrize("model", BODIES)
async def test_the_examples_of_a_body_are_bodies(schemas: Any, model: type[ActionRequest]) -> None:
    described = schemas[model.__name__]
    validator = Draft202012Validator({**described, "components": {"schemas": schemas}})
    for shown in described["examples"]:
        model.model_validate(shown)
        assert list(validator.iter_errors(shown)) == []


@pytest.mark.parametrize("model", BODIES)
async def test_the_content_of_a_body_says_where_its_schema_is(
    schemas: Any, model: type[ActionRequest]
) -> None:
    content = schemas[model.__name__]["properties"]["content"]
    assert "/forms/{form}" in content["description"]
    assert [set(each) >= {"results"} for each in content["examples"]] == [True, True]


async def test_the_document_is_made_once(service: Service) -> None:
    first, again = [(await service.http.get("/openapi.json")).content for _ in range(2)]
    assert first == again
    assert form_examples() is form_examples()
