"""The document on changes of the organisation says what the code has."""

import re
from pathlib import Path

from service.operations.change_file import NAMED, read_change_file
from states.changes import CHANGE, ChangeKind
from store.incident.kinds import IncidentKind
from tests.documents import ROOT

TEXT = (ROOT / "docs" / "how-a-case-flows.md").read_text("utf-8")
SECTION = TEXT.split("## When the organisation changes")[1].split("\n## ")[0]


def test_every_kind_of_order_has_a_row() -> None:
    assert re.findall(r"^\| `(\w+)` \|", SECTION, re.MULTILINE) == [kind.value for kind in ChangeKind]


def test_every_kind_of_incident_is_named() -> None:
    assert [
        kind.value for kind in IncidentKind if f"`{kind}`" not in SECTION and f"`{kind}:" not in SECTION
    ] == []


def test_the_example_of_a_file_is_an_order(tmp_path: Path) -> None:
    (example,) = re.findall(r"^```yaml\n(.*?)^```$", SECTION, re.MULTILINE | re.DOTALL)
    file = tmp_path / "perintah.yaml"
    file.write_text(example, "utf-8")
    fields = read_change_file(file).fields
    someone = "00000000-0000-4000-8000-000000000001"
    change = CHANGE.validate_python(
        {NAMED.get(name, name): someone if name in NAMED else value for name, value in fields.items()}
    )
    assert change.kind is ChangeKind.APPOINT_SUBSTITUTE
