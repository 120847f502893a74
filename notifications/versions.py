"""The numbers of the templates: which words stood in a message that was sent."""

from functools import cache
from pathlib import Path

import yaml

VERSIONS = Path(__file__).parent / "templates" / "versions.yaml"


@cache
def packaged_versions() -> dict[str, int]:
    """The present number of every template."""
    listed: dict[str, dict[int, str]] = yaml.safe_load(VERSIONS.read_text("utf-8"))
    return {template: max(numbers) for template, numbers in listed.items()}
