"""What people read in Indonesian uses the words of the law, and one word for each thing: see `terms`."""

from collections.abc import Iterator
from itertools import product
from pathlib import Path

import pytest

from notifications.rendering import Message, render
from notifications.samples import EXAMPLE_URL, sample, stages_of
from notifications.versions import template_names
from schemes.loading import builtin_names, builtin_scheme
from service.relations.wording import ABSENCES, BASES
from service.wording import CAPACITIES, OUTCOMES, STAGES, TRIGGERS
from tests.documents import DOCUMENTS
from tests.translations.messages import PACKAGES, ROOT
from tests.translations.terms import FORBIDDEN, NAMES, missing_in, wrong_in
from translations import Locale
from translations.catalogue import catalogue

INDONESIAN = catalogue(Locale.INDONESIAN)
KINDS_OF_FILES = frozenset({".py", ".sql", ".yaml", ".jinja", ".csv"})


SPOILED = (
    ("Penyusunan rencana", "SKP"),
    ("menyusun rencana kinerja (SKP)", "SKP"),
    ("Penelaahan rencana", "Penetapan SKP; pemantauan"),
    ("setujui hasil", "tetapkan SKP; tanda tangani hasil penilaian"),
    ("lalu menyetujuinya", "tetapkan SKP; tanda tangani hasil penilaian"),
    ("Hasil disetujui", "tetapkan SKP; tanda tangani hasil penilaian"),
    ("Penilaian mandiri", "penilaian diri"),
    ("menunggu pejabat penilai.", "Pejabat Penilai Kinerja"),
    ("sebagai pejabat penilai kinerja", "Pejabat Penilai Kinerja"),
    ("oleh atasan langsung", "Pejabat Penilai Kinerja, or his atasan"),
    ("pejabat yang memutus\nkeberatan", "atasan ... yang memeriksa keberatan"),
    ("pejabat pemeriksa keberatan", "atasan ... yang memeriksa keberatan"),
    ("Moderasi penilaian", "penelaahan instansi"),
    ("sebagai tim penilai", "Tim Penilai Kinerja; penelaahan instansi where an agency adds that step"),
    ("tetapkan penilaian", "konfirmasi penilaian"),
    ("Pertemuan umpan balik", "Penyampaian hasil penilaian"),
    ("beri umpan balik", "Umpan Balik Berkelanjutan"),
    ("Menunggu tanda tangan atasan", "penetapan oleh atasan Pejabat Penilai Kinerja"),
    ("laporkan dan finalkan", "laporkan"),
    ("Keberatan diterima", "Keberatan diajukan; Keberatan diperiksa"),
    ("terima keberatan untuk diperiksa", "periksa keberatan"),
    ("hasil dikuatkan", "Keberatan ditolak, hasil tetap"),
    ("Keberatan tidak memenuhi syarat", "Keberatan tidak dapat diterima"),
    ("pelaksana tugas", "Plt.; Plh."),
    ("pelimpahan wewenang", "pendelegasian kewenangan"),
    ("melimpahkan tugas", "pendelegasian kewenangan"),
    ("Benturan kepentingan", "konflik kepentingan"),
    ("Tidak ada yang dicolek.", "permintaan tindak lanjut"),
    ("Siklus {name} dibuat", "periode penilaian"),
    ("Tenggatnya diperpanjang", "batas waktu"),
    ("daftar insiden", "kendala"),
    ("notulen rapat", "berita acara"),
)
"""Sentences as they stood or might stand, with what they are to say instead."""


def files() -> Iterator[Path]:
    """Everything in which a word for people may stand: templates, schemes, samples, docstrings, documents."""
    yield from DOCUMENTS
    for package in PACKAGES:
        yield from sorted(path for path in (ROOT / package).rglob("*") if path.suffix in KINDS_OF_FILES)


def rendered() -> Iterator[Message]:
    """Every message that a template makes, of every stage, for whoever is awaited and whoever looks on."""
    for template in template_names():
        for stage, own in product(stages_of(template) or (None,), (True, False)):
            content = sample(template, Locale.INDONESIAN, stage, own_task=own)
            yield render(content, EXAMPLE_URL)


def test_the_catalogue_says_nothing_in_other_words() -> None:
    wrong = {message: wrong_in(text) for message, text in INDONESIAN.items()}
    assert {message: words for message, words in wrong.items() if words} == {}


def test_a_translation_has_the_one_term_for_what_its_message_names() -> None:
    missing = {message: missing_in(message, text) for message, text in INDONESIAN.items()}
    assert {message: terms for message, terms in missing.items() if terms} == {}


def test_no_file_says_it_in_other_words() -> None:
    wrong = {str(path.relative_to(ROOT)): wrong_in(path.read_text("utf-8")) for path in files()}
    assert {path: words for path, words in wrong.items() if words} == {}


def test_messages_say_nothing_in_other_words_once_they_are_rendered() -> None:
    messages = list(rendered())
    assert len(messages) > 100
    wrong = [wrong_in(f"{each.subject}\n{each.text}\n{each.html}") for each in messages]
    assert [words for words in wrong if words] == []


@pytest.mark.parametrize("name", builtin_names())
def test_a_scheme_is_called_by_the_words_of_the_law(name: str) -> None:
    assert wrong_in(builtin_scheme(name).title["id"]) == {}


def test_what_has_a_name_in_the_law_is_called_by_it() -> None:
    called = {
        kind: INDONESIAN[message]
        for names in (STAGES, TRIGGERS, CAPACITIES, OUTCOMES, BASES, ABSENCES)
        for kind, message in names.items()
        if kind in NAMES
    }
    expected = {str(kind): name for kind, name in NAMES.items()}
    assert {str(kind): name for kind, name in called.items()} == expected


@pytest.mark.parametrize(("sentence", "instead"), SPOILED)
def test_another_word_is_found_out(sentence: str, instead: str) -> None:
    assert instead in wrong_in(sentence).values()


def test_each_forbidden_word_has_been_seen_to_be_found_out() -> None:
    assert {instead for _, instead in SPOILED} == set(FORBIDDEN.values())


@pytest.mark.parametrize(
    "sentence",
    (
        "SKP memuat rencana hasil kerja dan rencana kerja tahunan",
        "Keberatan tidak dapat diterima",
        "Umpan Balik Berkelanjutan",
        "penelaahan instansi",
        "Tanpa persetujuan Anda tidak ada yang dikirim",
        "atasan Pejabat Penilai Kinerja yang memeriksa keberatan",
        "Pejabat Penilai Kinerjanya keliru",
        "menetapkan hasil penilaian",
        "Tim Penilai Kinerja",
    ),
)
def test_the_words_of_the_law_are_left_alone(sentence: str) -> None:
    assert wrong_in(sentence) == {}


@pytest.mark.parametrize(
    ("message", "translation", "missing"),
    (
        ("No rater", "Tanpa penilai", ["Pejabat Penilai Kinerja"]),
        ("The deadline passed", "Waktunya lewat", ["batas waktu"]),
        ("The deadline passed", "Batas waktu terlewati", []),
        ("`kinerja cycle list` shows them", "`kinerja cycle list` menampilkannya", []),
        ("Nudged", "Diingatkan", ["permintaan tindak lanjut|diminta menindaklanjuti"]),
    ),
)
def test_a_term_that_is_missing_is_found_out(message: str, translation: str, missing: list[str]) -> None:
    assert missing_in(message, translation) == missing
