"""Shows the forms of a scheme with their fields, and the notes of the year."""

from collections.abc import Iterator

from content.forms.fields import ChoiceField, Condition, Field, ItemField, RowsField
from content.forms.form import EachSection, Section
from content.rules import ContentRules
from service.cli.scheme_wording import worded
from service.cli.speaking import show_table, spoken
from service.wording import CAPACITIES, TRIGGERS
from translations import mark as _

_COLUMNS = (_("Part"), _("Field"), _("Kind"), _("Needed"), _("Only if"))


def show_forms(content: ContentRules) -> None:
    """Prints a table for each form, then one of the notes."""
    columns = tuple(spoken(name) for name in _COLUMNS)
    for name, form in content.forms.items():
        title = f"{worded(form.label)} [{name}]: {spoken(TRIGGERS[form.trigger])}"
        show_table(title, columns, [row for section in form.sections for row in _rows(section)])
    if content.entries:
        _show_entries(content)


def _rows(section: Section) -> Iterator[tuple[object, ...]]:
    part = section.name
    if isinstance(section, EachSection):
        part = f"{section.name} ({section.of.value})"
    for field in section.fields:
        yield _row(part, field, "")
        if isinstance(field, RowsField):
            yield from (_row(part, inner, f"{field.name} > ") for inner in field.fields)


def _row(part: str, field: Field, within: str) -> tuple[object, ...]:
    needed = spoken(_("yes")) if field.required else spoken(_("no"))
    return (
        part,
        f"{within}{worded(field.label)} [{field.name}]",
        _kind(field),
        needed,
        _condition(field.when),
    )


def _kind(field: Field) -> str:
    if isinstance(field, ChoiceField):
        return f"{field.kind}: {field.of}"
    if isinstance(field, ItemField):
        return f"{field.kind}: {field.of.value}"
    return field.kind


def _condition(when: Condition | None) -> str:
    return "" if when is None else f"{when.field} = {' / '.join(str(value).lower() for value in when.among)}"


def _show_entries(content: ContentRules) -> None:
    rows: list[tuple[object, ...]] = [
        (
            f"{worded(entry.label)} [{name}]",
            ", ".join(spoken(CAPACITIES[capacity]) for capacity in entry.by),
            ", ".join(worded(field.label) for field in entry.fields),
            spoken(_("yes")) if entry.confidential else spoken(_("no")),
        )
        for name, entry in content.entries.items()
    ]
    columns = (spoken(_("Note")), spoken(_("Who writes it")), spoken(_("Fields")), spoken(_("Confidential")))
    show_table(spoken(_("Notes of the year")), columns, rows)
