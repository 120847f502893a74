import datetime as dt
import uuid
from collections import Counter
from collections.abc import Sequence
from typing import Annotated

from fastapi import APIRouter, Query, Request
from starlette.responses import Response

from notifications.content import Content
from notifications.kinds import Kind
from notifications.rendering import sentence
from service.addresses import PREFIX
from service.api.answers import answer, problems
from service.api.body import documented, read_body
from service.api.dependencies import Shared
from service.api.identity import Language, SignedIn
from service.api.inbox.schemas import InboxLine, InboxPage, SeenAnswer, SeenNotices, Unseen, UnseenOfKind
from service.api.paging import DEFAULT_LIMIT, Cursor, Limit, aware_moment, cut, decode
from service.notices.inbox import note_inbox_seen
from service.notices.wording import kind_name, kind_of_notice
from service.problems import FieldError, Invalid
from service.wording import stage_name
from states.stages import Stage
from store.inbox.reading import InboxNotice, UnseenCount, inbox, unseen_counts
from store.inbox.seeing import Seen
from translations import Locale
from translations import mark as _

router = APIRouter(tags=["inbox"])

_ASKING = frozenset({"task_opened", "reminder", "escalation", "result_ready", "nudge"})
"""Templates that ask somebody to do something; the others tell what has happened."""

_EITHER = _("Name either the notices, or all with until.")
_UNTIL = _("Say until which moment, with its zone: what came after it was not seen.")


@router.get(
    "/inbox", response_model=InboxPage, responses=problems(400, 401, 422, 503), operation_id="listInbox"
)
async def listed(
    identity: SignedIn,
    shared: Shared,
    locale: Language,
    unseen: Annotated[bool, Query(description="Only what I have not seen.")] = False,
    cursor: Cursor = None,
    limit: Limit = DEFAULT_LIMIT,
) -> Response:
    """What I was told, the newest first, and how much of it I have not seen. Reading it marks nothing."""
    after: tuple[dt.datetime, uuid.UUID] | None = None
    if cursor is not None:
        moment, last = decode(cursor, aware_moment, uuid.UUID)
        after = moment, last
    async with shared.reading.connect() as connection:
        rows = await inbox(connection, identity.person, unseen=unseen, after=after, limit=limit + 1)
        counts = await unseen_counts(connection, identity.person)
    page, following = cut(rows, limit, lambda row: (row.created_at.isoformat(), row.id))
    items = [_line(row, locale) for row in page]
    return answer(InboxPage(items=items, next=following, unseen=_unseen(counts, locale)))


@router.get("/inbox/unseen", response_model=Unseen, responses=problems(401, 503), operation_id="countUnseen")
async def counted(identity: SignedIn, shared: Shared, locale: Language) -> Response:
    """How many notices I have not seen, by kind."""
    async with shared.reading.connect() as connection:
        return answer(_unseen(await unseen_counts(connection, identity.person), locale))


@router.post(
    "/inbox/seen",
    response_model=SeenAnswer,
    responses=problems(400, 401, 409, 413, 415, 422, 503),
    openapi_extra=documented(SeenNotices),
    operation_id="markSeen",
)
async def seen(request: Request, identity: SignedIn, shared: Shared, locale: Language) -> Response:
    """Notes what I have seen; the first time counts, so to repeat it changes nothing.

    That the own result can be read counts as its receipt, as `POST /api/v1/appraisals/{appraisal_id}/seen` does.
    """
    wanted = _wanted(await read_body(request, SeenNotices), identity.person)
    marked = await note_inbox_seen(shared.database, shared.acting, identity, wanted)
    async with shared.reading.connect() as connection:
        counts = await unseen_counts(connection, identity.person)
    return answer(SeenAnswer(marked=marked, unseen=_unseen(counts, locale)))


def _wanted(body: SeenNotices, person: uuid.UUID) -> Seen:
    if body.notices is not None:
        if body.all is not None or body.until is not None:
            raise Invalid(errors=[FieldError("/notices", _EITHER)])
        return Seen(person, notices=body.notices)
    if body.all is None:
        raise Invalid(errors=[FieldError("/notices", _EITHER)])
    if body.until is None or body.until.tzinfo is None:
        raise Invalid(errors=[FieldError("/until", _UNTIL)])
    try:
        return Seen(person, until=body.until.astimezone(dt.UTC))
    except OverflowError:
        # A day at the very end of what a calendar knows, in a zone beyond it.
        raise Invalid(errors=[FieldError("/until", _UNTIL)]) from None


def _unseen(counts: Sequence[UnseenCount], locale: Locale) -> Unseen:
    kinds: Counter[Kind] = Counter()
    for count in counts:
        kinds[kind_of_notice(count.template, count.stage)] += count.count
    return Unseen(
        total=kinds.total(),
        kinds=[
            UnseenOfKind(kind=kind, kind_name=kind_name(kind, locale), count=kinds[kind])
            for kind in Kind
            if kinds[kind]
        ],
    )


def _line(row: InboxNotice, locale: Locale) -> InboxLine:
    kind = kind_of_notice(row.template, row.stage)
    return InboxLine(
        id=row.id,
        kind=kind,
        kind_name=kind_name(kind, locale),
        sentence=_sentence(row, locale),
        stage=row.stage,
        stage_name=stage_name(row.stage, locale),
        due_on=row.due_on,
        open=row.lasts if row.template in _ASKING else None,
        appraisal_id=row.appraisal_id,
        appraisal=f"{PREFIX}/appraisals/{row.appraisal_id}",
        employee_id=row.employee_id,
        employee=row.employee,
        cycle=row.cycle,
        nudged_by=row.nudger,
        at=row.at,
        created_at=row.created_at,
        seen_at=row.seen_at,
    )


def _sentence(row: InboxNotice, locale: Locale) -> str:
    return sentence(
        Content(
            recipient_name="",
            locale=locale,
            rehearsal=row.rehearsal,
            template=row.template,
            stage=Stage(row.stage),
            due_on=row.due_on,
            nudger=row.nudger,
        )
    )
