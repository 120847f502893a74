"""The invented agencies of the demonstration: one for each system of appraisal, each with people who fit it."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources import files

from sqlalchemy.ext.asyncio import AsyncEngine

from service.roster import Roster, RosterFile, read_roster
from service.roster.applying import apply_roster
from store.person.roles import grant_role, people_like


@dataclass(frozen=True, slots=True)
class DemoSystem:
    """A scheme that comes with kinerja, and an agency that is appraised under it. Nobody in it is real."""

    scheme: str
    agency: str
    package: str
    """Where its ``units.csv`` and ``roster.csv`` lie."""
    roles: Mapping[str, tuple[str, ...]]
    """The roles of people, by NIP. There are two personnel officers, because nobody looks after their own case.

    The head decides objections where the line of superiors ends; for those whom the head rates, so do two others.
    """

    @property
    def operator(self) -> str:
        """The NIP of the personnel officer who operates the system as well: whom visitors look around as."""
        return next(nip for nip, roles in self.roles.items() if "operator" in roles)

    def file(self, file: RosterFile) -> bytes:
        """The contents of one of its two files."""
        return (files(self.package) / file.value).read_bytes()

    def roster(self) -> Roster:
        """Its units and people."""
        return read_roster(self.file(RosterFile.UNITS), self.file(RosterFile.PEOPLE))


NASIONAL = DemoSystem(
    "nasional",
    "Kota Contoh",
    "service.roster.sample",
    {
        "198701282012081988": ("hr", "operator", "top_decider"),
        "196912291994032989": ("hr",),
        "197209292000012901": ("top_decider",),
        "197504182003091983": ("top_decider",),
    },
)
PP30_NUMERIK = DemoSystem(
    "pp30-numerik",
    "Kabupaten Contoh",
    "service.demo.systems.pp30_numerik",
    {
        "196906101994121902": ("hr", "operator", "top_decider"),
        "197312051998022903": ("hr",),
        "196711301991102901": ("top_decider",),
        "196912271993042905": ("top_decider",),
    },
)
SAMARINDA = DemoSystem(
    "samarinda",
    "Kota Contoh Samarinda",
    "service.demo.systems.samarinda",
    {
        "197101091995082915": ("hr", "operator", "top_decider"),
        "197309061998012916": ("hr",),
        "196801181993101914": ("top_decider",),
        "196908261993071918": ("top_decider",),
    },
)
GERUNGGANG = DemoSystem(
    "gerunggang",
    "Kecamatan Contoh Gerunggang",
    "service.demo.systems.gerunggang",
    {
        "198102102005071930": ("hr", "operator"),
        "197710062002032929": ("hr", "top_decider"),
        "197104271997091928": ("top_decider",),
        "198009172005072933": ("top_decider",),
    },
)
TANGSEL_EVALUASI = DemoSystem(
    "tangsel-evaluasi",
    "Kota Contoh Tangerang Selatan, evaluasi",
    "service.demo.systems.tangsel_evaluasi",
    {
        "198309052006041953": ("hr", "operator"),
        "197608192003122952": ("hr", "top_decider"),
        "197003141997032950": ("top_decider",),
        "197405222001121951": ("top_decider",),
    },
)
KOTABUMI = DemoSystem(
    "kotabumi-akuntabilitas",
    "Kabupaten Contoh Kotabumi",
    "service.demo.systems.kotabumi",
    {
        "197608172002122968": ("hr", "operator", "top_decider"),
        "198007092006041969": ("hr",),
        "196905121994031967": ("top_decider",),
        "197002281996031981": ("top_decider",),
    },
)
TANGSEL_KOMPETENSI = DemoSystem(
    "tangsel-kompetensi",
    "Kota Contoh Tangerang Selatan, kompetensi",
    "service.demo.systems.tangsel_kompetensi",
    {
        "197205181997032944": ("hr", "operator", "top_decider"),
        "197609272000121945": ("hr",),
        "196903111994031943": ("top_decider",),
        "197108211996031956": ("top_decider",),
    },
)

SYSTEMS: tuple[DemoSystem, ...] = (
    NASIONAL,
    PP30_NUMERIK,
    SAMARINDA,
    GERUNGGANG,
    KOTABUMI,
    TANGSEL_KOMPETENSI,
    TANGSEL_EVALUASI,
)


async def load_system_agency(database: AsyncEngine, system: DemoSystem) -> uuid.UUID:
    """Imports an agency's roster, gives its people their roles, and returns the agency's id.

    A repetition changes nothing.
    """
    result = await apply_roster(database, system.agency, system.roster())
    async with database.begin() as transaction:
        for nip, roles in system.roles.items():
            (person,) = await people_like(transaction, nip=nip, agency=system.agency)
            for role in roles:
                await grant_role(transaction, person.id, role)
    return result.agency_id
