"""A case with its content rules, as one person sees it."""

import uuid
from dataclasses import dataclass

from sqlalchemy.ext.asyncio import AsyncConnection

from content.rules import ContentRules
from content.sight.roles import roles_of
from content.sight.rules import Kind, Role, Sight
from content.sight.table import sight_for
from service.accounts.tokens import Identity
from service.appraisals import sight as cases
from states.appraisal import Appraisal
from states.stages import Stage

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


def is_delivered(appraisal: Appraisal) -> bool:
    """Whether the present result was handed over to the employee, or set by the superior in its place."""
    if appraisal.result is None or appraisal.stage_of_work in _BEFORE_DELIVERY:
        return False
    # A case may have been cancelled before its result was handed over, or wait for the superior because it was not.
    if appraisal.stage_of_work in (Stage.CANCELLED, Stage.COUNTERSIGN):
        return appraisal.received_on is not None or appraisal.countersigned
    return True


@dataclass(frozen=True, slots=True)
class ContentSight:
    """A case that concerns the asker, what its scheme says of content, and as what he looks at it."""

    sight: cases.Sight
    roles: frozenset[Role]

    @property
    def rules(self) -> ContentRules | None:
        """What the scheme says of content."""
        return self.sight.content

    @property
    def own(self) -> bool:
        """Whether it is the asker's own case."""
        return self.roles == {Role.EMPLOYEE}

    def sees(self, kind: Kind) -> bool:
        """Whether the asker may read content of this kind; several capacities add up."""
        return self._found(kind) is Sight.VISIBLE

    def sees_whole(self, kind: Kind) -> bool:
        """Whether the asker may read at least what content of this kind comes to as a whole."""
        return self._found(kind) is not Sight.HIDDEN

    def _found(self, kind: Kind) -> Sight:
        appraisal = self.sight.appraisal
        return sight_for(
            self.rules, self.roles, kind, appraisal.stage_of_work, delivered=is_delivered(appraisal)
        )


async def content_sight(
    connection: AsyncConnection, appraisal: uuid.UUID, identity: Identity
) -> ContentSight:
    """The case as the asker sees it. Raises `NotFound` where it is not open to him."""
    found = await cases.seen(connection, appraisal, identity)
    return ContentSight(found, roles_of(found.capacities))
