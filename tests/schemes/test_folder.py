"""A scheme is a folder of up to four files, or one file that says nothing of content."""

import shutil
from pathlib import Path

import pytest

from schemes.loading import builtin_names, builtin_scheme, builtin_system, load_scheme, load_system
from schemes.problems import SchemeError, SchemeProblem
from tests.documents import ROOT

SCHEMES = ROOT / "schemes"
SINGLE = ROOT / "tests" / "fixtures" / "nasional-3.yaml"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the national scheme."""
    copy = tmp_path / "daerah"
    copy.mkdir()
    for file in (SCHEMES / "nasional").glob("*.yaml"):
        shutil.copy(file, copy)
    return copy


def problems(folder: Path) -> tuple[SchemeProblem, ...]:
    with pytest.raises(SchemeError) as refused:
        load_system(folder)
    return refused.value.problems


def test_the_systems_that_come_with_the_program() -> None:
    assert builtin_names() == (
        "gerunggang",
        "kotabumi-akuntabilitas",
        "nasional",
        "pp30-numerik",
        "samarinda",
        "tangsel-evaluasi",
        "tangsel-kompetensi",
    )
    assert all(builtin_system(name).content is not None for name in builtin_names())


def test_a_scheme_is_called_as_its_folder_and_has_titles_in_both_languages() -> None:
    for name in builtin_names():
        book = builtin_scheme(name)
        assert book.scheme == name
        assert set(book.title) == {"id", "en"}


def test_a_system_is_one_object_however_often_it_is_asked_for() -> None:
    assert builtin_system("nasional") is builtin_system("nasional")
    assert builtin_system("nasional").book is builtin_scheme("nasional")


def test_a_folder_gives_process_and_content(folder: Path) -> None:
    system = load_system(folder)
    assert system == builtin_system("nasional")
    assert load_scheme(folder) == system.book


def test_a_single_file_says_nothing_of_content() -> None:
    system = load_system(SINGLE)
    assert (system.book.key, system.content) == ("nasional@3", None)


def test_only_the_process_is_required(folder: Path) -> None:
    for name in ("forms.yaml", "rating.yaml", "follow_up.yaml"):
        (folder / name).unlink()
    assert load_system(folder).content is None


def test_nothing_follows_from_predicates_that_no_scheme_has(folder: Path) -> None:
    for name in ("forms.yaml", "rating.yaml"):
        (folder / name).unlink()
    reasons = {each.reason for each in problems(folder)}
    assert reasons == {"rests on predicates, but there are no rating rules (rating)"}


def test_a_folder_without_a_process_is_refused(folder: Path) -> None:
    (folder / "process.yaml").unlink()
    assert problems(folder) == (
        SchemeProblem(1, 1, "", "is required: every scheme has this file", "process.yaml"),
    )


def test_a_file_that_no_scheme_has_is_refused_with_what_was_meant(folder: Path) -> None:
    (folder / "form.yaml").write_text("forms: {}\n", "utf-8")
    assert [(each.file, each.reason) for each in problems(folder)] == [
        ("form.yaml", "is not a file of a scheme; did you mean forms.yaml?")
    ]


def test_other_files_of_a_folder_are_left_alone(folder: Path) -> None:
    (folder / "README.md").write_text("# Daerah\n", "utf-8")
    assert load_system(folder).content is not None


def test_mistakes_of_all_files_are_reported_at_once_each_with_its_file(folder: Path) -> None:
    for name, old, new in (
        ("process.yaml", "moderation: false", "moderation: maybe"),
        ("forms.yaml", "values: berakhlak", "values: 7"),
        ("rating.yaml", "smallest_unit: 10", "smallest_unit: 0"),
    ):
        text = (folder / name).read_text("utf-8")
        (folder / name).write_text(text.replace(old, new, 1), "utf-8")
    assert [(each.file, each.field) for each in problems(folder)] == [
        ("forms.yaml", "values"),
        ("process.yaml", "moderation"),
        ("rating.yaml", "rating.distribution.smallest_unit"),
    ]


def test_a_file_that_is_no_yaml_is_named(folder: Path) -> None:
    (folder / "rating.yaml").write_text("rating: [", "utf-8")
    (problem,) = problems(folder)
    assert (problem.file, problem.reason.split(":")[0]) == ("rating.yaml", "not valid YAML")


def test_a_file_that_is_not_utf_8_is_named(folder: Path) -> None:
    (folder / "forms.yaml").write_bytes(b"values: caf\xe9\n")
    (problem,) = problems(folder)
    assert (problem.file, problem.line) == ("forms.yaml", 1)


def test_the_message_names_file_line_place_and_reason(folder: Path) -> None:
    text = (folder / "forms.yaml").read_text("utf-8")
    (folder / "forms.yaml").write_text(text.replace("kind: rows", "kind: row", 1), "utf-8")
    line = text[: text.index("kind: rows")].count("\n") + 1
    with pytest.raises(SchemeError) as refused:
        load_system(folder)
    assert str(refused.value) == (
        f"forms.yaml:{line}: forms.plan.sections[0].kind: 'row' is not one of group, rows, each"
    )


def test_a_rating_without_forms_is_refused(folder: Path) -> None:
    (folder / "forms.yaml").unlink()
    assert "rating.method" in {each.field for each in problems(folder)}


def test_a_form_that_rates_needs_rating_rules(folder: Path) -> None:
    (folder / "rating.yaml").unlink()
    reasons = {each.reason for each in problems(folder)}
    assert reasons == {"rates, but there are no rating rules (rating)"}


def test_numbers_with_decimals_are_numbers_in_forms(folder: Path) -> None:
    text = (folder / "forms.yaml").read_text("utf-8")
    (folder / "forms.yaml").write_text(text.replace("at_most: 4\n", "at_most: 4.5\n", 1), "utf-8")
    assert load_system(folder).content is not None


def test_every_text_of_a_shipped_form_has_a_help_and_both_languages() -> None:
    lacking = []
    for name in builtin_names():
        content = builtin_system(name).content
        assert content is not None
        for form_name, form in content.forms.items():
            for section in form.sections:
                lacking += [
                    (name, form_name, section.name, field.name)
                    for field in section.fields
                    if field.help is None or field.help.id == field.help.en
                ]
    assert lacking == []
