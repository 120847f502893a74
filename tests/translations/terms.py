"""The list of terms: what Indonesian texts may not say and what they say instead, and one term for each thing.

The terms are those of PP 30/2019, PermenPANRB 6/2022 and UU 30/2014.
"""

import re
from collections.abc import Mapping

from states.absences import AbsenceKind
from states.changes import SubstitutionKind
from states.stages import Capacity, Stage
from states.triggers import Outcome, Trigger

FORBIDDEN: Mapping[str, str] = {
    r"pejabat penilai(?! kinerja)": "Pejabat Penilai Kinerja",
    r"atasan langsung": "Pejabat Penilai Kinerja, or his atasan",
    r"pejabat (?:yang )?(?:memeriksa|memutus|pemeriksa|pemutus) keberatan": "atasan ... yang memeriksa keberatan",
    r"tim penilai(?! kinerja)": "Tim Penilai Kinerja; penelaahan instansi where an agency adds that step",
    r"moderasi": "penelaahan instansi",
    r"rencana(?! (?:hasil )?kerja\b| strategis\b| aksi\b)": "SKP",
    r"penelaahan(?! instansi| skp\b)": "Penetapan SKP; pemantauan",
    r"(?:di|me)?(?:ny|s)etujui\w*": "tetapkan SKP; tanda tangani hasil penilaian",
    r"(?:tetapkan|menetapkan) penilaian": "konfirmasi penilaian",
    r"penilaian mandiri": "penilaian diri",
    r"pertemuan umpan balik": "Penyampaian hasil penilaian",
    r"umpan balik(?! berkelanjutan)": "Umpan Balik Berkelanjutan",
    r"tanda ?tangan\w* (?:sebagai |oleh )?atasan": "penetapan oleh atasan Pejabat Penilai Kinerja",
    r"\w*finalkan": "laporkan",
    r"(?:terima|menerima|penerimaan) keberatan": "periksa keberatan",
    r"keberatan (?:telah |sudah )?diterima": "Keberatan diajukan; Keberatan diperiksa",
    r"(?:di)?kuatkan": "Keberatan ditolak, hasil tetap",
    r"tidak memenuhi syarat": "Keberatan tidak dapat diterima",
    r"pelaksana (?:tugas|harian)": "Plt.; Plh.",
    r"pelimpahan|(?:di|me)?limpahkan": "pendelegasian kewenangan",
    r"benturan": "konflik kepentingan",
    r"\w*colek\w*": "permintaan tindak lanjut",
    r"siklus\w*": "periode penilaian",
    r"tenggat\w*": "batas waktu",
    r"insiden\w*": "kendala",
    r"notulen": "berita acara",
}
"""What no text says as a whole word, with what it says instead."""

WRITTEN_SO = ("Pejabat Penilai Kinerja", "Tim Penilai Kinerja")
"""Titles that are written with these capitals everywhere."""

CONCEPTS: Mapping[str, str] = {
    "raters?": "Pejabat Penilai Kinerja",
    "rater's superior": "atasan Pejabat Penilai Kinerja",
    "appeals officers?": "atasan Pejabat Penilai Kinerja yang memeriksa keberatan",
    "personnel officers?": "pengelola kepegawaian",
    "plan": "SKP",
    "check-in": "pemantauan",
    "self-assessment": "penilaian diri",
    "moderation": "penelaahan instansi",
    "(?<!queue )appraisals?": "penilaian",
    "objections?": "keberatan",
    "conflict of interest": "konflik kepentingan",
    "delegat(?:e|ed|ion)": "delegasi",
    "nudges?": "permintaan tindak lanjut",
    "nudged": "permintaan tindak lanjut|diminta menindaklanjuti",
    "(?<!kinerja )cycles?": "periode penilaian",
    "deadlines?|due day": "batas waktu",
    "incidents?": "kendala",
}
"""What an English text names, and the one term that its translation has for it."""

