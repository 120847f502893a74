"""What follows from results, in the language of the reader."""

from collections.abc import Iterable

from content.follow_up.facts import Settled
from content.follow_up.outcome import CreditPoints, FollowUp, Reason
from content.rating.exact import rounded_half_up
from content.rules import ContentRules
from service.filled.titles import Titles
from service.follow_up.deciding import Followed
from service.follow_up.gathering import Gathered
from service.follow_up.schemas import (
    CaseFollowUp,
    FollowUpLine,
    Kind,
    ShownCreditPoints,
    ShownFollowUp,
    ShownReason,
    YearLine,
)
from service.follow_up.wording import reason_in_words
from service.meetings.naming import said
from service.ratings.naming import Names
from states.nip import mask
from store.person.repository import full_name
from store.result_history.repository import RatedCase
from translations import Locale, translate


def shown_case(
    asked: RatedCase, found: Gathered, follows: Followed, locale: Locale, *, decided_elsewhere: bool
) -> CaseFollowUp:
    """What follows from the result of one case."""
    return CaseFollowUp(
        appraisal_id=asked.id,
        year=asked.year,
        decided_elsewhere=decided_elsewhere,
        years=[] if decided_elsewhere else shown_years(found, locale),
        items=[] if decided_elsewhere else shown_items(follows, found.rules, locale),
        credit_points=shown_points(follows.credit_points, found.rules, locale),
    )


def shown_line(found: Gathered, follows: Followed, locale: Locale, *, kind: str | None) -> FollowUpLine:
    """Somebody of a list; only what is named ``kind``, or everything."""
    who = found.who
    items = shown_items(follows, found.rules, locale)
    return FollowUpLine(
        person_id=who.employee_id,
        name=full_name(who.title_before, who.name, who.title_after),
        nip_masked=mask(who.nip),
        post=who.post,
        unit_code=who.unit_code,
        unit=who.unit,
        appraisal_id=who.id,
        items=[each for each in items if kind is None or each.name == kind],
        credit_points=shown_points(follows.credit_points, found.rules, locale),
    )


def shown_items(follows: Followed, rules: ContentRules, locale: Locale) -> list[ShownFollowUp]:
    """Nominations, then awards."""
    return [
        *(_item("nomination", each, rules, locale) for each in follows.nominations),
        *(_item("award", each, rules, locale) for each in follows.awards),
    ]


def shown_points(
    points: CreditPoints | None, rules: ContentRules, locale: Locale
) -> ShownCreditPoints | None:
    """Credit points, rounded for people."""
    if points is None or rules.follow_up.credit_points is None:
        return None
    levels = rules.follow_up.credit_points.levels
    return ShownCreditPoints(
        points=None if points.points is None else str(rounded_half_up(points.points, points.decimals)),
        level=next((said(each.label, locale) for each in levels if each.name == points.level), None),
        final=points.met,
        article=translate(points.article, locale),
        reasons=_reasons(points.reasons, rules, locale),
    )


def shown_years(found: Gathered, locale: Locale) -> list[YearLine]:
    """The years that count for a nomination, the latest first. Of what is not final no predicate is told."""
    deep = max((each.years for each in found.rules.follow_up.nominations), default=1)
    names = Names(found.rules, Titles(), locale)
    lines = []
    for year in range(found.facts.year, found.facts.year - deep, -1):
        result = found.facts.results.get(year)
        predicate = None if result is None or result.settled is not Settled.FINAL else result.predicate
        lines.append(
            YearLine(
                year=year,
                predicate=predicate,
                predicate_name=None if predicate is None else names.predicate(predicate),
                settled="missing" if result is None else result.settled.value,
                source=None if result is None else result.source.value,
            )
        )
    return lines


def _item(kind: Kind, found: FollowUp, rules: ContentRules, locale: Locale) -> ShownFollowUp:
    return ShownFollowUp(
        kind=kind,
        name=found.name,
        label=said(found.label, locale),
        gives=said(found.gives, locale),
        article=translate(found.article, locale),
        met=found.met,
        reasons=_reasons(found.reasons, rules, locale),
    )


def _reasons(reasons: Iterable[Reason], rules: ContentRules, locale: Locale) -> list[ShownReason]:
    return [
        ShownReason(code=each.code, holds=each.holds, text=reason_in_words(each, rules, locale))
        for each in reasons
    ]
