"""Reads docker-compose.yml as Docker would, as far as this project uses it."""

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml

ROOT = Path(__file__).parents[2]

_VARIABLE = re.compile(r"\$(?:\$|\{(?P<name>\w+)(?:(?P<operator>:[-?])(?P<rest>[^}]*))?\})")


class MissingVariable(Exception):
    """A variable without which Docker refuses to start, with the file's own message."""


def interpolate(value: Any, variables: Mapping[str, str]) -> Any:
    """The value with ${NAME}, ${NAME:-default}, ${NAME:?message} and $$ replaced as Docker does."""
    if isinstance(value, dict):
        return {key: interpolate(item, variables) for key, item in value.items()}
    if isinstance(value, list):
        return [interpolate(item, variables) for item in value]
    return (
        _VARIABLE.sub(lambda found: _replaced(found, variables), value) if isinstance(value, str) else value
    )


def _replaced(found: re.Match[str], variables: Mapping[str, str]) -> str:
    name, operator, rest = found["name"], found["operator"], found["rest"]
    if name is None:
        return "$"
    if variables.get(name):
        return variables[name]
    if operator == ":?":
        raise MissingVariable(f"{name}: {rest}")
    return rest or ""


def read_raw() -> str:
    """The text of docker-compose.yml."""
    return (ROOT / "docker-compose.yml").read_text()


def read_compose(variables: Mapping[str, str]) -> dict[str, Any]:
    """docker-compose.yml with the variables filled in."""
    compose: dict[str, Any] = interpolate(yaml.safe_load(read_raw()), variables)
    return compose


def example_variables() -> dict[str, str]:
    """The variables of .env.example that are to be filled in, and what stands there for them."""
    lines = (ROOT / ".env.example").read_text().splitlines()
    return dict(line.split("=", 1) for line in lines if line and not line.startswith("#"))
