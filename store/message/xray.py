"""Reads the notices about a case or to a person: what became of each and what the provider said.

Each takes one statement. The page is cut first, by the index of the case or of the recipient; everything else about
the notices is looked up for that page alone.
"""

import datetime as dt
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Boolean, Date, DateTime, Integer, Text, Uuid, bindparam, text
from sqlalchemy.ext.asyncio import AsyncConnection

from states.codec import Json
from store.attending.standing import CONFIDENTIAL
from store.message.channels import ChannelName
from store.message.notice import NoticeState
from store.rows import all_rows

_ZONE = "(SELECT zone FROM agency WHERE id = :agency)"
_OF = """appraisal_id IN (SELECT appraisal.id FROM appraisal JOIN cycle ON cycle.id = appraisal.cycle_id
        WHERE appraisal.id = :appraisal AND cycle.agency_id = :agency)"""
_TO = "recipient_id IN (SELECT id FROM person WHERE id = :recipient AND agency_id = :agency)"
_WANTED = f"""(:channel IS NULL OR channel = :channel) AND (:state IS NULL OR state = :state)
        AND (:since IS NULL OR created_at >= CAST(:since AS timestamp) AT TIME ZONE {_ZONE})
        AND (:until IS NULL OR created_at < (CAST(:until AS timestamp) + interval '1 day') AT TIME ZONE {_ZONE})
        AND (:confidential OR NOT ({CONFIDENTIAL}))"""
_FILTERS = (
    bindparam("agency", type_=Uuid()),
    bindparam("recipient", type_=Uuid()),
    bindparam("channel", type_=Text()),
    bindparam("state", type_=Text()),
    bindparam("since", type_=Date()),
    bindparam("until", type_=Date()),
    bindparam("confidential", type_=Boolean()),
)

_SHOWN = """
    SELECT page.id, page.appraisal_id, employee.id AS employee_id, employee.name AS employee, cycle.name AS cycle,
        cycle.rehearsal, page.stage, page.rule, page.duty, page.template, page.due_on, recipient.id AS recipient_id,
        recipient.name AS recipient, page.channel, page.state, page.reason, page.business_at, page.created_at,
        page.seen_at, sender.name AS nudger, page.message_id, message.digest, message.state AS message_state,
        message.reason AS message_reason, message.slot, message.next_attempt_at, message.attempts, message.address,
        message.template AS sent_as, message.template_version, message.provider,
        message.provider_reference AS reference, message.provider_answer AS answer, message.sent_at,
        message.delivered_at,
        CASE WHEN page.message_id IS NULL THEN 0
            ELSE (SELECT count(*) FROM notice AS held WHERE held.message_id = page.message_id) END AS carried,
        ARRAY(
            SELECT jsonb_build_object('number', number, 'at', at, 'provider', attempt.provider,
                'outcome', outcome, 'answer', answer)
            FROM message_attempt AS attempt WHERE attempt.message_id = page.message_id ORDER BY number) AS said,
        pause.paused_at, pause.reason AS pause_reason
    FROM page
    JOIN appraisal ON appraisal.id = page.appraisal_id
    JOIN cycle ON cycle.id = appraisal.cycle_id
    JOIN person AS employee ON employee.id = appraisal.employee_id
    JOIN person AS recipient ON recipient.id = page.recipient_id
    LEFT JOIN person AS sender ON sender.id = page.sender_id
    LEFT JOIN message ON message.id = page.message_id
    LEFT JOIN channel_pause AS pause ON pause.channel = page.channel AND pause.resumed_at IS NULL
        AND page.state IN ('created', 'held', 'digesting', 'temporary_failure')
    ORDER BY page.created_at DESC, page.id DESC
"""


def _page(whose: str) -> Any:
    return text(f"""
    WITH page AS MATERIALIZED (
        SELECT * FROM notice
        WHERE {whose} AND {_WANTED} AND (:after_id IS NULL OR (created_at, id) < (:after_at, :after_id))
        ORDER BY created_at DESC, id DESC LIMIT :limit
    )
    {_SHOWN}
    """).bindparams(  # noqa: S608  # only constants are put in
        *_FILTERS,
        bindparam("after_at", type_=DateTime(timezone=True)),
        bindparam("after_id", type_=Uuid()),
        bindparam("limit", type_=Integer()),
    )


def _count(whose: str) -> Any:
    return text(
        f"SELECT channel, state, count(*) FROM notice WHERE {whose} AND {_WANTED} GROUP BY channel, state"  # noqa: S608  # only constants are put in
    ).bindparams(*_FILTERS)


_OF_CASE = f"{_OF} AND (:recipient IS NULL OR recipient_id = :recipient)"
_appraisal = bindparam("appraisal", type_=Uuid())
_CASE_PAGE, _CASE_COUNTS = _page(_OF_CASE).bindparams(_appraisal), _count(_OF_CASE).bindparams(_appraisal)
_PERSON_PAGE, _PERSON_COUNTS = _page(_TO), _count(_TO)


