"""What people write in a year under the scheme of Kotabumi: plans, self-assessments, ratings, answers of peers."""

from collections.abc import Mapping, Sequence
from typing import Any

from tests.systems.samarinda import VALUES

Form = dict[str, Any]

ACCOUNT = "Semua janji pada SKP tercapai, kecuali dua kelas yang ujiannya diundur"
DEALINGS = "Orang tua datang tiga kali dan dua peserta didik kembali rajin masuk"
FROM_SELF = "Sependapat tentang kemajuan kelas; berbeda tentang ketepatan waktu laporan"
FROM_PEERS = "Rekan kerja melihat kerja sama yang baik dan ini sesuai dengan catatan"
SUGGESTION = "Undang orang tua pada awal semester; sekolah menyediakan ruang dan waktu"
PEERS = (
    ("always", "Pertahankan kesabaran saat mendampingi"),
    ("mostly", "Bagikan bahan ajar lebih awal"),
    ("often", "Laporan semester sebaiknya lebih singkat"),
)
"""How often three peers saw each value, and what each of them suggests."""


def plan(title: str, taken: Sequence[Mapping[str, Any]], *, number: float = 90) -> Form:
    """A plan of one result ``h1`` whose indicators were ``taken`` from the library."""
    return {
        "results": [
            {
                "id": "h1",
                "result": title,
                "kind": "main",
                "indicators": [
                    {
                        "id": each["name"].replace("_", "-"),
                        "aspect": each["aspect"],
                        "subject": each["subject"],
                        "indicator": each["indicator"],
                        "target": {"number": number, "unit": each["unit"]},
                    }
                    for each in taken
                ],
            }
        ],
        "attachments": {
            "resources": "Ruang dan bahan kerja",
            "accountability": "Laporan tertulis setiap semester",
            "consequences": "Diperhitungkan dalam pengembangan karier",
        },
    }


def indicators(plan: Form) -> tuple[str, ...]:
    """The ids of the indicators of a plan."""
    return tuple(each["id"] for row in plan["results"] for each in row["indicators"])


def report(plan: Form) -> Form:
    """What the employee reports at a check-in."""
    return {"indicators": {each: {"course": "on_course", "realised": 45} for each in indicators(plan)}}


def review() -> Form:
    """What the rater says of it."""
    return {"overall": {"conclusion": "Sesuai target sampai saat ini"}}


def self_assessment(plan: Form) -> Form:
    """How the employee accounts for the year."""
    return {
        "results": {"h1": {"summary": "Tercapai sesuai dengan yang diharapkan"}},
        "indicators": {each: {"realised": 92} for each in indicators(plan)},
        "overall": {"accountability": ACCOUNT, "dealings": DEALINGS, "to_improve": ["accounting_for_work"]},
    }


def rating(area: str, *, results: str = "meets", behaviour: str = "meets") -> Form:
    """What the rater sets and suggests; ``area`` is to improve."""
    reason = "Sesuai catatan pengamatan dan bukti dukung"
    return {
        "results": {"h1": {"rating": results, "reason": reason}},
        "behaviour": {each: {"rating": behaviour, "reason": reason} for each in VALUES},
        "views": {"self_assessment": FROM_SELF, "peers": FROM_PEERS},
        "good": {"strengths": ["teamwork"], "note": "Membantu rekan yang baru sepanjang tahun"},
        "improvements": [
            {
                "id": "p1",
                "area": area,
                "seen": "Hanya dua dari enam pertemuan yang dihadiri",
                "suggestion": SUGGESTION,
            }
        ],
        "overall": {
            "results": results,
            "behaviour": behaviour,
            "reason": "Hasil dan perilaku dinilai dari bukti dukung sepanjang tahun",
            "recommendation": "Pelatihan sesuai hal yang perlu ditingkatkan",
        },
    }


def meeting(area: str) -> Form:
    """What was said when the result was handed over, and what both agree to improve."""
    return {
        "meeting": {
            "held_on": "2027-01-20",
            "notes": "Hasil dibicarakan butir demi butir",
            "strengths": ["teamwork"],
            "strengths_note": "Rekan kerja merasa terbantu",
            "weaknesses": [area],
            "weaknesses_note": "Dimulai pada semester depan",
        },
        "actions": [{"id": "a1", "action": SUGGESTION, "by": "both", "until": "2027-06-30"}],
    }


def answer(step: str, suggestion: str) -> Form:
    """What a peer answers in the survey."""
    return {"answers": dict.fromkeys(VALUES, step), "texts": {"suggestion": suggestion}}


def contact() -> Form:
    """A meeting with those served that is noted, without names."""
    return {"audience": "parents", "note": "Orang tua sepakat mendampingi belajar di rumah"}
