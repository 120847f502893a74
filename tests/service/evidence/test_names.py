"""Names of files are made safe and short; what would mislead or give somebody away is refused."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.evidence.files import kinds
from service.evidence.files.names import LONGEST_NAME, NameHoldsNip, UnreadableName, cleaned_name, fits


@pytest.mark.parametrize(
    ("given_name", "kept"),
    (
        ("Laporan Maret.pdf", "Laporan Maret.pdf"),
        ("Laporan Maret.PDF", "Laporan Maret.pdf"),
        ("../../etc/Laporan.pdf", "Laporan.pdf"),
        ("C:\\Users\\siti\\Laporan.pdf", "Laporan.pdf"),
        ("Laporan", "Laporan.pdf"),
        ("Laporan v1.2", "Laporan v1.2.pdf"),
        ("Laporan.2026.03", "Laporan.2026.03.pdf"),
        (".pdf", "berkas.pdf"),
        ("...", "berkas.pdf"),
        ('a<b>:"|?*c.pdf', "a-b------c.pdf"),
        ("nul.pdf", "_nul.pdf"),
        ("Cafe\u0301.pdf", "Café.pdf"),
        ("१२ laporan.pdf", "१२ laporan.pdf"),
    ),
)
def test_a_name_is_cleaned(given_name: str, kept: str) -> None:
    assert cleaned_name(given_name, kinds.PDF) == kept


def test_a_long_name_is_cut_before_its_ending() -> None:
    name = cleaned_name("é" * 500 + ".jpeg", kinds.JPEG)
    assert (len(name), name[-6:]) == (LONGEST_NAME, "é.jpeg")


@pytest.mark.parametrize(
    "sign", ("\n", "\r", "\0", "\x7f", "\u202e", "\u2066", "\u200b", "\ufeff", "\u2028", "\ue000")
)
def test_signs_that_nobody_sees_are_refused(sign: str) -> None:
    with pytest.raises(UnreadableName):
        cleaned_name(f"lap{sign}fdp.exe.pdf", kinds.PDF)


@pytest.mark.parametrize(
    "name",
    (
        "SKP 197701012000011001.pdf",
        "SKP_19770101 200001 1 001.pdf",
        "19770101-200001-1-001.pdf",
        "１９７７０１０１２００００１１００１.pdf",
    ),
)
def test_the_number_of_an_employee_is_refused(name: str) -> None:
    with pytest.raises(NameHoldsNip):
        cleaned_name(name, kinds.PDF)


@pytest.mark.parametrize(
    "name", ("Surat 0123456789012345678.pdf", "IMG_20260301_120000.pdf", "12345678901234567.pdf")
)
def test_other_numbers_may_stand_in_a_name(name: str) -> None:
    assert cleaned_name(name, kinds.PDF) == name


@pytest.mark.parametrize(
    ("name", "fitting"),
    (
        ("foto.png", True),
        ("foto.PNG", True),
        ("foto", True),
        ("foto 1.2", True),
        ("foto.2026", True),
        ("foto.jpg", False),
        ("foto.pdf", False),
        ("foto.exe", False),
        ("foto.bat", False),
        ("foto.html", False),
        ("foto.png.exe", False),
    ),
)
def test_a_name_that_claims_another_kind_does_not_fit(name: str, fitting: bool) -> None:
    assert fits(name, kinds.PNG) is fitting


def test_a_table_and_a_text_are_both_texts() -> None:
    assert fits("rekap.csv", kinds.TEXT)
    assert kinds.shown_type("text/plain", "rekap.CSV") == "text/csv"
    assert kinds.shown_type("text/plain", "rekap.txt") == "text/plain"


@given(st.text(max_size=300), st.sampled_from(kinds.KINDS))
def test_a_cleaned_name_is_a_name_of_its_kind(name: str, kind: kinds.FileKind) -> None:
    try:
        kept = cleaned_name(name, kind)
    except (UnreadableName, NameHoldsNip):
        return
    assert 0 < len(kept) <= LONGEST_NAME
    assert kept.rpartition(".")[2] in kind.endings
    assert not set(kept) & set('/\\<>:"|?*')
    assert cleaned_name(kept, kind) == kept