@dataclass(frozen=True, slots=True)
class Filter:
    """Which notices are wanted; None does not filter."""

    channel: ChannelName | None = None
    state: NoticeState | None = None
    since: dt.date | None = None
    """First day on which it was written, in the agency's zone."""
    until: dt.date | None = None
    """Last such day."""
    confidential: bool = False
    """Whether also those from which others could read who has answered a survey: for their recipient alone."""


@dataclass(frozen=True, slots=True)
class ExplainedNotice:
    """One notice through one channel, with the message that it left with, or is to leave with."""

    id: uuid.UUID
    appraisal_id: uuid.UUID
    employee_id: uuid.UUID
    employee: str
    cycle: str
    rehearsal: bool
    stage: str
    rule: str
    duty: str
    """What is owed beside the stage, a value of `DutyKind`; empty if it is about the stage."""
    template: str
    due_on: dt.date | None
    recipient_id: uuid.UUID
    recipient: str
    channel: str
    state: str
    reason: str
    business_at: dt.datetime
    created_at: dt.datetime
    seen_at: dt.datetime | None
    """Business moment."""
    nudger: str | None
    message_id: uuid.UUID | None
    """None in the inbox, before it is planned, and if it is not sent at all; so are the next fourteen fields."""
    digest: bool | None
    message_state: str | None
    message_reason: str | None
    slot: dt.datetime | None
    """Business moment from which the message may leave."""
    next_attempt_at: dt.datetime | None
    """Real moment of the next attempt, while one is still planned."""
    attempts: int | None
    address: str | None
    sent_as: str | None
    """The template of the message; empty before the first attempt."""
    template_version: int | None
    provider: str | None
    reference: str | None
    answer: str | None
    sent_at: dt.datetime | None
    delivered_at: dt.datetime | None
    carried: int
    """How many notices leave with the message; 0 without one."""
    said: Sequence[Json]
    """Each attempt and later word: ``number``, ``at``, ``provider``, ``outcome``, ``answer``."""
    paused_at: dt.datetime | None
    """Since when its channel is paused, if the notice waits for that."""
    pause_reason: str | None


@dataclass(frozen=True, slots=True)
class Count:
    """How many notices of one channel are in one state."""

    channel: str
    state: str
    count: int


After = tuple[dt.datetime, uuid.UUID]
"""When the last notice of the page before was written, and its id."""


async def of_case(
    connection: AsyncConnection,
    appraisal: uuid.UUID,
    agency: uuid.UUID,
    wanted: Filter,
    *,
    recipient: uuid.UUID | None,
    after: After | None,
    limit: int,
) -> list[ExplainedNotice]:
    """The notices about a case to ``recipient`` or, if that is None, to everybody; the newest first."""
    parameters = {"appraisal": appraisal, **_chosen(agency, wanted, recipient), **_cut(after, limit)}
    return all_rows(ExplainedNotice, await connection.execute(_CASE_PAGE, parameters))


async def of_person(
    connection: AsyncConnection,
    recipient: uuid.UUID,
    agency: uuid.UUID,
    wanted: Filter,
    *,
    after: After | None,
    limit: int,
) -> list[ExplainedNotice]:
    """The notices to a person about all cases; the newest first."""
    parameters = {**_chosen(agency, wanted, recipient), **_cut(after, limit)}
    return all_rows(ExplainedNotice, await connection.execute(_PERSON_PAGE, parameters))


async def counts_of_case(
    connection: AsyncConnection,
    appraisal: uuid.UUID,
    agency: uuid.UUID,
    wanted: Filter,
    *,
    recipient: uuid.UUID | None,
) -> list[Count]:
    """How many of the notices of `of_case` there are, by channel and state."""
    parameters = {"appraisal": appraisal, **_chosen(agency, wanted, recipient)}
    return all_rows(Count, await connection.execute(_CASE_COUNTS, parameters))


async def counts_of_person(
    connection: AsyncConnection, recipient: uuid.UUID, agency: uuid.UUID, wanted: Filter
) -> list[Count]:
    """How many of the notices of `of_person` there are, by channel and state."""
    parameters = _chosen(agency, wanted, recipient)
    return all_rows(Count, await connection.execute(_PERSON_COUNTS, parameters))


def _chosen(agency: uuid.UUID, wanted: Filter, recipient: uuid.UUID | None) -> dict[str, object]:
    return {
        "agency": agency,
        "recipient": recipient,
        "channel": wanted.channel,
        "state": wanted.state,
        "since": wanted.since,
        "until": wanted.until,
        "confidential": wanted.confidential,
    }


def _cut(after: After | None, limit: int) -> dict[str, object]:
    return {
        "after_at": after[0] if after else None,
        "after_id": after[1] if after else None,
        "limit": limit,
    }
