"""No name of a person survives in what the public wrote, however it is written."""

import time

import pytest

from service.public_feedback.names import Names

NAMES = Names(
    ["Budi Santoso", "Siti Nur'aini", "André Wijaya", "Eko Setia Cahaya", "I Gusti Ayu Indah", "Ani"]
)


@pytest.mark.parametrize(
    ("text", "masked"),
    (
        ("Pak Budi lambat", "Pak (nama) lambat"),
        ("pak budi santoso lambat", "pak (nama) lambat"),
        ("BUDI lambat", "(nama) lambat"),
        ("Budinya galak", "(nama) galak"),
        ("B.u.d.i lambat", "(nama) lambat"),
        ("b u d i lambat", "(nama) lambat"),
        ("Bud1 lambat", "(nama) lambat"),
        ("Bu\u200bdi lambat", "(nama) lambat"),
        ("Búdí lambat", "(nama) lambat"),
        ("budisantoso lambat", "(nama) lambat"),
        ("Bu Siti Nuraini ramah", "Bu (nama) ramah"),
        ("Nur’aini ramah", "(nama) ramah"),
        ("Andre ramah", "(nama) ramah"),
        ("petugas Santoso, S.Sos. ramah", "petugas (nama), S.Sos. ramah"),
        ("Pak Eko ramah", "Pak (nama) ramah"),
        ("dr. Ani ramah", "dr. (nama) ramah"),
        ("ibu ani ramah", "ibu (nama) ramah"),
        ("Pak Udin ramah", "Pak (nama) ramah"),
        ("Setia Cahaya ramah", "(nama) ramah"),
        ("hubungi 0812-3456-7890 saja", "hubungi (nama) saja"),
        ("NIP 19770101 200001 1 901", "NIP (nama)"),
        ("tulis ke budi@contoh.example ya", "tulis ke (nama) ya"),
        ("tulis ke orang (at) contoh.example ya", "tulis ke (nama) ya"),
        ("lihat @budi.s", "lihat (nama)"),
        ("Budi-Santoso", "(nama)-(nama)"),
    ),
)
def test_a_name_is_masked(text: str, masked: str) -> None:
    assert NAMES.masked(text) == masked


@pytest.mark.parametrize(
    "text",
    (
        "Pelayanan cepat, petugas ramah, ruang indah dan penuh cahaya.",
        "Saya setia menunggu 3 jam, antrean nomor 125, datang pukul 08.00-10.30.",
        "Biayanya Rp 150.000 dan tidak ada kuitansi.",
        "Terima kasih Pak. Loketnya buka tepat waktu.",
        "Bapak petugas loket dan Ibu Kepala sangat membantu.",
        "Budidaya ikan",
        "a b c",
        "",
    ),
)
def test_what_names_nobody_stays(text: str) -> None:
    assert NAMES.masked(text) == text


def test_to_mask_again_changes_nothing() -> None:
    once = NAMES.masked("Pak Budi Santoso dan Bu Siti, 081234567890, x@y.example")
    assert NAMES.masked(once) == once


def test_the_longest_text_is_masked_at_once_for_a_large_agency() -> None:
    names = Names([f"Orang{number} Marga{number % 700}" for number in range(5_000)])
    texts = ["b." * 750, "@" * 1_500, "1-" * 750, "a" * 1_500, "( " * 750, "Pak " * 375, "a@" * 750]
    names.masked("x")
    began = time.perf_counter()
    for text in texts:
        names.masked(text)
    assert time.perf_counter() - began < 5
