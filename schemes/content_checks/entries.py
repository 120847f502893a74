"""What must hold in the notes of the year."""

from collections.abc import Iterator

from content.entries import EntryKind
from content.forms.fields import NumberField
from content.rules import ContentRules
from schemes.checks import Finding
from schemes.content_checks.fields import field_findings
from schemes.content_checks.sources import missing_source
from schemes.document import Path


def entry_findings(content: ContentRules) -> Iterator[Finding]:
    """Every contradiction in the kinds of notes."""
    for name, entry in content.entries.items():
        here: Path = ("entries", name)
        if entry.about is not None:
            yield from missing_source((*here, "about"), entry.about, content)
        elif entry.about_required:
            yield (*here, "about_required"), "needs about, which says what a note may be about"
        yield from field_findings((*here, "fields"), entry.fields, content)
        yield from _counted_findings(here, entry)


def _counted_findings(here: Path, entry: EntryKind) -> Iterator[Finding]:
    if entry.counted is None:
        return
    if entry.confidential:
        yield (*here, "counted"), "only two people see entries of this kind, so they are not counted"
    numbers = [field.name for field in entry.fields if isinstance(field, NumberField)]
    if entry.counted.field not in numbers:
        known = ", ".join(numbers) or "none"
        yield (*here, "counted", "field"), f"{entry.counted.field!r} is not one of the number fields: {known}"
