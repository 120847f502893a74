"""One employee's appraisal as a durable workflow."""

import asyncio
import datetime as dt

from temporalio import workflow
from temporalio.common import RetryPolicy
from temporalio.exceptions import ApplicationError

from activities.search_attributes import OVERDUE
from states import shelf
from states.clock import Clock, wake_jitter
from states.codec import Json, load_appraisal, load_command
from states.decide import decide
from states.errors import DomainError
from states.patch import patched
from states.stages import CLOSED_STAGES, HOLDERS, Stage

RECORDING_TIMEOUT = dt.timedelta(seconds=10)
RECORDING_RETRY = RetryPolicy(
    initial_interval=dt.timedelta(milliseconds=100), maximum_interval=dt.timedelta(seconds=5)
)
SHORTEST_SLEEP = dt.timedelta(milliseconds=1)


@workflow.defn(name="Appraisal")
class AppraisalWorkflow:
    """Holds position and timers; the record holds the facts.

    The input is JSON: ``appraisal`` (a snapshot), ``wake`` (next business moment at which time acts, ISO 8601,
    absent if none) and ``clock`` (business time, see `states.clock`). The snapshot only ever changes by the
    patches that the recording activity returns, so replay does not depend on how the core decides today.
    """

    @workflow.init
    def __init__(self, start: Json) -> None:
        self._clock = Clock.from_data(start["clock"])
        self._snapshot: Json = start["appraisal"]
        self._wake = _moment(start.get("wake"))
        self._lock = asyncio.Lock()
        self._describe()

    @workflow.run
    async def run(self, start: Json) -> str:  # noqa: ARG002  # the engine hands every run its input
        """Sleeps from wake to wake until the appraisal is closed; returns the closed stage."""
        if self._closed:
            await self._ask_whether_reopened()
        while True:
            await self._follow_the_clock()
            await workflow.wait_condition(workflow.all_handlers_finished)
            if self._closed:
                return self._stage.value
            if workflow.info().is_continue_as_new_suggested():
                workflow.continue_as_new(self._carried())

    @workflow.update(name="act", description="One action on the appraisal, acknowledged once it is durable.")
    async def act(self, command: Json) -> Json:
        """Records a command (see `states.commands`; its id is the update's) and returns where the case stands.

        ``seen`` is the sequence that the caller saw on record, ``recorded`` true if the command was on it.
        Fails with an `ApplicationError` whose type is the refusal's code, and changes nothing then.
        """
        asked, ahead = self._asked(command)
        async with self._lock:
            answer = await self._record(asked, behind=ahead, seen=command.get("seen", 0))
        refused = answer.get("refused")
        if refused is not None:
            raise _failure(refused["code"], refused)
        # A command that was on record before stands where it stood then: the case may have moved on since.
        recorded: Json = answer.get("recorded", {})
        return {
            "stage": self._stage.value,
            "sequence": self._sequence,
            "fingerprint": command.get("fingerprint", ""),
        } | recorded

    @act.validator
    def _may_act(self, command: Json) -> None:
        """Refuses, without a trace in the history, what the core refuses on the present snapshot.

        A record that is ahead of the engine is caught up with first, so such a command is let through. So is
        one whose rules this process has not read yet: the recording activity refuses it then.
        """
        asked, ahead = self._asked(command)
        appraisal = load_appraisal(self._snapshot)
        regime = shelf.find(appraisal)
        if ahead or regime is None:
            return
        try:
            decide(appraisal, load_command(asked), self._now(), regime)
        except DomainError as refused:
            raise _failure(refused.code, refused.details) from None

    @workflow.update(name="catch_up", description="Takes in what was recorded but never reached the engine.")
    async def catch_up(self) -> int:
        """Returns the sequence after catching up with the record; harmless when there is nothing to do."""
        async with self._lock:
            await self._record(None, behind=True)
        return self._sequence

    @workflow.query(name="position", description="Stage, sequence and next wake.")
    def position(self) -> Json:
        """Where the engine believes the appraisal to stand."""
        return {
            "stage": self._stage.value,
            "sequence": self._sequence,
            "wake": self._wake.isoformat() if self._wake else None,
        }

    @property
    def _stage(self) -> Stage:
        return Stage(self._snapshot["stage"])

    @property
    def _sequence(self) -> int:
        return int(self._snapshot["sequence"])

    @property
    def _overdue(self) -> bool:
        return bool(self._snapshot.get("deadline", {}).get("lapsed", False))

    @property
    def _closed(self) -> bool:
        return self._stage in CLOSED_STAGES

    def _now(self) -> dt.datetime:
        return self._clock.business(workflow.now())

    def _asked(self, command: Json) -> tuple[Json, bool]:
        """The command under its update's id, and whether the caller saw more on record than we know."""
        update = workflow.current_update_info()
        asked = {name: value for name, value in command.items() if name not in {"seen", "recorded"}}
        asked["id"] = update.id if update else ""
        return asked, command.get("seen", 0) > self._sequence or bool(command.get("recorded"))

    async def _follow_the_clock(self) -> None:
        """One timer at a time, to the next wake; a command that moves the wake replaces it."""
        while not self._closed and not workflow.info().is_continue_as_new_suggested():
            wake = self._wake

            def moved(wake: dt.datetime | None = wake) -> bool:
                return self._closed or self._wake != wake

            try:
                await workflow.wait_condition(moved, timeout=self._sleep_until(wake))
            except TimeoutError:
                async with self._lock:
                    if not moved():
                        await self._record(None)

    def _sleep_until(self, wake: dt.datetime | None) -> dt.timedelta | None:
        """Real time to sleep; a herd of deadlines on one instant is spread behind it, never before."""
        if wake is None:
            return None
        jitter = wake_jitter(self._snapshot["id"], wake, self._clock.wake_spread())
        return max(self._clock.real(wake) + jitter - workflow.now(), SHORTEST_SLEEP)

    async def _ask_whether_reopened(self) -> None:
        """A run begins on a closed case for the reopening that comes with it. If that was recorded in a first
        attempt and then lost to the engine, this run would end at once, and the open case would have none.
        """
        async with self._lock:
            if self._closed:
                await self._record(None, behind=True)

    async def _record(self, command: Json | None, *, behind: bool = False, seen: int = 0) -> Json:
        """Has the command, or the wake, decided and recorded; takes the change in; returns the answer."""
        now = self._now()
        if command is None and self._wake is not None and not behind:
            now = max(now, self._wake)
        request: Json = {"appraisal": self._snapshot, "command": command, "now": now.isoformat()}
        answer: Json = await workflow.execute_local_activity(
            "record",
            request | {"behind": behind, "seen": seen},
            start_to_close_timeout=RECORDING_TIMEOUT,
            retry_policy=RECORDING_RETRY,
            result_type=dict,
        )
        overdue = self._overdue
        self._snapshot = patched(self._snapshot, answer["patch"])
        self._wake = _moment(answer.get("wake"))
        if self._overdue != overdue:
            workflow.upsert_search_attributes([OVERDUE.value_set(self._overdue)])
        self._describe()
        return answer

    def _describe(self) -> None:
        holder = HOLDERS.get(self._stage)
        due = self._snapshot.get("deadline", {}).get("due_on", "-")
        workflow.set_current_details(
            f"stage **{self._stage}**, waits on {holder or 'nobody'}, due {due}, "
            f"sequence {self._sequence}, next wake {self._wake or '-'}"
        )

    def _carried(self) -> Json:
        carried: Json = {"appraisal": self._snapshot, "clock": self._clock.to_data()}
        if self._wake is not None:
            carried["wake"] = self._wake.isoformat()
        return carried


def _moment(text: str | None) -> dt.datetime | None:
    return dt.datetime.fromisoformat(text) if text else None


def _failure(code: str, details: Json) -> ApplicationError:
    return ApplicationError(code, details, type=code, non_retryable=True)
