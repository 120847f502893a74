"""A file of earlier results, as it is read before anything is written."""

import pytest

from service.earlier_results.file import read_earlier_results

NIP = "198501012010011001"


def test_rows_are_read_with_their_lines() -> None:
    read = read_earlier_results(f"nip,tahun,kode predikat\n{NIP},2025,1\n\n{NIP},2024,2\n".encode())
    assert (read.bad, list(read.lines)) == ([], [2, 4])
    assert [(each.nip, each.year, each.predicate) for each in read.items] == [(NIP, 2025, 1), (NIP, 2024, 2)]


def test_semicolons_capitals_and_a_mark_are_read() -> None:
    read = read_earlier_results(f"\ufeffNIP;Tahun;Kode_Predikat;Sumber\n{NIP};2025;1;e-Kinerja\n".encode())
    assert [(each.predicate, each.source) for each in read.items] == [(1, "e-Kinerja")]


@pytest.mark.parametrize(
    ("row", "words"),
    (
        (f"{NIP[:-1]},2025,1", "NIP"),
        (f"{NIP},1999,1", "year"),
        (f"{NIP},dua ribu,1", "year"),
        (f"{NIP},2025,0", "code"),
        (f"{NIP},2025,6", "code"),
        (f"{NIP},2025,Baik", "code"),
        (f"{NIP},2025", "code"),
        (f"{NIP},2025,²", "code"),
    ),
)
def test_a_bad_row_is_named_with_its_line_and_reason(row: str, words: str) -> None:
    read = read_earlier_results(f"nip,tahun,kode predikat\n{NIP},2024,1\n{row}\n".encode())
    (bad,) = read.bad
    assert bad.line == 3
    assert words in bad.message


def test_missing_columns_are_named() -> None:
    read = read_earlier_results(b"nip,tahun\n1,2\n")
    assert [each.parameters["column"] for each in read.bad] == ["kode predikat"]


@pytest.mark.parametrize("content", (b"", b"\n\n", b"nip,tahun,kode predikat\n"))
def test_a_file_without_rows_is_refused(content: bytes) -> None:
    assert read_earlier_results(content).bad
