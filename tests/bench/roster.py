"""The import of a roster of a hundred thousand, against a program that only reads the text and copies it.

Run as `python -m tests.bench.roster URL AGENCY UNITS PEOPLE`, it imports once and prints seconds and peak memory.
"""

import asyncio
import csv
import datetime as dt
import io
import json
import resource
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import asyncpg  # type: ignore[import-untyped]  # has no type hints
import uvloop
import xlsxwriter

from service.roster import read_roster
from service.roster.applying import apply_roster
from service.roster.columns import PERSON_COLUMNS, UNIT_COLUMNS
from store.database import create_engine
from tests.bench.figures import Figure
from tests.bench.house import House, house

_OF_A_UNIT = 50


async def measure(quick: bool) -> list[Figure]:
    """Rows a second of a first import and of a repeated one, and the peak of memory, for CSV and XLSX."""
    people = 10_000 if quick else 100_000
    figures: list[Figure] = []
    async with house() as home:
        units = _csv(home.directory / "units.csv", UNIT_COLUMNS, _units(people))
        text = _csv(home.directory / "roster.csv", PERSON_COLUMNS, _people(people))
        book = _xlsx(home.directory / "roster.xlsx", PERSON_COLUMNS, _people(people))
        floor = people / await _copied(home, text.read_text("utf-8"))
        for name, file in (("CSV", text), ("XLSX", book)):
            agency = f"Kota {name}"
            first, peak = await _imported(home, agency, units, file)
            again, _ = await _imported(home, agency, units, file)
            figures += [
                Figure("roster", f"{people:,} people from {name}", "rows/s", people / first, floor, "< 60 s"),
                Figure("roster", f"{people:,} people from {name}, again", "rows/s", people / again, floor),
                Figure("roster", f"peak memory of {name}", "MB", peak),
            ]
    return figures


async def _imported(home: House, agency: str, units: Path, people: Path) -> tuple[float, float]:
    """Seconds from the bytes to the commit, and megabytes at the peak, of a process of its own."""
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "tests.bench.roster"),
        *(home.environment["KINERJA_DATABASE_URL"], agency, str(units), str(people)),
        stdout=asyncio.subprocess.PIPE,
    )
    printed, _ = await process.communicate()
    if process.returncode:
        raise RuntimeError(f"the import ended with {process.returncode}")
    found = json.loads(printed)
    return found["seconds"], found["megabytes"]


async def _import(url: str, agency: str, units: bytes, people: bytes) -> None:
    database = create_engine(url)
    began = time.perf_counter()
    roster = read_roster(units, people)
    read = time.perf_counter()
    await apply_roster(database, agency, roster)
    ended = time.perf_counter()
    await database.dispose()
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    found = {"seconds": ended - began, "reading": read - began, "megabytes": peak}
    sys.stdout.write(json.dumps(found) + "\n")


async def _copied(home: House, people: str) -> float:
    """Seconds to read the same text and copy it into a table with the same key."""
    url = home.environment["KINERJA_DATABASE_URL"].replace("postgresql+asyncpg", "postgresql")
    connection = await asyncpg.connect(url)
    columns = ", ".join(f"{column} text" for column in PERSON_COLUMNS)
    await connection.execute(f"CREATE TABLE copied ({columns}, PRIMARY KEY (nip))")
    began = time.perf_counter()
    with io.StringIO(people, newline="") as text:
        rows = csv.reader(text)
        await connection.copy_records_to_table("copied", records=list(rows)[1:])
    seconds = time.perf_counter() - began
    await connection.close()
    return seconds


def _units(people: int) -> Iterator[list[str]]:
    for number in range(people // _OF_A_UNIT):
        parent = "" if number == 0 else f"U{(number - 1) // 8:05d}"
        yield [f"U{number:05d}", f"Unit Kerja {number}", parent, "unit", "Asia/Jakarta"]


def _people(people: int) -> Iterator[list[str]]:
    """The first of each unit heads it, below the head of the unit above; the others stand below him."""
    for number in range(people):
        unit, place = divmod(number, _OF_A_UNIT)
        head = place == 0
        above = (unit - 1) // 8 * _OF_A_UNIT if head else unit * _OF_A_UNIT
        yield [
            _nip(number),
            f"Pegawai Ma'ruf {number}",
            "Dr.",
            "S.E., M.M.",
            f"U{unit:05d}",
            f"Kepala Unit {unit}" if head else "Analis Kebijakan Ahli Pertama",
            "1" if head else "2",
            "41" if head else "",
            "IV/a" if head else "III/b",
            "PNS",
            "01",
            "01-02-2021",
            "" if number == 0 else _nip(above),
            f"pegawai.{number}@contoh.example",
            "+628001234567",
            "",
        ]


def _nip(number: int) -> str:
    born = dt.date(1968, 1, 1) + dt.timedelta(days=number // 99)
    return f"{born:%Y%m%d}{born.year + 24}{number % 12 + 1:02d}{number % 2 + 1}{900 + number % 99:03d}"


def _csv(path: Path, columns: tuple[str, ...], rows: Iterator[list[str]]) -> Path:
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([list(columns), *rows])
    return path


def _xlsx(path: Path, columns: tuple[str, ...], rows: Iterator[list[str]]) -> Path:
    with xlsxwriter.Workbook(path, {"constant_memory": True, "strings_to_numbers": False}) as book:
        sheet = book.add_worksheet()
        for number, row in enumerate([list(columns), *rows]):
            for place, cell in enumerate(row):
                sheet.write_string(number, place, cell)
    return path


if __name__ == "__main__":
    _url, _agency, _units_file, _people_file = sys.argv[1:]
    uvloop.run(_import(_url, _agency, Path(_units_file).read_bytes(), Path(_people_file).read_bytes()))
