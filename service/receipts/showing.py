"""The receipt of a result, in words."""

import uuid
from collections.abc import Sequence

from sqlalchemy.ext.asyncio import AsyncConnection

from service.appraisals.sight import Sight
from service.receipts.schemas import Receipt, ReceiptEvidence
from service.wording import evidence_name
from states.receipt_evidence import level_of
from states.receipt_record import Known, strongest
from states.stages import Stage
from store.receipt.reading import EvidenceShown, evidence_of_receipt
from translations import Locale

_BEFORE_ANY_RESULT = frozenset(
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
    }
)


async def receipt_of(
    connection: AsyncConnection, appraisal: uuid.UUID, sight: Sight, locale: Locale
) -> Receipt | None:
    """The receipt of the result with its evidence; None if no result was ever delivered."""
    if sight.appraisal.stage in _BEFORE_ANY_RESULT:
        return None
    history = await evidence_of_receipt(connection, appraisal)
    if not history and sight.appraisal.received_on is None and sight.appraisal.stage is not Stage.RESPONSE:
        return None
    return _receipt(sight, history, locale)


def _receipt(sight: Sight, history: Sequence[EvidenceShown], locale: Locale) -> Receipt:
    appraisal = sight.appraisal
    level, on = strongest(appraisal, _known(sight, history))
    return Receipt(
        evidence=level,
        evidence_name=None if level is None else evidence_name(level, locale),
        on=on,
        deadline_runs_from=appraisal.received_on,
        acknowledged=appraisal.acknowledged,
        starts_with=sight.rules.book.receipt.starts_with,
        deemed_on=appraisal.deemed_on if appraisal.received_on is None else None,
        history=[shown_evidence(each, locale) for each in history],
    )


def shown_evidence(evidence: EvidenceShown, locale: Locale) -> ReceiptEvidence:
    """One piece of evidence."""
    return ReceiptEvidence(
        revision=evidence.revision,
        level=evidence.level,
        level_name=evidence_name(evidence.level, locale),
        at=evidence.at,
        channel=evidence.channel or None,
        source=evidence.source,
    )


def _known(sight: Sight, history: Sequence[EvidenceShown]) -> list[Known]:
    """The known evidence for the present result, in the order of time."""
    return [
        Known(level_of(each.level), sight.rules.calendar.local_date(each.at))
        for each in history
        if each.revision == sight.appraisal.revision
    ]
