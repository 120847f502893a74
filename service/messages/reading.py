"""Copies of messages, for personnel officers and for the recipient."""

import uuid
from dataclasses import replace

from sqlalchemy.ext.asyncio import AsyncConnection

from service import policy
from service.accounts.checking import is_officer
from service.accounts.tokens import Identity
from service.messages.schemas import MessageCopyDetail
from service.messages.showing import shown_copy
from service.problems import NotFound
from store.attending.kinds import AttendedKind
from store.attending.standing import OF_TEMPLATE
from store.message.copies import message_copy
from translations import Locale


async def copy_of(
    connection: AsyncConnection, message: uuid.UUID, identity: Identity, locale: Locale
) -> MessageCopyDetail:
    """A message as it was sent. Raises `NotFound` if the asker may not see it."""
    officer = await is_officer(connection, identity)
    copy = await message_copy(connection, message, identity.agency)
    if copy is None or not policy.may_see_notices(copy.recipient_id, asker=identity.person, officer=officer):
        raise NotFound
    if copy.recipient_id != identity.person:
        open_ones = [
            each for each in copy.notices if OF_TEMPLATE.get(each["template"]) is not AttendedKind.SURVEY
        ]
        if (
            copy.notices and not open_ones
        ):  # Whoever is reminded has not answered: that is nobody else's business.
            raise NotFound
        copy = replace(copy, notices=open_ones)
    return shown_copy(copy, locale, in_full=officer)
