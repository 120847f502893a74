"""How an appraisal's workflow is started: by a launch, and again when a finalised appraisal is reopened."""

import uuid
from dataclasses import dataclass
from typing import Any, TypedDict

from temporalio.client import Client
from temporalio.common import TypedSearchAttributes, WorkflowIDReusePolicy
from temporalio.exceptions import WorkflowAlreadyStartedError

from activities.queues import Queue
from activities.search_attributes import at_start
from states.agenda import agenda
from states.appraisal import Appraisal
from states.codec import Json, dump_appraisal
from states.regime import Regime

APPRAISAL_WORKFLOW = "Appraisal"


def appraisal_workflow_id(appraisal: str | uuid.UUID) -> str:
    """The one workflow id of an appraisal, so that starting it can be repeated."""
    return f"appraisal-{appraisal}"


@dataclass(frozen=True, slots=True)
class AppraisalStart:
    """A snapshot from which a workflow takes over, under its cycle's clock."""

    appraisal: Appraisal
    regime: Regime
    cycle: uuid.UUID
    unit: uuid.UUID
    clock: list[Any]
    """The cycle's clock as data (see `states.clock`)."""

    @property
    def workflow_input(self) -> Json:
        """What `AppraisalWorkflow` begins with."""
        data: Json = {"appraisal": dump_appraisal(self.appraisal), "clock": self.clock}
        wake = agenda(self.appraisal, self.regime)
        if wake is not None:
            data["wake"] = wake.isoformat()
        return data


class StartOptions(TypedDict):
    """What every start of an appraisal's workflow has in common, as keywords of the client."""

    id: str
    task_queue: str
    search_attributes: TypedSearchAttributes
    static_summary: str


def start_options(
    appraisal: str | uuid.UUID,
    *,
    year: int,
    cycle: str | uuid.UUID,
    unit: str | uuid.UUID,
    queue: str = Queue.APPRAISAL,
) -> StartOptions:
    """The options for one appraisal. The summary names nobody, as it is never encrypted."""
    return StartOptions(
        id=appraisal_workflow_id(appraisal),
        task_queue=queue,
        search_attributes=at_start(cycle=str(cycle), unit=str(unit)),
        static_summary=f"penilaian {year}",
    )


async def start_appraisal(client: Client, start: AppraisalStart, *, queue: str = Queue.APPRAISAL) -> bool:
    """Starts the workflow of a launched appraisal; False if it runs already or ever ran.

    Raises `RPCError` when the engine does not take it; it may be repeated then.
    """
    options = start_options(
        start.appraisal.id,
        year=start.appraisal.year,
        cycle=start.cycle,
        unit=start.unit,
        queue=queue,
    )
    try:
        await client.start_workflow(
            APPRAISAL_WORKFLOW,
            start.workflow_input,
            **options,
            id_reuse_policy=WorkflowIDReusePolicy.REJECT_DUPLICATE,
        )
    except WorkflowAlreadyStartedError:
        return False
    return True
