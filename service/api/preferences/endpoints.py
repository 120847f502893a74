from collections.abc import Sequence

from fastapi import APIRouter, Request
from sqlalchemy.ext.asyncio import AsyncConnection
from starlette.responses import Response

from service.accounts.tokens import Identity
from service.api.answers import answer, problems
from service.api.body import documented, read_body
from service.api.dependencies import Dependencies, Shared
from service.api.identity import Language, SignedIn
from service.api.preferences.schemas import (
    ChangedPreferences,
    ChannelOffer,
    NewPreferences,
    PreferenceCell,
    Preferences,
    WantedCell,
)
from service.channels.reach import Reach
from service.notices.wording import channel_name, kind_name
from service.preferences.matrix import Place, changes, matrix, mistakes
from service.preferences.wording import lock_reason
from service.problems import Invalid, NotSignedIn
from store.contact.owning import addresses_of
from store.message.channels import ChannelName
from store.person.language import language_of, speak_to
from store.preference.repository import choose, chosen_by
from translations import Locale, translate

router = APIRouter(tags=["me"])


@router.get(
    "/me/preferences", response_model=Preferences, responses=problems(401, 503), operation_id="getPreferences"
)
async def mine(identity: SignedIn, shared: Shared, locale: Language) -> Response:
    """What I am told through which channel, what of it cannot be switched off, and why."""
    async with shared.reading.connect() as connection:
        return answer(await _shown(connection, identity, shared.reach, locale))


@router.put(
    "/me/preferences",
    response_model=Preferences,
    responses=problems(400, 401, 413, 415, 422, 503),
    openapi_extra=documented(NewPreferences),
    operation_id="replacePreferences",
)
async def replace(request: Request, identity: SignedIn, shared: Shared, locale: Language) -> Response:
    """Sets the whole matrix; a cell that is locked may only be true."""
    body = await read_body(request, NewPreferences)
    return await _keep(shared, identity, _checked(body.cells, whole=True), Locale(body.locale), locale)


@router.patch(
    "/me/preferences",
    response_model=Preferences,
    responses=problems(400, 401, 413, 415, 422, 503),
    openapi_extra=documented(ChangedPreferences),
    operation_id="changePreferences",
)
async def change(request: Request, identity: SignedIn, shared: Shared, locale: Language) -> Response:
    """Sets some cells, or the language; everything else stays as it is."""
    body = await read_body(request, ChangedPreferences)
    language = None if body.locale is None else Locale(body.locale)
    return await _keep(shared, identity, _checked(body.cells, whole=False), language, locale)


def _checked(cells: Sequence[WantedCell], *, whole: bool) -> list[tuple[Place, bool]]:
    wanted = [((cell.kind, cell.channel), cell.wanted) for cell in cells]
    errors = mistakes(wanted, whole=whole)
    if errors:
        raise Invalid(errors=errors)
    return wanted


async def _keep(
    shared: Dependencies,
    identity: Identity,
    cells: Sequence[tuple[Place, bool]],
    language: Locale | None,
    locale: Locale,
) -> Response:
    async with shared.database.begin() as connection:
        wanted = changes(cells, await chosen_by(connection, identity.person))
        if wanted:
            await choose(connection, identity.person, wanted)
        if language is not None:
            await speak_to(connection, identity.person, language)
        shown = await _shown(connection, identity, shared.reach, locale)
    return answer(shown)


async def _shown(
    connection: AsyncConnection, identity: Identity, reach: Reach, locale: Locale
) -> Preferences:
    language = await language_of(connection, identity.person)
    if language is None:
        raise NotSignedIn("invalid")
    chosen = await chosen_by(connection, identity.person)
    reached = {
        each.channel
        for each in await addresses_of(connection, identity.person)
        if each.bad_since is None and (each.confirmed_at is not None or each.channel is ChannelName.EMAIL)
    }
    available = reach.channels & (reached | {ChannelName.INBOX})
    return Preferences(
        locale=language,
        channels=[
            ChannelOffer(
                channel=channel,
                channel_name=channel_name(channel, locale),
                configured=channel in reach.channels,
                available=channel in available,
            )
            for channel in ChannelName
        ],
        cells=[
            PreferenceCell(
                kind=cell.kind,
                kind_name=kind_name(cell.kind, locale),
                channel=cell.channel,
                channel_name=channel_name(cell.channel, locale),
                wanted=cell.wanted,
                default=cell.default,
                locked=cell.locked,
                locked_because=(
                    translate(lock_reason(cell.kind, cell.channel), locale) if cell.locked else None
                ),
                available=cell.channel in available,
            )
            for cell in matrix(chosen)
        ],
    )
