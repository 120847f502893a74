"""What an HR office may hand over, and what it is told about each mistake."""

import datetime as dt
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.roster import (
    Echelon,
    Employment,
    PositionKind,
    Roster,
    RosterFile,
    RowProblem,
    Standing,
    read_roster,
)
from translations import Locale

HEAD = "197209292000012901"
OFFICER = "198801012012031902"
CLERK = "199502282024212903"

UNITS_HEADER = "unor_id,unor_nama,unor_atasan_id,jenis_unit,zona_waktu"
PEOPLE_HEADER = (
    "nip,nama,gelar_depan,gelar_belakang,unor_id,jabatan_nama,jenis_jabatan,eselon,golongan,jenis_asn,"
    "kedudukan_hukum,tmt_jabatan,atasan_nip,email,telepon"
)
PERSON = {
    "nip": HEAD,
    "nama": "Farida Setiawan",
    "gelar_depan": "Dr.",
    "gelar_belakang": "M.Si.",
    "unor_id": "U1",
    "jabatan_nama": "Sekretaris Daerah",
    "jenis_jabatan": "1",
    "eselon": "21",
    "golongan": "IV/d",
    "jenis_asn": "PNS",
    "kedudukan_hukum": "01",
    "tmt_jabatan": "21-07-2018",
    "atasan_nip": "",
    "email": "farida@contoh.example",
    "telepon": "+628003560349",
}
OFFICER_POST = {"nip": OFFICER, "jenis_jabatan": "2", "eselon": "", "atasan_nip": HEAD}


def units(*lines: str, header: str = UNITS_HEADER) -> str:
    return "\n".join((header, *(lines or ("U1,Pemerintah Kota,,pemda,Asia/Jakarta",)))) + "\n"


def person(**changes: str) -> str:
    assert changes.keys() <= PERSON.keys()
    return ",".join((PERSON | changes).values())


def people(*lines: str, header: str = PEOPLE_HEADER) -> str:
    return "\n".join((header, *(lines or (person(),)))) + "\n"


def read(units_text: str | None = None, people_text: str | None = None) -> Roster:
    return read_roster((units_text or units()).encode(), (people_text or people()).encode())


def only_problem(roster: Roster) -> RowProblem:
    assert len(roster.problems) == 1, [problem.reason for problem in roster.problems]
    problem = roster.problems[0]
    assert "{" not in problem.reason
    assert problem.describe(Locale.INDONESIAN) != problem.reason
    return problem


def test_a_correct_line_becomes_a_typed_person() -> None:
    roster = read()
    assert roster.problems == ()
    (read_person,) = roster.people
    assert read_person.line == 2
    assert read_person.nip.digits == HEAD
    assert read_person.title_before == "Dr."
    assert read_person.position_kind is PositionKind.STRUCTURAL
    assert read_person.echelon is Echelon.II_A
    assert read_person.employment is Employment.PNS
    assert read_person.standing is Standing.ACTIVE
    assert read_person.position_since == dt.date(2018, 7, 21)
    assert read_person.superior_nip is None


def test_a_correct_line_becomes_a_typed_unit() -> None:
    (unit,) = read().units
    assert (unit.unit_id, unit.parent_id, unit.kind) == ("U1", None, "pemda")
    assert unit.zone == ZoneInfo("Asia/Jakarta")


def test_empty_titles_and_addresses_are_none() -> None:
    (read_person,) = read(people_text=people(person(gelar_depan="", email="", telepon=""))).people
    assert (read_person.title_before, read_person.email, read_person.phone) == (None, None, None)


def test_a_byte_order_mark_is_no_part_of_the_first_column() -> None:
    roster = read_roster(units().encode("utf-8-sig"), people().encode("utf-8-sig"))
    assert roster.problems == ()
    assert len(roster.people) == 1


def test_names_outside_ascii_are_kept() -> None:
    (read_person,) = read(people_text=people(person(nama="Ketut Nyōman"))).people
    assert read_person.name == "Ketut Nyōman"


def test_semicolons_of_an_indonesian_spreadsheet_are_understood() -> None:
    roster = read(units().replace(",", ";"), people().replace(",", ";"))
    assert roster.problems == ()
    assert len(roster.people) == 1


def test_windows_line_ends_and_blank_lines_are_understood() -> None:
    roster = read(people_text=people().replace("\n", "\r\n\r\n"))
    assert roster.problems == ()
    assert len(roster.people) == 1


