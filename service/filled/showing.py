"""A filled form with its labels. What has not the shape of its form is left out of the sections, never refused."""

from collections.abc import Iterator

from pydantic import JsonValue

from content.forms.fields import Field, RowsField
from content.forms.form import EachSection, Form, GroupSection, Section
from content.parts import Values
from content.plan.fields import title_of
from content.rules import ContentRules
from service.filled.schemas import Filled, ShownField, ShownRow, ShownSection
from service.filled.titles import Titles
from service.filled.values import value_in_words
from service.filled.written import form_in
from service.wording import in_words
from states.codec import Json
from translations import Locale


def shown_filled(
    written: Json,
    named: tuple[str, Form] | None,
    rules: ContentRules | None,
    titles: Titles,
    locale: Locale,
) -> Filled:
    """What was written for an action: its words, and its form as ``named`` by the scheme."""
    filled = form_in(written)
    known = None if rules is None or filled is None else named
    return Filled(
        form=None if known is None else known[0],
        label=None if known is None else in_words(known[1].label, locale),
        text=written.get("text"),
        content=filled,
        sections=[]
        if known is None or rules is None or filled is None
        else shown_sections(known[1].sections, filled, rules, titles, locale),
    )


def shown_sections(
    sections: tuple[Section, ...], filled: Values, rules: ContentRules, titles: Titles, locale: Locale
) -> list[ShownSection]:
    """The sections of which something is filled in."""
    shown = (
        ShownSection(
            name=section.name,
            label=in_words(section.label, locale),
            kind=section.kind,
            rows=list(_rows(section, filled.get(section.name), rules, titles, locale)),
        )
        for section in sections
    )
    return [section for section in shown if section.rows]


def shown_row(
    id: str,
    title: str,
    fields: tuple[Field, ...],
    row: Values,
    rules: ContentRules,
    titles: Titles,
    locale: Locale,
) -> ShownRow:
    """One row with those of its fields that are filled in."""
    return ShownRow(
        id=id,
        title=title,
        fields=[
            _field(field, row[field.name], rules, titles, locale)
            for field in fields
            if row.get(field.name) is not None
        ],
    )


def listed_rows(
    fields: tuple[Field, ...], value: JsonValue, rules: ContentRules, titles: Titles, locale: Locale
) -> Iterator[ShownRow]:
    """The rows of a list."""
    for row in value if isinstance(value, list) else ():
        if isinstance(row, dict):
            yield shown_row(str(row.get("id", "")), title_of(row, fields), fields, row, rules, titles, locale)


def _rows(
    section: Section, value: JsonValue, rules: ContentRules, titles: Titles, locale: Locale
) -> Iterator[ShownRow]:
    if isinstance(section, GroupSection):
        if isinstance(value, dict):
            yield shown_row("", "", section.fields, value, rules, titles, locale)
    elif isinstance(section, EachSection):
        for id, part in titles.in_order(section.of, value) if isinstance(value, dict) else ():
            if isinstance(part, dict):
                title = titles.title(section.of, id)
                yield shown_row(id, title, section.fields, part, rules, titles, locale)
    else:
        yield from listed_rows(section.fields, value, rules, titles, locale)


def _field(field: Field, value: JsonValue, rules: ContentRules, titles: Titles, locale: Locale) -> ShownField:
    rows = listed_rows(field.fields, value, rules, titles, locale) if isinstance(field, RowsField) else ()
    return ShownField(
        name=field.name,
        label=in_words(field.label, locale),
        value=value,
        in_words=value_in_words(field, value, rules, titles, locale),
        rows=list(rows),
    )
