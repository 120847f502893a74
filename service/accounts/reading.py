"""The person who is signed in."""

from sqlalchemy.ext.asyncio import AsyncConnection

from service.accounts.schemas import Me
from service.accounts.showing import shown_me
from service.accounts.tokens import Identity
from service.appraisals.asker import asker_of
from service.problems import NotSignedIn
from store.appraisal.tasks import task_counts
from store.person.repository import myself
from translations import Locale


async def me_of(connection: AsyncConnection, identity: Identity, locale: Locale) -> Me:
    """The person behind a token. Raises `NotSignedIn` when that person is no longer known."""
    found = await myself(connection, identity.person, identity.agency)
    if found is None:
        raise NotSignedIn("invalid")
    return shown_me(found, await task_counts(connection, asker_of(identity)), locale)