def test_columns_may_stand_in_any_order() -> None:
    header = "zona_waktu,jenis_unit,unor_atasan_id,unor_nama,unor_id"
    (unit,) = read(units("Asia/Makassar,pemda,,Kota,U1", header=header)).units
    assert (unit.unit_id, unit.zone.key) == ("U1", "Asia/Makassar")


def test_a_file_in_another_encoding_is_refused_with_its_line() -> None:
    spoiled = people(person(), person(**OFFICER_POST | {"nama": "Andr\u00e9"})).encode("latin-1")
    problem = only_problem(read_roster(units().encode(), spoiled))
    assert (problem.file, problem.line, problem.code) == (RosterFile.PEOPLE, 3, "encoding")


def test_an_empty_file_is_refused_and_told_its_columns() -> None:
    problem = only_problem(read_roster(units().encode(), b""))
    assert problem.code == "empty"
    assert "kedudukan_hukum" in problem.reason


def test_a_file_with_nothing_below_its_header_is_refused() -> None:
    problem = only_problem(read(people_text=PEOPLE_HEADER + "\n"))
    assert problem.code == "no_rows"


def test_a_missing_column_is_named() -> None:
    problem = only_problem(read(units("U1,Kota,,pemda", header=UNITS_HEADER.removesuffix(",zona_waktu"))))
    assert (problem.column, problem.code) == ("zona_waktu", "column_missing")


def test_an_unknown_column_is_named() -> None:
    problem = only_problem(read(units("U1,Kota,,pemda,Asia/Jakarta,9", header=f"{UNITS_HEADER},gaji")))
    assert (problem.column, problem.code) == ("gaji", "column_unknown")


def test_a_column_named_twice_is_refused() -> None:
    problem = only_problem(read(units("U1,Kota,,pemda,Asia/Jakarta,U1", header=f"{UNITS_HEADER},unor_id")))
    assert (problem.column, problem.code) == ("unor_id", "column_repeated")


def test_a_line_with_too_few_cells_is_refused_and_the_others_are_read() -> None:
    roster = read(people_text=people(person(), f"{OFFICER},Ani"))
    problem = only_problem(roster)
    assert (problem.line, problem.column, problem.code) == (3, None, "cell_count")
    assert len(roster.people) == 1


def test_an_open_quotation_mark_is_refused() -> None:
    problem = only_problem(read(people_text=people(person(nama='"Farida'))))
    assert (problem.line, problem.code) == (2, "quoting")


def test_line_numbers_stay_right_after_a_cell_of_two_lines() -> None:
    roster = read(people_text=people(person(nama='"Farida\nSetiawan"'), person(**OFFICER_POST, email="x")))
    assert [(problem.line, problem.code) for problem in roster.problems] == [
        (2, "unprintable"),
        (4, "malformed"),
    ]


def test_a_nip_that_stands_twice_is_refused_once_and_named_masked() -> None:
    problem = only_problem(read(people_text=people(person(), person(nama="Lain"))))
    assert (problem.line, problem.column, problem.code) == (3, "nip", "duplicate_nip")
    assert "line 2" in problem.reason
    assert HEAD not in problem.reason


def test_the_same_nip_written_with_spaces_is_the_same_nip() -> None:
    problem = only_problem(read(people_text=people(person(), person(nip="19720929 200001 2 901"))))
    assert problem.code == "duplicate_nip"


def test_a_unit_that_stands_twice_is_refused() -> None:
    problem = only_problem(read(units("U1,Kota,,pemda,Asia/Jakarta", "U1,Dinas,,dinas,Asia/Jakarta")))
    assert (problem.file, problem.line, problem.code) == (RosterFile.UNITS, 3, "duplicate_unit")


def test_a_person_in_an_unknown_unit_is_refused() -> None:
    problem = only_problem(read(people_text=people(person(unor_id="U9"))))
    assert (problem.column, problem.code) == ("unor_id", "unknown_unit")


def test_a_spoiled_unit_file_is_not_reported_again_for_every_person() -> None:
    problem = only_problem(read("unor_id\nU1\n".replace("unor_id", UNITS_HEADER + ",x")))
    assert problem.file is RosterFile.UNITS


