"""Which legal standings there are, and what they mean for the post (PP 30/2019 arts 23 and 43)."""

import pytest

from states.absences import FINAL, LEGAL_STANDINGS, AbsenceKind
from states.standing import ENDED_BY_RETURN, FOR_GOOD, UNAVAILABLE, LegalStanding


def test_the_codes_are_those_of_the_personnel_exchange() -> None:
    assert [standing.value for standing in LegalStanding] == [
        "01",
        "02",
        "03",
        "04",
        "07",
        "13",
        "15",
        "20",
        "52",
        "98",
        "99",
    ]


@pytest.mark.parametrize("standing", (LegalStanding.ACTIVE, LegalStanding.DISCIPLINE, LegalStanding.INACTIVE))
def test_the_active_keep_their_posts(standing: LegalStanding) -> None:
    assert standing not in UNAVAILABLE


@pytest.mark.parametrize("standing", sorted(set(LegalStanding) - UNAVAILABLE))
def test_no_absence_gives_a_standing_in_which_the_post_is_kept(standing: LegalStanding) -> None:
    assert standing not in LEGAL_STANDINGS.values()


def test_whoever_comes_back_is_active_again_from_every_standing_but_those_for_good() -> None:
    assert {standing.value for standing in ENDED_BY_RETURN} == {"02", "03", "04", "07", "13"}
    assert {standing.value for standing in FOR_GOOD} == {"20", "98", "99"}


@pytest.mark.parametrize("kind", sorted(LEGAL_STANDINGS))
def test_a_final_absence_gives_a_standing_for_good_and_no_other_does(kind: AbsenceKind) -> None:
    assert (LEGAL_STANDINGS[kind] in FOR_GOOD) is (kind in FINAL)
