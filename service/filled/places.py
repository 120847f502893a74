"""Finds the place of a change in two filled forms, as the form and its reader call it."""

from dataclasses import dataclass

from pydantic import JsonValue

from content.forms.fields import Field, RowsField, Source
from content.forms.form import EachSection, Form, GroupSection
from content.parts import Values
from content.plan.fields import title_of
from service.filled.titles import Titles
from service.wording import in_words
from translations import Locale


@dataclass(frozen=True, slots=True)
class Place:
    """A place in two versions of a filled form, with what stands there in each."""

    path: tuple[str, ...]
    labels: tuple[str, ...]
    before: JsonValue
    after: JsonValue
    fields: tuple[Field, ...] = ()
    """The fields of what stands here; in a list, and in parts for things, those of each of them."""
    by_id: bool = False
    """Whether what stands here is called by ids: the rows of a list, or parts for things of the case."""
    source: Source | None = None
    """Of which things."""
    field: Field | None = None
    """The field, where it holds no rows: its value is one, whatever it is made of."""

    @property
    def is_whole(self) -> bool:
        """Whether nothing below has a name of its own."""
        return self.field is not None


def place_of(
    form: Form, path: tuple[str, ...], before: Values, after: Values, titles: Titles, locale: Locale
) -> Place:
    """The place to which a path leads, or the field at which it ends on the way. What the form does not know is
    called as the data calls it.
    """
    name, *further = path
    place = _section(form, name, before.get(name), after.get(name), locale)
    for name in further:
        if place.is_whole:
            break
        place = _below(place, name, titles, locale)
    return place


def _section(form: Form, name: str, before: JsonValue, after: JsonValue, locale: Locale) -> Place:
    section = next((each for each in form.sections if each.name == name), None)
    if section is None:
        return Place((name,), (name,), before, after)
    return Place(
        (name,),
        (in_words(section.label, locale),),
        before,
        after,
        fields=section.fields,
        by_id=not isinstance(section, GroupSection),
        source=section.of if isinstance(section, EachSection) else None,
    )


def _below(place: Place, name: str, titles: Titles, locale: Locale) -> Place:
    before, after = _inner(place.before, name), _inner(place.after, name)
    path = (*place.path, name)
    if place.by_id:
        row = after if isinstance(after, dict) else before
        title = title_of(row, place.fields) if isinstance(row, dict) else ""
        if place.source is not None:
            title = titles.title(place.source, name)
        return Place(path, (*place.labels, title or name), before, after, fields=place.fields)
    field = next((each for each in place.fields if each.name == name), None)
    if field is None:
        return Place(path, (*place.labels, name), before, after)
    labels = (*place.labels, in_words(field.label, locale))
    if isinstance(field, RowsField):
        return Place(path, labels, before, after, fields=field.fields, by_id=True)
    return Place(path, labels, before, after, field=field)


def _inner(value: JsonValue, name: str) -> JsonValue:
    if isinstance(value, dict):
        return value.get(name)
    if isinstance(value, list):
        return next((each for each in value if isinstance(each, dict) and each.get("id") == name), None)
    return None
