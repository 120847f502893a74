"""The forms of scripted people: valid for any scheme, and the same each time for the same step of a case."""

from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy.ext.asyncio import AsyncConnection

from content.forms.checking import check
from content.forms.context import FormContext
from content.forms.example import example
from content.forms.form import Form, GroupSection, NotedCheck
from content.parts import Values
from content.rating.rules import FieldPlace, MatrixMethod
from content.rules import ContentRules
from service.forms.context import form_context
from states.scripted.temperament import Dice
from states.triggers import Trigger
from store.agency.content_rules import content_rules_of
from store.cycle.rehearsing import RehearsedCase

_USUAL = (1, 1, 1, 1, 0, 0, 2)
"""Where most people stand on a scale from the best to the worst: in the middle."""


@dataclass(frozen=True, slots=True)
class Note:
    """An entry to be noted."""

    kind: str
    content: Values


@dataclass(frozen=True, slots=True)
class Prepared:
    """A filled form, and what its scheme wants noted in the year before it may be handed in."""

    content: Values
    notes: tuple[Note, ...]
    """What is missing of it."""


async def filled_form(connection: AsyncConnection, case: RehearsedCase, trigger: Trigger) -> Prepared | None:
    """What a scripted person fills in for an action; None where the scheme has no form for it."""
    rules = await content_rules_of(connection, case.appraisal.rulebook)
    if rules is None:
        return None
    rating = trigger in (Trigger.RATE, Trigger.CHANGE_RESULT)
    found = rules.form_for(Trigger.RATE if rating else trigger, case.appraisal.basis if rating else None)
    if found is None:
        return None
    form = found[1]
    context = await form_context(connection, case.id, rules)
    dice = Dice(f"form|{case.appraisal.id}|{case.appraisal.sequence}|{trigger}")
    filled = example(form, rules, context, seed=dice.among(0, 0, 1_000_000))
    if rating:
        filled = _usual(filled, form, rules, context, dice)
    return Prepared(filled, tuple(_missing(form, rules, context)))


def _usual(filled: Values, form: Form, rules: ContentRules, context: FormContext, dice: Dice) -> Values:
    """The rating as most people get it, where its method takes one by judgement and the form stays complete."""
    method = None if rules.rating is None else rules.rating.method
    if not isinstance(method, MatrixMethod):
        return filled
    steps = rules.choices_of(method.scale)
    changed = filled
    for throw, place in enumerate((method.results, method.behaviour), 1):
        step = steps[min(_USUAL[dice.among(throw, 0, len(_USUAL) - 1)], len(steps) - 1)]
        changed = _with(changed, place, step)
    before, after = (len(check(form, each, rules, context).mistakes) for each in (filled, changed))
    return changed if after <= before else filled


def _with(filled: Values, place: FieldPlace, step: str) -> Values:
    section = filled.get(place.section)
    if not isinstance(section, dict):
        return filled
    return filled | {place.section: section | {place.field: step}}


def _missing(form: Form, rules: ContentRules, context: FormContext) -> Iterator[Note]:
    for wanted in form.checks:
        if isinstance(wanted, NotedCheck):
            for number in range(context.noted.get(wanted.entry, 0), wanted.at_least):
                yield Note(wanted.entry, _entry(wanted.entry, rules, context, number))


def _entry(kind: str, rules: ContentRules, context: FormContext, number: int) -> Values:
    label, fields = rules.entries[kind].label, rules.entries[kind].fields
    note = GroupSection(kind="group", name="note", label=label, fields=fields)
    form = Form(label=label, trigger=Trigger.RATE, sections=(note,))
    filled = example(form, rules, context, seed=number)["note"]
    return filled if isinstance(filled, dict) else {}
