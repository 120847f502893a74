"""Who sees what, from a table written by hand, over every role, kind, stage and variant of a scheme."""

from itertools import product

import pytest

from content.parts import Values
from content.rules import ContentRules
from content.sight.rules import Kind, Role, Sight
from content.sight.table import sight_of
from states.stages import Stage

V, A, H = Sight.VISIBLE, Sight.AGGREGATED, Sight.HIDDEN

ROLES = (Role.EMPLOYEE, Role.RATER, Role.RATER_SUPERIOR, Role.APPEALS_OFFICER, Role.HR)

OBJECTION = {Stage.OBJECTED, Stage.OBJECTION_REVIEW}

# Before the delivery.       employee, rater, rater's superior, appeals officer, HR
UNDELIVERED = {
    Kind.PLAN: (V, V, V, H, V),
    Kind.CHECK_IN: (V, V, H, H, V),
    Kind.SELF_ASSESSMENT: (V, V, H, H, V),
    Kind.EVIDENCE: (V, V, H, H, V),
    Kind.PROGRESS: (V, V, H, H, V),
    Kind.NOTE: (V, V, H, H, V),
    Kind.CONFIDENTIAL_NOTE: (H, H, H, H, H),
    Kind.RATING_DRAFT: (H, V, V, H, V),
    Kind.RATING: (H, V, V, H, V),
    Kind.MEETING: (H, V, H, H, V),
    Kind.INPUT: (H, A, H, H, A),
    Kind.LENIENCY: (H, H, H, H, V),
}

# After it, where that makes a difference.
DELIVERED = {
    Kind.RATING: (V, V, V, H, V),
    Kind.MEETING: (V, V, H, H, V),
    Kind.INPUT: (A, A, H, H, A),
}

# While the rater's superior has to set the result himself: what he sees then, before and after a delivery.
COUNTERSIGNING = {
    Kind.CHECK_IN: V,
    Kind.SELF_ASSESSMENT: V,
    Kind.EVIDENCE: V,
    Kind.PROGRESS: V,
    Kind.NOTE: V,
    Kind.MEETING: V,
    Kind.INPUT: A,
}

# While an objection is open: what the appeals officer sees of the delivered result and what it rests on.
JUDGING = {
    Kind.PLAN: V,
    Kind.CHECK_IN: V,
    Kind.SELF_ASSESSMENT: V,
    Kind.EVIDENCE: V,
    Kind.PROGRESS: V,
    Kind.NOTE: V,
    Kind.CONFIDENTIAL_NOTE: H,
    Kind.RATING_DRAFT: H,
    Kind.RATING: V,
    Kind.MEETING: V,
    Kind.INPUT: A,
    Kind.LENIENCY: H,
}


def by_default(role: Role, kind: Kind, stage: Stage, delivered: bool) -> Sight:
    """What the tables above say."""
    if role is Role.APPEALS_OFFICER and stage in OBJECTION:
        return H if kind is Kind.RATING and not delivered else JUDGING[kind]
    if role is Role.RATER_SUPERIOR and stage is Stage.COUNTERSIGN and kind in COUNTERSIGNING:
        return COUNTERSIGNING[kind]
    table = DELIVERED if delivered and kind in DELIVERED else UNDELIVERED
    return table[kind][ROLES.index(role)]


def scheme(*rules: Values) -> ContentRules:
    return ContentRules.model_validate({"sight": rules})


# Schemes with rules of their own, each with all the places at which it differs from the defaults.
GREEDY = scheme({"kinds": [*Kind], "roles": [*Role], "sight": "visible"})
"""Shows everything to everybody, as far as it can."""
SECRETIVE = scheme({"kinds": [*Kind], "roles": [*Role], "sight": "hidden"})
"""Hides everything from everybody, as far as it can."""
STATISTICAL = scheme(
    {"kinds": ["rating", "rating_draft"], "roles": ["hr"], "sight": "aggregated"},
    {"kinds": ["rating"], "roles": ["hr"], "sight": "visible", "stages": ["moderation"]},
    {"kinds": ["note"], "roles": ["employee"], "sight": "hidden"},
    {"kinds": ["note"], "roles": ["employee"], "sight": "visible", "stages": ["self_assessment"]},
)
"""HR sees ratings as sums; the employee sees notes only to assess himself."""

# What stays hidden under the greedy scheme, by role.
NEVER_SHOWN = {
    Role.EMPLOYEE: {Kind.CONFIDENTIAL_NOTE, Kind.RATING_DRAFT, Kind.LENIENCY},
    Role.RATER: {Kind.CONFIDENTIAL_NOTE, Kind.LENIENCY},
    Role.RATER_SUPERIOR: {Kind.CONFIDENTIAL_NOTE, Kind.LENIENCY},
    Role.APPEALS_OFFICER: {Kind.CONFIDENTIAL_NOTE, Kind.LENIENCY},
    Role.HR: {Kind.CONFIDENTIAL_NOTE},
}

