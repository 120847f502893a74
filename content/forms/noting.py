"""Whether a note of the year is complete and right: its fields stand alone, without sections and other notes."""

from pydantic import JsonValue

from content.entries import EntryKind
from content.forms.bounds import survey
from content.forms.checking import Checked
from content.forms.context import FormContext
from content.forms.examination import Examination
from content.forms.filling import check_part
from content.forms.ids import RowIds
from content.forms.items import items_of
from content.forms.mistakes import Mistake, Reason
from content.rules import ContentRules


def check_entry(kind: EntryKind, content: JsonValue, rules: ContentRules, context: FormContext) -> Checked:
    """Check the fields of a note of a kind. Like `content.forms.checking.check`, it never raises for any JSON."""
    if not isinstance(content, dict):
        return Checked({}, (Mistake((), Reason.WRONG_TYPE, {"expected": "object"}),))
    seen = survey(content)
    if seen.excess is not None:
        return Checked(content, (seen.excess,))
    examination = Examination(rules, context, RowIds(seen.ids))
    values = check_part(kind.fields, content, (), examination)
    return Checked(values, tuple(examination.mistakes))


def check_about(kind: EntryKind, item: str, rules: ContentRules, context: FormContext) -> Mistake | None:
    """Check what a note is about: ``item``, or the work as a whole where it is empty.

    A kind that must name an item need not while the case has none of them, because its plan is not set or is
    words alone.
    """
    items = () if kind.about is None else items_of(kind.about, rules, context)
    if not item:
        return Mistake((), Reason.MISSING) if kind.about_required and items else None
    if kind.about is None:
        return Mistake((), Reason.NOT_ASKED)
    return None if item in items else Mistake((), Reason.NO_SUCH_ITEM, {"of": kind.about})
