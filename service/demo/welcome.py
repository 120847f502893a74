"""What the demonstration tells its visitors. Its process writes it; another process reads and prints it."""

import datetime as dt
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any, Self

from service.runtime.atomic_file import write_atomically

FILE = "demo.json"


@dataclass(frozen=True, slots=True)
class Visitor:
    """A person in whose name a visitor may look around, and a request to begin with."""

    role: str
    """One of staff, supervisor, hr and appeals_officer."""
    name: str
    post: str
    token: str
    tasks: int
    method: str
    path: str
    body: Mapping[str, Any] | None
    agency: str = ""


@dataclass(frozen=True, slots=True)
class Welcome:
    """The demonstration as it is at ``written_at``."""

    written_at: dt.datetime
    agency: str
    """The agency that is shown at several moments of its year."""
    cycles: Sequence[str]
    """The ids of the cycles of all agencies. They show whether the file belongs to this database."""
    visitors: Sequence[Visitor]
    """People of that agency."""
    stages: Mapping[str, int]
    """How many of its appraisals stand in each stage."""
    elsewhere: Sequence[Visitor] = ()
    """One personnel officer of each further agency."""
    public_links: Sequence[str] = field(default_factory=list)
    """Where the public rates a service of an agency that asks it."""

    def write(self, state_directory: Path) -> None:
        """Writes the file, readable by its owner only: the tokens are as good as passwords."""
        content = asdict(self) | {"written_at": self.written_at.isoformat()}
        write_atomically(state_directory / FILE, json.dumps(content, indent=2, ensure_ascii=False))

    @classmethod
    def read(cls, state_directory: Path) -> Self | None:
        """The welcome that was written last, or None."""
        file = state_directory / FILE
        if not file.exists():
            return None
        content = json.loads(file.read_text("utf-8"))
        content["written_at"] = dt.datetime.fromisoformat(content["written_at"])
        for name in ("visitors", "elsewhere"):
            content[name] = [Visitor(**visitor) for visitor in content.get(name, ())]
        return cls(**content)
