"""For what somebody is proposed: the same predicates in so many years running (PP 30/2019 art 53)."""

from collections.abc import Iterable

from content.follow_up.conditions import entry_reasons, year_reason
from content.follow_up.facts import Facts
from content.follow_up.outcome import FollowUp
from content.follow_up.rules import Nomination


def nominations(rules: Iterable[Nomination], facts: Facts) -> tuple[FollowUp, ...]:
    """Every nomination of a scheme, the latest year first among its reasons.

    The row is the appraised year and those right before it: a missing year breaks it as another predicate does.
    """
    return tuple(
        FollowUp(
            rule.name,
            rule.label,
            rule.gives,
            rule.article,
            (
                *(
                    year_reason(facts, year, rule.predicates)
                    for year in range(facts.year, facts.year - rule.years, -1)
                ),
                *entry_reasons(facts, rule.needs),
            ),
        )
        for rule in rules
    )
