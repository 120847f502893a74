"""The forms of scripted people: valid for any scheme, and the same each time for the same step of a case."""

import datetime as dt
from dataclasses import dataclass

from sqlalchemy.ext.asyncio import AsyncConnection

from content.forms.example import example
from content.parts import Values
from service.forms.context import form_context
from service.rehearsal.dates import dated
from service.rehearsal.notes import Note, missing_notes, usual_notes
from service.rehearsal.ratings import usual_rating
from states.appraisal import Appraisal
from states.scripted.temperament import Dice
from states.triggers import Trigger
from store.agency.content_rules import content_rules_of
from store.cycle.rehearsing import RehearsedCase


@dataclass(frozen=True, slots=True)
class Prepared:
    """A filled form, and what is noted before it is handed in."""

    content: Values
    missing: tuple[Note, ...]
    """What the scheme wants noted in the year, and is not there yet."""
    usual: tuple[Note, ...]
    """What people note on this occasion although nobody asks for it."""


async def filled_form(
    connection: AsyncConnection, case: RehearsedCase, trigger: Trigger, today: dt.date
) -> Prepared | None:
    """What a scripted person fills in for an action on a business day; None where the scheme has no form for it."""
    rules = await content_rules_of(connection, case.appraisal.rulebook)
    if rules is None:
        return None
    rating = trigger in (Trigger.RATE, Trigger.CHANGE_RESULT)
    found = rules.form_for(Trigger.RATE if rating else trigger, case.appraisal.basis if rating else None)
    if found is None:
        return None
    form = found[1]
    context = await form_context(connection, case.id, rules)
    seed = f"form|{case.appraisal.id}|{case.appraisal.sequence}|{trigger}"
    drawn = example(form, rules, context, seed=Dice(seed).among(0, 0, 1_000_000))
    filled = dated(drawn, form, today)
    if rating:
        filled = usual_rating(filled, form, rules, context, seed)
    day = _day_of_notes(case.appraisal, today)
    return Prepared(
        filled,
        tuple(missing_notes(form, rules, context, day, seed)),
        tuple(usual_notes(trigger, rules, context, day, seed)),
    )


def _day_of_notes(appraisal: Appraisal, today: dt.date) -> dt.date:
    """The last day of the year that a note written today can be about. What is rated in January was seen before."""
    return min(today, dt.date(appraisal.year, 12, 31))