def test_a_person_in_a_unit_whose_line_is_wrong_is_not_reported_too() -> None:
    problem = only_problem(read(units("U1,,,pemda,Asia/Jakarta")))
    assert (problem.column, problem.code) == ("unor_nama", "empty_cell")


def test_an_unknown_superior_is_refused() -> None:
    problem = only_problem(read(people_text=people(person(atasan_nip=OFFICER))))
    assert (problem.column, problem.code) == ("atasan_nip", "unknown_superior")
    assert OFFICER not in problem.reason


def test_a_superior_whose_own_line_is_wrong_is_not_unknown() -> None:
    problem = only_problem(read(people_text=people(person(tmt_jabatan="x"), person(**OFFICER_POST))))
    assert (problem.line, problem.code) == (2, "bad_date")


def test_nobody_is_the_own_superior() -> None:
    problem = only_problem(read(people_text=people(person(atasan_nip=HEAD))))
    assert (problem.column, problem.code) == ("atasan_nip", "own_superior")


def test_a_circle_of_superiors_is_reported_once_with_its_lines() -> None:
    circle = people(
        person(atasan_nip=CLERK),
        person(**OFFICER_POST),
        person(**OFFICER_POST | {"nip": CLERK, "atasan_nip": OFFICER, "jenis_asn": "PPPK", "golongan": "IX"}),
    )
    problem = only_problem(read(people_text=circle))
    assert (problem.line, problem.code) == (2, "superior_loop")
    assert "2 → 4 → 3 → 2" in problem.reason


def test_somebody_below_a_circle_is_no_part_of_it() -> None:
    circle = people(
        person(**OFFICER_POST | {"nip": CLERK, "atasan_nip": HEAD}),
        person(atasan_nip=OFFICER),
        person(**OFFICER_POST),
    )
    problem = only_problem(read(people_text=circle))
    assert "3 → 4 → 3" in problem.reason


def test_an_unknown_parent_unit_is_refused() -> None:
    problem = only_problem(read(units("U1,Kota,U7,pemda,Asia/Jakarta")))
    assert (problem.column, problem.code) == ("unor_atasan_id", "unknown_parent")
    assert "U7" in problem.reason


def test_no_unit_is_its_own_parent() -> None:
    problem = only_problem(read(units("U1,Kota,U1,pemda,Asia/Jakarta")))
    assert problem.code == "own_parent"


def test_a_circle_of_units_is_refused() -> None:
    problem = only_problem(read(units("U1,Kota,U2,pemda,Asia/Jakarta", "U2,Dinas,U1,dinas,Asia/Jakarta")))
    assert problem.code == "parent_loop"
    assert "U1 → U2 → U1" in problem.reason


def test_an_unknown_zone_is_refused_and_told_the_known_ones() -> None:
    problem = only_problem(read(units("U1,Kota,,pemda,Asia/Tokyo")))
    assert (problem.column, problem.code) == ("zona_waktu", "unknown_value")
    assert "Asia/Jayapura" in problem.reason


@pytest.mark.parametrize(
    "written",
    ("2018-07-21", "21/07/2018", "1-7-2018", "31-02-2018", "21-13-2018", "00-01-2018", "٢١-٠٧-٢٠١٨"),
)
def test_a_date_that_is_not_dd_mm_yyyy_is_refused(written: str) -> None:
    problem = only_problem(read(people_text=people(person(tmt_jabatan=written))))
    assert (problem.column, problem.code) == ("tmt_jabatan", "bad_date")
    assert written in problem.reason


def test_a_leap_day_is_a_date() -> None:
    (read_person,) = read(people_text=people(person(tmt_jabatan="29-02-2024"))).people
    assert read_person.position_since == dt.date(2024, 2, 29)


def test_a_nip_rounded_by_a_spreadsheet_is_refused_as_damaged() -> None:
    problem = only_problem(read(people_text=people(person(nip="1.97209E+17"))))
    assert (problem.column, problem.code) == ("nip", "nip_damaged_by_spreadsheet")


def test_a_wrong_nip_of_a_superior_is_reported_in_its_own_column() -> None:
    problem = only_problem(read(people_text=people(person(atasan_nip="123"))))
    assert (problem.column, problem.code) == ("atasan_nip", "nip_length")


