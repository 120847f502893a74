"""Evidence, in the language of its reader."""

import uuid

from service.appraisals.openness import is_withdrawable
from service.evidence.files.kinds import shown_type
from service.evidence.schemas import EvidenceFile, EvidenceLine, EvidenceLink
from service.evidence.wording import reachability_name
from service.sight.seeing import ContentSight
from store.evidence.repository import Evidence
from translations import Locale


def shown_evidence(row: Evidence, seen: ContentSight, reader: uuid.UUID, locale: Locale) -> EvidenceLine:
    """One piece of evidence; of what was withdrawn only who, when and what for."""
    withdrawn = row.withdrawn_at is not None
    return EvidenceLine(
        id=row.id,
        item=row.item,
        title=None if withdrawn else row.title,
        author_id=row.author_id,
        author=row.author,
        added_at=row.added_at,
        withdrawn_at=row.withdrawn_at,
        file=None if withdrawn else _file(row),
        link=None if withdrawn else _link(row, locale),
        may_withdraw=not withdrawn
        and row.author_id == reader
        and is_withdrawable(seen.sight.appraisal, own=seen.own),
    )


def _file(row: Evidence) -> EvidenceFile | None:
    if row.digest is None or row.media_type is None or row.size is None:
        return None
    return EvidenceFile(
        name=row.file_name,
        media_type=shown_type(row.media_type, row.file_name),
        size=row.size,
        digest=row.digest,
    )


def _link(row: Evidence, locale: Locale) -> EvidenceLink | None:
    if row.address is None or row.reached is None:
        return None
    return EvidenceLink(
        address=row.address,
        state=row.reached,
        state_name=reachability_name(row.reached, locale),
        tried_at=row.reached_at,
    )
