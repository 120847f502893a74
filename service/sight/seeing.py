"""A case with its content rules, as one person sees it."""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy.ext.asyncio import AsyncConnection

from content.rules import ContentRules
from content.sight import table
from content.sight.rules import Kind, Role, Sight
from service.accounts.tokens import Identity
from service.appraisals import sight as cases
from states.appraisal import Appraisal
from states.stages import Capacity, Stage
from store.agency.content_rules import content_rules_of

_BEFORE_DELIVERY = frozenset(
    {
        Stage.SCHEDULED,
        Stage.PLAN_DRAFTING,
        Stage.PLAN_SCREENING,
        Stage.PLAN_REVIEW,
        Stage.FIRST_HALF,
        Stage.MIDYEAR_REPORT,
        Stage.MIDYEAR_REVIEW,
        Stage.SECOND_HALF,
        Stage.SELF_ASSESSMENT,
        Stage.RATING,
        Stage.MODERATION,
        Stage.FEEDBACK_MEETING,
    }
)

_ROLES: tuple[tuple[Capacity, Role], ...] = (
    # One's own case comes first: nobody sees it as an official, whatever else he is.
    (Capacity.EMPLOYEE, Role.EMPLOYEE),
    (Capacity.APPEALS_OFFICER, Role.APPEALS_OFFICER),
    (Capacity.RATER, Role.RATER),
    (Capacity.HR, Role.HR),
    (Capacity.RATER_SUPERIOR, Role.RATER_SUPERIOR),
)


def roles_of(capacities: Iterable[Capacity]) -> tuple[Role, ...]:
    """As what somebody looks at a case who holds these capacities; on his own case as its employee alone."""
    held = frozenset(capacities)
    if Capacity.EMPLOYEE in held:
        return (Role.EMPLOYEE,)
    return tuple(role for capacity, role in _ROLES if capacity in held)


def is_delivered(appraisal: Appraisal) -> bool:
    """Whether the present result was handed over to the employee, or set by the superior in its place."""
    if appraisal.result is None or appraisal.stage_of_work in _BEFORE_DELIVERY:
        return False
    # A case may have been cancelled before its result was handed over.
    return (
        appraisal.stage is not Stage.CANCELLED or appraisal.received_on is not None or appraisal.countersigned
    )


@dataclass(frozen=True, slots=True)
class ContentSight:
    """A case that concerns the asker, what its scheme says of content, and as what he looks at it."""

    sight: cases.Sight
    rules: ContentRules | None
    roles: tuple[Role, ...]

    @property
    def own(self) -> bool:
        """Whether it is the asker's own case."""
        return self.roles == (Role.EMPLOYEE,)

    def sees(self, kind: Kind) -> bool:
        """Whether the asker may read content of this kind; several capacities add up."""
        appraisal = self.sight.appraisal
        delivered = is_delivered(appraisal)
        return any(
            table.sight_of(self.rules, role, kind, appraisal.stage, delivered=delivered) is Sight.VISIBLE
            for role in self.roles
        )


async def content_sight(
    connection: AsyncConnection, appraisal: uuid.UUID, identity: Identity
) -> ContentSight:
    """The case as the asker sees it. Raises `NotFound` where it is not open to him."""
    found = await cases.seen(connection, appraisal, identity)
    rules = await content_rules_of(connection, found.appraisal.rulebook)
    return ContentSight(found, rules, roles_of(found.capacities))
