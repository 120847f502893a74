import sys
from dataclasses import dataclass


@dataclass(frozen=True)
class OwnProcess:
    """A process of kinerja itself. A worker names its `queue` and is ready once it polls that queue."""

    name: str
    command: tuple[str, ...]
    once: bool = False
    queue: str | None = None
    ready_seconds: float = 60.0


@dataclass(frozen=True)
class OwnProcesses:
    """The processes of kinerja that `serve` runs, in this order.

    `serve` leaves the mailbox out if mail goes to a real server. `demo` lets invented people act; it is None
    unless a demonstration is wanted.
    """

    mailbox: OwnProcess
    migrate: OwnProcess
    workers: tuple[OwnProcess, ...]
    api: OwnProcess
    demo: OwnProcess | None = None


def own_processes(workers: int = 1, *, demo: bool = False) -> OwnProcesses:
    """The commands of kinerja, with `workers` processes for each of the two task queues."""
    if workers < 1:
        raise ValueError("At least one worker of each queue is needed.")

    def command(*arguments: str) -> tuple[str, ...]:
        return (sys.executable, "-m", "service.cli", *arguments)

    return OwnProcesses(
        mailbox=OwnProcess("mailbox", command("mailbox")),
        migrate=OwnProcess("migrate", command("migrate"), once=True, ready_seconds=600),
        workers=tuple(
            OwnProcess(
                f"worker-{queue}" if number == 1 else f"worker-{queue}-{number}",
                command("worker", "--queue", queue),
                queue=queue,
            )
            for queue in ("appraisal", "notify")
            for number in range(1, workers + 1)
        ),
        api=OwnProcess("api", command("api")),
        demo=OwnProcess("demo", command("demo")) if demo else None,
    )
