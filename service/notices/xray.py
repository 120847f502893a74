"""The X-ray of a case or a person: the notices, what became of them, and which are still to come."""

import uuid

from sqlalchemy.ext.asyncio import AsyncConnection

from service.answer import Answer
from service.notices.coming import coming
from service.notices.schemas import ChannelCounts, ComingNotice, NoticeLine
from service.notices.showing import counted, shown, still_to_come
from service.receipts.schemas import ReceiptEvidence
from service.receipts.showing import shown_evidence
from service.wording import stage_name
from states.codec import load_appraisal
from store.agency.rule_contexts import rule_context_on
from store.message import xray
from store.message.scope import case_heading, zone_of
from store.message.xray import Filter
from store.person.roles import FoundPerson
from store.receipt.reading import evidence_of_receipt
from translations import Locale


class Report(Answer):
    """An X-ray of a case or a person; addresses are masked."""

    of: str
    """The employee of the case, or the person."""
    cycle: str | None
    """The cycle of the case; this field and the next are None for a person."""
    stage_name: str | None
    zone: str
    rehearsal: bool
    counts: list[ChannelCounts]
    items: list[NoticeLine]
    """The notices, the oldest first."""
    older: int
    """The number of older notices that the limit leaves out."""
    receipt: list[ReceiptEvidence]
    coming: list[ComingNotice]


async def of_case(
    connection: AsyncConnection, appraisal: uuid.UUID, limit: int, locale: Locale
) -> Report | None:
    """All notices of a case; None if there is no such case."""
    heading = await case_heading(connection, appraisal)
    if heading is None:
        return None
    wanted = Filter()
    rows = await xray.of_case(
        connection, appraisal, heading.agency, wanted, recipient=None, after=None, limit=limit
    )
    counts = await xray.counts_of_case(connection, appraisal, heading.agency, wanted, recipient=None)
    snapshot = load_appraisal(heading.snapshot)
    steps = coming(snapshot, await rule_context_on(connection, snapshot))
    evidence = await evidence_of_receipt(connection, appraisal)
    return Report(
        of=heading.employee,
        cycle=heading.cycle,
        stage_name=stage_name(heading.stage, locale),
        zone=heading.zone,
        rehearsal=heading.rehearsal,
        counts=counted(counts, locale),
        items=_oldest_first(rows, locale),
        older=sum(each.count for each in counts) - len(rows),
        receipt=[shown_evidence(each, locale) for each in evidence],
        coming=still_to_come(steps, locale),
    )


async def of_person(connection: AsyncConnection, person: FoundPerson, limit: int, locale: Locale) -> Report:
    """All notices to a person."""
    wanted = Filter()
    rows = await xray.of_person(connection, person.id, person.agency_id, wanted, after=None, limit=limit)
    counts = await xray.counts_of_person(connection, person.id, person.agency_id, wanted)
    return Report(
        of=person.name,
        cycle=None,
        stage_name=None,
        zone=await zone_of(connection, person.id),
        rehearsal=any(row.rehearsal for row in rows),
        counts=counted(counts, locale),
        items=_oldest_first(rows, locale),
        older=sum(each.count for each in counts) - len(rows),
        receipt=[],
        coming=[],
    )


def _oldest_first(rows: list[xray.ExplainedNotice], locale: Locale) -> list[NoticeLine]:
    return [shown(row, locale, in_full=False) for row in reversed(rows)]
