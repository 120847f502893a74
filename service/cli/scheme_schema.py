import json
from enum import StrEnum
from typing import Annotated

import typer


class SchemeFile(StrEnum):
    """The files of a scheme, without their ending."""

    PROCESS = "process"
    FORMS = "forms"
    RATING = "rating"
    FOLLOW_UP = "follow_up"


def schema(
    file: Annotated[
        SchemeFile | None, typer.Argument(help="Which file; left out: all, by their names.")
    ] = None,
) -> None:
    """Print the JSON Schema of a file of a scheme, by which an editor completes and checks it.

    Example: kinerja scheme schema forms
    """
    from schemes.json_schema import NAMES, json_schema
    from service.cli.speaking import out

    shown = (
        {name: json_schema(path) for name, path in NAMES.items()}
        if file is None
        else json_schema(NAMES[file.value])
    )
    out().print(json.dumps(shown, indent=2, ensure_ascii=False))
