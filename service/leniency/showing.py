"""How raters rate, in the language of their reader."""

import uuid
from collections.abc import Mapping, Sequence

from content.rating.leniency import Group, RaterLeniency
from content.rules import ContentRules
from service.distributions.showing import step_name
from service.leniency.picture import RatersPicture
from service.leniency.schemas import LeniencyPage, RaterLine, StepCount
from store.organisation_rating.units import UnitInCycle
from translations import Locale


def shown_leniency(
    cycle: uuid.UUID,
    unit: UnitInCycle | None,
    picture: RatersPicture,
    page: Sequence[RaterLeniency],
    names: Mapping[str, str],
    rules: ContentRules,
    scale: str,
    following: str | None,
    locale: Locale,
    *,
    subunits: bool,
) -> LeniencyPage:
    """A page of raters beside all together; ``names`` are theirs, by id."""
    whole = picture.leniency.unit
    return LeniencyPage(
        cycle_id=cycle,
        unit_id=None if unit is None else unit.unit_id,
        unit=None if unit is None else unit.unit,
        subunits=subunits,
        people=whole.people,
        on_other_scales=picture.on_other_scales,
        mean=whole.mean,
        counts=_counts(whole, rules, scale, locale),
        items=[
            RaterLine(
                rater_id=uuid.UUID(each.rater),
                rater=names[each.rater],
                people=each.group.people,
                mean=each.group.mean,
                difference=each.difference,
                counts=_counts(each.group, rules, scale, locale),
            )
            for each in page
        ],
        next=following,
    )


def _counts(group: Group, rules: ContentRules, scale: str, locale: Locale) -> list[StepCount]:
    return [
        StepCount(predicate=name, predicate_name=step_name(rules, scale, name, locale), people=people)
        for name, people in group.counts.items()
    ]
