"""What scripted people note in the year: valid for any scheme, and plausible where the kind is a usual one."""

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from content.entries import EntryKind
from content.forms.between import wanted_entries
from content.forms.context import FormContext
from content.forms.example import example
from content.forms.form import Form, GroupSection, NotedCheck
from content.forms.items import items_of
from content.forms.noting import check_entry
from content.parts import Values
from content.rules import ContentRules
from service.rehearsal.dates import dated
from service.rehearsal.sentences import SAID
from states.scripted.temperament import Dice
from states.stages import Capacity
from states.triggers import Trigger

_OFTEN = 0.4
"""How likely it is that somebody notes something of a kind with a check-in."""

_WRITERS: Mapping[Trigger, Capacity] = {
    Trigger.SUBMIT_CHECK_IN: Capacity.EMPLOYEE,
    Trigger.REVIEW_CHECK_IN: Capacity.RATER,
}
_NUMBERS: Mapping[str, tuple[int, int]] = {"hours": (1, 20), "members": (4, 12)}
_SECTION = "note"


@dataclass(frozen=True, slots=True)
class Note:
    """An entry to be noted."""

    kind: str
    noted_on: dt.date
    item: str
    """What it is about; empty for the work as a whole."""
    content: Values

    def to_body(self) -> Values:
        """The request by which it is noted."""
        return {"noted_on": self.noted_on.isoformat(), "item": self.item, "content": self.content}


def usual_notes(
    trigger: Trigger, rules: ContentRules, context: FormContext, day: dt.date, seed: str
) -> Iterator[Note]:
    """What people note on the occasion of a check-in: always what a form asks for, of the rest now and then.

    Nothing confidential: what two people tell each other, no script invents.
    """
    asked = {
        wanted.entry
        for form in rules.forms.values()
        for wanted in form.checks
        if isinstance(wanted, NotedCheck)
    }
    for name, kind in rules.entries.items():
        if kind.confidential or _WRITERS.get(trigger) not in kind.by:
            continue
        own = f"{seed}|{name}"
        if name in asked or Dice(own).happens(0, _OFTEN):
            yield _note(name, kind, rules, context, day, own)


def missing_notes(
    form: Form, rules: ContentRules, context: FormContext, day: dt.date, seed: str
) -> Iterator[Note]:
    """What a form wants noted before it may be handed in, and is not there yet."""
    for wanted in form.checks:
        if isinstance(wanted, NotedCheck):
            for number in range(context.noted.get(wanted.entry, 0), wanted_entries(wanted, context)):
                own = f"{seed}|{wanted.entry}|{number}"
                yield _note(wanted.entry, rules.entries[wanted.entry], rules, context, day, own)


def _note(
    name: str, kind: EntryKind, rules: ContentRules, context: FormContext, day: dt.date, seed: str
) -> Note:
    dice = Dice(seed)
    items = () if kind.about is None else items_of(kind.about, rules, context)
    item = items[dice.among(1, 0, len(items) - 1)] if items else ""
    section = GroupSection(kind="group", name=_SECTION, label=kind.label, fields=kind.fields)
    form = Form(label=kind.label, trigger=Trigger.RATE, sections=(section,))
    drawn = dated(example(form, rules, context, seed=dice.among(2, 0, 1_000_000)), form, day)[_SECTION]
    content = drawn if isinstance(drawn, dict) else {}
    said = content | _said(name, content, dice)
    return Note(name, day, item, content if check_entry(kind, said, rules, context).mistakes else said)


def _said(name: str, content: Values, dice: Dice) -> Values:
    """The texts and numbers that fit a kind that is well known; one throw, so that they fit each other."""
    said: Values = {}
    for field, sentences in SAID.get(name, {}).items():
        if field in content:
            said[field] = sentences[dice.among(3, 0, len(sentences) - 1)]
    for field, (least, most) in _NUMBERS.items():
        if field in content:
            said[field] = dice.among(4, least, most)
    return said
