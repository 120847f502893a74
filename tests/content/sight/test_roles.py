"""People with several capacities: nobody sees more of his own case because he is HR as well."""

from itertools import chain, combinations, product

import pytest

from content.rules import ContentRules
from content.sight.roles import roles_of
from content.sight.rules import Kind, Role, Sight
from content.sight.table import sight_for, sight_of
from states.stages import Capacity, Stage

GREEDY = ContentRules.model_validate({"sight": [{"kinds": [*Kind], "roles": [*Role], "sight": "visible"}]})
SETS_OF_CAPACITIES = tuple(chain.from_iterable(combinations(Capacity, size) for size in range(4)))


@pytest.mark.parametrize(
    ("capacities", "roles"),
    (
        ((), ()),
        ((Capacity.EMPLOYEE,), (Role.EMPLOYEE,)),
        ((Capacity.EMPLOYEE, Capacity.HR), (Role.EMPLOYEE,)),
        ((Capacity.HR, Capacity.EMPLOYEE, Capacity.RATER), (Role.EMPLOYEE,)),
        ((Capacity.RATER, Capacity.HR), (Role.RATER, Role.HR)),
        ((Capacity.RATER_SUPERIOR, Capacity.APPEALS_OFFICER), (Role.RATER_SUPERIOR, Role.APPEALS_OFFICER)),
        ((Capacity.CLOCK,), ()),
        ((Capacity.APPEALS_SUPERIOR,), ()),
    ),
)
def test_capacities_give_roles(capacities: tuple[Capacity, ...], roles: tuple[Role, ...]) -> None:
    assert roles_of(capacities) == frozenset(roles)


@pytest.mark.parametrize("rules", (None, GREEDY))
@pytest.mark.parametrize("capacities", SETS_OF_CAPACITIES)
def test_the_employee_never_sees_his_draft_rating_whatever_else_he_is(
    rules: ContentRules | None, capacities: tuple[Capacity, ...]
) -> None:
    roles = roles_of((Capacity.EMPLOYEE, *capacities))
    seen = {
        sight_for(rules, roles, kind, stage, delivered=False)
        for kind, stage in product((Kind.RATING_DRAFT, Kind.RATING, Kind.MEETING), Stage)
    }
    seen |= {sight_for(rules, roles, Kind.RATING_DRAFT, stage, delivered=True) for stage in Stage}
    assert seen == {Sight.HIDDEN}


@pytest.mark.parametrize("capacities", SETS_OF_CAPACITIES)
def test_nobody_sees_a_confidential_note_by_any_roles(capacities: tuple[Capacity, ...]) -> None:
    roles = roles_of(capacities)
    for stage, delivered in product(Stage, (False, True)):
        assert sight_for(GREEDY, roles, Kind.CONFIDENTIAL_NOTE, stage, delivered=delivered) is Sight.HIDDEN


@pytest.mark.parametrize("rules", (None, GREEDY))
def test_a_rater_of_hr_does_not_see_his_own_leniency(rules: ContentRules | None) -> None:
    held = {Role.RATER, Role.HR}
    assert sight_for(rules, held, Kind.LENIENCY, Stage.RATING, delivered=False) is Sight.HIDDEN
    assert sight_for(rules, {Role.HR}, Kind.LENIENCY, Stage.RATING, delivered=False) is Sight.VISIBLE


def test_who_has_no_role_sees_nothing() -> None:
    for kind, stage, delivered in product(Kind, Stage, (False, True)):
        assert sight_for(GREEDY, (), kind, stage, delivered=delivered) is Sight.HIDDEN


def test_several_roles_see_what_the_one_that_sees_most_sees() -> None:
    both = {Role.RATER_SUPERIOR, Role.HR}
    for kind, stage, delivered in product(Kind, Stage, (False, True)):
        seen = sight_for(None, both, kind, stage, delivered=delivered)
        assert seen in {sight_of(None, role, kind, stage, delivered=delivered) for role in both}
    assert sight_for(None, both, Kind.NOTE, Stage.RATING, delivered=False) is Sight.VISIBLE
