"""Predicates of units and the picture of their ratings, in the language of their reader."""

from collections.abc import Sequence

from content.rating.distribution import LimitState
from content.rating.rules import RatingRules
from content.rules import ContentRules
from content.scales import Scale
from service.distributions.checking import UnitSight
from service.distributions.picture import UnitPicture
from service.distributions.schemas import (
    ExpectedLimit,
    LevelChoice,
    PredicateShare,
    ReasonLine,
    UnitDistribution,
    UnitLevelLine,
    UnitLevelPage,
)
from service.distributions.wording import expected_in_words, verdict_name, warning_sentence
from service.filled.values import label_of
from service.wording import in_words
from store.organisation_rating.reasons import DistributionReason
from store.organisation_rating.repository import UnitLevel
from translations import Locale


def step_name(rules: ContentRules, scale: str, name: str, locale: Locale) -> str:
    """A step of a scale in words; one that the scheme does not have any more as it is called in data."""
    return label_of(rules, scale, name, locale) or name


def shown_level(row: UnitLevel, rules: ContentRules, scale: str, locale: Locale) -> UnitLevelLine:
    """One predicate that a unit was given."""
    return UnitLevelLine(
        id=row.id,
        level=row.level,
        level_name=step_name(rules, scale, row.level, locale),
        reason=row.reason,
        set_by_id=row.set_by_id,
        set_by=row.set_by,
        set_at=row.set_at,
    )


def shown_levels(
    sight: UnitSight,
    scale: Scale,
    present: UnitLevelLine | None,
    page: list[UnitLevelLine],
    following: str | None,
    locale: Locale,
) -> UnitLevelPage:
    """The predicate of a unit with its history, and what may be chosen."""
    return UnitLevelPage(
        cycle_id=sight.unit.cycle_id,
        unit_id=sight.unit.unit_id,
        unit=sight.unit.unit,
        head=sight.unit.head,
        present=present,
        choices=[
            LevelChoice(
                level=step.name,
                level_name=in_words(step.label, locale),
                meaning=None if step.meaning is None else in_words(step.meaning, locale),
            )
            for step in scale.steps
        ],
        may_set=sight.may_rate,
        items=page,
        next=following,
    )


def shown_reason(row: DistributionReason) -> ReasonLine:
    """A written reason."""
    return ReasonLine(
        id=row.id,
        reason=row.reason,
        given_by_id=row.given_by_id,
        given_by=row.given_by,
        given_at=row.given_at,
    )


def shown_distribution(
    sight: UnitSight,
    picture: UnitPicture,
    rules: ContentRules,
    rating: RatingRules,
    level: UnitLevel | None,
    reason: DistributionReason | None,
    locale: Locale,
    *,
    subunits: bool,
) -> UnitDistribution:
    """The picture of a unit with its warnings."""
    expecting, found = rating.distribution, picture.distribution
    level_name = (
        None
        if level is None or expecting is None
        else step_name(rules, expecting.levels, level.level, locale)
    )
    states = () if found is None else found.limits
    limits = [_shown_limit(state, rules, rating.predicates, locale) for state in states]
    warned = () if found is None else found.warnings
    warnings = [
        warning_sentence(state, level_name or "", limit.expected_in_words, picture.people, locale)
        for state, limit in zip(states, limits, strict=True)
        if state in warned
    ]
    answered = reason is not None and (level is None or reason.given_at >= level.set_at)
    return UnitDistribution(
        cycle_id=sight.unit.cycle_id,
        unit_id=sight.unit.unit_id,
        unit=sight.unit.unit,
        subunits=subunits,
        level=None if level is None else level.level,
        level_name=level_name,
        article=None if expecting is None else expecting.article,
        people=picture.people,
        on_other_scales=picture.on_other_scales,
        too_few=found is None,
        shares=[
            PredicateShare(
                predicate=share.predicate,
                predicate_name=step_name(rules, rating.predicates, share.predicate, locale),
                people=share.people,
                percent=share.percent,
            )
            for share in (() if found is None else found.shares)
        ],
        limits=limits,
        warnings=warnings,
        reason=None if reason is None else shown_reason(reason),
        needs_reason=bool(warnings) and not answered,
    )


def _shown_limit(state: LimitState, rules: ContentRules, scale: str, locale: Locale) -> ExpectedLimit:
    limit = state.limit
    names: Sequence[str] = [step_name(rules, scale, each, locale) for each in limit.predicates]
    return ExpectedLimit(
        predicates=list(limit.predicates),
        at_least=limit.at_least,
        at_most=limit.at_most,
        largest=limit.largest,
        some=limit.some,
        expected_in_words=expected_in_words(limit, names, locale),
        people=state.people,
        percent=state.percent,
        verdict=state.verdict,
        verdict_name=verdict_name(state.verdict, locale),
    )