@pytest.mark.parametrize(
    ("column", "value"),
    (
        ("jenis_jabatan", "5"),
        ("eselon", "99"),
        ("golongan", "V/a"),
        ("jenis_asn", "Honorer"),
        ("kedudukan_hukum", "1"),
    ),
)
def test_a_code_that_does_not_exist_is_refused(column: str, value: str) -> None:
    problem = only_problem(read(people_text=people(person(**{column: value}))))
    assert (problem.column, problem.code) == (column, "unknown_value")
    assert value in problem.reason


@pytest.mark.parametrize(
    "column",
    ("nip", "nama", "unor_id", "jabatan_nama", "jenis_jabatan", "golongan", "jenis_asn", "kedudukan_hukum"),
)
def test_a_cell_that_is_needed_may_not_be_empty(column: str) -> None:
    problem = only_problem(read(people_text=people(person(**{column: " "}))))
    assert (problem.column, problem.code) == (column, "empty_cell")


def test_a_structural_post_needs_an_echelon() -> None:
    problem = only_problem(read(people_text=people(person(eselon=""))))
    assert (problem.column, problem.code) == ("eselon", "empty_cell")


def test_a_functional_post_has_no_echelon() -> None:
    problem = only_problem(read(people_text=people(person(jenis_jabatan="2"))))
    assert (problem.column, problem.code) == ("eselon", "echelon_without_post")


@pytest.mark.parametrize("address", ("farida", "a@b", "a b@c.example", "a@b@c.example"))
def test_a_text_that_is_no_address_is_refused(address: str) -> None:
    problem = only_problem(read(people_text=people(person(email=address))))
    assert (problem.column, problem.code) == ("email", "malformed")


def test_a_text_that_is_no_telephone_number_is_refused() -> None:
    problem = only_problem(read(people_text=people(person(telepon="ext. 12"))))
    assert (problem.column, problem.code) == ("telepon", "malformed")


def test_an_overlong_cell_is_refused() -> None:
    problem = only_problem(read(people_text=people(person(nama="x" * 201))))
    assert (problem.column, problem.code) == ("nama", "too_long")


def test_every_mistake_of_a_line_is_reported_at_once() -> None:
    roster = read(people_text=people(person(nama="", tmt_jabatan="x", golongan="x")))
    assert {problem.column for problem in roster.problems} == {"nama", "tmt_jabatan", "golongan"}
    assert roster.people == ()


def test_problems_stand_in_the_order_of_the_files() -> None:
    roster = read(
        units("U1,Kota,U7,pemda,Asia/Jakarta", "U2,,,dinas,Asia/Jakarta"),
        people(person(atasan_nip=OFFICER), person(**OFFICER_POST | {"nip": CLERK, "nama": ""})),
    )
    assert [(problem.file.value, problem.line) for problem in roster.problems] == [
        ("units.csv", 2),
        ("units.csv", 3),
        ("roster.csv", 2),
        ("roster.csv", 3),
    ]


def test_a_cell_beyond_what_csv_allows_is_a_problem_and_no_crash() -> None:
    problem = only_problem(read(people_text=people(person(nama="x" * 200_000))))
    assert (problem.line, problem.code) == (2, "quoting")


@given(st.binary(max_size=300))
def test_any_file_is_read_or_told_what_is_wrong(content: bytes) -> None:
    roster = read_roster(content, content)
    assert roster.people == ()
    assert {problem.file for problem in roster.problems} == set(RosterFile)


@given(
    st.lists(
        st.sampled_from([HEAD, OFFICER, CLERK, "", "x", "U1", '"', ",", "01", "\n", "\x00"]), max_size=60
    )
)
def test_any_lines_below_a_right_header_are_read_or_told_what_is_wrong(parts: list[str]) -> None:
    roster = read(people_text=PEOPLE_HEADER + "\n" + ",".join(parts))
    assert all(problem.reason and problem.describe(Locale.INDONESIAN) for problem in roster.problems)
    assert roster.people or roster.problems


@given(st.data())
def test_one_spoiled_cell_never_goes_unnoticed_nor_spoils_another_line(data: st.DataObject) -> None:
    column = data.draw(
        st.sampled_from(sorted(PERSON.keys() - {"nama", "jabatan_nama", "gelar_depan", "gelar_belakang"}))
    )
    roster = read(
        people_text=people(person(), person(**OFFICER_POST | {"email": "", "telepon": ""} | {column: "?"}))
    )
    assert {(problem.line, problem.column) for problem in roster.problems} == {(3, column)}
    assert [row.line for row in roster.people] == [2]
