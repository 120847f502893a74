"""What `kinerja xray` has to tell, gathered from the store."""

import uuid

from sqlalchemy.ext.asyncio import AsyncConnection

from service.answer import Answer
from service.cli.speaking import LOCALE
from service.notices.coming import coming
from service.notices.schemas import ChannelCounts, ComingNotice, NoticeLine
from service.notices.showing import counted, shown, still_to_come
from service.receipts.schemas import ReceiptEvidence
from service.wording import evidence_name, stage_name
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
    """Of a case; None for a person, as the next one."""
    stage_name: str | None
    zone: str
    rehearsal: bool
    counts: list[ChannelCounts]
    items: list[NoticeLine]
    """The oldest first."""
    older: int
    """How many are left out for the limit."""
    receipt: list[ReceiptEvidence]
    coming: list[ComingNotice]


async def of_case(connection: AsyncConnection, appraisal: uuid.UUID, limit: int) -> Report | None:
    """All that a case was to tell; None if there is no such case."""
    heading = await case_heading(connection, appraisal)
    if heading is None:
        return None
    locale, wanted = LOCALE.get(), Filter()
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
        receipt=[
            ReceiptEvidence(
                revision=each.revision,
                level=each.level,
                level_name=evidence_name(each.level, locale),
                at=each.at,
                channel=each.channel or None,
                source=each.source,
            )
            for each in evidence
        ],
        coming=still_to_come(steps, locale),
    )


async def of_person(connection: AsyncConnection, person: FoundPerson, limit: int) -> Report:
    """All that a person was to be told."""
    locale, wanted = LOCALE.get(), Filter()
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
