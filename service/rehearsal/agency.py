"""Invents an agency of any size for a rehearsal, as roster files. Nobody in it is real."""

import csv
import datetime as dt
import io
import uuid
from collections.abc import Iterator, Mapping, Sequence

from sqlalchemy.ext.asyncio import AsyncEngine

from service.roster import Roster, read_roster
from service.roster.applying import apply_roster
from service.roster.columns import PERSON_COLUMNS
from states.standing import LegalStanding
from store.person.roles import grant_role, people_like

FEWEST = 7
"""A secretary, two personnel officers, a line of three heads, and one employee."""

_ROLES = {"hr": (1, 2), "top_decider": (0, 1, 3)}
"""By the places in the roster: the secretary, the head of personnel, that one's secretary, the head of a service."""

_MOST = 20_000
_STAFF_OF_A_SECTION = 10
_SECTIONS_OF_A_DIVISION = 3
_DIVISIONS_OF_A_SERVICE = 3

_GIVEN = (
    "Adi",
    "Bunga",
    "Citra",
    "Dewi",
    "Eko",
    "Fajar",
    "Gita",
    "Hasan",
    "Indah",
    "Joko",
    "Kartika",
    "Lestari",
)
_FAMILY = (
    "Anggraini",
    "Batubara",
    "Gunawan",
    "Halim",
    "Kusuma",
    "Lubis",
    "Nugroho",
    "Pratama",
    "Siregar",
    "Wibowo",
)
_POSTS = ("Analis Kebijakan Ahli Pertama", "Pranata Komputer Ahli Pertama", "Arsiparis Terampil")

_Row = dict[str, str]


async def invent_agency(database: AsyncEngine, name: str, people: int) -> uuid.UUID:
    """Writes an agency with ``people`` employees, two of them personnel officers, three top deciders. Returns its id.

    The secretary, and for those whom she rates a head beside them, decide where the line of superiors ends.
    A repetition changes nothing. Raises `ValueError` for a number out of range.
    """
    roster = invented_roster(people)
    result = await apply_roster(database, name, roster)
    async with database.begin() as transaction:
        for role, places in _ROLES.items():
            for place in places:
                (found,) = await people_like(transaction, nip=roster.people[place].nip, agency=name)
                await grant_role(transaction, found.id, role)
    return result.agency_id


def invented_roster(people: int) -> Roster:
    """The roster of ``people`` employees. It is the same each time."""
    if not FEWEST <= people <= _MOST:
        raise ValueError(f"people: give a number from {FEWEST} to {_MOST}")
    units: list[_Row] = []
    lines = [_employee(number, post) for number, post in zip(range(people), _posts(units), strict=False)]
    return read_roster(_csv(tuple(units[0]), units), _csv(PERSON_COLUMNS, lines))


def _posts(units: list[_Row]) -> Iterator[_Row]:
    """Posts from the top downwards, without end. The post of a head adds its unit to ``units``."""
    secretary = _head(units, "Pemerintah Kota Gladi", "pemda", "", "21", None)
    yield secretary
    personnel = _head(units, "Badan Kepegawaian", "badan", secretary["unor_id"], "22", secretary)
    yield personnel
    yield _head(units, "Sekretariat Badan Kepegawaian", "sekretariat", personnel["unor_id"], "31", personnel)
    service = 0
    while True:
        service += 1
        yield from _service(units, f"Dinas {service}", secretary)


def _service(units: list[_Row], name: str, above: _Row) -> Iterator[_Row]:
    head = _head(units, name, "dinas", above["unor_id"], "22", above)
    yield head
    for division in range(1, _DIVISIONS_OF_A_SERVICE + 1):
        chief = _head(units, f"Bidang {division} {name}", "bidang", head["unor_id"], "32", head)
        yield chief
        for section in range(1, _SECTIONS_OF_A_DIVISION + 1):
            title = f"Seksi {division}.{section} {name}"
            lead = _head(units, title, "seksi", chief["unor_id"], "41", chief)
            yield lead
            for _ in range(_STAFF_OF_A_SECTION):
                yield {
                    "unor_id": lead["unor_id"],
                    "superior": lead["place"],
                    "eselon": "",
                    "jabatan_nama": "",
                }


def _head(units: list[_Row], unit: str, kind: str, parent: str, echelon: str, above: _Row | None) -> _Row:
    code = f"G{len(units) + 1:04d}"
    units.append(
        {
            "unor_id": code,
            "unor_nama": unit,
            "unor_atasan_id": parent,
            "jenis_unit": kind,
            "zona_waktu": "Asia/Jakarta",
        }
    )
    return {
        "unor_id": code,
        "jabatan_nama": f"Kepala {unit}",
        "eselon": echelon,
        "superior": above["place"] if above else "",
    }


def _employee(number: int, post: _Row) -> _Row:
    post["place"] = nip = _nip(number)
    structural = bool(post["eselon"])
    given, family = _GIVEN[number % len(_GIVEN)], _FAMILY[number // 3 % len(_FAMILY)]
    return dict.fromkeys(PERSON_COLUMNS, "") | {
        "nip": nip,
        "nama": f"{given} {family}",
        "unor_id": post["unor_id"],
        "jabatan_nama": post["jabatan_nama"] or _POSTS[number % len(_POSTS)],
        "jenis_jabatan": "1" if structural else "2",
        "eselon": post["eselon"],
        "golongan": "IV/a" if structural else "III/b",
        "jenis_asn": "PNS",
        "kedudukan_hukum": LegalStanding.ACTIVE.value,
        "tmt_jabatan": "01-02-2021",
        "atasan_nip": post["superior"],
        "email": f"{given}.{family}.{number}@contoh.example".lower(),
    }


def _nip(number: int) -> str:
    born = dt.date(1968, 1, 1) + dt.timedelta(days=number * 37 % 9_000)
    return f"{born:%Y%m%d}{born.year + 24}{number % 12 + 1:02d}{number % 2 + 1}{number % 999 + 1:03d}"


def _csv(columns: Sequence[str], rows: Sequence[Mapping[str, str]]) -> bytes:
    text = io.StringIO()
    writer = csv.DictWriter(text, columns)
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue().encode()
