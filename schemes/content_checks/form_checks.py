"""What must hold in the checks between the fields of a form."""

from collections.abc import Iterator

from content.forms.fields import ChoiceField, NumberField, RowsField
from content.forms.form import Check, EachHasCheck, Form, NotedCheck, SomeHasCheck, SumCheck
from content.rules import ContentRules
from schemes.checks import Finding
from schemes.content_checks.naming import not_one_of
from schemes.document import Path


def check_findings(here: Path, check: Check, form: Form, content: ContentRules) -> Iterator[Finding]:
    """Every name in ``check`` that means nothing in ``form``."""
    if isinstance(check, NotedCheck):
        if check.entry not in content.entries:
            yield (*here, "entry"), not_one_of(check.entry, content.entries, "entries")
        return
    sections = {section.name: section for section in form.sections if section.kind != "group"}
    section = sections.get(check.section)
    if section is None:
        yield (*here, "section"), not_one_of(check.section, sections, "sections with rows or parts")
        return
    fields = {field.name: field for field in section.fields}
    if isinstance(check, SumCheck):
        numbers = [name for name, field in fields.items() if isinstance(field, NumberField)]
        if check.field not in numbers:
            yield (*here, "field"), not_one_of(check.field, numbers, "numbers of this section")
    else:
        yield from _inner(here, check, {n: f for n, f in fields.items() if isinstance(f, RowsField)}, content)


def _inner(
    here: Path, check: EachHasCheck | SomeHasCheck, rows: dict[str, RowsField], content: ContentRules
) -> Iterator[Finding]:
    for at, family in enumerate(check.families):
        if family not in content.library:
            yield (*here, "families", at), not_one_of(family, content.library, "job families of the library")
    inner = rows.get(check.rows)
    if inner is None:
        yield (*here, "rows"), not_one_of(check.rows, rows, "rows inside this section")
        return
    choices = {field.name: field for field in inner.fields if isinstance(field, ChoiceField)}
    field = choices.get(check.field)
    if field is None:
        yield (*here, "field"), not_one_of(check.field, choices, "choices of these rows")
    elif check.value not in content.choices_of(field.of):
        yield (*here, "value"), not_one_of(check.value, content.choices_of(field.of), "names of " + field.of)
