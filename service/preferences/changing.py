"""Reads and changes the preferences of a person."""

import uuid
from collections.abc import Sequence

from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from notifications.unsubscribing import SWITCHED_OFF
from service.accounts.tokens import Identity
from service.channels.reach import Reach
from service.preferences.matrix import Place, changes, mistakes
from service.preferences.schemas import ChangedPreferences, NewPreferences, Preferences, WantedCell
from service.preferences.showing import shown_preferences
from service.problems import Invalid, NotSignedIn
from store.contact.owning import addresses_of
from store.message.channels import ChannelName
from store.person.language import language_of, speak_to
from store.preference.repository import choose, chosen_by
from translations import Locale


async def my_preferences(
    connection: AsyncConnection, identity: Identity, reach: Reach, locale: Locale
) -> Preferences:
    """The preferences of a person. Raises `NotSignedIn` if the person is no longer known."""
    language = await language_of(connection, identity.person)
    if language is None:
        raise NotSignedIn("invalid")
    chosen = await chosen_by(connection, identity.person)
    addresses = await addresses_of(connection, identity.person)
    return shown_preferences(language, chosen, addresses, reach, locale)


async def replace_preferences(
    database: AsyncEngine, identity: Identity, body: NewPreferences, reach: Reach, locale: Locale
) -> Preferences:
    """Sets the whole matrix. Raises `Invalid` for cells that are missing, repeated or locked."""
    cells = _checked(body.cells, whole=True)
    return await _keep(database, identity, cells, Locale(body.locale), reach, locale)


async def change_preferences(
    database: AsyncEngine, identity: Identity, body: ChangedPreferences, reach: Reach, locale: Locale
) -> Preferences:
    """Sets some cells, or the language. Raises `Invalid` for cells that are repeated or locked."""
    cells = _checked(body.cells, whole=False)
    language = None if body.locale is None else Locale(body.locale)
    return await _keep(database, identity, cells, language, reach, locale)


async def switch_digests_off(database: AsyncEngine, person: uuid.UUID) -> None:
    """Switches off e-mail for the kinds that a digest gathers, and nothing else. A repeat is harmless."""
    async with database.begin() as connection:
        await choose(connection, person, {(kind.value, ChannelName.EMAIL): False for kind in SWITCHED_OFF})


def _checked(cells: Sequence[WantedCell], *, whole: bool) -> list[tuple[Place, bool]]:
    wanted = [((cell.kind, cell.channel), cell.wanted) for cell in cells]
    errors = mistakes(wanted, whole=whole)
    if errors:
        raise Invalid(errors=errors)
    return wanted


async def _keep(
    database: AsyncEngine,
    identity: Identity,
    cells: Sequence[tuple[Place, bool]],
    language: Locale | None,
    reach: Reach,
    locale: Locale,
) -> Preferences:
    async with database.begin() as connection:
        wanted = changes(cells, await chosen_by(connection, identity.person))
        if wanted:
            await choose(connection, identity.person, wanted)
        if language is not None:
            await speak_to(connection, identity.person, language)
        return await my_preferences(connection, identity, reach, locale)
