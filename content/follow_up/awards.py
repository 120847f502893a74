"""Recognitions for something that was counted in the year (PP 30/2019 art 55)."""

from collections.abc import Iterable

from content.follow_up.conditions import entry_reasons, final_reason, year_reason
from content.follow_up.facts import Facts
from content.follow_up.outcome import FollowUp, Reason
from content.follow_up.rules import Award


def awards(rules: Iterable[Award], facts: Facts) -> tuple[FollowUp, ...]:
    """Every award of a scheme. Even one for any predicate waits until the result of the year is final."""
    return tuple(
        FollowUp(
            rule.name,
            rule.label,
            rule.gives,
            rule.article,
            (*_of_result(rule, facts), *entry_reasons(facts, rule.needs)),
        )
        for rule in rules
    )


def _of_result(rule: Award, facts: Facts) -> tuple[Reason, ...]:
    if rule.predicates:
        return (year_reason(facts, facts.year, rule.predicates),)
    open_yet = final_reason(facts)
    return () if open_yet is None else (open_yet,)
