"""What goes with messages beside their words: the appointments that they tell of."""

import uuid
from collections import defaultdict
from collections.abc import Mapping, Sequence

from sqlalchemy.ext.asyncio import AsyncEngine

from notifications.invitation import Invitation
from store.meeting.invited import Invited, invited
from store.meeting.standing import TOLD_BY
from store.message.due import DueMessage


async def attachments_of(
    database: AsyncEngine, messages: Sequence[DueMessage]
) -> Mapping[uuid.UUID, tuple[Invitation, ...]]:
    """The appointments by message, read at once for a whole batch; a message that tells of none is left out.

    The database is not asked where no message of the batch is about an appointment.
    """
    telling = [message.id for message in messages if _tells(message)]
    if not telling:
        return {}
    async with database.connect() as connection:
        rows = await invited(connection, telling)
    found: defaultdict[uuid.UUID, list[Invitation]] = defaultdict(list)
    for row in rows:
        found[row.message_id].append(_invitation(row))
    return {message: tuple(invitations) for message, invitations in found.items()}


def _tells(message: DueMessage) -> bool:
    return any(group.template in TOLD_BY for group in message.groups)


def _invitation(row: Invited) -> Invitation:
    return Invitation(
        appraisal_id=row.appraisal_id,
        revision=row.revision,
        number=row.number,
        starts_at=row.starts_at,
        ends_at=row.ends_at,
        place=row.place,
        set_at=row.set_at,
        cancelled=row.cancelled,
        zone=row.zone,
    )
