"""The schemes that a signed-in person may look up: those of the program, and those of his agency's cycles."""

import asyncio
from collections.abc import Mapping
from functools import cache
from types import MappingProxyType

from sqlalchemy.ext.asyncio import AsyncConnection

from schemes.loading import builtin_names, builtin_system
from schemes.system import System
from service.accounts.tokens import Identity
from service.problems import NotFound
from service.schemes.schemas import SchemeDetail, SchemeList
from service.schemes.showing import shown_line, shown_scheme
from states.rules import Rulebook
from store.agency.content_rules import content_rules_of
from store.operation.rules_in_use import books_of
from translations import Locale


async def scheme_list(connection: AsyncConnection, identity: Identity, locale: Locale) -> SchemeList:
    """All of them: the program's in alphabetical order, then the others by their key."""
    program = await _of_program()
    used = await books_of(connection, identity.agency)
    others = {key: used[key] for key in sorted(used) if key not in program}
    books = [system.book for system in program.values()] + list(others.values())
    return SchemeList(
        items=[
            shown_line(book, locale, in_program=book.key in program, in_use=book.key in used)
            for book in books
        ]
    )


async def scheme_detail(
    connection: AsyncConnection, identity: Identity, name: str, locale: Locale
) -> SchemeDetail:
    """One of them by its key, or the newest version by its name. Raises `NotFound`."""
    program = await _of_program()
    used = await books_of(connection, identity.agency)
    book = _called(name, {**{key: system.book for key, system in program.items()}, **used})
    # What runs in the agency is what was stored with it.
    content = await content_rules_of(connection, book.key) if book.key in used else program[book.key].content
    line = shown_line(book, locale, in_program=book.key in program, in_use=book.key in used)
    return shown_scheme(line, content, locale)


def _called(name: str, books: Mapping[str, Rulebook]) -> Rulebook:
    if name in books:
        return books[name]
    versions = [book for book in books.values() if book.scheme == name]
    if not versions:
        raise NotFound
    return max(versions, key=lambda book: book.version)


async def _of_program() -> Mapping[str, System]:
    # Their files are read once a process, and meanwhile nobody else waits.
    return await asyncio.to_thread(_systems)


@cache
def _systems() -> Mapping[str, System]:
    found = (builtin_system(name) for name in builtin_names())
    return MappingProxyType({system.book.key: system for system in found})
