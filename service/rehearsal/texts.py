"""The texts of scripted people: invented, plausible, and the same each time for the same step of a case."""

from collections.abc import Mapping
from typing import Any

from states.appraisal import Appraisal
from states.scripted.temperament import Dice
from states.triggers import Trigger

_RESULTS = (
    "Terlaksananya pelayanan administrasi yang tertib dan tepat waktu",
    "Meningkatnya ketertiban umum di wilayah binaan",
    "Tersusunnya laporan pelaksanaan kegiatan setiap triwulan",
    "Terkelolanya arsip dinamis sesuai pedoman tata kearsipan",
    "Terselesaikannya pengaduan masyarakat paling lama tiga hari kerja",
    "Terpeliharanya aplikasi dan jaringan pada perangkat daerah",
)
_INDICATORS = (
    ("Persentase layanan tepat waktu", "95 persen"),
    ("Jumlah laporan yang diserahkan", "4 dokumen"),
    ("Jumlah patroli wilayah", "48 kegiatan"),
    ("Nilai kepuasan pengguna layanan", "82 dari 100"),
    ("Berkas arsip yang tertata", "1.200 berkas"),
)
_REPORTS = (
    "Dua dari empat laporan telah diserahkan; sisanya sesuai jadwal pada semester kedua.",
    "Target semester pertama tercapai. Kendala: jumlah petugas berkurang selama masa cuti bersama.",
    "Capaian sedikit di bawah target karena perubahan jadwal kegiatan; sudah disusun langkah perbaikan.",
    "Seluruh kegiatan terlaksana, bukti dukung tersimpan di map bersama unit kerja.",
)
_ASSESSMENTS = (
    "Seluruh hasil kerja pada SKP telah terlaksana dengan bukti dukung terlampir.",
    "Sebagian besar target tercapai; satu kegiatan dialihkan ke tahun berikutnya atas arahan pimpinan.",
    "Target tercapai dan dua perbaikan proses telah diterapkan di unit kerja.",
)
_RATINGS = (
    ("sesuai ekspektasi", "sesuai ekspektasi", "baik"),
    ("di atas ekspektasi", "sesuai ekspektasi", "baik"),
    ("di atas ekspektasi", "di atas ekspektasi", "sangat baik"),
    ("di bawah ekspektasi", "sesuai ekspektasi", "butuh perbaikan"),
)
_REASONS: Mapping[Trigger, tuple[str, ...]] = {
    Trigger.RETURN_PLAN: (
        "Indikator kedua belum terukur. Mohon lengkapi target kuantitas dan waktunya.",
        "SKP belum selaras dengan sasaran unit kerja tahun ini. Mohon disesuaikan.",
    ),
    Trigger.REVISE_PLAN: ("Terdapat perubahan prioritas unit kerja; SKP perlu disesuaikan.",),
    Trigger.RETURN_CHECK_IN: ("Mohon cantumkan realisasi setiap indikator, bukan hanya uraian kegiatan.",),
    Trigger.RETURN_SELF_ASSESSMENT: ("Mohon lampirkan bukti dukung untuk hasil kerja ketiga.",),
    Trigger.RETURN_RATING: ("Mohon selaraskan dengan kinerja organisasi dan sampaikan alasannya.",),
    Trigger.RECORD_RECEIPT: ("Hasil diserahkan langsung dengan tanda terima di unit kerja.",),
    Trigger.OBJECT: (
        "Realisasi indikator kedua belum dihitung, padahal bukti dukungnya telah diserahkan.",
        "Nilai perilaku tidak sesuai dengan umpan balik berkelanjutan sepanjang tahun.",
    ),
    Trigger.DISMISS_OBJECTION: ("Keberatan tidak memuat alasan yang dapat diperiksa.",),
    Trigger.WITHDRAW_OBJECTION: ("Keberatan dicabut setelah mendapat penjelasan mengenai dasar penilaian.",),
    Trigger.ASK_EMPLOYEE: ("Mohon jelaskan indikator yang menurut Saudara belum dihitung, dengan buktinya.",),
    Trigger.ASK_RATER: ("Mohon jelaskan dasar penilaian setiap indikator yang dipersoalkan.",),
    Trigger.GIVE_STATEMENT: (
        "Penjelasan tertulis dan bukti dukung terlampir.",
        "Penjelasan saya sama dengan yang disampaikan pada saat penyampaian hasil.",
    ),
    Trigger.DISPUTE_RECEIPT: ("Hasil baru saya terima setelah tanggal yang tercatat.",),
    Trigger.ANSWER_RECEIPT: ("Tanda terima telah diperiksa kembali; tanggal yang tercatat sudah benar.",),
    Trigger.HEAR_EMPLOYEE: ("Pegawai menjelaskan realisasi dan menyerahkan bukti tambahan.",),
    Trigger.HEAR_RATER: ("Pejabat Penilai Kinerja menjelaskan dasar penilaian setiap indikator.",),
    Trigger.UPHOLD_RESULT: ("Penilaian didukung bukti yang ada; keberatan ditolak, hasil tetap.",),
    Trigger.CHANGE_RESULT: ("Bukti tambahan menunjukkan target tercapai; hasil diubah.",),
    Trigger.SUSPEND: ("Pegawai menjalani cuti sakit lebih dari satu bulan.", "Pegawai mengikuti pendidikan."),
    Trigger.EXTEND: ("Perpanjangan diberikan karena beban kerja pada masa pelaporan.",),
    Trigger.REASSIGN: ("Pejabat berhalangan; kewenangan dialihkan sementara kepada pejabat setingkat.",),
    Trigger.CANCEL: ("Pegawai pindah ke instansi lain sehingga penilaian tidak dilanjutkan.",),
    Trigger.REOPEN: ("Ditemukan kekeliruan penghitungan pada hasil akhir.",),
}
_OTHERWISE = ("Sesuai ketentuan.",)


