"""Adds evidence to a case: files that came in, and links."""

import asyncio
import datetime as dt
import uuid
from dataclasses import dataclass

from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from content.forms.context import FormContext
from service.accounts.tokens import Identity
from service.evidence.checking import checked_file, refuse_unless_may_add
from service.evidence.files.kinds import FileKind
from service.evidence.fingerprint import fingerprint_of
from service.evidence.items import is_item
from service.evidence.reaching import Links
from service.evidence.reading import evidence_sight
from service.evidence.received import ReceivedFile
from service.evidence.schemas import EvidenceLine, NewEvidence, NewLink
from service.evidence.showing import shown_evidence
from service.forms.context import form_context
from service.problems import FieldError, IdempotencyKeyReused, Invalid, TooMuchEvidence, Unavailable
from service.sight.seeing import ContentSight
from store.database import autocommit
from store.evidence import repository as store
from store.evidence.files import is_kept, keep
from translations import Locale
from translations import mark as _

_AT_ONCE = 2
"""Files that are in memory at the same moment, on their way into the database."""
_TURN_SECONDS = 30
MOST_PIECES = 1_000
"""Of one person for one case: some for each indicator and month. Their bytes fill the database of the whole agency."""


@dataclass(frozen=True, slots=True)
class Request:
    """Who adds something to which case, under which key."""

    identity: Identity
    appraisal: uuid.UUID
    key: str


class Adding:
    """Adds evidence; one for each process."""

    def __init__(self, database: AsyncEngine, links: Links) -> None:
        self._database = database
        self._reading = autocommit(database)
        self._links = links
        self._turns = asyncio.Semaphore(_AT_ONCE)

    async def refuse_early(self, request: Request) -> None:
        """Refuses before a body is read whoever may add nothing here. A repeat is let through: it adds nothing.

        Raises `NotFound`, `NotYoursToAdd`, `CaseNotBegun`, `CaseClosed` and `TooMuchEvidence`.
        """
        async with self._reading.connect() as connection:
            seen = await evidence_sight(connection, request.identity, request.appraisal)
            if await _added(connection, request) is None:
                refuse_unless_may_add(seen)
                await _refuse_beyond_most(connection, request.appraisal, request.identity)

    async def add_file(
        self, request: Request, about: NewEvidence, received: ReceivedFile, locale: Locale
    ) -> EvidenceLine:
        """Adds a file. Raises what `refuse_early` raises, `Invalid`, `IdempotencyKeyReused` and `Unavailable`."""
        kind, name = await asyncio.to_thread(_examined, received)
        new = store.NewEvidence(
            appraisal_id=request.appraisal,
            author_id=request.identity.person,
            key=request.key,
            fingerprint=fingerprint_of(request.identity, about, file=received.digest, name=name),
            item=about.item,
            title=about.title,
            digest=received.digest,
            file_name=name,
        )
        try:
            async with asyncio.timeout(_TURN_SECONDS):
                await self._turns.acquire()
        except TimeoutError:
            raise Unavailable from None
        try:
            return await self._add(new, request.identity, locale, (received, kind))
        finally:
            self._turns.release()

    async def add_link(self, request: Request, link: NewLink, locale: Locale) -> EvidenceLine:
        """Adds a link, with whether it answers now. Raises what `add_file` raises."""
        await self.refuse_early(request)
        reached = await self._links.reach(link.address)
        new = store.NewEvidence(
            appraisal_id=request.appraisal,
            author_id=request.identity.person,
            key=request.key,
            fingerprint=fingerprint_of(request.identity, link, address=link.address),
            item=link.item,
            title=link.title,
            address=link.address,
            reached=reached,
            reached_at=dt.datetime.now(dt.UTC),
        )
        return await self._add(new, request.identity, locale, None)

    async def _add(
        self,
        new: store.NewEvidence,
        identity: Identity,
        locale: Locale,
        received: tuple[ReceivedFile, FileKind] | None,
    ) -> EvidenceLine:
        async with self._database.begin() as connection:
            seen = await evidence_sight(connection, identity, new.appraisal_id)
            before = await store.added_under(connection, new.appraisal_id, new.author_id, new.key)
            if before is None:
                refuse_unless_may_add(seen)
                await _refuse_beyond_most(connection, new.appraisal_id, identity)
                await _check_item(connection, seen, new)
                if received is not None:
                    await _keep(connection, *received)
                await store.add(connection, new)
                # Read again: a request with the same key may have come at the same moment.
                before = await store.added_under(connection, new.appraisal_id, new.author_id, new.key)
        if before is None or before.fingerprint != new.fingerprint:
            raise IdempotencyKeyReused
        return shown_evidence(before, seen, identity.person, locale)


async def _added(connection: AsyncConnection, request: Request) -> store.Evidence | None:
    return await store.added_under(connection, request.appraisal, request.identity.person, request.key)


async def _refuse_beyond_most(connection: AsyncConnection, appraisal: uuid.UUID, identity: Identity) -> None:
    if await store.added_by(connection, appraisal, identity.person) >= MOST_PIECES:
        raise TooMuchEvidence(most=str(MOST_PIECES))


def _examined(received: ReceivedFile) -> tuple[FileKind, str]:
    with received.content() as content:
        return checked_file(received.name, content)


async def _check_item(connection: AsyncConnection, seen: ContentSight, new: store.NewEvidence) -> None:
    if not new.item:
        return
    context = FormContext()
    if seen.rules is not None:
        context = await form_context(connection, new.appraisal_id, seen.rules)
    if not is_item(new.item, seen.rules, context):
        raise Invalid(
            errors=[FieldError("/item", _("This appraisal has no such result, indicator, value or skill."))]
        )


async def _keep(connection: AsyncConnection, received: ReceivedFile, kind: FileKind) -> None:
    if not await is_kept(connection, received.digest):
        content = await asyncio.to_thread(received.read)
        await keep(connection, digest=received.digest, media_type=kind.media_type, content=content)
