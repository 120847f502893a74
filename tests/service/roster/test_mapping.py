"""Files whose columns and values are called otherwise."""

import datetime as dt
from pathlib import Path

import pytest

from schemes.problems import SchemeError
from service.roster import RosterFile
from service.roster.mapping import BUILT_IN, OURS, RosterMapping, load_mapping, parse_mapping
from states.standing import LegalStanding
from tests.service.roster.rosters import CLERK, HEAD, PERSON, only_problem, people, person, read, told, units
from translations import Locale

SIASN_UNITS = "Id,InstansiId,DiatasanId,EselonId,NamaUnor,PemimpinPnsId\nU1,I,,21,Pemerintah Kota,P1\n"
SIASN_PEOPLE = (
    "id,nipBaru,nipLama,nama,gelarDepan,gelarBelakang,unorId,jabatanNama,jenisJabatanId,eselonId,golRuangAkhir,"
    "kedudukanPnsId,tmtJabatan,email,noHp,tglLahir\n"
    f"P1,{HEAD},130901234,Farida Setiawan,Dr.,M.Si.,U1,Sekretaris Daerah,1,21,IV/d,01,21-07-2018,"
    "farida@contoh.example,+628003560349,29-09-1972\n"
)


def refusal(text: str) -> str:
    with pytest.raises(SchemeError) as caught:
        parse_mapping(text, "peta.yaml")
    return str(caught.value)


def renamed(**headers: str) -> str:
    return ",".join(headers.get(column, column) for column in PERSON)


def test_a_header_is_found_under_its_own_name() -> None:
    mapping = parse_mapping("people: {columns: {nip: NIP Baru, nama: Nama Lengkap}}", "peta.yaml")
    text = people(header=renamed(nip="nip_baru", nama="NAMA LENGKAP"))
    assert read(people_text=text, mapping=mapping).people == read().people


def test_of_several_headers_the_first_that_is_there_counts() -> None:
    mapping = parse_mapping("people: {columns: {nip: [nipBaru, nomor]}}", "peta.yaml")
    assert read(people_text=people(header=renamed(nip="nomor")), mapping=mapping).problems == ()


def test_a_column_that_is_missing_is_told_with_the_names_it_could_have() -> None:
    mapping = parse_mapping("people: {columns: {nip: [nipBaru, nomor]}}", "peta.yaml")
    problem = only_problem(read(mapping=mapping))
    assert (problem.code, "nip (nipBaru / nomor)" in problem.reason) == ("column_missing", True)


def test_a_default_fills_empty_cells_and_missing_columns() -> None:
    mapping = parse_mapping("units: {defaults: {zona_waktu: WITA, jenis_unit: unor}}", "peta.yaml")
    text = units("U1,Kota,,dinas", "U2,Bidang,U1,", header="unor_id,unor_nama,unor_atasan_id,jenis_unit")
    roster = read(text, mapping=mapping)
    assert [(unit.kind, unit.zone) for unit in roster.units] == [
        ("dinas", "Asia/Makassar"),
        ("unor", "Asia/Makassar"),
    ]
    assert not {"zona_waktu", "jenis_unit"} & roster.silent


def test_values_of_the_agency_are_translated_in_either_case() -> None:
    text = 'people: {values: {kedudukan_hukum: {Aktif: "01", Tugas Belajar: "03"}}}'
    mapping = parse_mapping(text, "peta.yaml")
    (row,) = read(people_text=people(person(kedudukan_hukum="tugas belajar")), mapping=mapping).people
    assert row.standing is LegalStanding.STUDY_DUTY


@pytest.mark.parametrize(
    ("form", "written"),
    (("yyyy-mm-dd", "2018-07-21"), ("dd/mm/yyyy", "21/07/2018"), ("dd/mm/yyyy", "21/7/2018")),
)
def test_dates_may_have_another_form_when_the_mapping_says_so(form: str, written: str) -> None:
    mapping = parse_mapping(f"people: {{dates: {form}}}", "peta.yaml")
    (row,) = read(people_text=people(person(tmt_jabatan=written)), mapping=mapping).people
    assert row.position_since == dt.date(2018, 7, 21)


