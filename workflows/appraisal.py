"""One employee's appraisal as a durable workflow."""

import asyncio
import datetime as dt

from temporalio import workflow
from temporalio.common import RetryPolicy
from temporalio.exceptions import ApplicationError

from states import shelf
from states.appraisal import Appraisal
from states.clock import Clock, wake_jitter
from states.codec import Json, dump_appraisal, load_appraisal, load_command, load_event
from states.decide import decide
from states.errors import DomainError
from states.evolve import evolve
from states.stages import CLOSED_STAGES, HOLDERS
from workflows.search_attributes import OVERDUE, STAGE

RECORDING_TIMEOUT = dt.timedelta(seconds=10)
RECORDING_RETRY = RetryPolicy(
    initial_interval=dt.timedelta(milliseconds=100), maximum_interval=dt.timedelta(seconds=5)
)
SHORTEST_SLEEP = dt.timedelta(milliseconds=1)


@workflow.defn(name="Appraisal")
class AppraisalWorkflow:
    """Holds position and timers; the record holds the facts.

    The input is JSON: ``appraisal`` (a snapshot), ``head`` (hash of its last event), ``wake`` (next business
    moment at which time acts, ISO 8601) and ``clock`` (business time, see `states.clock`).
    """

    @workflow.init
    def __init__(self, start: Json) -> None:
        self._clock = Clock.from_data(start["clock"])
        self._appraisal = load_appraisal(start["appraisal"])
        self._head: str = start["head"]
        self._wake = _moment(start["wake"])
        self._lock = asyncio.Lock()
        self._describe()

    @workflow.run
    async def run(self, start: Json) -> str:  # noqa: ARG002  # the engine hands every run its input
        """Sleeps from wake to wake until the appraisal is closed; returns the closed stage."""
        while True:
            await self._follow_the_clock()
            await workflow.wait_condition(workflow.all_handlers_finished)
            if self._closed:
                return self._appraisal.stage.value
            if workflow.info().is_continue_as_new_suggested():
                workflow.continue_as_new(self._carried())

    @workflow.update(name="act", description="One action on the appraisal, acknowledged once it is durable.")
    async def act(self, command: Json) -> Json:
        """Records a command (see `states.commands`) and returns where the appraisal then stands.

        Fails with an `ApplicationError` whose type is the refusal's code, and changes nothing then.
        """
        async with self._lock:
            refused = await self._record(command)
        if refused is not None:
            raise _failure(refused["code"], refused)
        return {
            "stage": self._appraisal.stage.value,
            "sequence": self._appraisal.sequence,
            "fingerprint": command.get("fingerprint", ""),
        }

    @act.validator
    def _may_act(self, command: Json) -> None:
        """Refuses without a trace in the history what the core refuses on the present snapshot.

        A record that is ahead of the engine is caught up with first, so such a command is let through. So is
        one whose rules this process has not read yet: the recording activity then refuses it.
        """
        regime = shelf.find(self._appraisal)
        if regime is None or command.get("seen", 0) > self._appraisal.sequence or command.get("recorded"):
            return
        try:
            decide(self._appraisal, load_command(_asked(command)), self._now(), regime)
        except DomainError as refused:
            raise _failure(refused.code, refused.details) from None

    @workflow.update(name="catch_up", description="Takes in what was recorded but never reached the engine.")
    async def catch_up(self) -> int:
        """Returns the sequence after catching up with the record; harmless when there is nothing to do."""
        async with self._lock:
            await self._record(None, behind=True)
        return self._appraisal.sequence

    @workflow.query(name="position", description="Stage, sequence and next wake.")
    def position(self) -> Json:
        """Where the engine believes the appraisal to stand."""
        return {
            "stage": self._appraisal.stage.value,
            "sequence": self._appraisal.sequence,
            "wake": self._wake.isoformat() if self._wake else None,
        }

    @property
    def _closed(self) -> bool:
        return self._appraisal.stage in CLOSED_STAGES

    def _now(self) -> dt.datetime:
        return self._clock.business(workflow.now())

    def _decisive_moment(self, *, wake: bool) -> dt.datetime:
        """Business now; a wake never counts as before its own instant, whatever rounding a fast clock adds."""
        return max(self._now(), self._wake) if wake and self._wake else self._now()

    async def _follow_the_clock(self) -> None:
        """One timer at a time, to the next wake; a command that moves the wake replaces it."""
        while not self._closed and not workflow.info().is_continue_as_new_suggested():
            wake = self._wake
            try:
                await workflow.wait_condition(
                    lambda wake=wake: self._closed or self._wake != wake,
                    timeout=self._sleep_until(wake),
                    timeout_summary="next wake",
                )
            except TimeoutError:
                async with self._lock:
                    if self._wake == wake:
                        await self._record(None)

    def _sleep_until(self, wake: dt.datetime | None) -> dt.timedelta | None:
        """Real time to sleep; a herd of deadlines on one instant is spread behind it, never before."""
        if wake is None:
            return None
        jitter = wake_jitter(self._appraisal.id, wake, self._clock.wake_spread())
        return max(self._clock.real(wake) + jitter - workflow.now(), SHORTEST_SLEEP)

    async def _record(self, command: Json | None, *, behind: bool = False) -> Json | None:
        """Has the command, or the wake, decided and recorded; takes the events in; returns a refusal."""
        asked = _asked(command) if command else None
        ahead = command is not None and (
            command.get("seen", 0) > self._appraisal.sequence or bool(command.get("recorded"))
        )
        answer: Json = await workflow.execute_local_activity(
            "record",
            {
                "appraisal": dump_appraisal(self._appraisal),
                "head": self._head,
                "command": asked,
                "now": self._decisive_moment(wake=command is None and not behind).isoformat(),
                "behind": behind or ahead,
            },
            start_to_close_timeout=RECORDING_TIMEOUT,
            retry_policy=RECORDING_RETRY,
            result_type=dict,
        )
        before = self._appraisal
        for kind, body in answer["events"]:
            self._appraisal = evolve(self._appraisal, load_event(kind, body))
        self._head = answer["head"]
        self._wake = _moment(answer["wake"])
        self._announce(before)
        refused: Json | None = answer.get("refused")
        return refused

    def _announce(self, before: Appraisal) -> None:
        """Shows operators the stage and lateness, in one event and only when they changed."""
        updates = []
        if before.stage is not self._appraisal.stage:
            updates.append(STAGE.value_set(self._appraisal.stage.value))
        overdue = _overdue(self._appraisal)
        if overdue != _overdue(before):
            updates.append(OVERDUE.value_set(overdue))
        if updates:
            workflow.upsert_search_attributes(updates)
        self._describe()

    def _describe(self) -> None:
        holder = HOLDERS.get(self._appraisal.stage)
        due = self._appraisal.deadline.due_on.isoformat() if self._appraisal.deadline else "-"
        workflow.set_current_details(
            f"stage **{self._appraisal.stage}**, waits on {holder or 'nobody'}, due {due}, "
            f"sequence {self._appraisal.sequence}, next wake {self._wake or '-'}"
        )

    def _carried(self) -> Json:
        return {
            "appraisal": dump_appraisal(self._appraisal),
            "head": self._head,
            "wake": self._wake.isoformat() if self._wake else None,
            "clock": self._clock.to_data(),
        }


def _moment(text: str | None) -> dt.datetime | None:
    return dt.datetime.fromisoformat(text) if text else None


def _overdue(appraisal: Appraisal) -> bool:
    return appraisal.deadline is not None and appraisal.deadline.lapsed


def _asked(command: Json) -> Json:
    """The command without what only the shell needs: what the caller had seen of the record."""
    return {name: value for name, value in command.items() if name not in {"seen", "recorded"}}


def _failure(code: str, details: Json) -> ApplicationError:
    return ApplicationError(code, details, type=code, non_retryable=True)
