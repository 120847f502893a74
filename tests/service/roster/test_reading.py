"""What an HR office may hand over, and what it is told about each mistake."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.roster import Echelon, Employment, PositionKind, RosterFile, read_roster
from states.standing import LegalStanding
from tests.service.roster.rosters import (
    CLERK,
    CLERK_POST,
    HEAD,
    OFFICER,
    OFFICER_POST,
    PEOPLE_HEADER,
    PERSON,
    UNITS_HEADER,
    only_problem,
    only_warning,
    people,
    person,
    read,
    units,
)
from translations import Locale


def test_a_correct_line_becomes_a_typed_person() -> None:
    roster = read()
    assert roster.problems == ()
    (read_person,) = roster.people
    assert read_person.line == 2
    assert read_person.nip == HEAD
    assert read_person.title_before == "Dr."
    assert read_person.position_kind is PositionKind.STRUCTURAL
    assert read_person.echelon is Echelon.II_A
    assert read_person.employment is Employment.PNS
    assert read_person.standing is LegalStanding.ACTIVE
    assert read_person.position_since == dt.date(2018, 7, 21)
    assert read_person.superior_nip is None


def test_a_correct_line_becomes_a_typed_unit() -> None:
    (unit,) = read().units
    assert (unit.unit_id, unit.parent_id, unit.kind) == ("U1", None, "pemda")
    assert unit.zone == "Asia/Jakarta"


def test_empty_titles_and_addresses_are_empty() -> None:
    (read_person,) = read(people_text=people(person(gelar_depan="", email="", telepon=""))).people
    assert (read_person.title_before, read_person.email, read_person.phone) == ("", "", "")


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
    assert (unit.unit_id, unit.zone) == ("U1", "Asia/Makassar")


def test_an_empty_file_is_refused_and_told_its_columns() -> None:
    problem = only_problem(read_roster(units().encode(), b""))
    assert problem.code == "empty"
    assert "kedudukan_hukum" in problem.reason


def test_a_file_with_nothing_below_its_header_is_refused() -> None:
    problem = only_problem(read(people_text=PEOPLE_HEADER + "\n"))
    assert problem.code == "no_rows"


def test_missing_columns_are_named_all_at_once() -> None:
    problem = only_problem(read(units("U1", header="unor_id")))
    assert (problem.column, problem.code) == ("unor_nama", "column_missing")
    assert "unor_nama, unor_atasan_id" in problem.reason


def test_a_missing_column_that_nobody_needs_is_a_note() -> None:
    roster = read(units("U1,Kota,,pemda", header=UNITS_HEADER.removesuffix(",zona_waktu")))
    assert roster.problems == ()
    assert "zona_waktu" in roster.silent
    assert "zona_waktu" in roster.notes[0].describe(Locale.ENGLISH)


def test_a_column_that_nobody_needs_is_left_out_with_a_note() -> None:
    roster = read(units("U1,Kota,,pemda,Asia/Jakarta,9", header=f"{UNITS_HEADER},gaji"))
    assert roster.problems == ()
    (note,) = roster.notes
    assert (note.file, "gaji" in note.describe(Locale.INDONESIAN)) == (RosterFile.UNITS, True)


def test_headers_differ_in_case_blanks_and_underscores() -> None:
    header = "UNOR ID,Unor Nama,unorAtasanId,jenis-unit,Zona_Waktu"
    (unit,) = read(units("U1,Kota,,pemda,Asia/Jakarta", header=header)).units
    assert unit.zone == "Asia/Jakarta"


def test_a_column_named_twice_is_refused() -> None:
    problem = only_problem(read(units("U1,Kota,,pemda,Asia/Jakarta,U1", header=f"{UNITS_HEADER},unor_id")))
    assert (problem.column, problem.code) == ("unor_id", "column_repeated")


def test_empty_cells_beyond_the_last_column_do_not_matter() -> None:
    roster = read(units("U1,Kota,,pemda,Asia/Jakarta,,", header=f"{UNITS_HEADER},,"))
    assert (roster.problems, len(roster.units)) == ((), 1)


def test_a_line_with_too_few_cells_is_refused_and_the_others_are_read() -> None:
    roster = read(people_text=people(person(), f"{OFFICER},Ani"))
    problem = only_problem(roster)
    assert (problem.line, problem.column, problem.code) == (3, None, "cell_count")
    assert len(roster.people) == 1


def test_an_open_quotation_mark_is_refused() -> None:
    problem = only_problem(read(people_text=people(person(nama='"Farida'))))
    assert (problem.line, problem.code) == (2, "quoting")


def test_line_numbers_stay_right_after_a_cell_of_two_lines() -> None:
    officer = person(**OFFICER_POST, tmt_jabatan="x")
    roster = read(people_text=people(person(nama='"Farida\nSetiawan"'), officer))
    assert roster.people[0].name == "Farida Setiawan"
    assert (only_problem(roster).line, only_problem(roster).code) == (4, "bad_date")


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


def test_a_spoiled_unit_file_is_not_reported_again_for_every_person() -> None:
    problem = only_problem(read("unor_id\nU1\n".replace("unor_id", UNITS_HEADER + ",x")))
    assert problem.file is RosterFile.UNITS


def test_a_person_in_a_unit_whose_line_is_wrong_is_not_reported_too() -> None:
    problem = only_problem(read(units("U1,,,pemda,Asia/Jakarta")))
    assert (problem.column, problem.code) == ("unor_nama", "empty_cell")


def test_who_is_named_as_the_own_superior_is_imported_with_a_warning() -> None:
    roster = read(people_text=people(person(atasan_nip=HEAD)))
    warning = only_warning(roster)
    assert (warning.column, warning.code) == ("atasan_nip", "own_superior")
    assert (roster.people[0].superior_nip, roster.people[0].superior_unusable) == (None, True)


def test_a_unit_below_itself_is_imported_with_a_warning() -> None:
    roster = read(units("U1,Kota,U1,pemda,Asia/Jakarta"))
    assert only_warning(roster).code == "own_parent"
    assert roster.units[0].parent_id is None


def test_an_unknown_zone_is_refused_and_told_the_known_ones() -> None:
    problem = only_problem(read(units("U1,Kota,,pemda,Asia/Tokyo")))
    assert (problem.column, problem.code) == ("zona_waktu", "unknown_value")
    assert "Asia/Jayapura" in problem.reason


@pytest.mark.parametrize(
    "written",
    ("2018-07-21", "21/07/2018", "1-7-2018", "31-02-2018", "21-13-2018", "00-01-2018", "٢١-٠٧-٢٠١٨", "43302"),
)
def test_a_date_that_is_not_dd_mm_yyyy_is_refused(written: str) -> None:
    problem = only_problem(read(people_text=people(person(tmt_jabatan=written))))
    assert (problem.column, problem.code) == ("tmt_jabatan", "bad_date")
    assert written in problem.reason
    assert "dd-mm-yyyy, for example 01-03-2024" in problem.reason


def test_a_leap_day_is_a_date() -> None:
    (read_person,) = read(people_text=people(person(tmt_jabatan="29-02-2024"))).people
    assert read_person.position_since == dt.date(2024, 2, 29)


def test_a_nip_rounded_by_a_spreadsheet_is_refused_as_damaged() -> None:
    problem = only_problem(read(people_text=people(person(nip="1.97209E+17"))))
    assert (problem.column, problem.code) == ("nip", "nip_damaged_by_spreadsheet")


def test_a_wrong_nip_of_a_superior_is_a_warning_in_its_own_column() -> None:
    warning = only_warning(read(people_text=people(person(atasan_nip="123"))))
    assert (warning.column, warning.code) == ("atasan_nip", "superior_damaged")


@pytest.mark.parametrize(
    ("column", "value"),
    (
        ("jenis_jabatan", "5"),
        ("eselon", "99"),
        ("golongan", "V/a"),
        ("jenis_asn", "Honorer"),
        ("kedudukan_hukum", "5"),
    ),
)
def test_a_code_that_does_not_exist_is_refused(column: str, value: str) -> None:
    problem = only_problem(read(people_text=people(person(**{column: value}))))
    assert (problem.column, problem.code) == (column, "unknown_value")
    assert value in problem.reason


@pytest.mark.parametrize(
    "column",
    ("nip", "nama", "unor_id", "jabatan_nama", "jenis_jabatan", "golongan", "kedudukan_hukum"),
)
def test_a_cell_that_is_needed_may_not_be_empty(column: str) -> None:
    problem = only_problem(read(people_text=people(person(**{column: " "}))))
    assert (problem.column, problem.code) == (column, "empty_cell")


def test_a_structural_post_needs_an_echelon() -> None:
    problem = only_problem(read(people_text=people(person(eselon=""))))
    assert (problem.column, problem.code) == ("eselon", "empty_cell")


def test_the_echelon_of_a_functional_post_is_left_out_with_a_warning() -> None:
    roster = read(people_text=people(person(jenis_jabatan="2")))
    assert (only_warning(roster).column, only_warning(roster).code) == ("eselon", "echelon_ignored")
    assert roster.people[0].echelon is None


def test_an_overlong_cell_is_refused() -> None:
    problem = only_problem(read(people_text=people(person(nama="x" * 201))))
    assert (problem.column, problem.code) == ("nama", "too_long")


def test_every_mistake_of_a_line_is_reported_at_once() -> None:
    roster = read(people_text=people(person(nama="", tmt_jabatan="x", golongan="?")))
    assert {problem.column for problem in roster.problems} == {"nama", "tmt_jabatan", "golongan"}
    assert roster.people == ()


def test_a_cell_beyond_what_csv_allows_is_a_problem_and_no_crash() -> None:
    problem = only_problem(read(people_text=people(person(nama="x" * 200_000))))
    assert (problem.line, problem.code) == (2, "quoting")


@pytest.mark.parametrize("address", ("farida", "a@b", "a b@c.example", "a@b@c.example"))
def test_a_text_that_is_no_address_is_left_out_with_a_warning(address: str) -> None:
    roster = read(people_text=people(person(email=address)))
    assert (only_warning(roster).column, only_warning(roster).code) == ("email", "email_malformed")
    assert roster.people[0].email == ""


def test_a_text_that_is_no_telephone_number_is_left_out_with_a_warning() -> None:
    roster = read(people_text=people(person(telepon="ext. 12")))
    assert only_warning(roster).code == "phone_malformed"
    assert roster.people[0].phone == ""


def test_a_zero_that_a_spreadsheet_took_from_a_code_is_put_back() -> None:
    (row,) = read(people_text=people(person(kedudukan_hukum="1"))).people
    assert row.standing is LegalStanding.ACTIVE


def test_codes_are_read_in_either_case() -> None:
    (row,) = read(people_text=people(person(golongan="iv/D", jenis_asn="pns"))).people
    assert (row.grade, row.employment) == ("IV/d", Employment.PNS)


def test_without_a_kind_of_employment_the_form_of_the_nip_tells_it() -> None:
    roster = read(people_text=people(person(jenis_asn=""), person(**CLERK_POST | {"jenis_asn": ""})))
    assert [row.employment for row in roster.people] == [Employment.PNS, Employment.PPPK]


@pytest.mark.parametrize(
    "name", ("Ma'ruf Amin", "D'Angelo", "Ma’ruf", "“Cak” Nur", "'Aisyah", "FARIDA SETIAWAN", "Nur-Aini")
)
def test_a_name_stays_as_it_is_written(name: str) -> None:
    (row,) = read(people_text=people(person(nama=name))).people
    assert row.name == name


def test_commas_in_quoted_titles_are_kept() -> None:
    (row,) = read(people_text=people(person(gelar_belakang='"S.E., M.M., Ak."'))).people
    assert row.title_after == "S.E., M.M., Ak."


def test_blanks_around_and_inside_a_cell_are_made_one() -> None:
    (row,) = read(people_text=people(person(nama="  Farida\u00a0 Setiawan\ufeff "))).people
    assert row.name == "Farida Setiawan"


@pytest.mark.parametrize(
    "written",
    ("'197209292000012901", "1972 0929 2000 01 2 901", "19720929.200001.2.901", '="197209292000012901"'),
)
def test_a_nip_that_was_kept_from_the_spreadsheet_is_read(written: str) -> None:
    (row,) = read(people_text=people(person(nip=written))).people
    assert row.nip == HEAD


@pytest.mark.parametrize(
    ("written", "code"),
    (
        ("198902292024211987", "nip_birth_date"),
        ("197701312000132987", "nip_start_month"),
        ("197701312000123987", "nip_sex"),
        ("197701312000122000", "nip_sequence"),
        ("19770131200012298", "nip_length"),
        ("1.97209E+17", "nip_damaged_by_spreadsheet"),
        ("1,97209E+17", "nip_damaged_by_spreadsheet"),
        ("197209292000012896.0", "nip_damaged_by_spreadsheet"),
        ("197209292000012896,00", "nip_damaged_by_spreadsheet"),
        ("130901234A", "nip_not_digits"),
        ("-", "nip_not_digits"),
    ),
)
def test_a_nip_that_cannot_be_right_is_refused_with_its_reason(written: str, code: str) -> None:
    problem = only_problem(read(people_text=people(person(nip=f'"{written}"'))))
    assert (problem.line, problem.column, problem.code) == (2, "nip", code)
    assert written not in problem.reason or len(written) < 3


@pytest.mark.parametrize("written", ("197701312000122987", "1977 0131 2000 12 2 987"))
def test_the_number_of_a_pns_is_taken(written: str) -> None:
    assert read(people_text=people(person(nip=written))).problems == ()


def test_the_number_of_a_pppk_is_taken() -> None:
    pppk = CLERK_POST | {"nip": "198902282024211987", "atasan_nip": ""}
    roster = read(people_text=people(person(**pppk)))
    assert (roster.problems, roster.warnings) == ((), ())


def test_the_last_day_of_a_contract_is_read() -> None:
    (row,) = read(people_text=people(person(**CLERK_POST))).people
    assert row.contract_until == dt.date(2029, 2, 28)


def test_a_pppk_without_the_end_of_a_contract_is_read_all_the_same() -> None:
    roster = read(people_text=people(person(**CLERK_POST | {"tanggal_akhir_kontrak": ""})))
    assert [row.contract_until for row in roster.people] == [None]
    assert roster.warnings == ()


@pytest.mark.parametrize("written", ("31-02-2029", "2029-02-28", "28 Feb 2029", "47176"))
def test_a_damaged_end_of_a_contract_is_refused_like_any_date(written: str) -> None:
    problem = only_problem(
        read(people_text=people(person(**CLERK_POST | {"tanggal_akhir_kontrak": written})))
    )
    assert (problem.column, problem.code) == ("tanggal_akhir_kontrak", "bad_date")


def test_the_end_of_a_contract_beside_a_pns_is_left_out_with_a_word() -> None:
    roster = read(people_text=people(person(tanggal_akhir_kontrak="28-02-2029")))
    warning = only_warning(roster)
    assert (warning.column, warning.code) == ("tanggal_akhir_kontrak", "contract_ignored")
    assert [row.contract_until for row in roster.people] == [None]


def test_an_employment_that_the_nip_contradicts_is_a_warning() -> None:
    warning = only_warning(
        read(people_text=people(person(**CLERK_POST | {"jenis_asn": "PNS", "tanggal_akhir_kontrak": ""})))
    )
    assert (warning.column, warning.code) == ("jenis_asn", "nip_differs")


def test_a_post_held_before_service_began_is_a_warning() -> None:
    warning = only_warning(read(people_text=people(person(tmt_jabatan="01-01-1999"))))
    assert (warning.column, warning.code) == ("tmt_jabatan", "nip_differs")


def test_another_birth_date_is_a_warning_that_does_not_repeat_it() -> None:
    lines = people(person() + ",30-09-1972", header=f"{PEOPLE_HEADER},tanggal_lahir")
    warning = only_warning(read(people_text=lines))
    assert (warning.column, warning.code) == ("tanggal_lahir", "nip_differs")
    assert "1972" not in warning.reason


def test_the_same_birth_date_is_no_warning() -> None:
    lines = people(person() + ",29-09-1972", header=f"{PEOPLE_HEADER},tanggal_lahir")
    assert read(people_text=lines).warnings == ()


def test_a_person_who_stands_in_two_units_is_refused_from_the_second_line_on() -> None:
    problem = only_problem(read(people_text=people(person(), person(unor_id="U2"))))
    assert (problem.line, problem.column, problem.code) == (3, "unor_id", "two_units")
    assert HEAD not in problem.reason


def test_a_title_longer_than_the_database_takes_is_refused() -> None:
    problem = only_problem(read(people_text=people(person(gelar_depan="x" * 61))))
    assert (problem.column, problem.code) == ("gelar_depan", "too_long")


@pytest.mark.parametrize(("short", "zone"), (("WIB", "Jakarta"), ("wita", "Makassar"), ("WIT", "Jayapura")))
def test_a_zone_may_be_written_as_people_say_it(short: str, zone: str) -> None:
    (unit,) = read(units(f"U1,Kota,,pemda,{short}")).units
    assert unit.zone == f"Asia/{zone}"


def test_a_roster_without_a_file_of_units_has_people_only() -> None:
    roster = read_roster(None, people().encode())
    assert (roster.problems, roster.units, len(roster.people)) == ((), (), 1)


def test_the_same_files_have_the_same_digest_and_others_another() -> None:
    assert read().digest == read().digest
    assert read().digest != read(people_text=people(person(nama="Lain"))).digest


def test_problems_stand_in_the_order_of_the_files() -> None:
    roster = read(
        units("U1,,,pemda,Asia/Jakarta", "U2,,,dinas,Asia/Jakarta"),
        people(person(nama=""), person(**CLERK_POST | {"nama": ""})),
    )
    assert [(problem.file.value, problem.line) for problem in roster.problems] == [
        ("units.csv", 2),
        ("units.csv", 3),
        ("roster.csv", 2),
        ("roster.csv", 3),
    ]


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
    free = {"nama", "jabatan_nama", "gelar_depan", "gelar_belakang", "unor_id"}
    column = data.draw(st.sampled_from(sorted(PERSON.keys() - free)))
    spoiled = person(**OFFICER_POST | {"email": "", "telepon": ""} | {column: "?"})
    roster = read(people_text=people(person(), spoiled))
    found = {(problem.line, problem.column) for problem in (*roster.problems, *roster.warnings)}
    assert found == {(3, column)}
    assert roster.people[0].line == 2
