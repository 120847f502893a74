"""What people write in a year under the scheme of Tangerang Selatan: plans, levels of skills, wishes, and answers."""

from collections.abc import Mapping, Sequence
from typing import Any

Form = dict[str, Any]

EVERYBODY = (
    "service_attitude",
    "responsibility",
    "willingness_to_learn",
    "discipline",
    "teamwork",
    "adapting",
)
HEALTH = ("public_communication", "patient_care", "health_records", *EVERYBODY)
ARCHIVE = ("records_management", "access_to_records", "information_technology", *EVERYBODY)
"""Which skills are asked of whom."""


def plan(taken: Mapping[str, Any]) -> Form:
    """A plan of one result whose indicator was ``taken`` from the library."""
    indicator = {
        "id": "i1",
        "aspect": taken["aspect"],
        "indicator": taken["indicator"],
        "target": {"number": 100, "unit": taken["unit"]},
    }
    return {
        "results": [
            {
                "id": "h1",
                "result": "Pelayanan terlaksana sesuai standar",
                "weight": 100,
                "kind": "main",
                "indicators": [indicator],
            }
        ],
        "attachments": {
            "resources": "Ruang layanan dan komputer",
            "accountability": "Laporan tertulis setiap semester",
            "consequences": "Diperhitungkan dalam pengembangan karier",
        },
    }


REPORT: Form = {"indicators": {"i1": {"course": "on_course", "realised": 50}}, "overall": {}}
REVIEW: Form = {"results": {"h1": {}}, "overall": {"conclusion": "Sesuai target sampai saat ini"}}
STAYS: Form = {"horizon": "stay", "move": "same_unit"}


def self_assessment(skills: Sequence[str], career: Form, **levels: str) -> Form:
    """What the employee says of each skill, capable unless told otherwise, and what he wants to become."""
    return {
        "skills": {
            each: {"level": levels.get(each, "capable"), "example": "Terlihat pada pelayanan sehari-hari"}
            for each in skills
        },
        "career": career,
        "results": {"h1": {"summary": "Pelayanan berjalan sesuai standar sepanjang tahun"}},
        "indicators": {"i1": {"realised": 100}},
        "overall": {},
    }


def rating(skills: Sequence[str], *, realised: float = 100, **levels: str) -> Form:
    """What the direct superior sets for the period that he saw, capable unless told otherwise."""
    return {
        "period": {"from_day": "2026-02-02", "until_day": "2026-12-31"},
        "indicators": {"i1": {"realised": realised, "reason": "Sesuai laporan bulanan"}},
        "skills": {each: _level(levels.get(each, "capable")) for each in skills},
        "innovation": {"confirmed": False},
        "overall": {
            "reason": "Dinilai dari realisasi, catatan pengamatan, dan bukti dukung",
            "recommendation": "Pelatihan sesuai kelemahan yang disebut",
        },
    }


def _level(level: str) -> Form:
    if level in ("reference", "developing", "basic"):
        return {"level": level, "reason": "Terlihat beberapa kali saat pengamatan langsung"}
    return {"level": level}


def meeting(strengths: Sequence[str], weaknesses: Sequence[str], actions: Sequence[Form]) -> Form:
    """What was said when the result was handed over, and how somebody will develop."""
    return {
        "meeting": {
            "held_on": "2027-01-20",
            "notes": "Selisih dengan penilaian diri dibicarakan butir demi butir",
            "strengths": list(strengths),
            "weaknesses": list(weaknesses),
            "career": "Jalur jabatan fungsional terbuka setelah pelatihan",
        },
        "actions": list(actions),
    }


def step(skill: str, action: str, until: str) -> Form:
    """One step of somebody's development."""
    return {"id": skill.replace("_", "-"), "skill": skill, "action": action, "by": "both", "until": until}


def answer(skills: Sequence[str], text: str = "", **levels: str) -> Form:
    """What a colleague answers, capable unless told otherwise."""
    return {
        "answers": {each: levels.get(each, "capable") for each in skills},
        "texts": {"keep_and_change": text} if text else {},
    }
