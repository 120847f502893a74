"""An appraisal and the actions that its reader may take, in his language."""

import datetime as dt
import uuid
from collections.abc import Sequence

from service.appraisals.schemas import (
    AllowedAction,
    AppraisalDetail,
    AppraisalLine,
    ResponsiblePerson,
)
from service.appraisals.sight import Sight
from service.appraisals.wording import rating_basis_name
from service.deadlines.showing import shown_due_day, shown_duties
from service.objections.showing import shown_objection, shown_term
from service.people.wording import contract_in_words, legal_basis
from service.receipts.schemas import Receipt
from service.relations.wording import basis_name, responsible_name
from service.wording import capacity_name, outcome_name, stage_name, trigger_name
from states.permission import allowed_actions
from states.stages import Capacity
from store.appraisal.repository import CaseSummary
from translations import Locale


def shown_actions(sight: Sight, person: uuid.UUID, locale: Locale) -> list[AllowedAction]:
    """What ``person`` may do with the appraisal now."""
    allowed = allowed_actions(sight.appraisal, str(person), sight.capacities, sight.now, sight.rules)
    return [
        AllowedAction(
            trigger=action.trigger,
            name=trigger_name(action.trigger, locale),
            capacity=action.capacity,
            capacity_name=capacity_name(action.capacity, locale),
            needs_text=action.needs_text,
            parameters=list(action.parameters),
        )
        for action in allowed
    ]


def _responsible(sight: Sight, locale: Locale) -> list[ResponsiblePerson]:
    """The holders and the right by which they act: the resolved officials, or the personnel officers."""
    case = sight.case
    found = [(each["name"], each["basis"], each["on_behalf_of"]) for each in case.responsible]
    return [
        ResponsiblePerson(
            name=name,
            basis=basis,
            basis_name=basis_name(basis, locale),
            on_behalf_of=on_behalf_of,
            in_words=responsible_name(name, basis, on_behalf_of, locale),
        )
        for name, basis, on_behalf_of in found
        or [(name, Capacity.HR.value, None) for name in _names(case.holder, case.holders)]
    ]


def shown_detail(sight: Sight, receipt: Receipt | None, person: uuid.UUID, locale: Locale) -> AppraisalDetail:
    """The state of an appraisal, its holders, its due day, and what ``person`` may do."""
    case, appraisal = sight.case, sight.appraisal
    deadline = shown_due_day(sight, locale)
    return AppraisalDetail(
        id=case.id,
        cycle_id=case.cycle_id,
        cycle=case.cycle,
        employee_id=case.employee_id,
        employee=case.employee,
        unit_id=case.unit_id,
        unit=case.unit,
        stage=appraisal.stage,
        stage_name=stage_name(appraisal.stage, locale),
        since=appraisal.entered_at,
        holder=case.holder,
        holder_name=None if case.holder is None else capacity_name(case.holder, locale),
        holders=_names(case.holder, case.holders),
        due_on=None if deadline is None else deadline.on,
        overdue=deadline is not None and deadline.lapsed,
        outcome=case.outcome,
        outcome_name=outcome_name(case.outcome, locale),
        revision=appraisal.revision,
        year=case.year,
        rehearsal=case.rehearsal,
        business_now=sight.now,
        sequence=appraisal.sequence,
        scheme=appraisal.rulebook,
        responsible=_responsible(sight, locale),
        period=case.period,
        period_from=case.period_from or dt.date(case.year, 1, 1),
        period_until=case.period_until or dt.date(case.year, 12, 31),
        employment=case.employment,
        legal_basis=legal_basis(case.employment, locale),
        contract_until=case.contract_until,
        contract_in_words=contract_in_words(case.contract_until, locale),
        my_capacities=list(sight.capacities),
        opens_on=appraisal.opens_on,
        received_on=appraisal.received_on,
        receipt=receipt,
        deadline=deadline,
        duties=shown_duties(sight, locale),
        response_term=shown_term(sight, locale),
        receipt_disputed=appraisal.receipt_disputed,
        objection=shown_objection(appraisal, locale),
        reported=appraisal.reported,
        basis=appraisal.basis,
        basis_name=rating_basis_name(appraisal.basis, locale),
        actions=shown_actions(sight, person, locale),
    )


def shown_line(row: CaseSummary, locale: Locale) -> AppraisalLine:
    """An appraisal in a list."""
    return AppraisalLine(
        id=row.id,
        cycle_id=row.cycle_id,
        cycle=row.cycle,
        employee_id=row.employee_id,
        employee=row.employee,
        unit_id=row.unit_id,
        unit=row.unit,
        stage=row.stage,
        stage_name=stage_name(row.stage, locale),
        since=row.entered_at,
        holder=row.holder,
        holder_name=None if row.holder is None else capacity_name(row.holder, locale),
        holders=_names(row.holder, row.holders),
        due_on=row.due_on,
        overdue=row.overdue,
        outcome=row.outcome,
        outcome_name=outcome_name(row.outcome, locale),
        revision=row.revision,
    )


def _names(holder: str | None, names: Sequence[str]) -> list[str]:
    """The names of the holders; none for the calendar, although personnel officers may act in its place."""
    return [] if holder in {None, Capacity.CLOCK} else list(names)
