"""Reads and writes the choices of people that replace defaults in the matrix kind × channel."""

import uuid
from collections.abc import Mapping

from sqlalchemy import ARRAY, Boolean, String, bindparam, select, text
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlmodel import col

from store.message.channels import ChannelName
from store.preference.table import PreferenceRow

Choices = Mapping[tuple[str, ChannelName], bool]
"""Whether somebody wants a kind of notice through a channel, by kind and channel."""

_CHOSEN = select(col(PreferenceRow.kind), col(PreferenceRow.channel), col(PreferenceRow.wanted)).where(
    col(PreferenceRow.person_id) == bindparam("person")
)
_CHOOSE = text("""
INSERT INTO preference (person_id, kind, channel, wanted, changed_at)
SELECT person.id, chosen.kind, chosen.channel, chosen.wanted, now()
FROM person, unnest(:kinds, :channels, :wanted) AS chosen (kind, channel, wanted)
WHERE person.id = :person
ORDER BY chosen.kind, chosen.channel
ON CONFLICT (person_id, kind, channel) DO UPDATE
SET wanted = EXCLUDED.wanted, changed_at = EXCLUDED.changed_at
WHERE preference.wanted <> EXCLUDED.wanted
""").bindparams(
    bindparam("kinds", type_=ARRAY(String())),
    bindparam("channels", type_=ARRAY(String())),
    bindparam("wanted", type_=ARRAY(Boolean())),
)


async def chosen_by(connection: AsyncConnection, person: uuid.UUID) -> Choices:
    """The choices of the person; where one is missing, the default holds."""
    rows = await connection.execute(_CHOSEN, {"person": person})
    return {(row.kind, ChannelName(row.channel)): row.wanted for row in rows}


async def choose(connection: AsyncConnection, person: uuid.UUID, choices: Choices) -> int:
    """Writes choices in one statement and returns how many of them were new; the others stay as they are."""
    result = await connection.execute(
        _CHOOSE,
        {
            "person": person,
            "kinds": [kind for kind, _ in choices],
            "channels": [channel.value for _, channel in choices],
            "wanted": list(choices.values()),
        },
    )
    return result.rowcount
