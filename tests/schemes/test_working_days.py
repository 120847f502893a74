"""The file in which an agency writes its own working days."""

import datetime as dt
from pathlib import Path

import pytest

from schemes.problems import SchemeError
from schemes.working_days import load_working_days, parse_working_days
from states.working_days import NATIONAL_DAYS

WHOLE = """\
# Peraturan Bupati Contoh 12/2026
week: six_day
closed:
  - 2027-03-01
  - "2027-08-02"
working: [2027-02-05]
source: Surat Bupati Contoh 800/12/2026
"""


def problems(text: str) -> list[str]:
    with pytest.raises(SchemeError) as refused:
        parse_working_days(text, "hari.yaml")
    return str(refused.value).split("\n")


def test_a_file_is_read_with_everything_in_it() -> None:
    own = parse_working_days(WHOLE, "hari.yaml")
    assert own.week == "six_day"
    assert own.closed == (dt.date(2027, 3, 1), dt.date(2027, 8, 2))
    assert own.working == (dt.date(2027, 2, 5),)
    assert own.source == "Surat Bupati Contoh 800/12/2026"


def test_a_decree_that_the_agency_states_is_read_with_its_source() -> None:
    assert parse_working_days(f"{WHOLE}decreed: [2028]\n", "hari.yaml").decreed == (2028,)


def test_a_decree_without_its_source_is_refused_with_its_line() -> None:
    assert problems("week: five_day\ndecreed: [2028]\n") == [
        "hari.yaml:2: decreed[0]: 2028 is said to be decreed; name the decree in source"
    ]


def test_what_is_left_out_stays_national() -> None:
    assert parse_working_days("{}", "hari.yaml") == NATIONAL_DAYS


def test_a_file_loads_as_the_text_in_it(tmp_path: Path) -> None:
    file = tmp_path / "hari.yaml"
    file.write_bytes(b"\xef\xbb\xbf" + WHOLE.encode())
    assert load_working_days(file) == parse_working_days(WHOLE, "hari.yaml")


@pytest.mark.parametrize(
    ("old", "new", "line", "reason"),
    (
        ("six_day", "seven_day", 2, "week: 'seven_day' is not one of five_day, six_day"),
        ("2027-03-01", "1 Maret 2027", 4, "closed[0]: '1 Maret 2027' is not a day such as 2027-03-01"),
        ('"2027-08-02"', "2027-02-30", 5, "closed[1]: '2027-02-30' is not a day such as 2027-03-01"),
        ("2027-03-01", "20270301", 4, "closed[0]: 20270301 is not a day such as 2027-03-01"),
        ("[2027-02-05]", "2027-02-05", 6, "working: '2027-02-05' is not a list"),
        (
            "[2027-02-05]",
            "[2027-02-05, 2027-03-01]",
            6,
            "working[1]: '2027-03-01' is closed as well; leave it in one of the lists",
        ),
        (
            "[2027-02-05]",
            "[2027-02-07]",
            6,
            "working[0]: '2027-02-07' lies outside the week that is worked; "
            "only a holiday or joint leave can be declared working",
        ),
        ("source: Surat", "letter: Surat", 7, "letter: is not a known field; known here are week, closed, "),
        ("closed:", "clsed:", 3, "clsed: is not a known field; did you mean closed?"),
        ("Surat Bupati Contoh 800/12/2026", '"two\\nlines"', 7, "source: 'two\\nlines' must be one line of"),
    ),
)
def test_a_mistake_is_named_with_file_line_field_and_reason(
    old: str, new: str, line: int, reason: str
) -> None:
    (problem,) = problems(WHOLE.replace(old, new, 1))
    assert problem.startswith(f"hari.yaml:{line}: {reason}")


def test_all_mistakes_are_reported_at_once_in_the_order_of_the_file() -> None:
    found = problems(WHOLE.replace("six_day", "long").replace("2027-03-01", "Maret").replace("[2", "[x2"))
    assert [problem.split(":")[1] for problem in found] == ["2", "4", "6"]


def test_a_field_that_is_given_twice_is_refused() -> None:
    (problem,) = problems(WHOLE + "week: five_day\n")
    assert problem == "hari.yaml:8: week: is given twice; the first is on line 2"


@pytest.mark.parametrize("text", ("", "- 2027-03-01\n", "hello"))
def test_a_file_without_fields_is_refused(text: str) -> None:
    (problem,) = problems(text)
    assert problem.startswith("hari.yaml:1: ")


def test_a_file_that_is_not_utf_8_is_refused_with_its_line(tmp_path: Path) -> None:
    file = tmp_path / "hari.yaml"
    file.write_bytes(b"week: six_day\nsource: caf\xe9\n")
    with pytest.raises(SchemeError, match=r"hari\.yaml:2: the byte 0xe9 is not UTF-8"):
        load_working_days(file)


def test_a_missing_file_is_an_error_of_the_file_system(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        load_working_days(tmp_path / "absent.yaml")
