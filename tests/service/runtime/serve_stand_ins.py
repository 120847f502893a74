"""Runs `serve` with real servers and tiny stand-ins for kinerja's own processes, set up by the environment.

Prints one line of JSON with the addresses when it is ready, and the text of a problem on stderr.
"""

import asyncio
import json
import sys
from dataclasses import asdict, replace
from pathlib import Path

from service.configuration.settings import SettingsError, load_settings
from service.configuration.structured_logging import configure_logging
from service.runtime.embedded import Addresses, serve
from service.runtime.own_processes import OwnProcess, OwnProcesses
from service.runtime.problems import RuntimeProblem

HERE = Path(__file__).parent


def stand_ins() -> OwnProcesses:
    def command(name: str) -> tuple[str, ...]:
        return (sys.executable, str(HERE / "stand_in.py"), name)

    return OwnProcesses(
        mailbox=OwnProcess("mailbox", command("mailbox")),
        migrate=OwnProcess("migrate", command("migrate"), once=True, ready_seconds=20),
        workers=(OwnProcess("worker-appraisal", command("worker")),),
        api=OwnProcess("api", command("api"), ready_seconds=10),
    )


async def say_ready(addresses: Addresses) -> None:
    print(json.dumps(asdict(addresses)), flush=True)


async def main(broken: str | None) -> int:
    processes = stand_ins()
    if broken == "migrate":
        processes = replace(
            processes, migrate=replace(processes.migrate, command=("/bin/sh", "-c", "echo no table; exit 3"))
        )
    return await serve(
        load_settings(), on_ready=say_ready, processes=processes, search_attributes={"Stage": "Keyword"}
    )


if __name__ == "__main__":
    configure_logging("json")
    try:
        sys.exit(asyncio.run(main(sys.argv[1] if len(sys.argv) > 1 else None)))
    except (RuntimeProblem, SettingsError) as problem:
        print(problem, file=sys.stderr)
        sys.exit(1)
