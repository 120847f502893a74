"""Checks a note before it is kept: who writes it, on which day, about what, and its fields."""

import datetime as dt

from content.entries import EntryKind
from content.forms.context import FormContext
from content.forms.noting import check_about, check_entry
from content.parts import Values
from content.rules import ContentRules
from service import policy
from service.appraisals.openness import refuse_unless_open
from service.entries.schemas import NewEntry
from service.forms.naming import Names
from service.forms.wording import field_errors
from service.problems import FieldError, Invalid, NotFound, NotYoursToAdd
from service.sight.seeing import ContentSight
from states.stages import Capacity
from translations import mark as _


def kind_of(seen: ContentSight, name: str) -> tuple[ContentRules, EntryKind]:
    """The kind of note of this name in the case's scheme. Raises `NotFound`."""
    if seen.rules is None or name not in seen.rules.entries:
        raise NotFound
    return seen.rules, seen.rules.entries[name]


def writing_capacity(seen: ContentSight, kind: EntryKind) -> Capacity:
    """As what the asker writes a note of the kind now. Raises `NotYoursToAdd`, `CaseNotBegun` and `CaseClosed`."""
    capacity = policy.author_capacity(seen.sight.capacities, kind.by)
    if capacity is None:
        raise NotYoursToAdd(capacities=",".join(kind.by))
    refuse_unless_open(seen.sight)
    return capacity


def checked_content(
    entry: NewEntry, kind: EntryKind, rules: ContentRules, context: FormContext, seen: ContentSight
) -> Values:
    """The fields as they are kept. Raises `Invalid`, which names every mistake at its place."""
    found = check_entry(kind, entry.content, rules, context)
    about = check_about(kind, entry.item, rules, context)
    errors = [
        *_wrong_day(entry.noted_on, seen),
        *([] if about is None else field_errors([about], ("item",))),
        *field_errors(found.mistakes, names=Names(rules)),
    ]
    if errors:
        raise Invalid(errors=errors)
    return found.values


def _wrong_day(day: dt.date, seen: ContentSight) -> list[FieldError]:
    case = seen.sight.case
    first = case.period_from or dt.date(case.year, 1, 1)
    last = case.period_until or dt.date(case.year, 12, 31)
    if not first <= day <= last:
        message = _("This day lies outside the period from {first} to {last}.")
        return [FieldError("/noted_on", message, {"first": str(first), "last": str(last)})]
    if day > seen.sight.rules.calendar.local_date(seen.sight.now):
        return [FieldError("/noted_on", _("This day is still to come."))]
    return []
