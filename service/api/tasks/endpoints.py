from fastapi import APIRouter
from starlette.responses import Response

from service.api.answers import answer, problems
from service.api.dependencies import Shared
from service.api.identity import Language, SignedIn
from service.api.paging import DEFAULT_LIMIT, Cursor, Limit, cut, due_key
from service.api.tasks.schemas import TaskLine, TaskPage
from service.appraisals.asker import asker_of
from service.operations.wording import basis_name
from service.wording import capacity_name, stage_name
from states.stages import Capacity
from store.appraisal.tasks import Task, tasks
from translations import Locale

router = APIRouter(tags=["tasks"])


@router.get(
    "/tasks", response_model=TaskPage, responses=problems(400, 401, 422, 503), operation_id="listTasks"
)
async def mine(
    identity: SignedIn,
    shared: Shared,
    locale: Language,
    cursor: Cursor = None,
    limit: Limit = DEFAULT_LIMIT,
) -> Response:
    """What waits on me in any capacity, the first due first."""
    async with shared.reading.connect() as connection:
        rows = await tasks(connection, asker_of(identity), after=due_key(cursor), limit=limit + 1)
    page, following = cut(rows, limit, lambda row: (row.due_on, row.id))
    return answer(TaskPage(items=[_line(row, locale) for row in page], next=following))


_OWN = (Capacity.EMPLOYEE, Capacity.HR)


def _basis(row: Task) -> str | None:
    """By what right one does what is another's; None for what is one's own."""
    if row.capacity in _OWN or row.basis == "definitive":
        return None
    return row.basis or Capacity.HR.value


def _line(row: Task, locale: Locale) -> TaskLine:
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
        capacity=row.capacity,
        capacity_name=capacity_name(row.capacity, locale),
        opened_at=row.opened_at,
        due_on=row.due_on,
        overdue=row.overdue,
        basis=basis,
        basis_name=None if basis is None else basis_name(basis, locale),
        on_behalf_of=row.on_behalf_of,
    )
