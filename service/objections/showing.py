"""The right to object and an objection, in the language of their reader.

Who may not decide, because he had a part in the result, is named to nobody.
"""

from service import policy
from service.appraisals.sight import Sight
from service.objections.schemas import HeardSide, Objection, ResponseTerm
from service.objections.wording import hearing, lateness, term_sentence
from service.wording import capacity_name
from states.appraisal import Appraisal
from states.commands import Command
from states.duties import STATEMENTS
from states.outcomes import SETTLED
from states.response_term import response_term
from states.stages import Capacity
from states.transition_context import TransitionContext
from states.triggers import Outcome, Trigger
from translations import Locale

_OBJECTED = SETTLED | {Outcome.WITHDRAWN}


def shown_term(sight: Sight, locale: Locale) -> ResponseTerm | None:
    """The days in which an objection is in time; None before a receipt is evidenced."""
    objecting = Command(
        id="", trigger=Trigger.OBJECT, capacity=Capacity.EMPLOYEE, actor=sight.appraisal.employee
    )
    term = response_term(TransitionContext(sight.appraisal, objecting, sight.now, sight.rules))
    if term is None:
        return None
    return ResponseTerm(
        due_on=term.due_on, by_law=term.by_law, in_words=term_sentence(term.due_on, term.by_law, locale)
    )


def shown_objection(appraisal: Appraisal, locale: Locale) -> Objection | None:
    """The objection to the present result; None if there is none."""
    objected = appraisal.objected_on is not None or appraisal.outcome in _OBJECTED
    if not objected and not policy.is_contested(appraisal):
        return None
    return Objection(
        filed_on=appraisal.objected_on,
        late=appraisal.objection_late,
        late_by=appraisal.late_by,
        late_by_law=appraisal.late_by_law,
        in_words=lateness(appraisal, locale),
        sides=[_side(appraisal, side, locale) for side in STATEMENTS],
    )


def _side(appraisal: Appraisal, side: Capacity, locale: Locale) -> HeardSide:
    return HeardSide(
        capacity=side,
        capacity_name=capacity_name(side, locale),
        asked=side in appraisal.asked,
        heard=side in appraisal.heard,
        silent=side in appraisal.silent,
        in_words=hearing(appraisal, side, locale),
    )
