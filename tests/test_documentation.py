"""What the documents name exists: links, files, make targets, commands, addresses, problems and variables."""

import re
from functools import lru_cache
from pathlib import Path
from unittest.mock import MagicMock

import pytest
from typer.main import get_command

from service.api.app import create_app
from service.api.problems.endpoints import PROBLEMS
from service.cli.app import app as command_line
from service.configuration.settings import PREFIX, Settings
from tests.documents import (
    ADDRESS,
    DOCUMENTS,
    FILE,
    LINK,
    ROOT,
    anchors_of,
    code_in,
    commands_in,
    form_of,
    mistakes_in,
    name_of,
)

each_document = pytest.mark.parametrize("document", DOCUMENTS, ids=name_of)


@each_document
def test_every_link_leads_somewhere(document: Path) -> None:
    dead = []
    for link in LINK.findall(document.read_text("utf-8")):
        if link.startswith(("http://", "https://")):
            continue
        path, _, anchor = link.partition("#")
        target = document.parent / path if path else document
        if not target.exists() or (anchor and anchor not in anchors_of(target)):
            dead.append(link)
    assert dead == []


@each_document
def test_every_file_that_is_named_exists(document: Path) -> None:
    named = {file for code in code_in(document) for file in FILE.findall(code) if "<" not in code}
    missing = []
    for file in sorted(named):
        alternatives = re.fullmatch(r"(.*)\{(.*)\}(.*)", file)
        files = [file] if alternatives is None else [f"{alternatives[1]}*{alternatives[3]}"]
        missing += [each for each in files if not any(ROOT.glob(each.rstrip(".")))]
    assert missing == []


@each_document
def test_every_make_target_exists(document: Path) -> None:
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE))
    named = {
        target
        for code in code_in(document)
        for target in re.findall(r"(?:^|[;&] |\$ )make ([a-z]+)\b", code.strip())
    }
    assert named - targets == set()


@each_document
def test_every_command_and_option_of_kinerja_exists(document: Path) -> None:
    commands = get_command(command_line)
    wrong = {" ".join(words): mistakes_in(words, commands) for words in commands_in(document)}
    assert {call: mistake for call, mistake in wrong.items() if mistake} == {}


def test_commands_and_options_are_really_found() -> None:
    words = [words for document in DOCUMENTS for words in commands_in(document)]
    assert len(words) > 25
    assert ["cycle", "launch", "SKP 2027"] in words
    assert mistakes_in(["cycle", "lunch"], get_command(command_line)) == "lunch"
    assert mistakes_in(["token", "--nap", "1"], get_command(command_line)) == "--nap"
    assert mistakes_in(["worker", "--queue", "notify"], get_command(command_line)) is None


@lru_cache(maxsize=1)
def known_addresses() -> frozenset[str]:
    return frozenset(re.sub(r"\{\w+\}", "{}", path) for path in create_app(MagicMock()).openapi()["paths"])


@each_document
def test_every_address_exists(document: Path) -> None:
    known = known_addresses()
    named_parts = re.compile(r"(/(?:actions|drafts|entries|forms))/[a-z_]+$")
    named = set()
    for code in code_in(document):
        for address in ADDRESS.findall(re.sub(r"\$API(?=/)", "/api/v1", code)):
            named.add(named_parts.sub(r"\1/{}", form_of(address)))
    assert named - known == set()


def test_links_files_and_addresses_are_really_found() -> None:
    texts = [document.read_text("utf-8") for document in DOCUMENTS]
    code = "\n".join(line for document in DOCUMENTS for line in code_in(document))
    assert sum(len(LINK.findall(text)) for text in texts) > 15
    assert len(set(FILE.findall(code))) > 60
    assert len(set(ADDRESS.findall(code.replace("$API/", "/api/v1/")))) > 12
    assert form_of("/api/v1/appraisals/$CASE/timeline?limit=1") == "/api/v1/appraisals/{}/timeline"


@each_document
def test_every_problem_code_exists(document: Path) -> None:
    text = document.read_text("utf-8")
    named = set(re.findall(r"\b(?:4\d\d|5\d\d) `([a-z_]+)`", text))
    assert named - PROBLEMS.keys() == set()


@each_document
def test_every_variable_that_is_named_is_a_setting(document: Path) -> None:
    named = set(re.findall(rf"{PREFIX}([A-Z]\w*)", document.read_text("utf-8")))
    assert named - {name.upper() for name in Settings.model_fields} == set()
