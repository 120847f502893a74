"""What is expected of the ratings of a unit, in sentences."""

from collections.abc import Mapping, Sequence
from functools import reduce

from content.rating.distribution import LimitState, Verdict
from content.rating.rules import Limit
from service.filled.values import number
from translations import Locale, translate
from translations import mark as _

VERDICTS: Mapping[Verdict, str] = {
    Verdict.MET: _("Met"),
    Verdict.NOT_MET: _("Not met"),
    Verdict.TOO_SMALL: _("The unit is too small to tell"),
}
_OR = _("{one} or {other}")
_NOBODY = _("Nobody has {predicates}.")
_SOMEBODY = _("At least one person has {predicates}.")
_LARGEST = _("No other predicate has more people than {predicates}.")
_AT_MOST = _("At most {most} % of the people rated have {predicates}.")
_AT_LEAST = _("At least {least} % of the people rated have {predicates}.")
_BETWEEN = _("Between {least} % and {most} % of the people rated have {predicates}.")
_WARNING = _(
    "The unit's predicate is “{level}”. Expected: {expected} There are {people} of {all} people ({percent} %)."
)
_LEVEL_SET = _(
    "The employee leads {unit}, whose predicate is “{level}”. It becomes the rating of results, which the rater sets."
)
_LEVEL_NOT_SET = _(
    "The employee leads {unit}, whose predicate is not set yet. It becomes the rating of results."
)


def verdict_name(verdict: Verdict, locale: Locale) -> str:
    """How the unit stands to a limit, in words."""
    return translate(VERDICTS[verdict], locale)


def expected_in_words(limit: Limit, names: Sequence[str], locale: Locale) -> str:
    """What a limit expects; ``names`` are those of its predicates."""
    predicates = reduce(lambda one, other: translate(_OR, locale, one=one, other=other), names)
    return " ".join(
        translate(
            message,
            locale,
            predicates=predicates,
            **{name: number(value, locale) for name, value in numbers.items()},
        )
        for message, numbers in _parts(limit)
    )


def warning_sentence(state: LimitState, level: str, expected: str, people: int, locale: Locale) -> str:
    """A limit that is not met: what is expected where the unit has this predicate, and what is there."""
    return translate(
        _WARNING,
        locale,
        level=level,
        expected=expected,
        people=state.people,
        all=people,
        percent=number(round(state.percent, 1), locale),
    )


def level_hint(unit: str, level: str | None, locale: Locale) -> str:
    """What the predicate of a unit means for the rating of its head."""
    if level is None:
        return translate(_LEVEL_NOT_SET, locale, unit=unit)
    return translate(_LEVEL_SET, locale, unit=unit, level=level)


def _parts(limit: Limit) -> list[tuple[str, dict[str, float]]]:
    found: list[tuple[str, dict[str, float]]] = []
    if limit.largest:
        found.append((_LARGEST, {}))
    if limit.some:
        found.append((_SOMEBODY, {}))
    least, most = limit.at_least, limit.at_most
    if least is not None and most is not None:
        found.append((_BETWEEN, {"least": least, "most": most}))
    elif least is not None:
        found.append((_AT_LEAST, {"least": least}))
    elif most is not None:
        found.append((_AT_MOST, {"most": most}) if most else (_NOBODY, {}))
    return found