# What stays visible under the secretive scheme, by role.
NEVER_HIDDEN = {
    Role.EMPLOYEE: {
        Kind.PLAN,
        Kind.CHECK_IN,
        Kind.SELF_ASSESSMENT,
        Kind.EVIDENCE,
        Kind.PROGRESS,
        Kind.RATING,
        Kind.MEETING,
    },
    Role.RATER: {Kind.PLAN, Kind.SELF_ASSESSMENT, Kind.EVIDENCE, Kind.RATING_DRAFT, Kind.RATING},
    Role.RATER_SUPERIOR: set(),
    Role.APPEALS_OFFICER: {Kind.PLAN, Kind.SELF_ASSESSMENT, Kind.EVIDENCE, Kind.RATING},
    Role.HR: set(),
}

# What the employee does not see as long as his result was not delivered, under any scheme.
ONLY_DELIVERED = {Kind.RATING, Kind.MEETING}


def if_greedy(role: Role, kind: Kind, stage: Stage, delivered: bool) -> Sight:
    if role is Role.APPEALS_OFFICER and stage not in OBJECTION:
        return H
    if role is Role.EMPLOYEE and kind in ONLY_DELIVERED and not delivered:
        return H
    if kind is Kind.INPUT:
        return A  # what others say is shown as a whole, whatever a scheme says
    return H if kind in NEVER_SHOWN[role] else V


def if_secretive(role: Role, kind: Kind, stage: Stage, delivered: bool) -> Sight:
    if role is Role.APPEALS_OFFICER and (stage not in OBJECTION or (kind is Kind.RATING and not delivered)):
        return H
    if role is Role.EMPLOYEE and kind in ONLY_DELIVERED and not delivered:
        return H
    return V if kind in NEVER_HIDDEN[role] else H


def if_statistical(role: Role, kind: Kind, stage: Stage, delivered: bool) -> Sight:
    if role is Role.HR and kind in {Kind.RATING, Kind.RATING_DRAFT}:
        shown = kind is Kind.RATING and delivered and stage is Stage.MODERATION
        return V if shown else A
    if role is Role.EMPLOYEE and kind is Kind.NOTE:
        return V if stage is Stage.SELF_ASSESSMENT else H
    return by_default(role, kind, stage, delivered)


EXPECTED = {
    "no content rules": (None, by_default),
    "no rules of sight": (ContentRules(), by_default),
    "greedy": (GREEDY, if_greedy),
    "secretive": (SECRETIVE, if_secretive),
    "statistical": (STATISTICAL, if_statistical),
}


@pytest.mark.parametrize("variant", EXPECTED)
@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("kind", Kind)
def test_every_sight_is_as_the_table_has_it(variant: str, role: Role, kind: Kind) -> None:
    rules, expected = EXPECTED[variant]
    wrong = {
        (stage.value, delivered): (found.value, wanted.value)
        for stage, delivered in product(Stage, (False, True))
        if (found := sight_of(rules, role, kind, stage, delivered=delivered))
        is not (wanted := expected(role, kind, stage, delivered))
    }
    assert wrong == {}


def test_the_table_says_something_of_every_kind() -> None:
    assert set(UNDELIVERED) == set(JUDGING) == set(Kind)


def test_a_later_rule_of_a_scheme_wins_over_an_earlier_one() -> None:
    rules = scheme(
        {"kinds": ["note"], "roles": ["hr"], "sight": "hidden"},
        {"kinds": ["note"], "roles": ["hr"], "sight": "aggregated"},
    )
    assert sight_of(rules, Role.HR, Kind.NOTE, Stage.RATING, delivered=False) is A


def test_a_rating_of_a_reopened_case_is_a_draft_until_it_is_delivered_again() -> None:
    assert sight_of(None, Role.EMPLOYEE, Kind.RATING, Stage.FINALISED, delivered=True) is V
    assert sight_of(None, Role.EMPLOYEE, Kind.RATING, Stage.RATING, delivered=False) is H


def test_a_scheme_may_open_what_others_say_before_the_delivery_or_keep_it_closed() -> None:
    opened = scheme({"kinds": ["input"], "roles": ["employee"], "sight": "aggregated"})
    assert sight_of(opened, Role.EMPLOYEE, Kind.INPUT, Stage.RATING, delivered=False) is A
    closed = scheme({"kinds": ["input"], "roles": ["employee", "hr"], "sight": "hidden"})
    assert sight_of(closed, Role.EMPLOYEE, Kind.INPUT, Stage.FINALISED, delivered=True) is H
    assert sight_of(closed, Role.HR, Kind.INPUT, Stage.FINALISED, delivered=True) is H


def test_a_rule_may_hold_only_from_the_delivery_on() -> None:
    late = scheme(
        {"kinds": ["note"], "roles": ["rater_superior"], "sight": "visible", "only_delivered": True}
    )
    assert sight_of(late, Role.RATER_SUPERIOR, Kind.NOTE, Stage.RESPONSE, delivered=True) is V
    assert sight_of(late, Role.RATER_SUPERIOR, Kind.NOTE, Stage.RATING, delivered=False) is H
