"""The examples of the guide to schemes are rules that the loader takes."""

import re
from collections.abc import Mapping
from typing import Any

import pytest
import yaml
from pydantic import TypeAdapter

from content.follow_up.rules import FollowUpRules
from content.inputs.rules import InputRules
from content.public.rules import PublicFeedbackRules
from content.sight.rules import SightRule
from tests.documents import ROOT

GUIDE = (ROOT / "docs" / "schemes" / "README.md").read_text("utf-8")
EXAMPLES: list[dict[str, Any]] = [
    yaml.safe_load(block) for block in re.findall(r"^```yaml\n(.+?)^```$", GUIDE, re.MULTILINE | re.DOTALL)
]
MODELS: Mapping[str, TypeAdapter[Any]] = {
    "inputs": TypeAdapter(dict[str, InputRules]),
    "public_feedback": TypeAdapter(PublicFeedbackRules),
    "follow_up": TypeAdapter(FollowUpRules),
    "sight": TypeAdapter(tuple[SightRule, ...]),
}


def test_there_is_an_example_of_each() -> None:
    assert {key for example in EXAMPLES for key in example} == set(MODELS)


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: "+".join(example))
def test_an_example_is_taken(example: dict[str, Any]) -> None:
    for key, rules in example.items():
        MODELS[key].validate_python(rules)


def test_the_guide_names_every_part_of_what_follows() -> None:
    named = set(re.findall(r"^\| `(\w+)` \|", GUIDE, re.MULTILINE))
    assert set(FollowUpRules.model_fields) - {"article"} <= named
