"""A number on record tells which words a message was made of, so words never change under a number."""

import shutil
from pathlib import Path

import pytest

from notifications.versions import (
    TEMPLATES,
    VERSIONS,
    VersionsUnreadable,
    hash_of,
    listed_versions,
    outdated,
    present_versions,
    sources_of,
    template_names,
)


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    return Path(shutil.copytree(TEMPLATES, tmp_path / "templates"))


def test_every_packaged_template_has_a_number_for_its_present_words() -> None:
    """Where this fails, its message is what to do: the lines to add to versions.yaml."""
    assert "\n".join(problem.text for problem in outdated(TEMPLATES)) == ""


def test_every_template_has_a_present_number_and_the_digest_is_one_of_them() -> None:
    assert present_versions().keys() >= set(template_names())
    assert "digest" in template_names()


def test_a_template_is_made_of_both_languages_and_of_what_these_take_in() -> None:
    sources = sources_of(TEMPLATES, "reminder")
    assert {
        f"{locale}/reminder.{part}.jinja" for locale in ("id", "en") for part in ("subject", "text", "html")
    } < {*sources}
    assert {"layout.html.jinja", "id/wording.jinja", "en/layout.text.jinja"} < {*sources}
    assert "id/digest_line.jinja" not in sources
    assert "id/wording.jinja" in sources_of(TEMPLATES, "reminder")


def test_the_fragments_of_a_template_bear_its_name_and_count_as_its_words() -> None:
    fragments = {name for name in sources_of(TEMPLATES, "digest") if "/digest_" in name}
    assert fragments == {
        f"{locale}/digest_{part}.jinja" for locale in ("id", "en") for part in ("item", "line", "summary")
    }


def test_a_template_whose_name_begins_like_anothers_is_no_fragment_of_it(copy: Path) -> None:
    for path in copy.glob("*/changed.*"):
        shutil.copy(path, path.with_name(path.name.replace("changed", "changed_back")))
    assert not [name for name in sources_of(copy, "changed") if "changed_back" in name]


def test_other_words_need_a_new_number_and_the_problem_says_the_line_to_add(copy: Path) -> None:
    changed = copy / "id" / "reminder.text.jinja"
    changed.write_text(changed.read_text("utf-8") + "Terima kasih.\n", "utf-8")
    (problem,) = outdated(copy)
    latest = present_versions()["reminder"]
    assert problem.template == VERSIONS
    assert problem.text.startswith("reminder: its words have no number yet. Keep the numbers that are there")
    assert f'{latest + 1}: "{hash_of(copy, "reminder")}"' in problem.text


def test_the_line_that_the_problem_names_mends_it_and_the_old_number_stays(copy: Path) -> None:
    changed = copy / "en" / "finalised.subject.jinja"
    changed.write_text("Your appraisal is done", "utf-8")
    (problem,) = outdated(copy)
    listed = copy / VERSIONS
    line = problem.text.splitlines()[-1]
    listed.write_text(listed.read_text("utf-8").replace("finalised:\n", f"finalised:\n{line}\n"), "utf-8")
    assert outdated(copy) == []
    latest = present_versions()["finalised"]
    assert listed_versions(copy)["finalised"].keys() == set(range(1, latest + 2))
    assert present_versions(copy)["finalised"] == latest + 1


def test_other_wording_needs_new_numbers_for_everything_that_uses_it(copy: Path) -> None:
    wording = copy / "id" / "wording.jinja"
    wording.write_text(wording.read_text("utf-8").replace("otomatis", "secara otomatis"), "utf-8")
    assert len(outdated(copy)) == len(template_names())


def test_other_line_ends_are_the_same_words(copy: Path) -> None:
    for path in copy.rglob("*.jinja"):
        path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    assert outdated(copy) == []


def test_a_template_without_a_number_is_told(copy: Path) -> None:
    for path in copy.glob("*/changed.*"):
        path.rename(path.with_name(path.name.replace("changed", "altered")))
    (problem,) = outdated(copy)
    assert 'add below "altered:" the line\n  1: "' in problem.text


def test_a_number_that_was_removed_is_missed(copy: Path) -> None:
    listed = copy / VERSIONS
    latest, words = present_versions()["changed"], hash_of(copy, "changed")
    removed = listed.read_text("utf-8").replace(f'{latest}: "{words}"', f'{latest + 2}: "{words}"')
    listed.write_text(removed, "utf-8")
    (problem,) = outdated(copy)
    assert problem.text == "changed: the numbers are not 1, 2, 3 ... Put back what was removed."


@pytest.mark.parametrize("content", ("[]", "reminder: 1", "reminder: {one: x}", "reminder: {1: 2}", "{", ""))
def test_a_list_that_is_none_is_told_with_the_form_it_should_have(copy: Path, content: str) -> None:
    (copy / VERSIONS).write_text(content, "utf-8")
    (problem,) = outdated(copy)
    assert 'Write: template: {1: "hash"}.' in problem.text
    with pytest.raises(VersionsUnreadable, match=r"versions\.yaml: "):
        present_versions(copy)


def test_a_list_that_is_missing_is_told(copy: Path) -> None:
    (copy / VERSIONS).unlink()
    (problem,) = outdated(copy)
    assert problem.text == "the file is missing. Add it with a number for each template."
