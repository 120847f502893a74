"""Tells the engine of a case: starts its workflow, or signals it and starts it if it does not run."""

import datetime as dt
import uuid
from typing import TypedDict

from temporalio.client import Client
from temporalio.common import TypedSearchAttributes, WorkflowIDConflictPolicy, WorkflowIDReusePolicy
from temporalio.exceptions import WorkflowAlreadyStartedError

from activities.queues import Queue
from activities.search_attributes import at_start
from states.following import WORKFLOW_PREFIX, step_text
from store.following.repository import CaseToFollow

APPRAISAL_WORKFLOW = "FollowedAppraisal"
FOLLOWED = "followed"
"""The signal that the record has moved on."""

ENGINE_TIMEOUT = dt.timedelta(seconds=5)


def appraisal_workflow_id(appraisal: str | uuid.UUID) -> str:
    """The one workflow id of an appraisal, so that starting it can be repeated."""
    return f"{WORKFLOW_PREFIX}{appraisal}"


class StartOptions(TypedDict):
    """What every start of an appraisal's workflow has in common, as keywords of the client."""

    id: str
    task_queue: str
    search_attributes: TypedSearchAttributes
    static_summary: str
    id_reuse_policy: WorkflowIDReusePolicy
    rpc_timeout: dt.timedelta


async def tell(client: Client, case: CaseToFollow, *, queue: str = Queue.APPRAISAL) -> None:
    """Tells the engine where a case stands on record; harmless to repeat, in any order.

    Raises `RPCError` if the engine does not accept it, and `RuntimeError` if a lazy client finds no engine.
    """
    options = _start_options(case, queue)
    # A workflow that begins without knowing when to wake asks the record.
    begin = [case.position.to_text()] if case.position.wake_at is not None else []
    if case.replaces:
        await client.start_workflow(
            APPRAISAL_WORKFLOW, id_conflict_policy=WorkflowIDConflictPolicy.TERMINATE_EXISTING, **options
        )
        return
    if case.after is None and not case.position.is_closed:
        try:
            await client.start_workflow(
                APPRAISAL_WORKFLOW,
                args=begin,
                id_conflict_policy=WorkflowIDConflictPolicy.FAIL,
                **options,
            )
        except WorkflowAlreadyStartedError:
            # It runs already, so it gets the signal below.
            pass
        else:
            return
    await client.start_workflow(
        APPRAISAL_WORKFLOW,
        start_signal=FOLLOWED,
        start_signal_args=[step_text(case.after, case.position)],
        id_conflict_policy=WorkflowIDConflictPolicy.USE_EXISTING,
        **options,
    )


def _start_options(case: CaseToFollow, queue: str) -> StartOptions:
    """The options for one appraisal. The summary names nobody, because it is never encrypted."""
    return StartOptions(
        id=appraisal_workflow_id(case.appraisal),
        task_queue=queue,
        search_attributes=at_start(cycle=str(case.cycle), unit=str(case.unit)),
        static_summary=f"penilaian {case.year}",
        id_reuse_policy=WorkflowIDReusePolicy.ALLOW_DUPLICATE,
        rpc_timeout=ENGINE_TIMEOUT,
    )
