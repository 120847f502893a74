"""A survey about skills asks for those that the post asks for; a survey about values asks everybody the same."""

import pytest

from content.rules import ContentRules
from content.surveys.questions import questions_of
from tests.schemes.filled import content_of

SKILLS = content_of("tangsel-kompetensi")
VALUES = content_of("pp30-numerik")


def asked(content: ContentRules, name: str, post: str = "") -> set[str]:
    return {item.name for item in questions_of(content, name, post).items}


def test_colleagues_of_a_nurse_are_not_asked_how_she_keeps_an_archive() -> None:
    nurse, archivist = asked(SKILLS, "peers", "Perawat Terampil"), asked(SKILLS, "peers", "Arsiparis Mahir")
    assert nurse - archivist == {"public_communication", "patient_care", "health_records"}
    assert archivist - nurse == {"records_management", "access_to_records", "information_technology"}


@pytest.mark.parametrize("post", ("", "Widyaiswara"))
def test_of_a_post_that_no_family_fits_what_everybody_needs_is_asked(post: str) -> None:
    everybody = {choice.name for choice in SKILLS.skill_choices if not choice.families}
    assert asked(SKILLS, "peers", post) == everybody


@pytest.mark.parametrize("post", ("", "Perawat Terampil"))
def test_the_values_are_asked_of_everybody(post: str) -> None:
    assert asked(VALUES, "survey", post) == {choice.name for choice in VALUES.value_choices}
