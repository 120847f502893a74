"""What was filled in for an action, once it has passed the check of its form; a rating with what follows from it."""

from dataclasses import dataclass

from sqlalchemy.ext.asyncio import AsyncConnection

from content.forms.checking import check
from content.forms.deciding import decided_on
from content.forms.form import Form
from content.parts import Values
from content.rating.claimed import claim_mistakes
from content.rating.outcome import Outcome
from content.rating.rated import rated
from content.rating.unrated import Unrated
from content.rules import ContentRules
from service.appraisals.attempt import Attempt
from service.appraisals.request import Written
from service.forms.context import form_context
from service.forms.naming import Names
from service.forms.wording import field_errors
from service.problems import FormIncomplete
from states.appraisal import Appraisal
from states.clock import Clock
from states.codec import load_appraisal
from states.decide import advance
from states.stages import Stage
from states.table import PERMISSIONS
from states.triggers import RatingBasis, Trigger
from store.agency.content_rules import content_rules_of
from store.agency.rule_contexts import rule_context_on
from store.appraisal.on_record import CaseOnRecord

RESULT = "result"
"""The kind of document that holds the new result of a decision on an objection."""


@dataclass(frozen=True, slots=True)
class HandedIn:
    """A filled form that may go on record."""

    kind: str
    """Of its document."""
    form: str
    """The name of the form in the scheme, by which the author's draft is known."""
    content: Values
    outcome: Outcome | None
    """What follows from a rating; None for every other form."""
    sent: Values
    """The form as it came, before the check wrote it in the one way in which it is kept."""


async def handed_in(
    connection: AsyncConnection, attempt: Attempt, on_record: CaseOnRecord
) -> HandedIn | None:
    """The form of the action; None where the scheme has none for it, and words are taken as they come.

    Raises `FormIncomplete` with every mistake at its place. An action that the stage does not know is not looked at:
    the core says what is wrong with it.
    """
    current = load_appraisal(on_record.snapshot)
    if not _is_known(current.stage, attempt.trigger):
        current = await _brought_up(connection, on_record, current)
    if not _is_known(current.stage, attempt.trigger):
        return None
    rules = await content_rules_of(connection, current.rulebook)
    if rules is None:
        return None
    deciding = attempt.trigger is Trigger.CHANGE_RESULT
    found = rules.form_for(Trigger.RATE if deciding else attempt.trigger, _basis(attempt.trigger, current))
    if found is None:
        return None
    written = attempt.asked.result if deciding else attempt.asked
    if written is None:
        # The core asks for the result of a decision that names none.
        return None
    name, form = found
    return await _checked(connection, attempt, (name, decided_on(form) if deciding else form), rules, written)


async def _brought_up(connection: AsyncConnection, on_record: CaseOnRecord, current: Appraisal) -> Appraisal:
    """The case as the core will find it: what time has caused by now comes first, on record or not."""
    rules = await rule_context_on(connection, current)
    _, present = advance(current, Clock.from_data(on_record.clock).business(on_record.at), rules)
    return present


def _is_known(stage: Stage, trigger: Trigger) -> bool:
    return (stage, trigger) in PERMISSIONS


def _basis(trigger: Trigger, current: Appraisal) -> RatingBasis | None:
    return current.basis if trigger in (Trigger.RATE, Trigger.CHANGE_RESULT) else None


async def _checked(
    connection: AsyncConnection,
    attempt: Attempt,
    named: tuple[str, Form],
    rules: ContentRules,
    written: Written,
) -> HandedIn:
    name, form = named
    place = ("result", "content") if attempt.trigger is Trigger.CHANGE_RESULT else ("content",)
    names = Names(rules, form)
    context = await form_context(connection, attempt.appraisal, rules)
    sent = written.content or {}
    checked = check(form, sent, rules, context)
    if checked.mistakes:
        raise FormIncomplete(errors=field_errors(checked.mistakes, place, names=names))
    if form.trigger is not Trigger.RATE:
        return HandedIn(attempt.trigger.value, name, checked.values, None, sent)
    try:
        outcome = rated(rules, checked.values, context)
    except Unrated as unrated:
        raise FormIncomplete(errors=field_errors(unrated.mistakes, place, names=names)) from None
    if attempt.asked.predicate is not None:
        wrong = claim_mistakes(attempt.asked.predicate, outcome, ("predicate",))
        if wrong:
            raise FormIncomplete(errors=field_errors(wrong, (), names=names))
    kind = RESULT if attempt.trigger is Trigger.CHANGE_RESULT else attempt.trigger.value
    return HandedIn(kind, name, checked.values, outcome, sent)
