"""Checks the right of a person to fill in a form of a case."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy.ext.asyncio import AsyncConnection

from content.forms.form import Form
from content.rules import ContentRules
from service import policy
from service.accounts.tokens import Identity
from service.forms.naming import Names
from service.forms.selecting import forms_of
from service.problems import NotFound
from states.appraisal import Appraisal
from states.codec import load_appraisal
from states.errors import IllegalTransition, NotPermitted
from states.stages import CLOSED_STAGES, Capacity
from store.agency.content_rules import content_rules_of
from store.appraisal.on_record import CaseOnRecord, case_for


@dataclass(frozen=True, slots=True)
class FormRight:
    """A form of a case that somebody may fill in."""

    appraisal: Appraisal
    rules: ContentRules
    name: str
    form: Form
    capacity: Capacity

    @property
    def names(self) -> Names:
        """The words for what the form is made of."""
        return Names(self.rules, self.form)

    def refuse_closed(self) -> None:
        """Raises `IllegalTransition` where the case has ended: nobody begins anything for it."""
        if self.appraisal.stage in CLOSED_STAGES:
            raise IllegalTransition(trigger=self.form.trigger, stage=self.appraisal.stage)


async def right_to_fill(
    connection: AsyncConnection, appraisal: uuid.UUID, form: str, identity: Identity
) -> FormRight:
    """The right to fill in a form, in whatever stage the case is: what comes later may be begun early.

    Raises `NotFound` for a case or a form out of sight, and `NotPermitted`.
    """
    on_record = await _case(connection, appraisal, identity, policy.FILLING)
    held: Sequence[str] = on_record.capacities
    current = load_appraisal(on_record.snapshot)
    if not held:
        wider = await _case(connection, appraisal, identity, (*policy.SEEING, *policy.JUDGING))
        held = policy.seeing_capacities(wider.capacities, current)
    rules = await content_rules_of(connection, current.rulebook)
    asked = None if rules is None else forms_of(rules, current).get(form)
    if not held or rules is None or asked is None:
        raise NotFound
    capacity = policy.filling_capacity(held, asked.trigger)
    if capacity is None:
        raise NotPermitted(trigger=asked.trigger, stage=current.stage, capacity=held[0])
    return FormRight(current, rules, form, asked, capacity)


async def _case(
    connection: AsyncConnection, appraisal: uuid.UUID, identity: Identity, wanted: tuple[Capacity, ...]
) -> CaseOnRecord:
    on_record = await case_for(
        connection,
        appraisal=appraisal,
        agency=identity.agency,
        person=identity.person,
        command="",
        wanted=wanted,
    )
    if on_record is None:
        raise NotFound
    return on_record
