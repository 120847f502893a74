"""What a measurement found, and the table that shows it."""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from rich.console import Console
from rich.table import Table


@dataclass(frozen=True)
class Figure:
    """One measured number, beside what the bare engine does in the same run, if it is compared."""

    measurement: str
    what: str
    unit: str
    ours: float
    floor: float | None = None
    aim: str = ""

    @property
    def ratio(self) -> float | None:
        """Ours as a multiple of the floor."""
        return self.ours / self.floor if self.floor else None


def show(figures: Sequence[Figure]) -> None:
    """Prints all figures as one table."""
    table = Table(title="kinerja bench", title_justify="left")
    for heading in ("", "what", "unit"):
        table.add_column(heading)
    for heading in ("ours", "floor", "ratio"):
        table.add_column(heading, justify="right")
    table.add_column("aim")
    previous = ""
    for figure in figures:
        if figure.measurement != previous and previous:
            table.add_section()
        table.add_row(
            figure.measurement if figure.measurement != previous else "",
            figure.what,
            figure.unit,
            _short(figure.ours),
            _short(figure.floor),
            "" if figure.ratio is None else f"{figure.ratio:.2f}",
            figure.aim,
        )
        previous = figure.measurement
    Console(width=None if Console().is_terminal else 120).print(table)


def dump(figures: Sequence[Figure], path: Path) -> None:
    """Writes the figures with full precision as JSON."""
    rows = [asdict(figure) | {"ratio": figure.ratio} for figure in figures]
    path.write_text(json.dumps(rows, indent=2) + "\n")


def _short(number: float | None) -> str:
    if number is None:
        return ""
    places = 0 if abs(number) >= 100 else 1 if abs(number) >= 10 else 2
    return f"{number:,.{places}f}"
