"""Encodings, separators and sizes of CSV files, and bytes that are no roster at all."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.roster import RosterFile, read_roster
from tests.service.roster.rosters import OFFICER_POST, only_problem, people, person, units
from translations import Locale

ENCODINGS = ("utf-8", "utf-8-sig", "utf-16", "windows-1252")
SEPARATORS = (",", ";", "\t")


@pytest.mark.parametrize("separator", SEPARATORS)
@pytest.mark.parametrize("encoding", ENCODINGS)
def test_every_encoding_with_every_separator_gives_the_same_people(encoding: str, separator: str) -> None:
    text = people(person(nama="André Ma’ruf"), person(**OFFICER_POST))
    expected = read_roster(units().encode(), text.encode())
    written = read_roster(units().encode(), text.replace(",", separator).encode(encoding))
    assert written.problems == ()
    assert [row.name for row in written.people] == ["André Ma’ruf", "Farida Setiawan"]
    assert written.people == expected.people


def test_a_guessed_encoding_is_told() -> None:
    roster = read_roster(units().encode(), people(person(nama="André")).encode("windows-1252"))
    (note,) = roster.notes
    assert "Windows-1252" in note.describe(Locale.ENGLISH)
    assert "Windows-1252" in note.describe(Locale.INDONESIAN)


def test_plain_utf_8_is_no_guess() -> None:
    assert read_roster(units().encode(), people(person(nama="André")).encode()).notes == ()


def test_a_line_that_declares_the_separator_is_no_header() -> None:
    roster = read_roster(units().encode(), b"sep=;\r\n" + people().replace(",", ";").encode())
    assert roster.problems == ()
    assert roster.people[0].line == 3


def test_bytes_in_no_known_encoding_are_refused_with_their_line() -> None:
    spoiled = people(person(), person(**OFFICER_POST, nama="Andr\x81")).encode("latin-1")
    problem = only_problem(read_roster(units().encode(), spoiled))
    assert (problem.file, problem.line, problem.code) == (RosterFile.PEOPLE, 3, "encoding")


def test_an_old_workbook_is_refused_with_what_to_do() -> None:
    problem = only_problem(read_roster(units().encode(), bytes.fromhex("d0cf11e0a1b11ae1") + b"\0" * 600))
    assert problem.code == "old_workbook"


def test_a_picture_is_no_roster() -> None:
    problem = only_problem(read_roster(units().encode(), b"GIF89a\x01\x00\x01\x00;"))
    assert problem.code == "not_a_table"


def test_a_file_beyond_the_limit_is_refused_unread(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("service.roster.table.MOST_BYTES", 1_000)
    problem = only_problem(read_roster(units().encode(), b"x" * 1_001))
    assert problem.code == "too_large"


def test_more_rows_than_the_limit_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("service.roster.table.MOST_ROWS", 1)
    problem = only_problem(read_roster(units().encode(), people(person(), person(**OFFICER_POST)).encode()))
    assert (problem.line, problem.code) == (3, "too_many_rows")


@given(st.binary(max_size=300))
def test_any_bytes_are_read_or_told_what_is_wrong(content: bytes) -> None:
    roster = read_roster(content, content)
    assert roster.people == ()
    assert {problem.file for problem in roster.problems} == set(RosterFile)
    assert all(problem.describe(Locale.INDONESIAN) for problem in roster.problems)


@given(st.binary(max_size=200), st.sampled_from((b"PK\x03\x04", b"PK\x05\x06", b"\xff\xfe", b"\xef\xbb\xbf")))
def test_any_bytes_behind_a_signature_are_read_or_told_what_is_wrong(
    content: bytes, signature: bytes
) -> None:
    roster = read_roster(None, signature + content)
    assert roster.people == ()
    assert roster.problems


@given(st.text(max_size=200), st.sampled_from(ENCODINGS[:3]))
def test_any_text_below_a_right_header_is_read_or_told_what_is_wrong(text: str, encoding: str) -> None:
    roster = read_roster(None, (people().splitlines()[0] + "\n" + text).encode(encoding, "replace"))
    assert roster.people == ()
    assert roster.problems or not text.strip()
