"""Notices in words, as far as the asker may see them."""

from collections.abc import Iterable, Sequence
from typing import Any

from service.addresses import PREFIX
from service.notices.coming import Coming
from service.notices.masked_address import masked_address, without_address
from service.notices.schemas import (
    AttemptLine,
    ChannelCounts,
    ComingNotice,
    MessageLine,
    NoticeLine,
    Waiting,
)
from service.notices.wording import (
    attempt_outcome,
    channel_name,
    kind_name,
    kind_of_notice,
    notice_state,
    reason_sentence,
    rung_name,
)
from service.wording import capacity_name, provisional_in_words, stage_name
from store.attending.standing import BESIDE_THE_CASE, OF_TEMPLATE
from store.message.channels import ChannelName
from store.message.notice import NoticeState
from store.message.xray import Count, ExplainedNotice
from translations import Locale

SENT = frozenset({NoticeState.SENT, NoticeState.DELIVERED, NoticeState.SEEN})
WAITING = frozenset(
    {
        NoticeState.CREATED,
        NoticeState.HELD,
        NoticeState.DIGESTING,
        NoticeState.SENDING,
        NoticeState.TEMPORARY_FAILURE,
    }
)


def counted(counts: Sequence[Count], locale: Locale) -> list[ChannelCounts]:
    """The counts of each channel that has any, in the order of channels."""
    return [
        _channel(channel, {each.state: each.count for each in counts if each.channel == channel}, locale)
        for channel in ChannelName
        if any(each.channel == channel for each in counts)
    ]


def _channel(channel: ChannelName, states: dict[str, int], locale: Locale) -> ChannelCounts:
    def together(wanted: Iterable[NoticeState]) -> int:
        return sum(states.get(state, 0) for state in wanted)

    return ChannelCounts(
        channel=channel,
        channel_name=channel_name(channel, locale),
        sent=together(SENT),
        seen=states.get(NoticeState.SEEN, 0),
        waiting=together(WAITING),
        failed=states.get(NoticeState.PERMANENT_FAILURE, 0),
        cancelled=states.get(NoticeState.CANCELLED, 0),
        suppressed=states.get(NoticeState.SUPPRESSED, 0),
    )


def shown(row: ExplainedNotice, locale: Locale, *, in_full: bool) -> NoticeLine:
    """One notice; its address is shown ``in_full`` or masked."""
    kind = kind_of_notice(row.template, row.stage, row.duty)
    reason = row.reason or row.message_reason or ""
    in_case = OF_TEMPLATE.get(row.template) not in BESIDE_THE_CASE
    return NoticeLine(
        id=row.id,
        appraisal_id=row.appraisal_id if in_case else None,
        employee_id=row.employee_id,
        employee=row.employee,
        cycle=row.cycle,
        rehearsal=row.rehearsal,
        kind=kind,
        kind_name=kind_name(kind, locale),
        template=row.template,
        stage=row.stage if in_case else None,
        stage_name=stage_name(row.stage, locale) if in_case else None,
        rule=row.rule,
        due_on=row.due_on,
        recipient_id=row.recipient_id,
        recipient=row.recipient,
        nudged_by=row.nudger,
        channel=row.channel,
        channel_name=channel_name(row.channel, locale),
        state=row.state,
        state_name=notice_state(row.state, locale),
        reason=reason or None,
        why=reason_sentence(reason, locale),
        written_at=row.business_at,
        recorded_at=row.created_at,
        seen_at=row.seen_at,
        waiting=_waiting(row),
        message=_message(row, locale, in_full=in_full),
    )


def _waiting(row: ExplainedNotice) -> Waiting | None:
    if row.state not in WAITING or row.state == NoticeState.SENDING:
        return None
    return Waiting(
        until=row.next_attempt_at,
        planned_for=row.slot,
        channel_paused_since=row.paused_at,
        pause_reason=row.pause_reason,
    )


def _message(row: ExplainedNotice, locale: Locale, *, in_full: bool) -> MessageLine | None:
    if row.message_id is None:
        return None
    address = row.address or ""
    hidden = "" if in_full else address
    return MessageLine.model_validate(
        {
            "id": row.message_id,
            "copy_at": f"{PREFIX}/messages/{row.message_id}",
            "digest": row.digest,
            "notices": row.carried,
            "state": row.message_state,
            "planned_for": row.slot,
            "attempts": attempts(row.said, locale, hidden=hidden),
            "address": address if in_full else masked_address(address),
            "template": row.sent_as,
            "template_version": row.template_version,
            "provider": row.provider,
            "reference": row.reference,
            "answer": without_address(row.answer or "", hidden),
            "sent_at": row.sent_at,
            "delivered_at": row.delivered_at,
        }
    )


def attempts(said: Sequence[dict[str, Any]], locale: Locale, *, hidden: str) -> list[AttemptLine]:
    """Each attempt and each later report, in order. The ``hidden`` address is masked in the providers' answers."""
    return [
        AttemptLine(
            **{**each, "answer": without_address(each["answer"], hidden)},
            outcome_name=attempt_outcome(each["outcome"], locale),
        )
        for each in said
    ]


def still_to_come(steps: Sequence[Coming], locale: Locale) -> list[ComingNotice]:
    """The notices that will come without anybody acting."""
    return [
        ComingNotice(
            at=step.at,
            kind=step.kind,
            kind_name=rung_name(step.kind, locale),
            rule=step.name,
            due_on=step.due_on,
            provisional=bool(step.provisional),
            provisional_in_words=provisional_in_words(step.provisional, locale),
            audience=list(step.audience),
            audience_names=[capacity_name(capacity, locale) for capacity in step.audience],
        )
        for step in steps
    ]
