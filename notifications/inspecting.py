"""Checks a whole directory of templates: every file, missing counterparts, and whether each can be rendered."""

from collections.abc import Iterator
from itertools import product
from pathlib import Path

from jinja2 import TemplateError

from notifications.content import Content, Part
from notifications.lint import Problem, lint
from notifications.rendering import render
from notifications.samples import EXAMPLE_URL, by_receipt, duties_of, sample, stages_of
from notifications.versions import (
    TEMPLATES,
    outdated,
    template_names,
)
from translations import Locale


def inspect(directory: Path = TEMPLATES) -> list[Problem]:
    """Everything that is wrong, file by file; empty if all templates may be used.

    The files are checked first. If they are in order, each template is rendered with invented content for every
    language and stage, and its words are compared with its latest number.
    """
    problems = [*_incomplete(directory), *_refused(directory)]
    return problems or [*_not_rendered(directory), *outdated(directory)]


def _refused(directory: Path) -> Iterator[Problem]:
    for path in sorted(directory.rglob("*.jinja")):
        name = path.relative_to(directory).as_posix()
        try:
            source = path.read_text("utf-8")
        except UnicodeDecodeError as error:
            yield Problem(name, 1, f"the file is not UTF-8: {error.reason}. Save it as UTF-8.")
            continue
        yield from lint(name, source)


def _incomplete(directory: Path) -> Iterator[Problem]:
    """The files that are missing: readers of each language and each form must find the same."""
    names = template_names(directory)
    if not names:
        yield Problem(".", 1, f"there is no template here. Name a directory with {', '.join(Locale)} in it.")
        return
    there = {path.relative_to(directory).as_posix() for path in directory.glob("*/*.jinja")}
    wanted = {f"{locale}/{name}.{part}.jinja" for locale in Locale for name in names for part in Part} | {
        f"{locale}/{path.partition('/')[2]}" for locale in Locale for path in there
    }
    for missing in sorted(wanted - there):
        yield Problem(missing, 1, "the file is missing. Every template has three files in each language.")


def _not_rendered(directory: Path) -> Iterator[Problem]:
    for template in template_names(directory):
        for content in _tried(template):
            try:
                render(content, EXAMPLE_URL, directory, number=0)
            except (TemplateError, TypeError) as error:
                owed = f" with the duty {content.duty}" if content.duty else ""
                yield Problem(
                    f"{content.locale}/{template}",
                    1,
                    f"it cannot be rendered in the stage {content.stage}{owed}: {error}. Add what it lacks.",
                )


def _tried(template: str) -> Iterator[Content]:
    """A content for every way in which a template's words may differ. An unknown template is tried in all stages."""
    for locale, own_task in product(Locale, (True, False)):
        for stage, duty in product(stages_of(template) or (None,), duties_of(template)):
            yield from by_receipt(sample(template, locale, stage, duty=duty, own_task=own_task))
