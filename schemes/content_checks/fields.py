"""What must hold in the fields of a form or of a note."""

from collections.abc import Iterator, Sequence

from content.forms.fields import (
    ChoiceField,
    Condition,
    DayField,
    Field,
    ItemField,
    NumberField,
    RowsField,
    Source,
    TextField,
    YesNoField,
)
from content.rules import ContentRules
from schemes.checks import Finding
from schemes.content_checks.naming import not_one_of, twice
from schemes.content_checks.sources import missing_source
from schemes.document import Path


def field_findings(
    path: Path, fields: Sequence[Field], content: ContentRules, *, in_rows: bool = False
) -> Iterator[Finding]:
    """Every contradiction in the ``fields`` at ``path``; ``in_rows`` where each row has an id of its own."""
    yield from twice((((*path, at, "name"), field.name) for at, field in enumerate(fields)), "field")
    for at, field in enumerate(fields):
        here: Path = (*path, at)
        if in_rows and field.name == "id":
            yield (*here, "name"), "'id' is what each row is known by; give the field another name"
        if field.when is not None:
            yield from _condition((*here, "when"), field.when, fields[:at], content)
        yield from _kind(here, field, content)
        if isinstance(field, DayField) and field.not_before is not None:
            days = [each.name for each in fields[:at] if isinstance(each, DayField)]
            if field.not_before not in days:
                yield (
                    (*here, "not_before"),
                    not_one_of(field.not_before, days, "days before it in the same group"),
                )


def _kind(here: Path, field: Field, content: ContentRules) -> Iterator[Finding]:
    if isinstance(field, TextField) and field.shortest > field.longest:
        yield (*here, "shortest"), f"{field.shortest} is more than the longest, {field.longest}"
    if isinstance(field, ChoiceField) and not content.choices_of(field.of):
        yield (*here, "of"), not_one_of(field.of, (*content.scales, *content.lists), "scales and lists")
    if isinstance(field, ItemField) and field.of is not Source.SUPERIOR_RESULTS:
        yield from missing_source((*here, "of"), field.of, content)
    if isinstance(field, NumberField | RowsField):
        low, high = field.at_least, field.at_most
        if low is not None and high is not None and low > high:
            yield (*here, "at_least"), f"{low:g} is more than at_most, {high:g}"
    if isinstance(field, RowsField):
        yield from field_findings((*here, "fields"), field.fields, content, in_rows=True)


def _condition(
    here: Path, condition: Condition, before: Sequence[Field], content: ContentRules
) -> Iterator[Finding]:
    by_name = {field.name: field for field in before}
    asked = by_name.get(condition.field)
    if asked is None:
        yield (*here, "field"), not_one_of(condition.field, by_name, "fields before it in the same group")
        return
    possible: tuple[str | bool, ...]
    if isinstance(asked, YesNoField):
        possible = (True, False)
    elif isinstance(asked, ChoiceField) and not asked.many:
        possible = content.choices_of(asked.of)
    else:
        yield (*here, "field"), f"{asked.name!r} is neither a choice of one thing nor yes_no"
        return
    for at, value in enumerate(condition.among):
        if value not in possible:
            shown = ", ".join(str(each).lower() for each in possible)
            yield (*here, "among", at), f"{value!r} is never the answer of {asked.name}: it is one of {shown}"
