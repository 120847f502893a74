"""The values of a working, in words."""

from collections.abc import Mapping

from translations import Locale, translate
from translations import mark as _

NUMBERS: Mapping[str, str] = {
    "absent": _("not rated"),
    "achievement": _("achievement set by the rater (%)"),
    "at_least": _("lowest score of the predicate"),
    "band": _("predicate"),
    "before_limits": _("before the limits (%)"),
    "behaviour": _("rating of behaviour"),
    "cap": _("highest score"),
    "component": _("component"),
    "counted": _("rated"),
    "days": _("days"),
    "decimals": _("decimals"),
    "indicator": _("indicator"),
    "mean": _("mean"),
    "mirrored_at": _("less is better: mirrored at"),
    "months": _("months"),
    "nearest": _("nearest predicate"),
    "needs": _("asks for"),
    "period": _("period"),
    "rated": _("rated apart"),
    "realised": _("realised"),
    "result": _("result"),
    "results": _("rating of results"),
    "score": _("score"),
    "target": _("target"),
    "weight": _("weight (%)"),
    "weights": _("sum of weights"),
}
"""Names of the values from which the steps of `content.rating` start."""


def number_name(name: str, locale: Locale) -> str | None:
    """How a value is called; None for a name that a scheme gave."""
    return translate(NUMBERS[name], locale) if name in NUMBERS else None
