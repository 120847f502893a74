"""Forms under the numeric scheme, as people of a registry office fill them in."""

from tests.systems.nasional_forms import VALUES, Form

ATTACHMENTS = {
    "resources": "Dua perangkat perekaman",
    "accountability": "Laporan setiap akhir bulan",
    "consequences": "Menjadi bahan pengembangan kompetensi",
}


def plan(service_weight: float = 60) -> Form:
    """Two results: one that is easily exceeded, one with a term of which less is better and a target in words."""
    cards: Form = {
        "id": "h1",
        "result": "Dokumen kependudukan terbit tepat waktu",
        "weight": service_weight,
        "kind": "main",
        "indicators": [
            {
                "id": "h1a",
                "aspect": "quantity",
                "indicator": "Jumlah dokumen terbit",
                "target": {"number": 1000, "unit": "dokumen"},
            }
        ],
    }
    records: Form = {
        "id": "h2",
        "result": "Data kependudukan mutakhir",
        "weight": 40,
        "kind": "main",
        "indicators": [
            {
                "id": "h2a",
                "aspect": "quantity",
                "indicator": "Jumlah pemutakhiran",
                "target": {"number": 50, "unit": "pemutakhiran"},
            },
            {
                "id": "h2b",
                "aspect": "time",
                "indicator": "Lama satu pemutakhiran",
                "target": {"number": 10, "unit": "hari"},
                "lower_is_better": True,
            },
            {
                "id": "h2c",
                "aspect": "quality",
                "indicator": "Keluhan ditanggapi dengan baik",
                "target": {"text": "Lebih baik daripada tahun lalu"},
            },
        ],
    }
    return {"results": [cards, records], "behaviour": {}, "attachments": ATTACHMENTS}


def check_in() -> Form:
    """A report in which everything is on course."""
    return {
        "indicators": {own: {"course": "on_course"} for own in ("h1a", "h2a", "h2b", "h2c")},
        "overall": {},
    }


REVIEW: Form = {"results": {"h1": {}, "h2": {}}, "overall": {"conclusion": "Sesuai rencana"}}
ASSESSMENT: Form = {
    "results": {"h1": {"summary": "Melampaui target"}, "h2": {"summary": "Sesuai target"}},
    "indicators": {"h1a": {"realised": 1500}, "h2a": {"realised": 50}, "h2b": {"realised": 8}, "h2c": {}},
    "behaviour": {},
    "overall": {},
}
NO_INNOVATION: Form = {"confirmed": False}
INNOVATION: Form = {
    "confirmed": True,
    "idea": "Perekaman keliling pada malam hari memangkas antrean separuhnya",
    "confirmed_by": "Maria Tanoto, Kepala Dinas",
    "confirmed_on": "2027-01-08",
}


def rating(
    documents: float, updates: float, days: float, judged: float, behaviour: float, innovation: Form
) -> Form:
    """A rating: what was realised of each indicator, the same number for each value, and whether there was an idea."""
    reason = "Sesuai bukti dukung yang diperiksa"
    return {
        "indicators": {
            "h1a": {"realised": documents, "reason": reason},
            "h2a": {"realised": updates, "reason": reason},
            "h2b": {"realised": days, "reason": reason},
            "h2c": {"achievement": judged, "reason": reason},
        },
        "behaviour": {value: {"rating": behaviour, "reason": reason} for value in VALUES},
        "innovation": innovation,
        "overall": {
            "reason": "Nilai mengikuti realisasi sepanjang tahun",
            "recommendation": "Pelatihan pengelolaan basis data",
        },
    }


def delivery(held_on: str) -> Form:
    """What was noted when the result was handed over."""
    return {
        "meeting": {
            "held_on": held_on,
            "notes": "Hasil dibicarakan",
            "strengths": "Cepat dan teliti",
            "weaknesses": "Laporan sering terlambat",
        },
        "actions": [],
    }
