"""The published schemas describe every file that is shipped and refuse what types refuse."""

import json
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from schemes.document import read_document
from schemes.files import PROCESS
from schemes.json_schema import FILES, NAMES, json_schema
from tests.documents import ROOT
from tests.schemes.broken import TYPES
from tests.schemes.broken_file import Broken

SCHEMES = ROOT / "schemes"
SHIPPED = sorted(SCHEMES.glob("*/*.yaml"))
VALIDATORS = {file: Draft202012Validator(json_schema(file)) for file in FILES}


def data_of(text: str, file: str) -> Any:
    return read_document(text, file, decimals=file != PROCESS).data


def definition(file: str, name: str) -> dict[str, Any]:
    found = json_schema(file)["$defs"][name]
    assert isinstance(found, dict)
    return found


@pytest.mark.parametrize("file", FILES)
def test_a_published_schema_is_a_valid_one_and_survives_json(file: str) -> None:
    schema = json_schema(file)
    Draft202012Validator.check_schema(schema)
    assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert json.loads(json.dumps(schema)) == schema


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_a_shipped_file_fits_its_published_schema(path: Path) -> None:
    errors = VALIDATORS[path.name].iter_errors(data_of(path.read_text("utf-8"), path.name))
    assert [f"{error.json_path}: {error.message}" for error in errors] == []


@pytest.mark.parametrize("broken", TYPES, ids=lambda broken: f"{broken.file}:{broken.place}:{broken.new}")
def test_what_the_type_of_a_field_refuses_its_published_schema_refuses_too(broken: Broken) -> None:
    text = (SCHEMES / broken.scheme / broken.file).read_text("utf-8")
    place = text.index(broken.old, text.index(broken.after))
    text = text[:place] + broken.new + text[place + len(broken.old) :]
    assert not VALIDATORS[broken.file].is_valid(data_of(text, broken.file))


def test_the_files_are_called_without_their_ending() -> None:
    assert dict(NAMES) == {
        "process": "process.yaml",
        "forms": "forms.yaml",
        "rating": "rating.yaml",
        "follow_up": "follow_up.yaml",
    }


def test_another_file_has_no_schema() -> None:
    with pytest.raises(KeyError):
        json_schema("survey.yaml")


@pytest.mark.parametrize("named", ("monthly", "quarterly"))
def test_check_ins_may_be_named_by_their_period(named: str) -> None:
    check_ins = json_schema(PROCESS)["properties"]["check_ins"]
    assert Draft202012Validator(check_ins).is_valid(named)
    assert not Draft202012Validator({**check_ins, "$defs": {}}).is_valid("weekly")


@pytest.mark.parametrize(("text", "fits"), (("08:00", True), ("24:00", False), ("8", False)))
def test_a_time_of_day_has_no_zone(text: str, fits: bool) -> None:
    assert Draft202012Validator(definition(PROCESS, "Ladder")["properties"]["at"]).is_valid(text) is fits


def test_an_editor_shows_what_is_written_below_a_field() -> None:
    shown = definition("forms.yaml", "TextField")["properties"]["shortest"]["description"]
    assert shown == "Fewest characters, blanks around it not counted."
    assert (
        "values that behaviour is measured by"
        in json_schema("forms.yaml")["properties"]["values"]["description"]
    )


def test_a_field_that_several_kinds_share_is_described_in_each() -> None:
    for name in ("TextField", "RowsField"):
        assert definition("forms.yaml", name)["properties"]["when"]["description"].startswith(
            "Absent: always"
        )


def test_every_kind_of_field_is_offered_by_its_name() -> None:
    kinds = {
        definition("forms.yaml", name)["properties"]["kind"]["const"]
        for name in (
            "TextField",
            "NumberField",
            "TargetField",
            "ChoiceField",
            "DayField",
            "YesNoField",
            "ItemField",
        )
    }
    assert kinds == {"text", "number", "target", "choice", "day", "yes_no", "item"}
