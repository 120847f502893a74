"""A whole installation of processes: PostgreSQL, Temporal, workers and APIs, each to be killed."""

import random
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from activities.search_attributes import REGISTRATION
from service.accounts.tokens import TokenSigner
from service.runtime.ports import any_free_port
from service.runtime.scratch import (
    ScratchPostgres,
    ScratchProcess,
    ScratchTemporal,
    scratch_postgres,
    scratch_temporal,
)
from tests.chaos.ledger import Outage
from tests.chaos.roles import Role, until_listening

KINDS = ("worker", "api", "temporal", "postgres")

_SECRET = "a secret of the kill test, long enough for it"


@dataclass
class Installation:
    """Everything that runs. Use it from the main thread, with which its processes end."""

    postgres: ScratchPostgres
    temporal: ScratchTemporal
    workers: list[Role]
    apis: list[Role]
    addresses: list[str]
    settings: dict[str, str]
    signer: TokenSigner = field(default_factory=lambda: TokenSigner(_SECRET))

    def start(self) -> None:
        """Starts workers and APIs and returns once they are of use."""
        for role in (*self.workers, *self.apis):
            role.start()
        for address in self.addresses:
            until_listening(address)

    def stop(self) -> None:
        """Ends workers and APIs."""
        for role in (*self.workers, *self.apis):
            role.kill()

    def watch(self, seconds: float, *, but: tuple[str, ...] = ()) -> None:
        """Lets time pass; workers and APIs that end by themselves are started again."""
        deadline = time.monotonic() + seconds
        while True:
            for kind, roles in (("worker", self.workers), ("api", self.apis)):
                if kind not in but:
                    for role in roles:
                        role.watch()
            left = deadline - time.monotonic()
            if left <= 0:
                return
            time.sleep(min(left, 0.2))

    def kill(self, kinds: tuple[str, ...], seconds: float, dice: random.Random) -> Outage:
        """kill -9 of all of these; after ``seconds`` they are started again."""
        began = time.monotonic()
        # Of two workers, or two APIs, sometimes one is left to take over and sometimes none.
        victims: dict[str, list[Role] | list[ScratchProcess]] = {
            "worker": dice.sample(self.workers, dice.randint(1, len(self.workers))),
            "api": dice.sample(self.apis, dice.randint(1, len(self.apis))),
            "temporal": [self.temporal.process],
            "postgres": [self.postgres.process],
        }
        chosen: list[Role | ScratchProcess] = [victim for kind in kinds for victim in victims[kind]]
        for victim in chosen:
            victim.kill()
        self.watch(seconds, but=kinds)
        for victim in dice.sample(chosen, len(chosen)):
            victim.start()
        if "api" in kinds and "postgres" not in kinds and "temporal" not in kinds:
            for address in self.addresses:
                until_listening(address)
        return Outage(kinds, began, time.monotonic())

    def deaths(self) -> int:
        """How often a worker or an API ended although nobody killed it."""
        return sum(role.deaths for role in (*self.workers, *self.apis))


@contextmanager
def installed(directory: Path, *, workers: int, apis: int) -> Iterator[Installation]:
    """Servers that run, and workers and APIs that are yet to be started; all end with the block."""
    with ExitStack() as stack:
        postgres = stack.enter_context(scratch_postgres(directory / "postgres"))
        temporal = stack.enter_context(
            scratch_temporal(directory / "temporal", search_attributes=REGISTRATION)
        )
        settings = {
            "KINERJA_DATABASE_URL": postgres.url,
            "KINERJA_TEMPORAL_ADDRESS": temporal.address,
            "KINERJA_STATE_DIRECTORY": str(directory / "var"),
            "KINERJA_SECRET": _SECRET,
            "KINERJA_LOG_FORMAT": "json",
        }
        ports = [any_free_port() for _ in range(apis)]
        installation = Installation(
            postgres,
            temporal,
            [
                Role(("worker", "--queue", "appraisal"), settings, directory / f"worker-{n}.log")
                for n in range(workers)
            ],
            [
                Role(("api",), settings | {"KINERJA_API_PORT": str(port)}, directory / f"api-{n}.log")
                for n, port in enumerate(ports)
            ],
            [f"http://127.0.0.1:{port}" for port in ports],
            settings,
        )
        stack.callback(installation.stop)
        yield installation
