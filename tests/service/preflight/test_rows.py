"""A line of a report says everything that somebody needs who mends what is wrong."""

import uuid
from dataclasses import replace

import pytest

from service.preflight.rows import HEADINGS, Cell, Lines, headings, shown
from store.cycle.causes import Concern
from store.cycle.preflight import Finding, Named
from translations import Locale

OFFICIAL = Named(uuid.UUID(int=2), "Siti", "Dra.", "M.M.")
AWAY = Finding(
    Concern.RATER_AWAY,
    Named(uuid.UUID(int=1), "Budi", "", ""),
    "197209292000012901",
    "Analis Kepegawaian",
    uuid.UUID(int=9),
    "7.01",
    "Dinas Contoh",
    OFFICIAL,
    Named(uuid.UUID(int=3), "Agus", "", "S.E."),
    "plh",
    1,
)


def line_of(finding: Finding, *, locale: Locale = Locale.ENGLISH, span: int = 50) -> dict[str, Cell]:
    (line,) = Lines(locale, span).of([finding])
    return dict(zip(HEADINGS, line, strict=True))


def test_a_rater_who_is_away_is_named_with_the_one_who_steps_in_and_the_ground() -> None:
    line = line_of(AWAY)
    assert (line["name"], line["rater"]) == ("Budi", "Dra. Siti, M.M.")
    assert (line["stand_in"], line["basis"]) == (
        "Agus, S.E.",
        "stands in for the time of absence (Plh.)",
    )
    assert (line["unit_code"], line["unit"], line["post"]) == ("7.01", "Dinas Contoh", "Analis Kepegawaian")


def test_a_line_says_what_is_wrong_what_to_do_and_who_does_it() -> None:
    line = line_of(AWAY)
    assert (line["cause"], line["severity"]) == ("rater_away", "Warning")
    assert str(line["what_is_wrong"]).startswith("The rater cannot act")
    assert str(line["what_to_do"]).startswith("See whether the one who steps in is right")
    assert line["who"] == "Personnel officers, by a letter"


def test_a_vacant_post_has_a_unit_and_nobody_in_its_line() -> None:
    vacant = replace(
        AWAY, cause=Concern.VACANT_POST, person=None, nip="", rater=None, stand_in=None, basis="", people=12
    )
    line = line_of(vacant)
    nobody = {line[key] for key in ("person_id", "name", "nip_masked", "rater", "stand_in", "basis")}
    assert (nobody, line["unit"], line["people"]) == ({""}, "Dinas Contoh", 12)


def test_the_limit_of_a_span_stands_in_the_line() -> None:
    line = line_of(replace(AWAY, cause=Concern.SPAN_OVER_LIMIT), span=40)
    assert line["what_is_wrong"] == "A rater has more than 40 people."


def test_causes_that_alternate_each_keep_their_own_words() -> None:
    missing = replace(AWAY, cause=Concern.EMAIL_MISSING)
    lines = list(Lines(Locale.ENGLISH, 50).of([AWAY, missing, AWAY]))
    place = list(HEADINGS).index("what_is_wrong")
    assert lines[0][place] == lines[2][place] != lines[1][place]


@pytest.mark.parametrize("locale", tuple(Locale))
def test_no_two_columns_are_called_the_same(locale: Locale) -> None:
    assert len(set(headings(locale))) == len(HEADINGS)


def test_the_columns_are_in_indonesian_for_those_who_read_it() -> None:
    assert headings(Locale.INDONESIAN)[2:5] == ["Masalah", "Yang perlu dilakukan", "Oleh siapa"]
    assert line_of(AWAY, locale=Locale.INDONESIAN)["severity"] == "Peringatan"


def test_nobody_has_an_empty_name() -> None:
    assert shown(None) == ""
    assert shown(OFFICIAL) == "Dra. Siti, M.M."
