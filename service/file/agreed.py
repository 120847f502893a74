"""What was agreed at a meeting: the rows of its form that have a day."""

import datetime as dt
from collections.abc import Iterator, Sequence

from pydantic import JsonValue

from content.forms.fields import DayField, Field, RowsField
from content.forms.form import RowsSection
from content.parts import Values
from content.rules import ContentRules
from service.file.schemas import AgreedAction
from service.filled.showing import listed_rows
from service.filled.titles import titles_of
from service.filled.written import form_in
from service.wording import in_words
from states.triggers import Trigger
from store.file.agreed import EarlierMeeting
from translations import Locale


def agreed_actions(
    meetings: Sequence[tuple[EarlierMeeting, ContentRules | None]], today: dt.date, locale: Locale
) -> list[AgreedAction]:
    """All that was agreed, by its day; what has none comes last."""
    actions = [
        action
        for meeting, rules in meetings
        if rules is not None and (filled := form_in(meeting.content)) is not None
        for action in _of_meeting(meeting, filled, rules, today, locale)
    ]
    return sorted(actions, key=lambda each: each.day or dt.date.max)


def _of_meeting(
    meeting: EarlierMeeting, filled: Values, rules: ContentRules, today: dt.date, locale: Locale
) -> Iterator[AgreedAction]:
    titles = titles_of(rules, locale, plan=None)
    for part, fields, rows in _dated_rows(filled, rules):
        name = next(each.name for each in fields if isinstance(each, DayField))
        for row in listed_rows(fields, rows, rules, titles, locale):
            day = _day(next((each.value for each in row.fields if each.name == name), None))
            yield AgreedAction(
                appraisal_id=meeting.appraisal,
                year=meeting.year,
                section=part.name,
                section_name=in_words(part.label, locale),
                day=day,
                passed=day is not None and day < today,
                action=row,
            )


def _dated_rows(
    filled: Values, rules: ContentRules
) -> Iterator[tuple[RowsSection | RowsField, tuple[Field, ...], JsonValue]]:
    """The lists of rows with a day, of the form that came with the delivery, with what is filled in."""
    found = rules.form_for(Trigger.DELIVER_RESULT)
    for section in () if found is None else found[1].sections:
        value = filled.get(section.name)
        if isinstance(section, RowsSection) and _has_day(section.fields):
            yield section, section.fields, value
        elif section.kind == "group" and isinstance(value, dict):
            for field in section.fields:
                if isinstance(field, RowsField) and _has_day(field.fields):
                    yield field, field.fields, value.get(field.name)


def _has_day(fields: Sequence[Field]) -> bool:
    return any(isinstance(each, DayField) for each in fields)


def _day(value: JsonValue) -> dt.date | None:
    try:
        return dt.date.fromisoformat(value) if isinstance(value, str) else None
    except ValueError:
        return None
