"""What people write in a year under the scheme of Tangerang Selatan: standards, ratings, and results of teams."""

from collections.abc import Mapping, Sequence
from typing import Any

from tests.systems.nasional_forms import VALUES, Form

REASON = "Sesuai laporan dan bukti dukung yang diperiksa"


def plan(title: str, taken: Sequence[Mapping[str, Any]], *, number: float = 60) -> Form:
    """A plan of one result ``h1`` whose standards were ``taken`` from the library; each has a number as its target."""
    return {
        "results": [
            {
                "id": "h1",
                "result": title,
                "weight": 100,
                "kind": "main",
                "indicators": [
                    {
                        "id": each["name"].replace("_", "-"),
                        "aspect": each["aspect"],
                        "indicator": each["indicator"],
                        "target": {"number": number, "unit": each["unit"]},
                    }
                    for each in taken
                ],
            }
        ],
        "behaviour": {},
        "attachments": {
            "resources": "Layar antrean dan satu petugas pendamping",
            "accountability": "Laporan setiap akhir bulan",
            "consequences": "Menjadi bahan pengembangan kompetensi",
        },
    }


def indicators(plan: Form) -> tuple[str, ...]:
    """The ids of the indicators of a plan."""
    return tuple(each["id"] for row in plan["results"] for each in row["indicators"])


def in_words(plan: Form) -> Form:
    """The same plan with a description in place of each standard."""
    (result,) = plan["results"]
    described = [each | {"target": {"text": "Lebih baik"}} for each in result["indicators"]]
    return plan | {"results": [result | {"indicators": described}]}


def report(plan: Form) -> Form:
    """What the employee reports at a check-in."""
    return {
        "indicators": {each: {"course": "on_course", "realised": 30} for each in indicators(plan)},
        "overall": {},
    }


REVIEW: Form = {"results": {"h1": {}}, "overall": {"conclusion": "Sesuai target"}}


def self_assessment(plan: Form) -> Form:
    """What the employee says of the year."""
    return {
        "results": {"h1": {"summary": "Standar tercapai"}},
        "indicators": {each: {"realised": 60} for each in indicators(plan)},
        "behaviour": {},
        "overall": {},
    }


def rating(plan: Form, *, realised: float = 60, behaviour: float = 100) -> Form:
    """What the rater sets: what was realised of each standard, and the same number for each value."""
    return {
        "indicators": {each: {"realised": realised, "reason": REASON} for each in indicators(plan)},
        "behaviour": {value: {"rating": behaviour, "reason": REASON} for value in VALUES},
        "innovation": {"confirmed": False},
        "overall": {
            "reason": "Nilai mengikuti realisasi sepanjang tahun",
            "recommendation": "Pelatihan penanganan pengaduan",
        },
    }


def meeting(strengths: Sequence[str], weaknesses: Sequence[str]) -> Form:
    """What was noted when the result was handed over."""
    return {
        "meeting": {
            "held_on": "2027-01-20",
            "notes": "Hasil dibicarakan bersama",
            "strengths": list(strengths),
            "strengths_note": "Terlihat dari catatan sepanjang tahun",
            "weaknesses": list(weaknesses),
            "weaknesses_note": "Diperbaiki dengan pelatihan",
        },
        "actions": [],
    }


def complaint(matter: str, hours: float | None) -> Form:
    """A complaint; one that took no hours is still open."""
    settled = {} if hours is None else {"settled_on": "2026-05-05", "hours": hours}
    return {
        "matter": matter,
        "received_on": "2026-05-04",
        "result": "Warga menerima penjelasan dan layanan ulang",
        **settled,
    }


def result(step: str) -> Form:
    """The result of a team as whoever rates its leader sets it."""
    return {
        "step": step,
        "achieved": "Rata-rata waktu tunggu turun dari 74 menjadi 41 menit",
        "reason": "Catatan mesin antrean, dibaca bersama pada 7 Desember",
    }
