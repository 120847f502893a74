"""Finds the messages that the project's code and templates show to people."""

import ast
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from babel.messages.extract import extract_from_file

from schemes.loading import builtin_names, builtin_system
from schemes.system import System

ROOT = Path(__file__).parents[2]
PACKAGES = (
    "activities",
    "content",
    "notifications",
    "schemes",
    "service",
    "states",
    "store",
    "translations",
    "workflows",
)

MARKERS = frozenset({"translate", "mark", "_", "ParameterInvalid"})
"""Calls whose first argument, when it is written out there, is a message."""


def messages_in_python(source: str) -> Iterator[str]:
    """Messages given to a marker, and those of errors, which hold one as the class attribute ``message``."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in MARKERS:
            candidate: ast.expr | None = node.args[0] if node.args else None
        elif isinstance(node, ast.ClassDef):
            yield from _class_messages(node)
            continue
        else:
            continue
        if isinstance(candidate, ast.Constant) and isinstance(candidate.value, str):
            yield candidate.value


def _class_messages(node: ast.ClassDef) -> Iterator[str]:
    for statement in node.body:
        match statement:
            case (
                ast.Assign(targets=[ast.Name(id="message")], value=ast.Constant(value=str(text)))
                | ast.AnnAssign(target=ast.Name(id="message"), value=ast.Constant(value=str(text)))
            ):
                yield text


def messages_in_template(path: Path) -> Iterator[str]:
    """Messages that a Jinja template gives to ``_`` or ``translate``."""
    keywords = {"_": None, "translate": None}
    for _line, message, _comments, _context in extract_from_file("jinja2", path, keywords=keywords):
        if isinstance(message, str):
            yield message


def messages_of_the_project() -> dict[str, str]:
    """Every message with the file that shows it."""
    found: dict[str, str] = {}
    for package in PACKAGES:
        for path in sorted((ROOT / package).rglob("*")):
            if path.suffix == ".py":
                messages = messages_in_python(path.read_text("utf-8"))
            elif path.suffix in {".jinja", ".html"}:
                messages = messages_in_template(path)
            else:
                continue
            found |= dict.fromkeys(messages, str(path.relative_to(ROOT)))
    for name in builtin_names():
        found |= dict.fromkeys(_articles(builtin_system(name)), f"schemes/{name}")
    return found


def _articles(system: System) -> Iterator[str]:
    """What a scheme that comes with kinerja rests on, in every part; an agency writes its own in its language."""
    yield from (deadline.article for _, deadline in system.book.deadline_rules)
    if system.content is not None:
        yield from _articles_in(system.content.model_dump(mode="json"))


def _articles_in(data: Any) -> Iterator[str]:
    if isinstance(data, Mapping):
        for name, value in data.items():
            if name == "article" and isinstance(value, str):
                yield value
            yield from _articles_in(value)
    elif isinstance(data, list):
        for value in data:
            yield from _articles_in(value)
