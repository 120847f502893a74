"""The table of causes in the documents is as the code has it."""

import re

from service.preflight.wording import explain
from store.cycle.causes import CAUSES
from store.cycle.preflight import DEFAULT_SPAN
from tests.documents import ROOT
from translations import Locale


def cause_rows() -> list[str]:
    """The table of causes in `docs/before-a-launch.md`."""
    rows = []
    for cause in CAUSES:
        said = explain(cause, Locale.ENGLISH, span=DEFAULT_SPAN)
        rows.append(f"| `{cause}` | {said.severity_name} | {said.wrong} | {said.fixer_name} |")
    return rows


def test_the_table_of_causes_says_what_the_code_says() -> None:
    text = (ROOT / "docs" / "before-a-launch.md").read_text("utf-8")
    assert re.findall(r"^\| `[a-z_]+` \|.*$", text, re.MULTILINE) == cause_rows()
