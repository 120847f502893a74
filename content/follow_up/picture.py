"""How the skills of a whole unit stand, without a word of anybody in it, and which training programmes follow."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

from content.follow_up.rules import Training
from content.follow_up.suppression import MINIMUM, Tally, Tree, shown
from content.rules import ContentRules

Unit = TypeVar("Unit")


@dataclass(frozen=True, slots=True)
class Counted:
    """How many people stand how in one skill."""

    known: int = 0
    weak: int = 0
    strong: int = 0


@dataclass(frozen=True, slots=True)
class SkillPicture:
    """One skill of a unit with all that is below it; None where a count may not be shown."""

    skill: str
    known: int | None
    """Of how many people it is known."""
    weak: int | None
    strong: int | None

    @property
    def weak_share(self) -> float | None:
        """Percent of those of whom it is known."""
        if self.weak is None or not self.known:
            return None
        return 100 * self.weak / self.known


@dataclass(frozen=True, slots=True)
class Programme:
    """A training programme that is proposed for a unit."""

    skill: str
    people: int
    """So many are weak in it."""
    known: int
    share: float
    trainings: tuple[Training, ...]
    """What helps; none: the scheme has no training for it yet."""


def picture(
    rules: ContentRules, tree: Tree[Unit], counts: Mapping[str, Mapping[Unit, Counted]]
) -> tuple[SkillPicture, ...]:
    """The skills of the unit on top of the tree, in the order of the list.

    ``counts`` are by skill those of each unit's own people, without those below.
    """
    listed = rules.lists.get(rules.follow_up.weaknesses or rules.skills or "")
    return tuple(
        _skill(name, tree, counts.get(name, {})) for name in (() if listed is None else listed.names)
    )


def programmes(rules: ContentRules, skills: Sequence[SkillPicture]) -> tuple[Programme, ...]:
    """The programmes whose counts reach both thresholds of the scheme, the most people first.

    A count that is not shown proposes nothing: the proposal would tell it.
    """
    rule = rules.follow_up.programme
    if rule is None:
        return ()
    proposed = [
        Programme(each.skill, each.weak, each.known, share, _helping(rules, each.skill))
        for each in skills
        if each.weak is not None and each.known is not None and (share := each.weak_share) is not None
        if each.weak >= rule.people and share >= rule.share
    ]
    return tuple(sorted(proposed, key=lambda each: (-each.people, -each.share)))


def shown_count(tree: Tree[Unit], own: Mapping[Unit, Tally]) -> int | None:
    """How many people of the unit on top have something, by what each unit's own people have; None: not to be shown."""
    return shown(tree, own).get(tree.top)


def _skill(name: str, tree: Tree[Unit], own: Mapping[Unit, Counted]) -> SkillPicture:
    known = sum(each.known for each in own.values())
    weak = shown(tree, {unit: Tally(each.weak, each.known) for unit, each in own.items()})
    strong = shown(tree, {unit: Tally(each.strong, each.known) for unit, each in own.items()})
    return SkillPicture(
        name, known if known >= MINIMUM else None, weak=weak.get(tree.top), strong=strong.get(tree.top)
    )


def _helping(rules: ContentRules, skill: str) -> tuple[Training, ...]:
    return tuple(each for each in rules.follow_up.trainings if skill in each.for_weaknesses)
