"""Which trainings are recommended to somebody, and why, or why not."""

from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum

from content.follow_up.rules import Training
from content.plan.library import family_of
from content.rules import ContentRules


class WhyNot(StrEnum):
    """Why a training is not recommended."""

    NOTHING_WEAK = "nothing_weak"
    """No weakness is known at all."""
    OTHER_WEAKNESSES = "other_weaknesses"
    """It helps with none of those that are known."""
    OTHER_FAMILIES = "other_families"
    """It is meant for other jobs."""


@dataclass(frozen=True, slots=True)
class Advice:
    """What is advised of one training."""

    training: Training
    helps: tuple[str, ...] = ()
    """The weaknesses that it helps with."""
    why_not: WhyNot | None = None

    @property
    def recommended(self) -> bool:
        """Whether it is recommended."""
        return self.why_not is None


def advice(rules: ContentRules, post: str, weaknesses: Collection[str]) -> tuple[Advice, ...]:
    """All trainings of a scheme, those first that are recommended to the holder of a post with these weaknesses."""
    family = family_of(post, rules)
    found = [_advice(training, family, weaknesses) for training in rules.follow_up.trainings]
    return tuple(sorted(found, key=lambda each: not each.recommended))


def _advice(training: Training, family: str | None, weaknesses: Collection[str]) -> Advice:
    helps = tuple(each for each in training.for_weaknesses if each in weaknesses)
    if not weaknesses:
        return Advice(training, (), WhyNot.NOTHING_WEAK)
    if not helps:
        return Advice(training, (), WhyNot.OTHER_WEAKNESSES)
    if training.families and family not in training.families:
        return Advice(training, helps, WhyNot.OTHER_FAMILIES)
    return Advice(training, helps)
