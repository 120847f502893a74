"""The document on receipt says what the code has."""

import re

from sqlalchemy import CheckConstraint

from schemes.loading import parse_scheme
from states.receipt_evidence import LEVELS, Evidence, ProviderWord
from states.rules import Unit
from states.table import NOTED_TRIGGERS
from states.triggers import Trigger
from store.receipt.table import ReceiptEvidenceRow
from tests.documents import ROOT

TEXT = (ROOT / "docs" / "receipt.md").read_text("utf-8")
NASIONAL = (ROOT / "schemes" / "nasional" / "process.yaml").read_text("utf-8")


def test_the_example_is_one_that_a_scheme_may_hold() -> None:
    (example,) = re.findall(r"^```yaml\n(.*?)^```$", TEXT, re.MULTILINE | re.DOTALL)
    own = NASIONAL.replace("receipt:\n  starts_with: seen\n", example)
    rule = parse_scheme(own, "scheme.yaml").receipt.deemed_after
    assert rule is not None
    assert (rule.unit, rule.length) == (Unit.WORKING_DAYS, 5)


def test_every_rung_of_evidence_has_a_row_and_is_in_the_picture() -> None:
    rows = re.findall(r"^\| `(\w+)` \|", TEXT, re.MULTILINE)
    assert set(rows) == {ProviderWord.DELIVERED, ProviderWord.BOUNCED, *Evidence} == set(LEVELS)
    picture = TEXT.split("```mermaid")[1].split("```")[0]
    assert [level for level in rows if f"[{level}" not in picture] == []


def test_every_rung_may_stand_in_the_table() -> None:
    checks = (arg for arg in ReceiptEvidenceRow.__table_args__ if isinstance(arg, CheckConstraint))
    (known,) = (str(check.sqltext) for check in checks)
    assert [level for level in LEVELS if f"'{level}'" not in known] == []


def test_every_command_by_which_the_service_notes_something_is_named() -> None:
    # That the clock stands still in an absence, or waits for the plan above, has nothing to do with a receipt.
    of_receipt = NOTED_TRIGGERS - {Trigger.WAIT_FOR_RETURN, Trigger.NOTE_SUPERIOR_PLAN}
    assert [trigger.value for trigger in of_receipt if f"`{trigger}`" not in TEXT] == []
