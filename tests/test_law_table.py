"""`docs/law.md` says which article is kept where: each name in it exists, and every cited article stands in it."""

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

from schemes.loading import builtin_names
from tests.documents import DOCUMENTS, ROOT
from tests.translations.messages import PACKAGES

REGULATION = r"(?:UU|PP|Perpres|PermenPANRB|SE MenPANRB) \d+/\d+"
ITEM = r"\d+(?:\(\d+\))?[a-z]?(?:-(?:\(\d+\)|\d+))?"
MORE = r"\(\d+\)(?:-\(\d+\))?"
CITATION = re.compile(
    rf"(?:(?P<regulation>{REGULATION}),? )?"
    rf"\b(?:[Aa]rts (?P<several>{ITEM}(?:(?:, | and )(?:{ITEM}|{MORE}))*)|[Aa]rt (?P<one>{ITEM}(?:, {MORE})*))"
)
OF_THE_APPRAISAL = "PP 30/2019"
"""What a bare "art 59" is of: the regulation on appraisal."""

WITHOUT_TEST = {
    "PP 30/2019 art 22",
    "PP 79/2021",
    "UU 20/2023 art 75",
    "UU 20/2023 arts 40-45",
}
"""Rows that no test shows: what is not kept here, or not yet."""


@dataclass(frozen=True)
class Row:
    """One line of the table."""

    article: str
    where: tuple[str, ...]
    tests: tuple[str, ...]


@dataclass(frozen=True)
class Article:
    """An article, or one paragraph of it."""

    regulation: str
    number: int
    paragraph: int | None


def rows_in(text: str) -> list[Row]:
    rows = []
    for line in re.findall(r"^\| (.+) \|$", text, re.MULTILINE):
        cells = line.split(" | ")
        if re.match(REGULATION, cells[0]):
            where, tests = (tuple(re.findall(r"`([^`]+)`", cell)) for cell in cells[2:4])
            rows.append(Row(cells[0], where, tests))
    return rows


def articles_in(text: str) -> Iterator[Article]:
    """Every article that a text cites, with its paragraph where it names one."""
    for found in CITATION.finditer(" ".join(text.split())):
        number = 0
        for item in re.findall(rf"{ITEM}|{MORE}", found["several"] or found["one"]):
            regulation = found["regulation"] or OF_THE_APPRAISAL
            if item[0] != "(":
                first, _, last = re.sub(r"\(\d+\)[a-z]?|(?<=\d)[a-z]", "", item).partition("-")
                for number in range(int(first), int(last or first) + 1):
                    if "(" not in item:
                        yield Article(regulation, number, None)
            paragraphs = [int(each) for each in re.findall(r"\((\d+)\)", item)]
            if paragraphs:
                yield from (
                    Article(regulation, number, each) for each in range(paragraphs[0], paragraphs[-1] + 1)
                )


LAW = (ROOT / "docs" / "law.md").read_text("utf-8")
ROWS = rows_in(LAW)
IN_THE_TABLE = {article for row in ROWS for article in articles_in(row.article)}
CITING = sorted(
    [
        *DOCUMENTS,
        *(
            path
            for package in PACKAGES
            for path in (ROOT / package).rglob("*")
            if path.suffix in {".py", ".sql", ".yaml", ".jinja"} and CITATION.search(path.read_text("utf-8"))
        ),
    ]
)


def stands_in(article: Article, table: set[Article]) -> bool:
    """A row for the whole article is one for its paragraphs; an article without paragraph needs any row of it."""
    same = {each for each in table if (each.regulation, each.number) == (article.regulation, article.number)}
    if article.paragraph is None:
        return bool(same)
    return any(each.paragraph in {None, article.paragraph} for each in same)


@cache
def functions_of(file: str) -> frozenset[str]:
    path = ROOT / file
    if not path.is_file():
        return frozenset()
    tree = ast.parse(path.read_text("utf-8"))
    return frozenset(
        node.name for node in tree.body if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    )


