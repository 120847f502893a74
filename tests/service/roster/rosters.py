"""Small rosters as an HR office might hand them over."""

import datetime as dt
import io
from collections.abc import Sequence

import xlsxwriter

from service.roster import Roster, RowProblem, read_roster
from service.roster.mapping import OURS, RosterMapping
from translations import Locale

HEAD = "197209292000012901"
OFFICER = "198801012012031902"
SECOND = "198902022013031903"
CLERK = "199502282024212903"
"""A PPPK."""

UNITS_HEADER = "unor_id,unor_nama,unor_atasan_id,jenis_unit,zona_waktu"
PERSON = {
    "nip": HEAD,
    "nama": "Farida Setiawan",
    "gelar_depan": "Dr.",
    "gelar_belakang": "M.Si.",
    "unor_id": "U1",
    "jabatan_nama": "Sekretaris Daerah",
    "jenis_jabatan": "1",
    "eselon": "21",
    "golongan": "IV/d",
    "jenis_asn": "PNS",
    "kedudukan_hukum": "01",
    "tmt_jabatan": "21-07-2018",
    "atasan_nip": "",
    "email": "farida@contoh.example",
    "telepon": "+628003560349",
    "tanggal_akhir_kontrak": "",
}
PEOPLE_HEADER = ",".join(PERSON)
OFFICER_POST = {"nip": OFFICER, "jenis_jabatan": "2", "eselon": "", "atasan_nip": HEAD}
SECOND_POST = OFFICER_POST | {"nip": SECOND}
CLERK_POST = OFFICER_POST | {
    "nip": CLERK,
    "jenis_asn": "PPPK",
    "golongan": "IX",
    "tmt_jabatan": "01-03-2024",
    "tanggal_akhir_kontrak": "28-02-2029",
}


def units(*lines: str, header: str = UNITS_HEADER) -> str:
    """The file of units; without ``lines`` with one unit, U1."""
    return "\n".join((header, *(lines or ("U1,Pemerintah Kota,,pemda,Asia/Jakarta",)))) + "\n"


def person(**changes: str) -> str:
    """A line for the head, or somebody who differs from her by ``changes``."""
    assert changes.keys() <= PERSON.keys()
    return ",".join((PERSON | changes).values())


def people(*lines: str, header: str = PEOPLE_HEADER) -> str:
    """The file of people; without ``lines`` with the head alone."""
    return "\n".join((header, *(lines or (person(),)))) + "\n"


def read(
    units_text: str | None = None, people_text: str | None = None, mapping: RosterMapping = OURS
) -> Roster:
    """What reading says of the two files."""
    return read_roster((units_text or units()).encode(), (people_text or people()).encode(), mapping)


def only_problem(roster: Roster) -> RowProblem:
    """The one reason to refuse something, told in both languages."""
    assert len(roster.problems) == 1, [problem.reason for problem in roster.problems]
    return told(roster.problems[0])


def only_warning(roster: Roster) -> RowProblem:
    """The one doubt about rows that can be imported."""
    assert roster.problems == ()
    assert len(roster.warnings) == 1, [warning.reason for warning in roster.warnings]
    return told(roster.warnings[0])


def told(problem: RowProblem) -> RowProblem:
    """The problem, once it is sure that it can be read in both languages."""
    assert "{" not in problem.reason
    assert problem.describe(Locale.INDONESIAN) != problem.reason
    return problem


def workbook(*rows: Sequence[object], sheet: str = "Data", below: int = 0) -> bytes:
    """An XLSX file with these rows, the first one ``below`` so many empty ones."""
    content = io.BytesIO()
    with xlsxwriter.Workbook(content, {"in_memory": True, "default_date_format": "dd-mm-yyyy"}) as book:
        # Else the same rows give other bytes a second later, and an example found by chance cannot be repeated.
        book.set_properties({"created": dt.datetime(2026, 1, 1)})  # noqa: DTZ001  # a workbook knows no zones
        page = book.add_worksheet(sheet)
        for number, row in enumerate(rows, below):
            for place, cell in enumerate(row):
                if isinstance(cell, str):
                    page.write_string(number, place, cell)
                else:
                    page.write(number, place, cell)
    return content.getvalue()


def table(text: str) -> list[list[str]]:
    """The cells of lines that `units` or `people` made."""
    return [line.split(",") for line in text.splitlines()]
