"""What the documents say is true: links, targets, commands, addresses, settings, the diagram and the stages."""

import re
import shlex
from collections.abc import Iterator
from pathlib import Path
from unittest.mock import MagicMock

import pytest
from click import Command, Group
from pydantic import SecretStr
from typer.main import get_command

from schemes.loading import builtin_scheme
from service.api.app import create_app
from service.api.problems.endpoints import PROBLEMS
from service.cli.app import app as command_line
from service.settings import PREFIX, Settings
from service.wording import stage_name
from states.diagram import mermaid
from states.rules import DeadlineRule, StageRule, Unit
from states.stages import HOLDERS, Capacity, Stage
from translations import Locale

ROOT = Path(__file__).parents[1]
DOCUMENTS = (ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").rglob("*.md")))

LINK = re.compile(r"(?<!!)\[[^\]]*\]\(([^)\s]+)\)")
HEADING = re.compile(r"^#+ (.+)$", re.MULTILINE)
CODE = re.compile(r"^```(\w*)\n(.*?)^```$|`([^`\n]+)`", re.MULTILINE | re.DOTALL)
ADDRESS = re.compile(r"(?<![\w.-])/(?:api/v1|health)/[\w{}$/.-]+")
FILE = re.compile(
    r"(?:activities|docs|notifications|schemes|service|states|store|tests|translations|workflows)/[\w/.{}*-]+"
)
ARTICLE = re.compile(r"(?:PP|UU|Perpres) \d+/\d+ arts? [\d()-]+(?:(?:,| and) [\d()-]+)*")


def name_of(document: Path) -> str:
    return document.relative_to(ROOT).as_posix()


each_document = pytest.mark.parametrize("document", DOCUMENTS, ids=name_of)


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


def commands_in(document: Path) -> list[list[str]]:
    """The words after `kinerja` wherever a line of code begins with it, variables before it aside."""
    found = []
    for code in code_in(document):
        for call in re.split(r"\$\(|&& |; ", code.split(" # ")[0]):
            match = re.match(r"(?:[A-Z_]+=\S* )*(?:\.venv/bin/)?kinerja\b(.*)", call.strip().rstrip(")"))
            if match:
                found.append(shlex.split(re.sub(r"\)\"?.*", "", match[1])))
    return [words for words in found if words]


def mistakes_in(words: list[str], command: Command) -> str | None:
    """What in a call the command line does not know."""
    while words:
        word, words = words[0], words[1:]
        if word.startswith("--"):
            option = next((each for each in command.params if word.split("=")[0] in each.opts), None)
            if option is None and word != "--help":
                return word
            if option is not None and not getattr(option, "is_flag", False) and "=" not in word:
                words = words[1:]
        elif isinstance(command, Group):
            known = command.commands.get(word)
            if known is None:
                return word
            command = known
    return None


@each_document
def test_every_command_and_option_of_kinerja_exists(document: Path) -> None:
    commands = get_command(command_line)
    wrong = [(words, mistakes_in(words, commands)) for words in commands_in(document)]
    assert [(words, wrong) for words, wrong in wrong if wrong is not None] == []


def test_commands_and_options_are_really_found() -> None:
    words = [words for document in DOCUMENTS for words in commands_in(document)]
    assert len(words) > 25
    assert ["cycle", "launch", "SKP 2026"] in words
    assert mistakes_in(["cycle", "lunch"], get_command(command_line)) == "lunch"
    assert mistakes_in(["token", "--nap", "1"], get_command(command_line)) == "--nap"
    assert mistakes_in(["worker", "--queue", "notify"], get_command(command_line)) is None


def form_of(address: str) -> str:
    """An address with every identifier, variable and placeholder as `{}`."""
    parts = address.split("?")[0].rstrip("/.").split("/")
    return "/".join("{}" if part.startswith(("{", "$")) else part for part in parts)


@each_document
def test_every_address_exists(document: Path) -> None:
    paths = create_app(MagicMock()).openapi()["paths"]
    known = {re.sub(r"\{\w+\}", "{}", path) for path in paths}
    triggers = re.compile(r"(/actions)/[a-z_]+$")
    named = set()
    for code in code_in(document):
        for address in ADDRESS.findall(re.sub(r"\$API(?=/)", "/api/v1", code)):
            named.add(triggers.sub(r"\1/{}", form_of(address)))
    assert named - known == set()


@each_document
def test_every_problem_code_exists(document: Path) -> None:
    text = document.read_text("utf-8")
    named = set(re.findall(r"\b(?:4\d\d|5\d\d) `([a-z_]+)`", text))
    assert named - PROBLEMS.keys() == set()


def default_of(name: str) -> str:
    default = Settings.model_fields[name].default
    if default is None:
        return "-"
    return f"`{str(default).lower() if isinstance(default, bool) else default}`"


def test_the_settings_table_has_every_setting_with_its_default() -> None:
    text = (ROOT / "docs" / "operations.md").read_text("utf-8")
    rows = re.findall(rf"^\| `{PREFIX}([A-Z_]+)` \| ([^|]+) \|", text, re.MULTILINE)
    assert {name: default.strip() for name, default in rows} == {
        name.upper(): default_of(name) for name in Settings.model_fields
    }


def test_the_settings_table_marks_every_secret() -> None:
    text = (ROOT / "docs" / "operations.md").read_text("utf-8")
    marked = set(re.findall(rf"^\| `{PREFIX}([A-Z_]+)` \|.*\*secret\*", text, re.MULTILINE))
    secret = {name.upper() for name, field in Settings.model_fields.items() if _holds(field.annotation)}
    assert marked == secret


def _holds(annotation: object) -> bool:
    return SecretStr in {annotation, *getattr(annotation, "__args__", ())}


@each_document
def test_every_variable_that_is_named_is_a_setting(document: Path) -> None:
    named = set(re.findall(rf"{PREFIX}([A-Z]\w*)", document.read_text("utf-8")))
    assert named - {name.upper() for name in Settings.model_fields} == set()


def test_the_diagram_is_the_one_that_the_table_draws() -> None:
    assert (ROOT / "docs" / "lifecycle.mmd").read_text("utf-8").rstrip() == mermaid().rstrip()


MONTHS = ("January", "February", "March", "April", "May", "June", "July")
LAPSES = {
    "wait": "waits",
    "escalate": "escalates",
    "auto:lapse_response": "silence: to `countersign`",
    "auto:finalise": "the clock finalises",
}


def stage_rows() -> list[str]:
    """The table of stages in `docs/how-a-case-flows.md`, as the code and the national scheme have it."""
    book = builtin_scheme("nasional")
    rows = []
    for stage in Stage:
        holder = HOLDERS.get(stage)
        capacity = "-" if holder is None else holder.value.replace("_", " ")
        rules = _rules(book.stages.get(stage))
        deadlines = "; ".join(f"{_length(rule)}{_start(rule)}" for rule in rules) or "-"
        sources = "; ".join(f"{'law' if rule.statutory else 'agency'}, {_article(rule)}" for rule in rules) or "-"
        lapses = "; ".join(dict.fromkeys(LAPSES[rule.on_lapse] for rule in rules)) or "-"
        name = stage_name(stage, Locale.INDONESIAN)
        rows.append(f"| `{stage}` | *{name}* | {capacity} | {deadlines} | {sources} | {lapses} |")
    return rows


def _rules(stage: StageRule | None) -> list[DeadlineRule]:
    return [rule for rule in (stage.deadline, stage.after_receipt) if rule] if stage else []


def _length(rule: DeadlineRule) -> str:
    if rule.date is None:
        unit = {Unit.CALENDAR_DAYS: "days", Unit.WORKING_DAYS: "working days", Unit.MONTHS: "month"}[rule.unit]
        return f"{rule.length} {unit}"
    following = " of the next year" if rule.date.year_offset else ""
    last = (rule.date.month, rule.date.day) == (2, 29)
    return f"{'end of' if last else rule.date.day} {MONTHS[rule.date.month - 1]}{following}"


def _start(rule: DeadlineRule) -> str:
    return " from receipt" if rule.starts == "receipt" else ""


def _article(rule: DeadlineRule) -> str:
    found = ARTICLE.match(rule.article)
    assert found is not None, f"{rule.rule}: the article does not begin with a regulation: {rule.article}"
    return found[0]


def test_the_table_of_stages_says_what_the_code_and_the_national_scheme_say() -> None:
    text = (ROOT / "docs" / "how-a-case-flows.md").read_text("utf-8")
    assert re.findall(r"^\| `\w+` \| \*.*$", text, re.MULTILINE) == stage_rows()


def test_the_clock_holds_only_stages_that_open_by_a_date() -> None:
    """The text under the table of stages names three opening days."""
    book = builtin_scheme("nasional")
    clock = [stage for stage, holder in HOLDERS.items() if holder is Capacity.CLOCK]
    assert clock == [Stage.SCHEDULED, Stage.FIRST_HALF, Stage.SECOND_HALF]
    opens = [book.stages[Stage.SCHEDULED].opens_next, *book.check_ins, book.stages[Stage.SECOND_HALF].opens_next]
    assert [(day.month, day.day) for day in opens if day] == [(1, 2), (7, 1), (12, 15)]
