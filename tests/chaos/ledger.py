"""What the clients asked for, what they were told, and when."""

import itertools
import statistics
import time
import uuid
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Acknowledgement:
    """What a client was told of a command that was carried out."""

    stage: str
    sequence: int


@dataclass
class Asked:
    """One command under one key, through all its repeats."""

    appraisal: uuid.UUID
    person: uuid.UUID
    trigger: str
    body: dict[str, Any]
    key: str = field(default_factory=lambda: uuid.uuid4().hex)
    began: float = field(default_factory=time.monotonic)
    ended: float | None = None
    given_up: bool = False
    """Its sender went away without an answer; it was repeated when all was over."""
    unknown: Counter[str] = field(default_factory=Counter)
    """Answers that left the outcome open."""
    acknowledged: list[Acknowledgement] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)

    @property
    def settled(self) -> bool:
        """Whether it is known what became of it."""
        return bool(self.acknowledged or self.refused)

    @property
    def seconds(self) -> float:
        """From the first time that it was sent to the answer."""
        return (self.ended or time.monotonic()) - self.began


@dataclass(frozen=True)
class Outage:
    """From a kill until what was killed is up again."""

    kinds: tuple[str, ...]
    began: float
    ended: float


@dataclass
class Ledger:
    """Everything that happened in a run."""

    asked: list[Asked] = field(default_factory=list)
    looked: list[float] = field(default_factory=list)
    """When somebody was shown a case."""
    outages: list[Outage] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)
    """Answers that no client may ever get, such as 500."""
    notes: dict[str, str] = field(default_factory=dict)
    """Further figures for the report."""

    def kills(self) -> Counter[str]:
        """How often each kind was killed."""
        return Counter(kind for outage in self.outages for kind in outage.kinds)

    def print_figures(self) -> None:
        """The figures of the run."""
        acknowledged = [asked for asked in self.asked if asked.acknowledged]
        waited = [asked for asked in acknowledged if not asked.given_up]
        refused = [asked for asked in self.asked if asked.refused]
        unknown: Counter[str] = sum((asked.unknown for asked in self.asked), Counter())
        seconds = max(asked.ended or 0.0 for asked in self.asked) - min(asked.began for asked in self.asked)
        rows = {
            "kills": _counted(self.kills()),
            "commands": f"{len(self.asked)} in {seconds:.0f} s",
            "acknowledged": str(len(acknowledged)),
            "  after unknown outcomes": str(sum(bool(asked.unknown) for asked in acknowledged)),
            "refused": f"{len(refused)}: {_counted(Counter(asked.refused[0] for asked in refused))}",
            "  after unknown outcomes ": str(sum(bool(asked.unknown) for asked in refused)),
            "unknown answers": _counted(unknown),
            "quiet, p50/p95/max": _spread([a.seconds for a in waited if not self._hit(a)]),
            "hit by a kill, p50/p95/max": _spread([a.seconds for a in waited if self._hit(a)]),
            "longest silence for all": f"{self._longest_silence():.2f} s",
            **self.notes,
        }
        print()
        for name, figure in rows.items():
            print(f"  {name:<28}{figure}")

    def _hit(self, asked: Asked) -> bool:
        return any(
            asked.began < outage.ended and (asked.ended or asked.began) > outage.began
            for outage in self.outages
        )

    def _longest_silence(self) -> float:
        moments = sorted(asked.ended for asked in self.asked if asked.acknowledged and asked.ended)
        return max((later - earlier for earlier, later in itertools.pairwise(moments)), default=0.0)


def _counted(counts: Counter[str]) -> str:
    return ", ".join(f"{count} {name}" for name, count in counts.most_common()) or "none"


def _spread(seconds: Sequence[float]) -> str:
    if len(seconds) < 2:
        return "-"
    cuts = statistics.quantiles(seconds, n=20, method="inclusive")
    return f"{cuts[9] * 1000:.0f} / {cuts[18] * 1000:.0f} / {max(seconds) * 1000:.0f} ms (n={len(seconds)})"
