"""The version numbers of the templates. The number on record tells which words a message was made of.

A number stands for everything that a template is made of, in both languages: its own files, the layouts and the
wording. `templates/versions.yaml` lists each number with the SHA-256 of these. Numbers are added, never removed.
"""

import hashlib
import re
from functools import cache
from pathlib import Path

import yaml
from jinja2 import Environment, meta
from pydantic import ConfigDict, TypeAdapter, ValidationError

from notifications.content import Part
from notifications.lint import Problem
from translations import Locale

TEMPLATES = Path(__file__).parent / "templates"
VERSIONS = "versions.yaml"
_LISTED: TypeAdapter[dict[str, dict[int, str]]] = TypeAdapter(
    dict[str, dict[int, str]], config=ConfigDict(strict=True)
)


class VersionsUnreadable(Exception):
    """The list of versions cannot be read; ``why`` says what is wrong with it."""

    def __init__(self, why: str) -> None:
        super().__init__(f"{VERSIONS}: {why}")
        self.why = why


def listed_versions(directory: Path) -> dict[str, dict[int, str]]:
    """Every number of every template with its hash. Raises `VersionsUnreadable`."""
    try:
        return _LISTED.validate_python(yaml.safe_load((directory / VERSIONS).read_text("utf-8")))
    except FileNotFoundError:
        raise VersionsUnreadable("the file is missing. Add it with a number for each template.") from None
    except (yaml.YAMLError, ValidationError) as error:
        raise VersionsUnreadable(f'{error}. Write: template: {{1: "hash"}}.') from error


@cache
def present_versions(directory: Path = TEMPLATES) -> dict[str, int]:
    """The present number of every template. Raises `VersionsUnreadable`."""
    return {template: max(numbers) for template, numbers in listed_versions(directory).items() if numbers}


def template_names(directory: Path = TEMPLATES) -> tuple[str, ...]:
    """The names of all templates that have a subject, in alphabetical order."""
    end = ".subject.jinja"
    return tuple(sorted({path.name.removesuffix(end) for path in directory.glob(f"*/*{end}")}))


def sources_of(directory: Path, template: str) -> tuple[str, ...]:
    """Every file that a template is made of, in both languages, relative to the directory."""
    waiting = [f"{locale}/{template}.{part}.jinja" for locale in Locale for part in Part]
    # A fragment's name begins with its template's name and has no part.
    fragments = re.compile(rf"{re.escape(template)}_\w+\.jinja")
    for path in directory.glob(f"*/{template}_*.jinja"):
        if fragments.fullmatch(path.name):
            waiting.append(path.relative_to(directory).as_posix())
    found: set[str] = set()
    while waiting:
        name = waiting.pop()
        path = directory / name
        if name in found or not path.is_file():
            continue
        found.add(name)
        tree = Environment(autoescape=True).parse(path.read_text("utf-8"))
        waiting += [referred for referred in meta.find_referenced_templates(tree) if referred]
    return tuple(sorted(found))


def hash_of(directory: Path, template: str) -> str:
    """The SHA-256 of everything that the template is made of. Line endings do not count."""
    digest = hashlib.sha256()
    for name in sources_of(directory, template):
        source = "\n".join((directory / name).read_text("utf-8").splitlines())
        digest.update(f"{name}\0{source}\0".encode())
    return digest.hexdigest()


def outdated(directory: Path) -> list[Problem]:
    """The templates whose words differ from those of their latest number, each with the line to add."""
    try:
        listed = listed_versions(directory)
    except VersionsUnreadable as unreadable:
        return [Problem(VERSIONS, 1, unreadable.why)]
    problems = []
    for template in template_names(directory):
        numbers, present = listed.get(template, {}), hash_of(directory, template)
        latest = max(numbers, default=0)
        if sorted(numbers) != list(range(1, latest + 1)):
            problems.append(
                Problem(
                    VERSIONS, 1, f"{template}: the numbers are not 1, 2, 3 ... Put back what was removed."
                )
            )
        if numbers.get(latest) != present:
            problems.append(
                Problem(
                    VERSIONS,
                    1,
                    f"{template}: its words have no number yet. Keep the numbers that are there and add "
                    f'below "{template}:" the line\n  {latest + 1}: "{present}"',
                )
            )
    return problems
