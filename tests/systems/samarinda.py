"""What people write in a year under the scheme of Samarinda: plans, reports, ratings, and what is noted."""

from typing import Any

Form = dict[str, Any]

VALUES = (
    "berorientasi_pelayanan",
    "akuntabel",
    "kompeten",
    "harmonis",
    "loyal",
    "adaptif",
    "kolaboratif",
)
GROUNDS = {
    "above": "Empat kolam retensi selesai dua bulan lebih cepat dari jadwal dan tanpa temuan pemeriksa",
    "below": "Sepuluh dari 24 titik belum ditangani dan tiga laporan terlambat lebih dari sebulan",
}
"""Of ratings above and below expectations, each with more than forty characters."""


def plan(own: str, title: str, *, supports: str | None = None) -> Form:
    """A plan of one result with indicators of quantity, quality and time.

    ``supports`` is left out by somebody whose superior has no plan to make.
    """
    indicators = [
        ("quantity", "Titik genangan yang ditangani", {"number": 24, "unit": "titik"}),
        ("quality", "Pekerjaan tanpa temuan pemeriksa", {"number": 95, "unit": "persen"}),
        ("time", "Pekerjaan selesai sesuai jadwal", {"number": 90, "unit": "persen"}),
    ]
    row: Form = {
        "id": own,
        "result": title,
        "kind": "main",
        "indicators": [
            {"id": f"{own}-{aspect}", "aspect": aspect, "indicator": indicator, "target": target}
            for aspect, indicator, target in indicators
        ],
    }
    return {
        "results": [row if supports is None else row | {"supports": supports}],
        "attachments": {
            "resources": "Dua regu lapangan dan satu ekskavator",
            "accountability": "Laporan tertulis setiap triwulan",
            "consequences": "Diperhitungkan dalam pengembangan karier",
        },
    }


def indicators(own: str) -> tuple[str, ...]:
    """The ids of the indicators of `plan`."""
    return tuple(f"{own}-{aspect}" for aspect in ("quantity", "quality", "time"))


def report(own: str, realised: int) -> Form:
    """What the employee reports for a quarter."""
    return {
        "indicators": {each: {"course": "on_course", "realised": realised} for each in indicators(own)},
        "overall": {},
    }


def review(own: str) -> Form:
    """What the rater says of it."""
    return {
        "results": {own: {"feedback": "Pertahankan irama kerja di lapangan"}},
        "overall": {"conclusion": "Sesuai target triwulan ini"},
    }


def self_assessment(own: str, *, quantity: float = 24, quality: float = 97, time: float = 92) -> Form:
    """What the employee says of the year, indicator by indicator."""
    realised = dict(zip(indicators(own), (quantity, quality, time), strict=True))
    return {
        "results": {own: {"summary": "Seluruh titik yang direncanakan sudah ditangani"}},
        "indicators": {each: {"realised": number} for each, number in realised.items()},
        "overall": {},
    }


def rating(own: str, *, results: str = "meets", behaviour: str = "meets", evidence: str = "") -> Form:
    """What the rater sets; a rating above or below expectations rests on one piece of ``evidence``."""
    rated = _rated(results, evidence)
    overall: Form = {"results": results, "behaviour": behaviour}
    for name in ("results", "behaviour"):
        if overall[name] != "meets":
            overall |= {f"{name}_grounds": GROUNDS[overall[name]], f"{name}_evidence": [evidence]}
    return {
        "declaration": {"no_conflict": True},
        "results": {own: rated},
        "behaviour": {each: _rated(behaviour, evidence) for each in VALUES},
        "leadership": {"led_project": False},
        "overall": overall
        | {
            "reason": "Dinilai dari realisasi, bukti dukung, dan catatan pengamatan",
            "recommendation": "Pelatihan manajemen proyek drainase",
        },
    }


def leading(form: Form, step: str) -> Form:
    """The same rating of somebody who led a project."""
    reason = "Proyek selesai lebih cepat dan anggota tim berkembang"
    return form | {"leadership": {"led_project": True, "rating": step, "reason": reason}}


def _rated(step: str, evidence: str) -> Form:
    if step == "meets":
        return {"rating": step, "reason": "Sesuai target pada SKP dan catatan pengamatan"}
    return {"rating": step, "grounds": GROUNDS[step], "evidence": [evidence]}


def meeting() -> Form:
    """What was said and agreed when the result was handed over."""
    return {
        "meeting": {
            "held_on": "2027-01-20",
            "notes": "Hasil dibicarakan butir demi butir",
            "strengths": "Tepat waktu dan teliti di lapangan",
            "weaknesses": "Pelaporan tertulis perlu lebih ringkas",
        },
        "actions": [
            {
                "id": "a1",
                "action": "Mengikuti pelatihan manajemen proyek",
                "by": "employee",
                "until": "2027-06-30",
            }
        ],
    }


PROJECT: Form = {
    "project": "Pengendalian banjir Sungai Contoh",
    "decree": "SK 600/12/2026",
    "began_on": "2026-02-02",
    "ended_on": "2026-11-27",
    "members": 9,
    "outcome": "Genangan di enam kelurahan turun menjadi dua",
}
"""A project that somebody led, as its leader notes it."""