@pytest.mark.parametrize("header", ("tglAkhirKontrak", "tanggalKontrakAkhir", "TMT Akhir Kontrak"))
def test_the_end_of_a_contract_is_found_under_the_names_of_the_national_exchange(header: str) -> None:
    lines = SIASN_PEOPLE.splitlines()
    head = "197209292000012901"
    text = f"{lines[0]},{header}\n{lines[1].replace(head, CLERK).replace('IV/d', 'IX')},31-12-2027\n"
    (row,) = read(SIASN_UNITS, text, load_mapping("siasn")).people
    assert row.contract_until == dt.date(2027, 12, 31)


def test_a_date_in_our_form_is_refused_when_the_mapping_says_another() -> None:
    mapping = parse_mapping("people: {dates: yyyy-mm-dd}", "peta.yaml")
    problem = only_problem(read(mapping=mapping))
    assert "yyyy-mm-dd, for example 2024-03-01" in problem.reason


def test_an_export_of_the_national_exchange_is_read_by_the_mapping_that_comes_with_the_program() -> None:
    roster = read(SIASN_UNITS, SIASN_PEOPLE, load_mapping("siasn"))
    assert (roster.problems, roster.warnings) == ((), ())
    (row,) = roster.people
    (ours,) = read().people
    assert (row.nip, row.grade, row.employment, row.email) == (
        ours.nip,
        ours.grade,
        ours.employment,
        ours.email,
    )
    assert "atasan_nip" in roster.silent
    assert any("nipLama" in note.describe(Locale.ENGLISH) for note in roster.notes)


@pytest.mark.parametrize("name", BUILT_IN)
def test_every_mapping_that_comes_with_the_program_is_valid(name: str) -> None:
    assert load_mapping(name) != OURS


def test_a_mapping_is_read_from_a_file(tmp_path: Path) -> None:
    path = tmp_path / "peta.yaml"
    path.write_text("people: {sheet: Pegawai}", "utf-8")
    assert load_mapping(str(path)).of(RosterFile.PEOPLE).sheet == "Pegawai"


def test_a_mapping_that_says_nothing_changes_nothing() -> None:
    assert RosterMapping() == OURS == parse_mapping("{}", "peta.yaml")


def test_an_unknown_field_is_named_with_its_line_and_a_likely_one() -> None:
    assert refusal("people:\n  colums: {}\n") == (
        "peta.yaml:2: people.colums: is not a known field; did you mean columns?"
    )


def test_an_unknown_column_is_named_with_its_line_and_those_that_are_known() -> None:
    text = refusal("people:\n  columns:\n    nama: Nama\n    atasan: Atasan\n")
    assert text.startswith("peta.yaml:4: people.columns.atasan: ")
    assert "atasan_nip" in text


def test_a_number_where_text_is_meant_is_named() -> None:
    text = refusal("people:\n  values:\n    kedudukan_hukum:\n      Aktif: 01\n")
    assert text == "peta.yaml:4: people.values.kedudukan_hukum.Aktif: 1 is not text"


def test_a_form_of_dates_that_does_not_exist_is_named_with_those_that_do() -> None:
    text = refusal("people: {dates: mm-dd-yyyy}")
    assert "people.dates: 'mm-dd-yyyy' is not one of dd-mm-yyyy, dd/mm/yyyy, yyyy-mm-dd" in text


def test_a_column_that_is_needed_may_not_be_declared_missing() -> None:
    assert "people.may_be_missing[0]" in refusal("people: {may_be_missing: [nip]}")


def test_every_mistake_of_a_mapping_is_told_at_once() -> None:
    assert len(refusal("people: {dates: x, sheet: 3, rows: 1}").splitlines()) == 3


def test_a_mapping_that_is_no_yaml_is_told_with_its_line() -> None:
    assert refusal("people:\n  columns: [").startswith("peta.yaml:")


def test_refusals_under_a_mapping_are_told_in_both_languages() -> None:
    mapping = parse_mapping("people: {sheet: Pegawai, dates: yyyy-mm-dd}", "peta.yaml")
    told(only_problem(read(mapping=mapping)))
