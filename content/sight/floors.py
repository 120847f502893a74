"""What no scheme may change: what stays hidden, and what the law opens."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import product

from content.sight.rules import Kind, Role, Sight, SightRule
from states.stage_groups import OBJECTION_STAGES
from states.stages import Stage

ALL_ROLES = frozenset(Role)
ALL_KINDS = frozenset(Kind)
ALL_STAGES = frozenset(Stage)
OPENNESS = (Sight.HIDDEN, Sight.AGGREGATED, Sight.VISIBLE)
"""The sights from the narrowest to the widest."""


@dataclass(frozen=True, slots=True)
class Floor:
    """For these roles, kinds and stages the sight is as it stands here, whatever a scheme says."""

    sight: Sight
    kinds: frozenset[Kind]
    roles: frozenset[Role]
    reason: str
    stages: frozenset[Stage] = ALL_STAGES
    only_undelivered: bool = False
    """Only as long as the result was not delivered."""
    limits: bool = False
    """The sight is the most that a scheme may open; it may open less."""

    def covers(self, role: Role, kind: Kind, stage: Stage, *, delivered: bool) -> bool:
        """Whether the floor says how something is seen."""
        return (
            role in self.roles
            and kind in self.kinds
            and stage in self.stages
            and not (delivered and self.only_undelivered)
        )

    def allows(self, said: Sight) -> bool:
        """Whether what a scheme says has its effect under the floor."""
        return said is self.sight or (self.limits and OPENNESS.index(said) < OPENNESS.index(self.sight))


FLOORS = (
    Floor(
        Sight.HIDDEN,
        frozenset({Kind.CONFIDENTIAL_NOTE}),
        ALL_ROLES,
        "only the two whom a confidential note concerns ever see it, and nobody by his role",
    ),
    Floor(
        Sight.HIDDEN,
        frozenset({Kind.LENIENCY}),
        ALL_ROLES - {Role.HR},
        "only HR sees how raters rate beside each other",
    ),
    Floor(
        Sight.HIDDEN,
        frozenset({Kind.RATING_DRAFT}),
        frozenset({Role.EMPLOYEE}),
        "a rating is not shown to the employee before it is delivered (PP 30/2019 art 49)",
    ),
    Floor(
        Sight.HIDDEN,
        frozenset({Kind.MEETING}),
        frozenset({Role.EMPLOYEE}),
        "notes of a meeting that was not held yet rest on a rating that is not delivered",
        only_undelivered=True,
    ),
    Floor(
        Sight.HIDDEN,
        ALL_KINDS,
        frozenset({Role.APPEALS_OFFICER}),
        "the official who decides an objection sees the case only while it is open (PP 30/2019 art 59)",
        stages=ALL_STAGES - frozenset(OBJECTION_STAGES),
    ),
    Floor(
        Sight.VISIBLE,
        frozenset({Kind.PLAN, Kind.CHECK_IN, Kind.SELF_ASSESSMENT, Kind.EVIDENCE, Kind.PROGRESS}),
        frozenset({Role.EMPLOYEE}),
        "the employee sees what he wrote and agreed on (PP 30/2019 art 4)",
    ),
    Floor(
        Sight.VISIBLE,
        frozenset({Kind.RATING, Kind.MEETING}),
        frozenset({Role.EMPLOYEE}),
        "a delivered result is open to the employee (PP 30/2019 arts 4 and 49)",
    ),
    Floor(
        Sight.VISIBLE,
        frozenset({Kind.PLAN, Kind.SELF_ASSESSMENT, Kind.EVIDENCE, Kind.RATING_DRAFT, Kind.RATING}),
        frozenset({Role.RATER}),
        "the rater sees what he rates, and his own rating (PP 30/2019 art 45)",
    ),
    Floor(
        Sight.VISIBLE,
        frozenset({Kind.PLAN, Kind.SELF_ASSESSMENT, Kind.EVIDENCE, Kind.RATING}),
        frozenset({Role.APPEALS_OFFICER}),
        "an objection is decided from what the rating rests on (PP 30/2019 art 59(3))",
        stages=frozenset(OBJECTION_STAGES),
    ),
    Floor(
        Sight.AGGREGATED,
        frozenset({Kind.INPUT}),
        ALL_ROLES,
        "what others say is shown as a whole, never by person (PP 30/2019 art 40)",
        limits=True,
    ),
)
"""The first floor that covers something says how it is seen."""


def floor_of(role: Role, kind: Kind, stage: Stage, *, delivered: bool) -> Floor | None:
    """The floor that says how something is seen; None: the scheme says it."""
    return next((floor for floor in FLOORS if floor.covers(role, kind, stage, delivered=delivered)), None)


def floor_violations(rules: Sequence[SightRule]) -> list[tuple[int, str]]:
    """The rules of a scheme that a floor overrules, by their index, with the reason: a scheme must not promise them.

    A rule violates a floor if for one of its roles and kinds it could never have its effect, in no stage and
    neither before nor after the delivery. Where it has some effect, the floor silently limits it to that.
    """
    found: list[tuple[int, str]] = []
    for index, rule in enumerate(rules):
        reasons = [
            f"{role} and {kind}: {reason}"
            for role, kind in product(rule.roles, rule.kinds)
            if (reason := _never(rule, role, kind)) is not None
        ]
        found += [(index, reason) for reason in reasons]
    return found


def _never(rule: SightRule, role: Role, kind: Kind) -> str | None:
    """Why a rule has never an effect on a kind for a role; None if it has one at some time."""
    reason: str | None = None
    for stage, delivered in product(rule.stages or tuple(Stage), (False, True)):
        if not delivered and (kind is Kind.RATING or rule.only_delivered):
            continue  # a rating is a draft then, of which the rule says nothing
        floor = floor_of(role, kind, stage, delivered=delivered)
        if floor is None or floor.allows(rule.sight):
            return None
        reason = reason or floor.reason
    return reason
