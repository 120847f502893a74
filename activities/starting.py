"""How an appraisal's workflow is started: by a launch, and again when a finalised appraisal is reopened."""

import uuid
from dataclasses import dataclass
from typing import Any

from temporalio.client import Client
from temporalio.common import WorkflowIDReusePolicy
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
    """A snapshot from which a workflow takes over, and what its namespace shows of it to operators."""

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

    @property
    def summary(self) -> str:
        """What operators read first; it names nobody, as it is never encrypted."""
        return f"penilaian {self.appraisal.year}"


async def start_appraisal(client: Client, start: AppraisalStart, *, reopened: bool = False) -> bool:
    """Starts the workflow; False if it runs already or, unless ``reopened``, ever ran.

    Raises `RPCError` when the engine does not take it; it may be repeated then.
    """
    policy = WorkflowIDReusePolicy
    try:
        await client.start_workflow(
            APPRAISAL_WORKFLOW,
            start.workflow_input,
            id=appraisal_workflow_id(start.appraisal.id),
            task_queue=Queue.APPRAISAL,
            id_reuse_policy=policy.ALLOW_DUPLICATE if reopened else policy.REJECT_DUPLICATE,
            search_attributes=at_start(
                cycle=str(start.cycle), unit=str(start.unit)
            ),
            static_summary=start.summary,
        )
    except WorkflowAlreadyStartedError:
        return False
    return True
