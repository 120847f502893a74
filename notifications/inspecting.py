"""Looks a whole directory of templates over: every file, what lacks a counterpart, and whether it can be rendered."""

from collections.abc import Iterator
from itertools import product
from pathlib import Path

from jinja2 import TemplateError

from notifications.content import Content, Part
from notifications.lint import Problem, lint
from notifications.rendering import render
from notifications.samples import EXAMPLE_URL, sample, stages_of
from notifications.versions import (
    TEMPLATES,
    outdated,
    template_names,
)
from translations import Locale


def inspect(directory: Path = TEMPLATES) -> list[Problem]:
    """Everything that is wrong, file by file; empty when all may be used.

    What is wrong with a file comes first. Only where the files are in order, each template is rendered with
    invented content for every language and stage, and held against its number.
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
    """A reader of the other language, or of the other form, must find the same."""
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
                yield Problem(
                    f"{content.locale}/{template}",
                    1,
                    f"it cannot be rendered in the stage {content.stage}: {error}. Add what it lacks.",
                )


def _tried(template: str) -> Iterator[Content]:
    """Every way in which a template's words may differ; one that is not known here is tried like a task's."""
    for locale, own_task in product(Locale, (True, False)):
        for stage in stages_of(template) or (None,):
            yield sample(template, locale, stage, own_task=own_task)
