"""Whoever writes messages sees and checks them before anybody gets one; no server is needed for that."""

import shutil
from pathlib import Path

import pytest

from notifications.versions import TEMPLATES, template_names
from tests.service.cli.conftest import CommandLine


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    return Path(shutil.copytree(TEMPLATES, tmp_path / "templates"))


async def test_every_template_is_listed_with_its_number_and_kinds(alone: CommandLine) -> None:
    answer = await alone("templates", "list")
    assert answer.code == 0
    listed = [
        line.strip("│").split("│")[0].strip() for line in answer.out.splitlines() if line.startswith("│")
    ]
    assert listed == list(template_names())
    assert "objection, task" in answer.out
    assert "8 tasks wait for you, 2 overdue" in answer.out


async def test_a_preview_is_the_text_and_says_beside_it_that_it_is_an_example(alone: CommandLine) -> None:
    answer = await alone("templates", "preview", "reminder")
    assert answer.code == 0
    assert answer.out.startswith("Dear Siti Rahmawati (example),\n\nYou have yet to appraise performance")
    assert answer.err.strip() == "An example; nobody in it exists."


async def test_a_preview_is_indonesian_where_nothing_else_is_asked(alone: CommandLine) -> None:
    indonesian = CommandLine(alone.environment, language="")
    assert (await indonesian("templates", "preview", "nudge")).out.startswith("Yth. Siti Rahmawati (contoh),")


async def test_language_part_and_stage_of_a_preview_can_be_chosen(alone: CommandLine) -> None:
    options = ("--locale", "id", "--form", "subject", "--stage", "plan_drafting")
    answer = await alone("templates", "preview", "task_opened", *options)
    assert answer.out == "Tugas baru: menyusun SKP\n"


async def test_a_preview_in_html_can_be_kept_as_a_file(alone: CommandLine) -> None:
    answer = await alone("templates", "preview", "digest", "--form", "html")
    assert answer.out.startswith("<!DOCTYPE html>")
    assert answer.out.rstrip().endswith("</html>")


async def test_an_unknown_template_is_answered_with_those_that_there_are(alone: CommandLine) -> None:
    answer = await alone("templates", "preview", "surprise")
    assert (answer.code, answer.out) == (1, "")
    assert answer.err.strip() == (
        f"There is no template of this name. There are: {', '.join(template_names())}."
    )


@pytest.mark.parametrize(
    ("template", "stage", "sentence"),
    (
        ("digest", "rating", "This template says the same in every stage. Leave the stage out."),
        (
            "reminder",
            "scheduled",
            "Nobody is asked for anything in this stage. Choose one of: plan_drafting, ",
        ),
    ),
)
async def test_a_stage_without_words_is_answered_with_what_to_do(
    alone: CommandLine, template: str, stage: str, sentence: str
) -> None:
    answer = await alone("templates", "preview", template, "--stage", stage)
    assert (answer.code, answer.out) == (1, "")
    assert answer.err.startswith(sentence)


async def test_the_templates_of_the_program_are_in_order(alone: CommandLine) -> None:
    answer = await alone("templates", "check")
    assert (answer.code, answer.out) == (0, f"{len(template_names())} templates are in order.\n")


async def test_what_is_wrong_in_a_directory_is_listed_with_its_line(alone: CommandLine, copy: Path) -> None:
    bad = copy / "id" / "reminder.text.jinja"
    bad.write_text("{{ nip }}\nPredikat: Sangat Baik", "utf-8")
    answer = await alone("templates", "check", copy)
    assert answer.code == 1
    first, second = answer.out.splitlines()
    assert first.startswith("id/reminder.text.jinja, line 1: a message may not print 'nip'.")
    assert second.startswith("id/reminder.text.jinja, line 2: 'Sangat Baik' is a result")
    assert answer.err.strip() == "2 problems. A template with a problem is not used."


async def test_a_directory_that_does_not_exist_is_wrong_usage(alone: CommandLine, tmp_path: Path) -> None:
    answer = await alone("templates", "check", tmp_path / "nowhere")
    assert (answer.code, "does not exist" in answer.err) == (2, True)
