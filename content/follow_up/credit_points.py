"""Credit points (*angka kredit*) of functional posts: months / 12 x share x coefficient (PermenPANRB 1/2023 art 37)."""

from collections.abc import Iterable
from fractions import Fraction

from content.follow_up.facts import RatedPeriod, Settled
from content.follow_up.outcome import Code, CreditPoints, Reason
from content.follow_up.rules import CreditLevel, CreditPointRules
from content.posts import longest_in
from content.rating.exact import exact

_NOT_SETTLED = {Settled.NOT_FINAL: Code.NOT_FINAL, Settled.UNDER_OBJECTION: Code.UNDER_OBJECTION}


def level_of(rules: CreditPointRules, post: str) -> CreditLevel | None:
    """The level that the name of a post tells, such as *Guru Ahli Pertama*; the longest words win."""
    best, length = None, 0
    for level in rules.levels:
        longest = longest_in(level.posts, post)
        if longest > length:
            best, length = level, longest
    return best


def points_of(rules: CreditPointRules, level: CreditLevel, predicate: str, months: int) -> Fraction | None:
    """The exact points of so many whole months; None for a predicate without a share."""
    share = rules.shares.get(predicate)
    if share is None:
        return None
    return Fraction(months, 12) * _exact(share) / 100 * _exact(level.a_year)


def credit_points(
    rules: CreditPointRules, post: str, *, functional: bool, periods: Iterable[RatedPeriod]
) -> CreditPoints:
    """The points of the rated periods of a year, each by its own predicate; their sum is rounded once."""

    def none(code: Code) -> CreditPoints:
        return CreditPoints(None, rules.decimals, None, rules.article, (Reason(code, holds=False),))

    if not functional:
        return none(Code.NOT_FUNCTIONAL)
    level = level_of(rules, post)
    if level is None:
        return none(Code.NO_LEVEL)
    total, reasons = Fraction(0), list[Reason]()
    for period in periods:
        points = points_of(rules, level, period.predicate, period.months)
        if points is None:
            reasons.append(Reason(Code.NO_SHARE, holds=False, facts={"predicate": period.predicate}))
            continue
        total += points
        reasons.append(
            Reason(
                Code.COMPUTED,
                holds=True,
                facts={
                    "months": period.months,
                    "predicate": period.predicate,
                    "share": rules.shares[period.predicate],
                    "level": level.name,
                    "a_year": level.a_year,
                },
            )
        )
        if period.settled is not Settled.FINAL:
            reasons.append(Reason(_NOT_SETTLED[period.settled], holds=False))
    computed = any(reason.code is Code.COMPUTED for reason in reasons)
    if not reasons:
        reasons.append(Reason(Code.NO_RESULT, holds=False))
    return CreditPoints(
        total if computed else None, rules.decimals, level.name, rules.article, tuple(reasons)
    )


def _exact(number: float) -> Fraction:
    found = exact(number)

    if found is None:
        raise ValueError(number)
    return found
