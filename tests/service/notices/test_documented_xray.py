"""What the document says of states and reasons is what the code has."""

import re

from store.message.notice import NoticeState
from store.message.reasons import Reason
from tests.documents import ROOT

TEXT = (ROOT / "docs" / "xray.md").read_text("utf-8")


def rows_under(heading: str) -> set[str]:
    """The codes in the first column of the table that begins with a heading."""
    _, _, table = TEXT.partition(f"| {heading} |")
    lines = table.partition("\n\n")[0].splitlines()[2:]
    return {code for line in lines for code in re.findall(r"`(\w+)`", line.split("|")[1])}


def test_the_table_of_states_has_every_state() -> None:
    assert rows_under("State") == {state.value for state in NoticeState}


def test_the_table_of_reasons_has_every_reason() -> None:
    assert rows_under("Reason") == {reason.value for reason in Reason}
