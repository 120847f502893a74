"""What people write in a year under the scheme of Gerunggang: plans, reports, ratings, and what is noted."""

from collections.abc import Mapping, Sequence
from typing import Any

from tests.systems.samarinda import VALUES

Form = dict[str, Any]


def plan(title: str, taken: Sequence[Mapping[str, Any]], *, number: float = 90) -> Form:
    """A plan of one result ``h1`` whose indicators were ``taken`` from the library."""
    return {
        "results": [
            {
                "id": "h1",
                "result": title,
                "kind": "main",
                "approach": "quantitative",
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
        "attachments": {
            "resources": "Komputer loket dan ruang layanan",
            "accountability": "Laporan tertulis setiap semester",
            "consequences": "Diperhitungkan dalam pengembangan karier",
        },
    }


def report(plan: Form) -> Form:
    """What the employee reports at a check-in."""
    return {
        "indicators": {each: {"course": "on_course", "realised": 45} for each in indicators(plan)},
        "overall": {"support_needed": "Tidak ada"},
    }


def review() -> Form:
    """What the rater says of it."""
    return {
        "results": {"h1": {"feedback": "Layanan makin cepat"}},
        "overall": {"conclusion": "Sesuai target sampai saat ini"},
    }


def self_assessment(plan: Form) -> Form:
    """What the employee says of the year, with the way of working."""
    return {
        "results": {"h1": {"summary": "Layanan berjalan sesuai standar sepanjang tahun"}},
        "indicators": {each: {"realised": 92} for each in indicators(plan)},
        "overall": {"way": "Membagi antrean dengan rekan dan mencatat setiap keluhan pada hari yang sama"},
    }


def indicators(plan: Form) -> tuple[str, ...]:
    """The ids of the indicators of a plan."""
    return tuple(each["id"] for row in plan["results"] for each in row["indicators"])


def rating(
    *,
    results: str = "meets",
    behaviour: str = "meets",
    process: str = "meets",
    effort: str = "meets",
    service_quality: str = "meets",
    complaints: str | None = None,
) -> Form:
    """What the rater sets; ``complaints`` is what he says of those that were handled."""
    reason = "Sesuai catatan pengamatan dan bukti dukung"
    criteria: Form = {
        "service_quality": service_quality,
        "service_quality_reason": reason,
        "time_discipline": "meets",
        "time_discipline_reason": reason,
        "adaptability": "above",
        "adaptability_reason": reason,
    }
    return {
        "results": {"h1": {"rating": results, "reason": reason}},
        "behaviour": {each: {"rating": behaviour, "reason": reason} for each in VALUES},
        "criteria": criteria if complaints is None else criteria | {"complaints": complaints},
        "way": {
            "process": process,
            "process_reason": "Bekerja teratur menurut prosedur layanan",
            "effort": effort,
            "effort_reason": "Berupaya juga saat jaringan terganggu",
        },
        "overall": {
            "results": results,
            "behaviour": behaviour,
            "reason": "Hasil dan perilaku dinilai dari bukti dukung sepanjang tahun",
            "recommendation": "Pelatihan pelayanan prima",
        },
    }


def meeting(strengths: Sequence[str], weaknesses: Sequence[str]) -> Form:
    """What was said when the result was handed over; both are named from the scheme's list of skills."""
    return {
        "meeting": {
            "held_on": "2027-01-20",
            "notes": "Hasil dibicarakan butir demi butir",
            "strengths": list(strengths),
            "strengths_note": "Ramah kepada pemohon yang lanjut usia",
            "weaknesses": list(weaknesses),
            "weaknesses_note": "Penjelasan di loket masih terlalu panjang",
        },
        "actions": [
            {
                "id": "a1",
                "action": "Menyederhanakan penjelasan di loket",
                "by": "employee",
                "until": "2027-06-30",
            }
        ],
    }


def complaint(received: str, settled: str | None, hours: float | None, matter: str) -> Form:
    """A complaint that came in; without ``settled`` it is still open."""
    content: Form = {
        "matter": matter,
        "received_on": received,
        "result": "Pemohon menerima dokumen dan penjelasan",
    }
    return content if settled is None else content | {"settled_on": settled, "hours": hours}
