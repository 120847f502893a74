import pytest

from content.plan.library import family_of, indicators_for, taken_over
from content.rules import ContentRules
from tests.content.forms.schemes import RULES


@pytest.mark.parametrize(
    ("post", "family"),
    (
        ("Guru Ahli Muda", "teachers"),
        ("GURU", "teachers"),
        ("Kepala Sekolah / Guru", "teachers"),
        ("Pengadministrasi Tata  Usaha", "clerks"),
        ("Perguruan Tinggi", None),
        ("Perawat Terampil", None),
        ("", None),
    ),
)
def test_the_name_of_a_post_tells_its_job_family(post: str, family: str | None) -> None:
    assert family_of(post, RULES) == family


def test_the_longest_words_win() -> None:
    assert family_of("Guru, Kepala Tata Usaha Sekolah", RULES) == "clerks"


def test_a_scheme_without_a_library_has_no_family() -> None:
    assert family_of("Guru", ContentRules()) is None


def test_the_indicators_of_the_family_are_there_to_choose_from() -> None:
    assert [indicator.name for indicator in indicators_for("Guru Ahli Muda", RULES)] == ["pupils"]


def test_a_post_without_a_family_has_no_indicators() -> None:
    assert indicators_for("Perawat", RULES) == ()


def test_an_indicator_is_taken_over_in_the_language_of_the_plan() -> None:
    (pupils,) = indicators_for("Guru", RULES)
    assert taken_over(pupils) == {
        "aspect": "quantity",
        "indicator": "Capaian murid",
        "target": {"unit": "persen"},
    }
    assert taken_over(pupils, language="en")["indicator"] == "Pupils' achievement"


def test_an_indicator_without_a_unit_leaves_the_target_to_the_employee() -> None:
    (on_time,) = indicators_for("Pengelola Tata Usaha", RULES)
    assert taken_over(on_time) == {"aspect": "time", "indicator": "Tepat waktu"}
