import uuid
from typing import Annotated

from fastapi import APIRouter, Path
from starlette.responses import Response

from service import policy
from service.api.answers import answer, problems
from service.api.dependencies import Shared
from service.api.identity import Language, SignedIn
from service.api.paging import DEFAULT_LIMIT, Cursor, Limit, cut, decode, position
from service.api.timeline.schemas import DocumentDetail, TimelineEntry, TimelinePage
from service.appraisals.sight import Sight, seen
from service.problems import NotFound
from service.wording import capacity_name, event_name, evidence_name
from store.appraisal.timeline import Happening, timeline
from store.document import repository as documents
from translations import Locale

router = APIRouter(tags=["timeline"])


@router.get(
    "/appraisals/{appraisal_id}/timeline",
    response_model=TimelinePage,
    responses=problems(400, 401, 404, 422, 503),
    operation_id="getTimeline",
)
async def happenings(
    appraisal_id: uuid.UUID,
    identity: SignedIn,
    shared: Shared,
    locale: Language,
    cursor: Cursor = None,
    limit: Limit = DEFAULT_LIMIT,
) -> Response:
    """What happened to an appraisal, the newest first, with the texts that I may read."""
    before = None if cursor is None else decode(cursor, position)[0]
    async with shared.reading.connect() as connection:
        sight = await seen(connection, appraisal_id, identity)
        rows = await timeline(connection, appraisal_id, before=before, limit=limit + 1)
    page, following = cut(rows, limit, lambda row: (row.sequence,))
    entries = [_entry(row, sight, identity.person, locale) for row in page]
    return answer(TimelinePage(items=entries, next=following))


@router.get(
    "/appraisals/{appraisal_id}/documents/{digest}",
    response_model=DocumentDetail,
    responses=problems(401, 404, 503),
    operation_id="getDocument",
)
async def document(
    appraisal_id: uuid.UUID,
    digest: Annotated[str, Path(pattern=r"^[0-9a-f]{64}$")],
    identity: SignedIn,
    shared: Shared,
) -> Response:
    """One text of an appraisal, if I may read it."""
    async with shared.reading.connect() as connection:
        sight = await seen(connection, appraisal_id, identity)
        found = await documents.read(connection, appraisal_id, digest)
    if found is None or not policy.may_read(
        found.kind,
        found.author,
        delivered=found.delivered,
        capacities=sight.capacities,
        person=identity.person,
    ):
        raise NotFound
    return answer(
        DocumentDetail(
            digest=found.digest,
            kind=found.kind,
            author_id=found.author,
            author=found.author_name,
            created_at=found.created_at,
            text=found.content.get("text"),
            content=found.content.get("content"),
        )
    )


def _entry(row: Happening, sight: Sight, person: uuid.UUID, locale: Locale) -> TimelineEntry:
    body = row.body
    trigger: str | None = body.get("trigger")
    capacity: str | None = body.get("capacity")
    evidence: str | None = body.get("evidence")
    deadline = body.get("deadline") or {}
    readable = row.author is not None and policy.may_read(
        trigger or "",
        row.author,
        delivered=bool(row.delivered),
        capacities=sight.capacities,
        person=person,
    )
    return TimelineEntry(
        sequence=row.sequence,
        kind=row.kind,
        what=event_name(row.kind, body, locale),
        trigger=trigger,
        at=row.at,
        recorded_at=row.recorded_at,
        capacity=capacity,
        capacity_name=None if capacity is None else capacity_name(capacity, locale),
        actor=row.actor,
        on_behalf_of=row.on_behalf_of,
        source=body.get("source"),
        target=body.get("target"),
        due_on=body.get("due_on") or deadline.get("due_on"),
        received_on=body.get("received_on"),
        evidence=evidence,
        evidence_name=None if evidence is None else evidence_name(evidence, locale),
        assignee=row.assignee,
        assigned_capacity=body.get("assigned_capacity"),
        ground=body.get("ground"),
        outcome=body.get("outcome"),
        late=bool(body.get("late", False)),
        document=row.document if readable else None,
        text=(row.content or {}).get("text") if readable else None,
    )
