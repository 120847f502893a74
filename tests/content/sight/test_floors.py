"""Rules of a scheme that a floor overrules are refused by their place."""

import pytest

from content.sight.defaults import DEFAULTS
from content.sight.floors import floor_violations
from content.sight.rules import SightRule


def rule(kinds: str, roles: str, sight: str, stages: str = "") -> SightRule:
    return SightRule.model_validate(
        {"kinds": kinds.split(), "roles": roles.split(), "sight": sight, "stages": stages.split()}
    )


@pytest.mark.parametrize(
    ("broken", "part_of_reason"),
    (
        (rule("rating_draft", "employee", "visible"), "before it is delivered"),
        (rule("rating_draft", "employee", "aggregated"), "before it is delivered"),
        (rule("rating_draft", "employee", "visible", "rating moderation"), "before it is delivered"),
        (rule("plan rating_draft", "rater employee", "visible"), "employee and rating_draft"),
        (rule("confidential_note", "hr", "visible"), "confidential"),
        (rule("confidential_note", "rater", "visible"), "confidential"),
        (rule("confidential_note", "employee", "aggregated"), "confidential"),
        (rule("leniency", "rater", "visible"), "only HR"),
        (rule("leniency", "rater_superior", "aggregated"), "only HR"),
        (rule("plan", "appeals_officer", "visible", "rating"), "only while it is open"),
        (rule("rating", "employee", "hidden"), "open to the employee"),
        (rule("rating", "employee", "aggregated"), "open to the employee"),
        (rule("plan", "employee", "hidden"), "what he wrote"),
        (rule("rating_draft", "rater", "hidden"), "what he rates"),
        (rule("input", "hr", "visible"), "never by person"),
        (rule("input", "employee", "visible", "rating"), "never by person"),
        (rule("rating", "appeals_officer", "hidden", "objection_review"), "what the rating rests on"),
    ),
)
def test_a_rule_that_a_floor_overrules_is_refused(broken: SightRule, part_of_reason: str) -> None:
    ((index, reason),) = floor_violations([rule("note", "hr", "hidden"), broken])
    assert index == 1
    assert part_of_reason in reason


@pytest.mark.parametrize(
    "allowed",
    (
        rule("note", "employee", "hidden"),
        rule("rating", "hr", "aggregated"),
        rule("leniency", "hr", "aggregated"),
        rule("rating", "employee", "visible"),
        rule("meeting", "employee", "visible"),
        rule("rating_draft", "employee", "hidden"),
        rule("note", "appeals_officer", "visible"),
        rule("note", "appeals_officer", "hidden", "objected"),
        rule("evidence", "rater_superior", "visible", "rating"),
        rule("rating_draft", "rater_superior", "hidden"),
        rule("input", "employee", "aggregated", "rating"),
        rule("input", "rater", "hidden"),
    ),
)
def test_a_rule_that_has_an_effect_at_some_time_is_allowed(allowed: SightRule) -> None:
    assert floor_violations([allowed]) == []


def test_every_violation_of_a_rule_is_named() -> None:
    found = floor_violations([rule("leniency confidential_note", "employee rater", "visible")])
    assert [index for index, _ in found] == [0, 0, 0, 0]


def test_a_rule_for_the_time_after_the_delivery_is_measured_by_that_time_only() -> None:
    late = rule("meeting", "employee", "visible").model_copy(update={"only_delivered": True})
    assert floor_violations([late]) == []
    hidden = rule("rating", "employee", "hidden").model_copy(update={"only_delivered": True})
    assert len(floor_violations([hidden])) == 1


def test_the_defaults_violate_no_floor() -> None:
    assert floor_violations(DEFAULTS) == []


def test_no_rules_violate_nothing() -> None:
    assert floor_violations(()) == []
