"""The document on messages says what the templates and the lint say."""

import re

from notifications.lint import ALLOWED, FILTERS
from notifications.versions import template_names
from tests.documents import ROOT

DOCUMENT = (ROOT / "docs" / "messages.md").read_text("utf-8")


def section(title: str) -> str:
    return DOCUMENT.partition(f"## {title}\n")[2].partition("\n## ")[0]


def cells(title: str, column: int) -> list[str]:
    """One column of the table in a section, without its heading."""
    rows = [line.strip("|").split("|") for line in section(title).splitlines() if line.startswith("|")]
    return [row[column].strip() for row in rows[2:]]


def named(text: str) -> set[str]:
    return set(re.findall(r"`(\w+)`", text))


def test_the_table_of_templates_has_every_template() -> None:
    assert sorted(name.strip("`") for name in cells("Look first", 0)) == list(template_names())


def test_the_table_of_what_may_be_said_has_every_variable() -> None:
    whole, of_digest, filters, *_ = cells("What a message may say", 0)
    assert named(whole) | named(of_digest) == ALLOWED
    assert named(filters) == FILTERS
