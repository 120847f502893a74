"""A task, in the language of its reader."""

from service.deadlines.wording import duty_name
from service.relations.wording import basis_name
from service.tasks.schemas import TaskLine
from service.wording import capacity_name, stage_name
from states.stages import Capacity
from store.appraisal.tasks import Task
from translations import Locale

_OWN = (Capacity.EMPLOYEE, Capacity.HR)


def shown_task(row: Task, locale: Locale) -> TaskLine:
    """A task, its capacity, and the official in whose place it is done."""
    basis = _basis(row)
    return TaskLine(
        id=row.id,
        appraisal_id=row.appraisal_id,
        employee_id=row.employee_id,
        employee=row.employee,
        cycle_id=row.cycle_id,
        cycle=row.cycle,
        stage=row.stage,
        stage_name=stage_name(row.stage, locale),
        duty=row.duty or None,
        duty_name=duty_name(row.duty, locale) if row.duty else None,
        capacity=row.capacity,
        capacity_name=capacity_name(row.capacity, locale),
        opened_at=row.opened_at,
        due_on=row.due_on,
        overdue=row.overdue,
        basis=basis,
        basis_name=None if basis is None else basis_name(basis, locale),
        on_behalf_of=row.on_behalf_of,
        waiting_on_my_plan=row.waiting_on_my_plan,
    )


def _basis(row: Task) -> str | None:
    """The right by which somebody does another official's task; None for his own task."""
    if row.capacity in _OWN or row.basis == "definitive":
        return None
    return row.basis or Capacity.HR.value
