"""The columns that an import knows, for each file."""

from typing import Literal, get_args

from service.roster.rows import RosterFile

UnitColumn = Literal["unor_id", "unor_nama", "unor_atasan_id", "jenis_unit", "zona_waktu"]
PersonColumn = Literal[
    "nip",
    "nama",
    "gelar_depan",
    "gelar_belakang",
    "unor_id",
    "jabatan_nama",
    "jenis_jabatan",
    "eselon",
    "golongan",
    "jenis_asn",
    "kedudukan_hukum",
    "tmt_jabatan",
    "tanggal_akhir_kontrak",
    "atasan_nip",
    "email",
    "telepon",
    "tanggal_lahir",
]

UNIT_COLUMNS: tuple[str, ...] = get_args(UnitColumn)
PERSON_COLUMNS: tuple[str, ...] = get_args(PersonColumn)

COLUMNS = {RosterFile.UNITS: UNIT_COLUMNS, RosterFile.PEOPLE: PERSON_COLUMNS}

OPTIONAL = frozenset(
    {
        "jenis_unit",
        "zona_waktu",
        "gelar_depan",
        "gelar_belakang",
        "jenis_asn",
        "tanggal_akhir_kontrak",
        "email",
        "telepon",
        "tanggal_lahir",
    }
)
"""A file may lack these columns."""
ONLY_COMPARED = frozenset({"tanggal_lahir"})
"""These columns are compared with the NIP and never stored."""
