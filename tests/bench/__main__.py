"""Measures and prints; nothing is asserted, since time depends on the machine.

`python -m tests.bench [--quick] [--json FILE] [action content launch history memory herd inbox simulator roster
notices public skills surveys beside]`
"""

import argparse
import sys
import time
from collections.abc import Awaitable, Callable
from pathlib import Path

import uvloop

from tests.bench import (
    action,
    beside,
    content,
    herd,
    history,
    inbox,
    launch,
    memory,
    notices,
    public,
    roster,
    simulator,
    skills,
    surveys,
)
from tests.bench.figures import Figure, dump, show

MEASUREMENTS: dict[str, Callable[[bool], Awaitable[list[Figure]]]] = {
    "action": action.measure,
    "content": content.measure,
    "launch": launch.measure,
    "history": history.measure,
    "memory": memory.measure,
    "herd": herd.measure,
    "inbox": inbox.measure,
    "simulator": simulator.measure,
    "roster": roster.measure,
    "notices": notices.measure,
    "public": public.measure,
    "skills": skills.measure,
    "surveys": surveys.measure,
    "beside": beside.measure,
}


async def _measure(names: list[str], quick: bool) -> list[Figure]:
    figures: list[Figure] = []
    for name in names:
        began = time.perf_counter()
        sys.stderr.write(f"measuring {name} ... ")
        sys.stderr.flush()
        figures += await MEASUREMENTS[name](quick)
        sys.stderr.write(f"{time.perf_counter() - began:.0f} s\n")
    return figures


def main() -> None:
    """Measures what was named, or everything."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    parser.add_argument("names", nargs="*", choices=[*MEASUREMENTS, []], metavar="measurement")
    parser.add_argument("--quick", action="store_true", help="fewer and shorter runs; ratios are rougher")
    parser.add_argument("--json", type=Path, metavar="FILE", help="also write the figures to FILE")
    given = parser.parse_args()
    figures = uvloop.run(_measure(given.names or list(MEASUREMENTS), given.quick))
    show(figures)
    if given.json:
        dump(figures, given.json)


if __name__ == "__main__":
    main()
