"""Puts the files of a scheme's folder together into one system, and the mistakes of all of them into one list."""

import difflib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path

from content.parts import Part
from content.rules import ContentRules
from schemes.content_checks.findings import content_findings
from schemes.document import Document, read_document
from schemes.files import CONTENT_FILES, FILE_OF, PROCESS
from schemes.problems import SchemeError, SchemeProblem
from schemes.reading import model_of, read_text
from schemes.system import System
from states.rules import Rulebook

_KNOWN = (PROCESS, *CONTENT_FILES)


def read_folder(folder: Path) -> dict[str, str]:
    """The text of each file of rules by its name. Raises `SchemeError` for what is no file of a scheme."""
    texts: dict[str, str] = {}
    problems: list[SchemeProblem] = []
    for file in sorted(folder.iterdir()):
        if file.suffix not in {".yaml", ".yml"}:
            continue
        if file.name not in _KNOWN:
            problems.append(SchemeProblem(1, 1, "", _unknown(file.name), file.name))
            continue
        try:
            texts[file.name] = read_text(file)
        except SchemeError as error:
            problems += _of(error)
    if problems:
        raise SchemeError(folder.name, problems)
    return texts


def parse_folder(
    texts: Mapping[str, str], name: str, parse_process: Callable[[str, str], Rulebook]
) -> System:
    """The system in the ``texts`` of a folder called ``name``, by the names of the files.

    Raises `SchemeError` with every mistake of every file.
    """
    problems: list[SchemeProblem] = []
    book = None
    if PROCESS not in texts:
        problems.append(SchemeProblem(1, 1, "", "is required: every scheme has this file", PROCESS))
    else:
        try:
            book = parse_process(texts[PROCESS], PROCESS)
        except SchemeError as error:
            problems += _of(error)
    content, found = _content_of({file: text for file, text in texts.items() if file != PROCESS})
    problems += found
    if problems or book is None:
        raise SchemeError(name, problems)
    return System(book, content)


def _content_of(texts: Mapping[str, str]) -> tuple[ContentRules | None, list[SchemeProblem]]:
    documents: dict[str, Document] = {}
    parts: dict[str, Part] = {}
    problems: list[SchemeProblem] = []
    for file, text in texts.items():
        try:
            documents[file] = read_document(text, file, decimals=True)
            parts[file] = model_of(documents[file], file, CONTENT_FILES[file])
        except SchemeError as error:
            problems += _of(error)
    if problems or not parts:
        return None, problems
    content = ContentRules(
        **{name: getattr(part, name) for part in parts.values() for name in part.model_fields_set}
    )
    return content, list(_crossed(content, documents))


def _crossed(content: ContentRules, documents: Mapping[str, Document]) -> Iterator[SchemeProblem]:
    for path, reason in content_findings(content):
        file = FILE_OF[str(path[0])]
        document = documents.get(file, Document())
        yield replace(document.problem(path, reason), file=file)


def _of(error: SchemeError) -> Iterator[SchemeProblem]:
    for problem in error.problems:
        yield replace(problem, file=problem.file or error.name)


def _unknown(name: str) -> str:
    close = difflib.get_close_matches(name, _KNOWN, n=1)
    advice = f"did you mean {close[0]}?" if close else f"known are {', '.join(_KNOWN)}"
    return f"is not a file of a scheme; {advice}"
