"""What was noted in the year and handed in as evidence, item by item, as far as the asker may see it."""

import uuid
from collections.abc import Sequence

from sqlalchemy.ext.asyncio import AsyncConnection

from content.sight.rules import Kind
from service.accounts.tokens import Identity
from service.entries.reading import reader_of
from service.entries.showing import shown_entry
from service.evidence.showing import shown_evidence
from service.forms.schemas import AtHand
from service.sight.seeing import ContentSight
from store.entry.repository import entries
from store.evidence.repository import Evidence, evidence_of
from translations import Locale

MOST = 200
"""Of either, the newest; whoever wants more pages through the lists of notes and of evidence."""


async def evidence_at_hand(
    connection: AsyncConnection, appraisal: uuid.UUID, seen: ContentSight
) -> list[Evidence]:
    """The evidence that was not withdrawn, the newest first; nothing where the asker may see none."""
    if not seen.sees(Kind.EVIDENCE):
        return []
    found = await evidence_of(connection, appraisal, item=None, after=None, limit=MOST)
    return [piece for piece in found if piece.withdrawn_at is None]


async def at_hand(
    connection: AsyncConnection,
    appraisal: uuid.UUID,
    seen: ContentSight,
    identity: Identity,
    evidence: Sequence[Evidence],
    locale: Locale,
) -> list[AtHand]:
    """Everything of the year by what it is about; first what is about the work as a whole."""
    found = await entries(
        connection,
        appraisal,
        reader_of(seen, identity),
        kind=None,
        item=None,
        after=None,
        limit=MOST,
    )
    notes = [
        shown_entry(entry, seen, identity.person, locale) for entry in found if entry.withdrawn_at is None
    ]
    pieces = [shown_evidence(piece, seen, identity.person, locale) for piece in evidence]
    return [
        AtHand(
            item=item,
            notes=[note for note in notes if note.item == item],
            evidence=[piece for piece in pieces if piece.item == item],
        )
        for item in sorted({*(note.item for note in notes), *(piece.item for piece in pieces)})
    ]