def exists(name: str) -> bool:
    file, _, function = name.partition("::")
    return function.startswith("test_") and function in functions_of(file)


def place_exists(place: str, scheme: dict[str, Any]) -> bool:
    if "/" in place:
        return (ROOT / place).is_file()
    found: Any = scheme
    for key in place.split("."):
        if not isinstance(found, dict) or key not in found:
            return False
        found = found[key]
    return True


def fields_of(scheme: str) -> dict[str, Any]:
    """What stands in all files of a scheme's folder."""
    found: dict[str, Any] = {}
    for file in sorted((ROOT / "schemes" / scheme).glob("*.yaml")):
        found |= yaml.safe_load(file.read_text("utf-8"))
    return found


SCHEME = fields_of("nasional")
SCHEMES = {name: fields_of(name) for name in builtin_names()}


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.article)
def test_a_row_names_tests_keys_and_files_that_exist(row: Row) -> None:
    assert [name for name in row.tests if not exists(name)] == []
    assert [place for place in row.where if not place_exists(place, SCHEME)] == []


def test_exactly_these_rows_are_without_a_test() -> None:
    assert {row.article for row in ROWS if not row.tests} == WITHOUT_TEST


def test_no_row_stands_twice() -> None:
    articles = [row.article for row in ROWS]
    assert len(articles) > 50
    assert sorted(set(articles)) == sorted(articles)


@pytest.mark.parametrize("path", CITING, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_every_article_that_is_cited_stands_in_the_table(path: Path) -> None:
    text = re.sub(r"^\s*#", " ", path.read_text("utf-8"), flags=re.MULTILINE)
    assert {each for each in articles_in(text) if not stands_in(each, IN_THE_TABLE)} == set()


@pytest.mark.parametrize("scheme", SCHEMES.values(), ids=SCHEMES)
def test_every_regulation_that_a_scheme_is_based_on_stands_in_the_table(scheme: dict[str, Any]) -> None:
    based = {name for text in scheme["basis"] for name in re.findall(REGULATION, text)}
    assert based - {found[0] for row in ROWS if (found := re.match(REGULATION, row.article))} == set()


@pytest.mark.parametrize(
    ("text", "found"),
    (
        ("PP 30/2019 arts 49(3) and 59(1) count", {("PP 30/2019", 49, 3), ("PP 30/2019", 59, 1)}),
        ("art 59(2)-(4)", {("PP 30/2019", 59, 2), ("PP 30/2019", 59, 3), ("PP 30/2019", 59, 4)}),
        ("(art 24(1), (4))", {("PP 30/2019", 24, 1), ("PP 30/2019", 24, 4)}),
        ("arts 47-48 form", {("PP 30/2019", 47, None), ("PP 30/2019", 48, None)}),
        ("art 28(2)d", {("PP 30/2019", 28, 2)}),
        ("UU 30/2014 arts 14 and\n    34", {("UU 30/2014", 14, None), ("UU 30/2014", 34, None)}),
        ("PP 30/2019 art 46(1), 14 days", {("PP 30/2019", 46, 1)}),
        ("part 3 of the start 4", set()),
    ),
)
def test_citations_are_really_found(text: str, found: set[tuple[str, int, int | None]]) -> None:
    assert {(each.regulation, each.number, each.paragraph) for each in articles_in(text)} == found


def test_what_does_not_exist_is_found_out() -> None:
    here = "tests/test_law_table.py"
    assert exists(f"{here}::test_what_does_not_exist_is_found_out")
    assert not exists(f"{here}::test_of_nothing")
    assert not exists("tests/test_nowhere.py::test_of_nothing")
    assert place_exists("stages.response", SCHEME)
    assert not place_exists("stages.banding", SCHEME)
    assert not place_exists("states/banding.py", SCHEME)
    assert not stands_in(Article("PP 30/2019", 59, 5), IN_THE_TABLE)
    assert not stands_in(Article("PP 30/2019", 99, None), IN_THE_TABLE)
