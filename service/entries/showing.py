"""Notes of the year, in the language of their reader."""

import uuid
from collections.abc import Mapping

from content.rules import ContentRules
from service.appraisals.openness import is_withdrawable
from service.entries.schemas import CountedEntries, EntryLine
from service.sight.seeing import ContentSight
from service.wording import capacity_name, in_words
from store.entry.repository import Entry, EntryCount
from translations import Locale


def shown_entry(row: Entry, seen: ContentSight, reader: uuid.UUID, locale: Locale) -> EntryLine:
    """One note; of what was withdrawn all but its content."""
    withdrawn = row.withdrawn_at is not None
    return EntryLine(
        id=row.id,
        kind=row.kind,
        kind_name=_kind_name(row.kind, seen.rules, locale),
        item=row.item,
        noted_on=row.noted_on,
        author_id=row.author_id,
        author=row.author,
        capacity=row.capacity,
        capacity_name=capacity_name(row.capacity, locale),
        confidential=row.confidential,
        content=None if withdrawn else row.content,
        recorded_at=row.recorded_at,
        withdrawn_at=row.withdrawn_at,
        may_withdraw=not withdrawn
        and row.author_id == reader
        and is_withdrawable(seen.sight.appraisal, own=seen.own),
    )


def shown_counts(
    counts: Mapping[str, EntryCount], rules: ContentRules | None, locale: Locale
) -> list[CountedEntries]:
    """The counts of the kinds that ``rules`` count."""
    kinds = {} if rules is None else rules.entries
    return [
        CountedEntries(
            kind=name,
            kind_name=in_words(kind.label, locale),
            entries=counts[name].entries,
            label=in_words(kind.counted.label, locale),
            counted=counts[name].within,
        )
        for name, kind in kinds.items()
        if kind.counted is not None and name in counts
    ]


def _kind_name(kind: str, rules: ContentRules | None, locale: Locale) -> str:
    """What the scheme calls the kind. A case that went on under newer rules may have notes of a kind without name."""
    found = None if rules is None else rules.entries.get(kind)
    return kind if found is None else in_words(found.label, locale)
