import uuid

from fastapi import APIRouter
from starlette.responses import Response

from service import policy
from service.api.answers import answer, problems
from service.api.dependencies import Shared
from service.api.identity import Language, SignedIn
from service.api.messages.schemas import CarriedNotice, MessageCopyDetail
from service.notices.masked_address import masked_address, without_address
from service.notices.showing import attempts
from service.notices.wording import channel_name, kind_name, kind_of_notice, notice_state, reason_sentence
from service.problems import NotFound
from service.wording import stage_name
from states.codec import Json
from store.message.copies import message_copy
from store.person.repository import is_hr
from translations import Locale

router = APIRouter(tags=["notices"])


@router.get(
    "/messages/{message_id}",
    response_model=MessageCopyDetail,
    responses=problems(401, 404, 503),
    operation_id="getMessage",
)
async def message(message_id: uuid.UUID, identity: SignedIn, shared: Shared, locale: Language) -> Response:
    """A message as it was sent: the proof of what its recipient was told (personnel officers; everybody his own)."""
    async with shared.reading.connect() as connection:
        officer = await is_hr(connection, identity.person, identity.agency)
        copy = await message_copy(connection, message_id, identity.agency)
    if copy is None or not policy.may_see_notices(copy.recipient_id, asker=identity.person, officer=officer):
        raise NotFound
    hidden = "" if officer else copy.address
    return answer(
        MessageCopyDetail(
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
            address=copy.address if officer else masked_address(copy.address),
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
    )


def _carried(notice: Json, locale: Locale) -> CarriedNotice:
    kind = kind_of_notice(notice["template"], notice["stage"])
    return CarriedNotice(
        id=notice["id"],
        appraisal_id=notice["appraisal_id"],
        kind=kind,
        kind_name=kind_name(kind, locale),
        stage=notice["stage"],
        stage_name=stage_name(notice["stage"], locale),
        state=notice["state"],
        state_name=notice_state(notice["state"], locale),
        why=reason_sentence(notice["reason"], locale),
    )
