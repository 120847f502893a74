"""Compact JSON of events, snapshots and commands, for the record and for the engine.

Fields at their default are left out, so a released default never changes.
"""

import json
from typing import Any

from pydantic import TypeAdapter

from states.appraisal import Appraisal
from states.commands import Command
from states.events import Acted, Event, Lapsed, Launched, RungReached

Json = dict[str, Any]

_KINDS: dict[str, TypeAdapter[Event]] = {
    "launched": TypeAdapter(Launched),
    "acted": TypeAdapter(Acted),
    "rung_reached": TypeAdapter(RungReached),
    "lapsed": TypeAdapter(Lapsed),
}
_KIND_OF: dict[type[Event], str] = {
    Launched: "launched",
    Acted: "acted",
    RungReached: "rung_reached",
    Lapsed: "lapsed",
}
_APPRAISAL: TypeAdapter[Appraisal] = TypeAdapter(Appraisal)
_COMMAND: TypeAdapter[Command] = TypeAdapter(Command)


def kind_of(event: Event) -> str:
    """The name under which the event's kind is stored."""
    return _KIND_OF[type(event)]


def dump_event(event: Event) -> Json:
    """The event's fields as plain JSON values, without its kind."""
    body: Json = _KINDS[kind_of(event)].dump_python(event, mode="json", exclude_defaults=True)
    return body


def load_event(kind: str, body: Json) -> Event:
    """Reads an event. Raises `KeyError` for an unknown kind and `pydantic.ValidationError` for a bad body."""
    return _KINDS[kind].validate_python(body, strict=False)


def dump_appraisal(appraisal: Appraisal) -> Json:
    """The snapshot as plain JSON values."""
    body: Json = _APPRAISAL.dump_python(appraisal, mode="json", exclude_defaults=True)
    return body


def load_appraisal(body: Json) -> Appraisal:
    """Reads a snapshot. Raises `pydantic.ValidationError` for a bad body."""
    return _APPRAISAL.validate_python(body)


def load_command(body: Json) -> Command:
    """A command from plain JSON values. Raises `pydantic.ValidationError` for a bad body."""
    return _COMMAND.validate_python(body)


def canonical(value: Json) -> bytes:
    """The one byte form of a JSON value: sorted keys, no blanks, UTF-8. Hashes are taken over it."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()
