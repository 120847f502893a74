"""A message as it was sent, in the language of its reader."""

from service.messages.schemas import CarriedNotice, MessageCopyDetail
from service.notices.masked_address import masked_address, without_address
from service.notices.showing import attempts
from service.notices.wording import channel_name, kind_name, kind_of_notice, notice_state, reason_sentence
from service.wording import stage_name
from states.codec import Json
from store.attending.standing import BESIDE_THE_CASE, OF_TEMPLATE
from store.message.copies import MessageCopy
from translations import Locale


def shown_copy(copy: MessageCopy, locale: Locale, *, in_full: bool) -> MessageCopyDetail:
    """The message and how it was sent; the address is shown ``in_full`` or masked."""
    hidden = "" if in_full else copy.address
    return MessageCopyDetail(
        id=copy.id,
        recipient_id=copy.recipient_id,
        recipient=copy.recipient,
        channel=copy.channel,
        channel_name=channel_name(copy.channel, locale),
        digest=copy.digest,
        rehearsal=copy.rehearsal,
        state=copy.state,
        why=reason_sentence(copy.reason, locale),
        planned_for=copy.slot,
        address=copy.address if in_full else masked_address(copy.address),
        template=copy.template,
        template_version=copy.template_version,
        locale=copy.locale,
        subject=copy.subject,
        text=copy.body,
        provider=copy.provider,
        reference=copy.reference,
        answer=without_address(copy.answer, hidden),
        sent_at=copy.sent_at,
        delivered_at=copy.delivered_at,
        attempts=attempts(copy.said, locale, hidden=hidden),
        notices=copy.carried,
        carried=[_carried(each, locale) for each in copy.notices],
    )


def _carried(notice: Json, locale: Locale) -> CarriedNotice:
    kind = kind_of_notice(notice["template"], notice["stage"], notice["duty"])
    in_case = OF_TEMPLATE.get(notice["template"]) not in BESIDE_THE_CASE
    return CarriedNotice(
        id=notice["id"],
        appraisal_id=notice["appraisal_id"] if in_case else None,
        kind=kind,
        kind_name=kind_name(kind, locale),
        stage=notice["stage"] if in_case else None,
        stage_name=stage_name(notice["stage"], locale) if in_case else None,
        state=notice["state"],
        state_name=notice_state(notice["state"], locale),
        why=reason_sentence(notice["reason"], locale),
    )
