"""Forms under the national scheme as people of the sample agency fill them in."""

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
EXPECTATION = "Mengajarkan aplikasi kearsipan kepada rekan di subbagian"
ATTACHMENTS = {
    "resources": "Dua pemindai dokumen dan satu tenaga pembantu",
    "accountability": "Laporan tertulis kepada atasan setiap akhir bulan",
    "consequences": "Menjadi bahan pengembangan kompetensi tahun berikutnya",
}


def indicator(own: str, aspect: str, words: str, number: float, unit: str, subject: str = "task") -> Form:
    """An indicator with a target that is a number."""
    target = {"number": number, "unit": unit}
    return {"id": own, "aspect": aspect, "indicator": words, "target": target, "subject": subject}


def main_result(own: str, words: str, supports: str | None, *indicators: Form) -> Form:
    """A result that supports one of the superior's plan; ``None`` for somebody whose superior makes no plan."""
    above = {} if supports is None else {"supports": supports}
    return {
        "id": own,
        "result": words,
        "kind": "main",
        **above,
        "approach": "quantitative",
        "indicators": list(indicators),
    }


def plan(*results: Form, **more: Any) -> Form:
    """A plan with these results."""
    return {
        "results": list(results),
        "behaviour": {"kompeten": {"expectation": EXPECTATION}},
        "attachments": ATTACHMENTS,
        **more,
    }


HEAD_RESULT = main_result(
    "k1",
    "Ketertiban umum di seluruh kecamatan terjaga",
    None,
    indicator("k1a", "quantity", "Jumlah patroli wilayah", 365, "patroli"),
    indicator("k1b", "cost", "Penyerapan anggaran ketertiban", 95, "persen", "budget"),
)
SECRETARY_RESULT = main_result(
    "s1",
    "Layanan kesekretariatan selesai tepat waktu",
    "k1",
    indicator("s1a", "quantity", "Jumlah layanan kesekretariatan", 240, "layanan"),
)
SECTION_RESULT = main_result(
    "b1",
    "Arsip dan surat tertata dan mudah ditemukan",
    "s1",
    indicator("b1a", "quantity", "Jumlah arsip tertata", 4000, "berkas"),
)
COLLEAGUE_RESULT = main_result(
    "p1",
    "Layanan administrasi bagi pegawai selesai tepat waktu",
    "b1",
    indicator("p1a", "quantity", "Jumlah layanan administrasi", 60, "layanan"),
)


def archive_result(supports: str) -> Form:
    """The archivist's own result; ``supports`` may be ``waiting``."""
    return main_result(
        "h1",
        "Arsip inaktif tertata dan dapat ditemukan dalam sehari",
        supports,
        indicator("h1a", "quantity", "Jumlah arsip inaktif tertata", 1200, "berkas"),
        indicator("h1b", "quality", "Arsip yang ditemukan pada pencarian pertama", 90, "persen"),
        indicator("h1c", "time", "Lama pencarian arsip", 1, "hari"),
    )


ADDITIONAL_RESULT: Form = {
    "id": "h2",
    "result": "Panitia ulang tahun daerah terbantu administrasinya",
    "kind": "additional",
    "letter": "800/123/2026",
    "letter_date": "2026-01-02",
    "approach": "qualitative",
    "expected": "Seluruh surat dan pertanggungjawaban panitia selesai sebelum hari pelaksanaan",
}
WITHOUT_LETTER: Form = {
    name: value for name, value in ADDITIONAL_RESULT.items() if not name.startswith("letter")
}


def archivist_plan(supports: str = "b1", additional: Form = ADDITIONAL_RESULT) -> Form:
    """The plan of the archivist."""
    return plan(archive_result(supports), additional)


def check_in(evidence: str, *, late: bool = False) -> Form:
    """The archivist's report: on course, or one indicator late with its cause."""
    on_course = {"course": "on_course"}
    behind = {"course": "late", "cause": "Pemindai rusak dua minggu; dikejar dengan lembur"}
    return {
        "indicators": {
            "h1a": {**(behind if late else on_course), "realised": 400, "evidence": [evidence]},
            "h1b": {**on_course, "realised": 91},
            "h1c": {**on_course, "realised": 1},
        },
        "overall": {"support_needed": "Perbaikan pemindai"},
    }


REVIEW: Form = {
    "results": {"h1": {"feedback": "Penataan rapi; percepat digitalisasi"}, "h2": {}},
    "overall": {"conclusion": "Sesuai rencana; pemindai segera diganti", "coaching_needed": True},
}


def self_assessment(evidence: str) -> Form:
    """What the archivist says of each item of his plan."""
    return {
        "results": {
            "h1": {"summary": "Seribu dua ratus enam puluh berkas tertata", "evidence": [evidence]},
            "h2": {"summary": "Seluruh surat panitia selesai dua minggu lebih awal"},
        },
        "indicators": {
            "h1a": {"realised": 1260, "note": "Melebihi target", "evidence": [evidence]},
            "h1b": {"realised": 94},
            "h1c": {"realised": 1},
        },
        "behaviour": {"kompeten": {"example": "Melatih empat rekan memakai aplikasi kearsipan"}},
        "overall": {"obstacles": "Pemindai rusak pada bulan Mei"},
    }


def rating(results: str, behaviour: str, items: tuple[str, ...] = ("h1", "h2"), **overall: Any) -> Form:
    """A rating whose two conclusions are given; each item has its reason."""
    reason = "Terlihat dari bukti dukung dan catatan pengamatan"
    return {
        "results": {item: {"rating": results, "reason": reason} for item in items},
        "behaviour": {value: {"rating": behaviour, "reason": reason} for value in VALUES},
        "overall": {
            "results": results,
            "behaviour": behaviour,
            "reason": "Kedua penilaian sesuai dengan bukti sepanjang tahun",
            "recommendation": "Pelatihan arsip digital",
            **overall,
        },
    }


DELIVERY: Form = {
    "meeting": {
        "held_on": "2027-01-20",
        "notes": "Hasil dibicarakan; pegawai meminta pelatihan",
        "strengths": "Teliti dan suka membantu rekan",
        "weaknesses": "Digitalisasi arsip masih lambat",
    },
    "actions": [
        {"id": "a1", "action": "Mengikuti pelatihan arsip digital", "by": "employee", "until": "2027-06-30"},
        {"id": "a2", "action": "Mengganti pemindai yang rusak", "by": "rater", "until": "2027-03-31"},
    ],
}


def colleague_check_in() -> Form:
    """The report of somebody with one indicator."""
    return {"indicators": {"p1a": {"course": "on_course", "realised": 30}}, "overall": {}}


COLLEAGUE_REVIEW: Form = {"results": {"p1": {}}, "overall": {"conclusion": "Sesuai rencana"}}
COLLEAGUE_ASSESSMENT: Form = {
    "results": {"p1": {"summary": "Seluruh layanan selesai"}},
    "indicators": {"p1a": {"realised": 60}},
    "behaviour": {},
    "overall": {},
}
