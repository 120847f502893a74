"""Reads the project's documents: what they link to, name and tell their readers to type."""

import re
import shlex
from collections.abc import Iterator
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
DOCUMENTS = (ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").rglob("*.md")))

LINK = re.compile(r"(?<!!)\[[^\]]*\]\(([^)\s]+)\)")
HEADING = re.compile(r"^#+ (.+)$", re.MULTILINE)
CODE = re.compile(r"^```(\w*)\n(.*?)^```$|`([^`\n]+)`", re.MULTILINE | re.DOTALL)
ADDRESS = re.compile(r"(?<![\w.-])/(?:api/v1|health)/[\w{}$/.-]+")
FILE = re.compile(
    r"(?:activities|docs|notifications|schemes|service|states|store|tests|translations|workflows)/[\w/.{}*-]+"
)


def name_of(document: Path) -> str:
    return document.relative_to(ROOT).as_posix()


def code_in(document: Path) -> Iterator[str]:
    """Lines of blocks with lines that go on joined, and what stands in single backquotes."""
    for language, block, inline in CODE.findall(document.read_text("utf-8")):
        if inline:
            yield inline
        elif language != "mermaid":
            yield from block.replace("\\\n", " ").splitlines()


def anchors_of(document: Path) -> set[str]:
    """The anchors that headings get on the usual hosts."""
    titles = HEADING.findall(document.read_text("utf-8"))
    return {re.sub(r"[^\w\- ]", "", title.lower()).replace(" ", "-") for title in titles}


def commands_in(document: Path) -> list[list[str]]:
    """The words after `kinerja` wherever a line of code begins with it, variables before it aside."""
    found = []
    for code in code_in(document):
        for call in re.split(r"\$\(|&& |; ", code.split(" # ")[0]):
            match = re.match(r"(?:[A-Z_]+=\S* )*(?:\.venv/bin/)?kinerja\b(.*)", call.strip().rstrip(")"))
            if match:
                found.append(shlex.split(re.sub(r"\)\"?.*", "", match[1])))
    return [words for words in found if words]


def mistakes_in(words: list[str], command: Any) -> str | None:
    """What in a call the command line does not know."""
    while words:
        word, words = words[0], words[1:]
        if word.startswith("--"):
            option = next((each for each in command.params if word.split("=")[0] in each.opts), None)
            if option is None and word != "--help":
                return word
            if option is not None and not getattr(option, "is_flag", False) and "=" not in word:
                words = words[1:]
        elif hasattr(command, "commands"):
            if word not in command.commands:
                return word
            command = command.commands[word]
    return None


def form_of(address: str) -> str:
    """An address with every identifier, variable and placeholder as `{}`."""
    parts = address.split("?")[0].rstrip("/.").split("/")
    return "/".join("{}" if part.startswith(("{", "$")) else part for part in parts)
