"""What people might write, by what is asked for. Invented, and about nobody."""

from collections.abc import Mapping
from typing import Final

from content.parts import Words

UNITS: Final = (
    Words(id="dokumen", en="documents"),
    Words(id="laporan", en="reports"),
    Words(id="kegiatan", en="activities"),
    Words(id="persen", en="percent"),
)

_RESULTS: Final = (
    Words(
        id="Tersusunnya laporan pelayanan publik yang lengkap dan tepat waktu",
        en="Reports on public services are complete and on time",
    ),
    Words(id="Meningkatnya kualitas pelayanan kepada masyarakat", en="The service to the public is better"),
    Words(
        id="Terlaksananya pengelolaan arsip kepegawaian secara tertib", en="Personnel files are kept in order"
    ),
    Words(
        id="Terselesaikannya pengaduan masyarakat sesuai standar", en="Complaints are settled by the standard"
    ),
    Words(id="Tersedianya data kepegawaian yang mutakhir", en="Personnel data are up to date"),
)

_INDICATORS: Final = (
    Words(id="Jumlah laporan yang diselesaikan", en="Reports completed"),
    Words(id="Persentase layanan yang selesai sesuai standar waktu", en="Services within the standard time"),
    Words(id="Tingkat kelengkapan dokumen yang diperiksa", en="Completeness of the documents examined"),
    Words(id="Persentase penggunaan anggaran sesuai jadwal", en="Budget spent as planned"),
)

_REASONS: Final = (
    Words(
        id="Target tercapai seluruhnya sebelum batas waktu, dengan bukti yang lengkap",
        en="All targets were met before the deadline, with complete evidence",
    ),
    Words(
        id="Hasil kerja sesuai dengan yang diharapkan dan didukung bukti",
        en="The work is what was expected and the evidence supports it",
    ),
    Words(
        id="Pekerjaan diselesaikan dengan teliti dan berkoordinasi baik dengan unit lain",
        en="The work was done with care and in good coordination with other units",
    ),
)

_EXPECTATIONS: Final = (
    Words(
        id="Cepat menyesuaikan diri dengan perubahan cara kerja",
        en="Adapts quickly to changed ways of working",
    ),
    Words(
        id="Memberi contoh dalam melayani dengan ramah dan solutif",
        en="Sets an example of friendly service that solves problems",
    ),
    Words(
        id="Berbagi pengetahuan dengan rekan kerja setiap bulan",
        en="Shares knowledge with colleagues every month",
    ),
)

_POSTS: Final = (
    Words(id="Jabatan satu jenjang di atas jabatan sekarang", en="A post one level above the present one"),
    Words(id="Kepala Seksi Pelayanan Umum", en="Head of the section of public services"),
)

_WISHES: Final = (
    Words(
        id="Mengikuti pelatihan, lalu mendampingi rekan yang baru",
        en="A training, then mentoring new colleagues",
    ),
    Words(id="Magang tiga bulan di unit kerja lain", en="Three months in another unit"),
)

_GENERAL: Final = (
    Words(
        id="Dibahas bersama dan disepakati dalam dialog kinerja",
        en="Discussed and agreed in the dialogue on performance",
    ),
    Words(id="Dilaksanakan sesuai SKP tahun berjalan", en="Done according to the plan of this year"),
    Words(
        id="Dilaporkan setiap bulan kepada Pejabat Penilai Kinerja", en="Reported to the rater every month"
    ),
)

_BY_WORD: Final[Mapping[str, tuple[Words, ...]]] = {
    "result": _RESULTS,
    "indicator": _INDICATORS,
    "reason": _REASONS,
    "feedback": _REASONS,
    "expectation": _EXPECTATIONS,
    "unit": UNITS,
    "post": _POSTS,
    "wish": _WISHES,
}


def sentences_for(field: str) -> tuple[Words, ...]:
    """What might be written in a text field of this name."""
    for word, sentences in _BY_WORD.items():
        if word in field:
            return sentences
    return _GENERAL
