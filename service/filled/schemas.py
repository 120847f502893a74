from __future__ import annotations

from typing import Any

from pydantic import JsonValue

from service.answer import Answer


class ShownField(Answer):
    """One field of a filled form."""

    name: str
    label: str
    value: JsonValue
    """As it was handed in."""
    in_words: str
    """As people read it; empty for a list of rows, which stand in `rows`."""
    rows: list[ShownRow]


class ShownRow(Answer):
    """Fields that belong together: a row, the part for one thing of the case, or a group that is filled in once."""

    id: str
    """Of the row or the thing; empty for a group."""
    title: str
    """What the row is about: its first text, or the thing that the part is for; empty for a group."""
    fields: list[ShownField]


class ShownSection(Answer):
    """One section of a filled form."""

    name: str
    label: str
    kind: str
    """group, rows or each."""
    rows: list[ShownRow]


class Filled(Answer):
    """What somebody wrote: in words, as a form, or both."""

    form: str | None
    """The name of the form in the scheme; null for words alone and where the scheme has no form for it."""
    label: str | None
    text: str | None
    content: dict[str, Any] | None
    """The filled form as it was handed in."""
    sections: list[ShownSection]
    """The same with labels, in the reader's language and in the order of the form."""


class ShownDifference(Answer):
    """One change between two filled forms."""

    place: list[str]
    """Where: names of sections and fields, ids of rows and things."""
    kind: str
    """added, removed, changed or ordered."""
    where: str
    """The same in words."""
    before: JsonValue
    after: JsonValue
    in_words: str
    """The change as a sentence."""


ShownField.model_rebuild()