NAMES: Mapping[Stage | Trigger | Capacity | Outcome | SubstitutionKind | AbsenceKind, str] = {
    Stage.PLAN_DRAFTING: "Penyusunan SKP",
    Stage.PLAN_SCREENING: "Penelaahan SKP",
    Stage.PLAN_REVIEW: "Penetapan SKP",
    Stage.MIDYEAR_REVIEW: "Pemantauan",
    Stage.SELF_ASSESSMENT: "Penilaian diri",
    Stage.RATING: "Penilaian",
    Stage.MODERATION: "Penelaahan instansi (tahap tambahan dari instansi)",
    Stage.FEEDBACK_MEETING: "Penyampaian hasil penilaian",
    Stage.COUNTERSIGN: "Penetapan oleh atasan Pejabat Penilai Kinerja",
    Stage.REPORTING: "Pelaporan",
    Stage.OBJECTED: "Keberatan diajukan",
    Stage.OBJECTION_REVIEW: "Keberatan diperiksa",
    Trigger.SUBMIT_PLAN: "ajukan SKP",
    Trigger.APPROVE_PLAN: "tetapkan SKP",
    Trigger.CONFIRM_RATING: "konfirmasi penilaian",
    Trigger.DELIVER_RESULT: "sampaikan hasil penilaian",
    Trigger.AGREE: "tanda tangani hasil penilaian",
    Trigger.COUNTERSIGN: "tetapkan sebagai atasan Pejabat Penilai Kinerja",
    Trigger.FINALISE: "laporkan",
    Trigger.OBJECT: "ajukan keberatan",
    Trigger.ADMIT_OBJECTION: "periksa keberatan",
    Trigger.DISMISS_OBJECTION: "nyatakan keberatan tidak dapat diterima",
    Trigger.WITHDRAW_OBJECTION: "cabut keberatan",
    Trigger.UPHOLD_RESULT: "tolak keberatan, hasil tetap",
    Capacity.EMPLOYEE: "pegawai",
    Capacity.RATER: "Pejabat Penilai Kinerja",
    Capacity.RATER_SUPERIOR: "atasan Pejabat Penilai Kinerja",
    Capacity.APPEALS_OFFICER: "atasan Pejabat Penilai Kinerja yang memeriksa keberatan",
    Capacity.HR: "pengelola kepegawaian",
    Outcome.UPHELD: "Keberatan ditolak, hasil tetap",
    Outcome.CHANGED: "Keberatan diperiksa, hasil diubah",
    Outcome.INADMISSIBLE: "Keberatan tidak dapat diterima",
    Outcome.WITHDRAWN: "Keberatan dicabut",
    SubstitutionKind.PLT: "Plt.",
    SubstitutionKind.PLH: "Plh.",
    SubstitutionKind.DELEGATED: "pendelegasian kewenangan",
    AbsenceKind.STUDY: "tugas belajar",
    AbsenceKind.UNPAID_LEAVE: "cuti di luar tanggungan negara",
    AbsenceKind.PRE_RETIREMENT: "masa persiapan pensiun",
}
"""How stages, actions, capacities, outcomes, rights and absences are called."""


def wrong_in(text: str) -> dict[str, str]:
    """The words of a text that are not those of the law, each with what to say instead."""
    words = " ".join(text.split())
    wrong = {
        found[0]: instead
        for pattern, instead in FORBIDDEN.items()
        for found in re.finditer(rf"\b(?:{pattern})\b", words, re.IGNORECASE)
    }
    for title in WRITTEN_SO:
        wrong |= {found: title for found in re.findall(title, words, re.IGNORECASE) if found != title}
    return wrong


def missing_in(message: str, translation: str) -> list[str]:
    """The terms that a translation lacks although its English text names the thing."""
    return [
        term
        for word, term in CONCEPTS.items()
        if re.search(rf"\b(?:{word})\b", message, re.IGNORECASE)
        and not re.search(term, translation, re.IGNORECASE)
    ]
