"""Rosters in workbooks."""

import datetime as dt
import io
import re
import zipfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from service.roster import read_roster
from service.roster.mapping import PeopleMapping, RosterMapping
from tests.service.roster.rosters import (
    CLERK_POST,
    HEAD,
    OFFICER_POST,
    PERSON,
    only_problem,
    people,
    person,
    read,
    table,
    units,
    workbook,
)


def with_cell(column: str, cell: object) -> bytes:
    row: list[object] = [cell if name == column else text for name, text in PERSON.items()]
    return workbook(list(PERSON), row)


def test_a_workbook_gives_the_same_people_as_the_text() -> None:
    text = people(person(), person(**OFFICER_POST))
    roster = read_roster(workbook(*table(units())), workbook(*table(text)))
    assert roster.problems == ()
    assert (roster.units, roster.people) == (read(people_text=text).units, read(people_text=text).people)


def test_a_nip_that_became_a_number_is_refused_as_damaged() -> None:
    problem = only_problem(read_roster(units().encode(), with_cell("nip", int(HEAD))))
    assert (problem.line, problem.column, problem.code) == (2, "nip", "nip_damaged_by_spreadsheet")


def test_a_superior_that_became_a_number_is_a_warning() -> None:
    roster = read_roster(units().encode(), with_cell("atasan_nip", 198801012012031902))
    assert [warning.code for warning in roster.warnings] == ["superior_damaged"]


@pytest.mark.parametrize("cell", (1, 1.0))
def test_a_small_number_is_read_as_its_digits(cell: float) -> None:
    roster = read_roster(units().encode(), with_cell("kedudukan_hukum", cell))
    assert roster.problems == ()


def test_a_real_date_is_read_as_the_date() -> None:
    (row,) = read_roster(units().encode(), with_cell("tmt_jabatan", dt.date(2018, 7, 1))).people
    assert row.position_since == dt.date(2018, 7, 1)


def test_the_end_of_a_contract_may_be_a_real_date() -> None:
    clerk: dict[str, object] = {**PERSON, **CLERK_POST, "tanggal_akhir_kontrak": dt.date(2027, 12, 31)}
    (row,) = read_roster(units().encode(), workbook(list(clerk), list(clerk.values()))).people
    assert row.contract_until == dt.date(2027, 12, 31)


def test_a_real_date_is_read_whatever_form_dates_as_text_have() -> None:
    mapping = RosterMapping(people=PeopleMapping(dates="yyyy-mm-dd"))
    content = with_cell("tmt_jabatan", dt.date(2018, 7, 1))
    (row,) = read_roster(units().encode(), content, mapping).people
    assert row.position_since == dt.date(2018, 7, 1)


def test_the_serial_number_of_a_date_is_refused_not_guessed() -> None:
    problem = only_problem(read_roster(units().encode(), with_cell("tmt_jabatan", 43302)))
    assert problem.code == "bad_date"


def test_a_cell_that_says_true_is_its_word() -> None:
    problem = only_problem(read_roster(units().encode(), with_cell("jenis_asn", True)))
    assert "True" in problem.reason


def test_lines_are_counted_as_the_spreadsheet_shows_them() -> None:
    roster = read_roster(units().encode(), workbook(*table(people(person(nama=""))), below=3))
    assert only_problem(roster).line == 5


def test_empty_rows_are_passed_over() -> None:
    rows = table(people())
    roster = read_roster(units().encode(), workbook(rows[0], [], rows[1], []))
    assert [row.line for row in roster.people] == [3]


def test_the_sheet_that_the_mapping_names_is_read() -> None:
    mapping = RosterMapping(people=PeopleMapping(sheet="Pegawai"))
    content = workbook(*table(people()), sheet="Pegawai")
    assert len(read_roster(units().encode(), content, mapping).people) == 1


def test_a_sheet_that_is_not_there_is_told_with_those_that_are() -> None:
    mapping = RosterMapping(people=PeopleMapping(sheet="Pegawai"))
    problem = only_problem(read_roster(units().encode(), workbook(*table(people())), mapping))
    assert (problem.code, "Data" in problem.reason) == ("no_such_sheet", True)


def test_an_empty_sheet_is_an_empty_file() -> None:
    assert only_problem(read_roster(units().encode(), workbook())).code == "empty"


def test_an_archive_that_is_no_workbook_is_refused() -> None:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        archive.writestr("letter.txt", "Yth.")
    assert only_problem(read_roster(units().encode(), content.getvalue())).code == "broken_workbook"


def test_a_workbook_that_was_cut_off_is_refused() -> None:
    content = workbook(*table(people()))
    assert only_problem(read_roster(units().encode(), content[: len(content) // 2])).code == "broken_workbook"


def test_a_workbook_that_unpacks_beyond_the_limit_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("service.roster.workbook_guard.MOST_UNPACKED", 5_000)
    assert only_problem(read_roster(units().encode(), workbook(*table(people())))).code == "too_large"


def test_a_part_that_lies_about_its_size_is_measured_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("service.roster.workbook_guard.MOST_UNPACKED", 20_000_000)
    bomb = io.BytesIO()
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet1.xml", b"\0" * 30_000_000)
    size = (30_000_000).to_bytes(4, "little")
    lying = bomb.getvalue().replace(size, (10).to_bytes(4, "little"))
    assert len(lying) < 1_000_000
    assert only_problem(read_roster(units().encode(), lying)).code == "too_large"


@pytest.mark.parametrize("reference", (b"XFD1048576", b"A1048576", b"CZ290000"))
def test_a_lone_cell_far_away_does_not_take_all_the_memory(reference: bytes) -> None:
    content = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(workbook(["nip"], ["x"]))) as source,
        zipfile.ZipFile(content, "w") as made,
    ):
        for name in source.namelist():
            part = source.read(name)
            if name.endswith("sheet1.xml"):
                part = re.sub(rb'r="A2"', b'r="' + reference + b'"', part)
            made.writestr(name, part)
    assert only_problem(read_roster(units().encode(), content.getvalue())).code == "too_large"


@settings(max_examples=200)
@given(st.data())
def test_a_workbook_with_spoiled_bytes_is_read_or_told_what_is_wrong(data: st.DataObject) -> None:
    content = bytearray(workbook(*table(people())))
    for _ in range(data.draw(st.integers(1, 4))):
        content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))
    roster = read_roster(None, bytes(content))
    assert roster.people or roster.problems


@settings(max_examples=200)
@given(st.data())
def test_a_workbook_with_spoiled_parts_is_read_or_told_what_is_wrong(data: st.DataObject) -> None:
    content = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(workbook(*table(people())))) as source,
        zipfile.ZipFile(content, "w") as made,
    ):
        spoiled = data.draw(st.sampled_from(source.namelist()))
        for name in source.namelist():
            part = bytearray(source.read(name))
            if name == spoiled and part:
                start = data.draw(st.integers(0, len(part) - 1))
                part[start : start + data.draw(st.integers(1, 30))] = data.draw(st.binary(max_size=20))
            made.writestr(name, bytes(part))
    roster = read_roster(None, content.getvalue())
    assert roster.people or roster.problems
