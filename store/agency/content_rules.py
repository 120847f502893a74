"""Reads what a stored version of a scheme says of content. A version never changes, so it is read once a process."""

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlmodel import col

from content.rules import ContentRules
from store.agency.table import SchemeVersion

_KNOWN: dict[tuple[str | None, str], ContentRules | None] = {}
"""By database, since a process may serve several, and key."""


async def content_rules_of(connection: AsyncConnection, key: str) -> ContentRules | None:
    """The content rules of the version with this key; None where it has none, and words are taken as they come."""
    place = (connection.engine.url.database, key)
    if place in _KNOWN:
        return _KNOWN[place]
    query = select(col(SchemeVersion.content_rules)).where(col(SchemeVersion.key) == key)
    stored = (await connection.execute(query)).one_or_none()
    if stored is None:
        # It may be stored any moment: what is not there yet is asked for again.
        return None
    rules = None if stored[0] is None else ContentRules.model_validate(stored[0])
    _KNOWN[place] = rules
    return rules
