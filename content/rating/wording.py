"""The labels of the steps of a working, by the name of the step."""

from collections.abc import Mapping

from content.parts import Words
from content.rating.outcome import WorkingStep

STEP_LABELS: Mapping[str, Words] = {
    "absent": Words(id="Tidak ada: tidak dihitung sebagai nol", en="Absent: not counted as zero"),
    "apart": Words(
        id="Dinilai tersendiri, tidak memengaruhi predikat", en="Rated apart, without effect on the predicate"
    ),
    "average": Words(id="Rata-rata", en="Average"),
    "band": Words(id="Predikat menurut rentang nilai", en="Predicate by band of scores"),
    "cap": Words(id="Nilai dibatasi pada batas tertinggi", en="Score limited to the highest value"),
    "cell": Words(
        id="Pertemuan rating hasil kerja dan rating perilaku kerja",
        en="Where the ratings of results and behaviour meet",
    ),
    "combined_periods": Words(id="Gabungan seluruh periode", en="All periods combined"),
    "condition": Words(
        id="Syarat tidak terpenuhi, rentang di bawahnya berlaku",
        en="Condition not met, the next lower band applies",
    ),
    "indicator": Words(id="Capaian indikator kinerja individu", en="Achievement of an indicator"),
    "input": Words(id="Masukan dari pihak lain", en="What others say"),
    "judged_indicator": Words(
        id="Capaian indikator, ditetapkan Pejabat Penilai Kinerja",
        en="Achievement of an indicator, judged by the rater",
    ),
    "longest_period": Words(id="Periode terpanjang menentukan", en="The longest period decides"),
    "period": Words(id="Bobot periode menurut jumlah hari", en="Weight of a period by its days"),
    "plan": Words(id="Capaian SKP", en="Achievement of the plan"),
    "present_period": Words(
        id="Ditetapkan Pejabat Penilai Kinerja saat ini dengan mempertimbangkan periode sebelumnya",
        en="Set by the present rater, who considers the earlier periods",
    ),
    "result": Words(id="Capaian rencana hasil kerja", en="Achievement of a result"),
    "rounded": Words(id="Pembulatan", en="Rounding"),
    "score": Words(id="Nilai kinerja berbobot", en="Weighed score"),
    "threshold": Words(
        id="Saran menurut ambang capaian; penilaian tetap ditetapkan Pejabat Penilai Kinerja",
        en="Suggestion by threshold; the rating remains the rater's",
    ),
    "weighting": Words(id="Bobot yang berlaku", en="Weights that apply"),
}


def step(
    name: str,
    numbers: Mapping[str, float | str],
    result: float | str | None,
    article: str | None = None,
) -> WorkingStep:
    """A step of a working with its label. Raises `KeyError` for a name without one."""
    said = {each: value if isinstance(value, str) else float(value) for each, value in numbers.items()}
    return WorkingStep(name, STEP_LABELS[name], said, result, article)
