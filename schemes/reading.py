"""The steps that all kinds of rules files share: bytes to text, data to a model."""

import json
from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel, ValidationError

from schemes.document import MAXIMUM_BYTES, TOO_BIG, Document
from schemes.problems import SchemeError, SchemeProblem
from schemes.reasons import is_about_the_name, path_of, reason_of

Model = TypeVar("Model", bound=BaseModel)


def read_text(path: Path) -> str:
    """The text of a UTF-8 file. Raises `SchemeError` if it is too large or not UTF-8, OSError if it cannot be read."""
    with path.open("rb") as file:
        content = file.read(MAXIMUM_BYTES + 1)
    if len(content) > MAXIMUM_BYTES:
        raise SchemeError(path.name, [SchemeProblem(1, 1, "", TOO_BIG)])
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        reason = f"the byte {content[error.start]:#04x} is not UTF-8; save the file as UTF-8"
        raise SchemeError(path.name, [SchemeProblem(line, 1, "", reason)]) from error


def model_of(document: Document, name: str, model: type[Model]) -> Model:
    """The document as ``model``. Raises `SchemeError` with every field that does not fit."""
    try:
        # Through JSON, because strict mode accepts text for times and enumerations only there.
        return model.model_validate_json(json.dumps(document.data), strict=True)
    except ValidationError as error:
        problems = [
            document.problem(
                path_of(detail, model), reason_of(detail, model), at_key=is_about_the_name(detail)
            )
            for detail in error.errors(include_url=False)
        ]
        raise SchemeError(name, problems) from error
