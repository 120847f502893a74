"""Starts a scheme of an agency from one that is there."""

import re
from collections.abc import Mapping

from schemes.files import PROCESS

SCHEMA_FOLDER = ".schemas"
"""Where the schemas stand beside the files, for the editor."""

_SCHEME = re.compile(r"^scheme: .*$", re.MULTILINE)
_VERSION = re.compile(r"^version: .*$", re.MULTILINE)


def schema_file(file: str) -> str:
    """Where the schema of a file stands in the folder of a scheme: ``.schemas/forms.json``."""
    return f"{SCHEMA_FOLDER}/{file.removesuffix('.yaml')}.json"


def started_from(texts: Mapping[str, str], name: str) -> dict[str, str]:
    """The ``texts`` of a scheme's files as those of a new one called ``name``, version 1.

    The first line of each file tells an editor its schema. What stands in them stays, comments too.
    """
    started = {
        file: f"# yaml-language-server: $schema={schema_file(file)}\n{_own(text)}"
        for file, text in texts.items()
    }
    process = _SCHEME.sub(f"scheme: {name}", started[PROCESS], count=1)
    return {**started, PROCESS: _VERSION.sub("version: 1", process, count=1)}


def _own(text: str) -> str:
    """The text without the line by which its source was completed in an editor."""
    first, _, rest = text.partition("\n")
    return rest if first.startswith("# yaml-language-server:") else text
