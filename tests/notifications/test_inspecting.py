"""A directory of templates is looked over as a whole before anybody reads what is made of it."""

import shutil
from pathlib import Path

import pytest

from notifications.inspecting import inspect
from notifications.rendering import render
from notifications.samples import EXAMPLE_URL, STAGES, sample, stages_of
from notifications.versions import TEMPLATES, template_names
from translations import Locale


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    return Path(shutil.copytree(TEMPLATES, tmp_path / "templates"))


def found(directory: Path) -> list[str]:
    return [str(problem) for problem in inspect(directory)]


def test_the_packaged_templates_are_in_order() -> None:
    assert found(TEMPLATES) == []


@pytest.mark.parametrize(
    "missing",
    ("id/reminder.text.jinja", "en/reminder.html.jinja", "id/reminder.subject.jinja", "en/digest_item.jinja"),
)
def test_a_file_that_is_missing_in_one_language_is_named(copy: Path, missing: str) -> None:
    (copy / missing).unlink()
    assert found(copy) == [
        f"{missing}, line 1: the file is missing. Every template has three files in each language."
    ]


def test_a_part_that_is_missing_in_both_languages_is_named_for_both(copy: Path) -> None:
    for locale in Locale:
        (copy / locale / "changed.text.jinja").unlink()
    assert [line.partition(",")[0] for line in found(copy)] == [
        "en/changed.text.jinja",
        "id/changed.text.jinja",
    ]


def test_what_the_lint_refuses_is_told_with_file_and_line(copy: Path) -> None:
    bad = copy / "id" / "changed.text.jinja"
    bad.write_text(bad.read_text("utf-8") + "\n{{ rating }}", "utf-8")
    (problem,) = found(copy)
    assert problem.startswith("id/changed.text.jinja, line 7: a message may not print 'rating'.")


def test_a_stage_without_words_is_found_by_rendering(copy: Path) -> None:
    wording = copy / "en" / "wording.jinja"
    wording.write_text(wording.read_text("utf-8").replace('"rating": ', '"ratings": '), "utf-8")
    assert any(
        line.startswith("en/reminder, line 1: it cannot be rendered in the stage rating: ")
        for line in found(copy)
    )


def test_a_file_that_is_taken_in_and_does_not_exist_is_found_by_rendering(copy: Path) -> None:
    for locale in Locale:
        path = copy / locale / "changed.subject.jinja"
        path.write_text(f"{{% include '{locale}/nowhere.jinja' %}}", "utf-8")
    assert any(
        "id/changed, line 1: it cannot be rendered" in line and "nowhere" in line for line in found(copy)
    )


def test_a_value_that_cannot_be_compared_is_found_by_rendering(copy: Path) -> None:
    path = copy / "id" / "changed.subject.jinja"
    path.write_text("{% if due_on > 1 %}Lama{% endif %}", "utf-8")
    assert any(line.startswith("id/changed, line 1: it cannot be rendered") for line in found(copy))


def test_words_without_a_number_are_told_after_all_else(copy: Path) -> None:
    (copy / "id" / "changed.subject.jinja").write_text("Ada perubahan", "utf-8")
    (problem,) = found(copy)
    assert problem.startswith("versions.yaml, line 1: changed: its words have no number yet.")


def test_a_file_in_another_encoding_is_named(copy: Path) -> None:
    (copy / "id" / "changed.subject.jinja").write_bytes("Ada perubahan – baru".encode("utf-16"))
    (problem,) = found(copy)
    assert problem.startswith("id/changed.subject.jinja, line 1: the file is not UTF-8")


def test_an_empty_directory_is_told(tmp_path: Path) -> None:
    assert found(tmp_path) == ["., line 1: there is no template here. Name a directory with id, en in it."]


@pytest.mark.parametrize("locale", tuple(Locale))
@pytest.mark.parametrize("template", template_names())
def test_an_example_names_nobody_without_saying_that_he_is_invented(template: str, locale: Locale) -> None:
    message = render(sample(template, locale), EXAMPLE_URL)
    mark = {"id": "(contoh)", "en": "(example)"}[locale]
    assert f"Siti Rahmawati {mark}" in message.text
    assert message.text.count("Bambang Wijaya") == message.text.count(f"Bambang Wijaya {mark}")
    assert message.link.startswith("https://kinerja.example/")


def test_the_stages_of_an_example_are_those_that_its_words_know() -> None:
    assert stages_of("reminder") == STAGES
    assert stages_of("digest") == stages_of("finalised") == ()