def written(appraisal: Appraisal, trigger: Trigger) -> dict[str, Any]:
    """The written part of the action's request body: ``text``, for forms ``content``, and what some actions name."""
    dice = Dice(f"{appraisal.id}|{appraisal.sequence}|{trigger}")
    match trigger:
        case Trigger.SUBMIT_PLAN:
            first, second = dice.among(0, 0, 2), dice.among(1, 3, 5)
            goals = [_goal(each, dice.among(2 + number, 0, 4)) for number, each in enumerate((first, second))]
            return {"text": "SKP tahunan.", "content": {"hasil_kerja": goals}}
        case Trigger.SUBMIT_CHECK_IN:
            return {"text": _REPORTS[dice.among(0, 0, len(_REPORTS) - 1)]}
        case Trigger.SUBMIT_SELF_ASSESSMENT:
            return {"text": _ASSESSMENTS[dice.among(0, 0, len(_ASSESSMENTS) - 1)]}
        case Trigger.RATE:
            return {"text": "Penilaian hasil kerja dan perilaku kerja.", "content": _rating(dice)}
        case Trigger.CHANGE_RESULT:
            result = {"text": "Hasil penilaian setelah keberatan.", "content": _rating(dice)}
            return {"text": _REASONS[trigger][0], "result": result}
        case Trigger.EXTEND:
            return {"text": _REASONS[trigger][0], "authority": "Surat Keputusan Kepala BKPSDM 800/17/2026"}
    reasons = _REASONS.get(trigger, _OTHERWISE)
    return {"text": reasons[dice.among(0, 0, len(reasons) - 1)]}


def _goal(result: int, indicator: int) -> dict[str, str]:
    name, target = _INDICATORS[indicator]
    return {"hasil": _RESULTS[result], "indikator": name, "target": target}


def _rating(dice: Dice) -> dict[str, str]:
    # More than half are "baik", as in most agencies.
    work, conduct, predicate = _RATINGS[max(0, dice.among(0, -2, 3))]
    return {"hasil_kerja": work, "perilaku_kerja": conduct, "predikat": predicate}
