"""The tasks that wait for somebody, in any capacity."""

from sqlalchemy.ext.asyncio import AsyncConnection

from service.accounts.tokens import Identity
from service.appraisals.asker import asker_of
from service.paging import cut, due_key
from service.tasks.schemas import TaskPage
from service.tasks.showing import shown_task
from store.appraisal.tasks import tasks
from translations import Locale


async def task_page(
    connection: AsyncConnection, identity: Identity, locale: Locale, *, cursor: str | None, limit: int
) -> TaskPage:
    """A page of tasks, the first due first. Raises `CursorInvalid`."""
    rows = await tasks(connection, asker_of(identity), after=due_key(cursor), limit=limit + 1)
    page, following = cut(rows, limit, lambda row: (row.due_on, row.id))
    return TaskPage(items=[shown_task(row, locale) for row in page], next=following)
