"""Reads the YAML of a rules file into plain data that remembers the place of each part.

The file may come from an agency, so it is read as text with structure and nothing more: no tags, no anchors,
no aliases, no second document, bounded size and depth. Plain scalars are null, true, false, whole numbers or
text; dates and times stay text, and so do numbers with decimals (codes of units look like them) unless they are
asked for.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NoReturn, cast

import yaml

from schemes.problems import SchemeError, SchemeProblem

MAXIMUM_BYTES = 256 * 1024
MAXIMUM_DEPTH = 16
TOO_BIG = f"the file is larger than {MAXIMUM_BYTES // 1024} KB; rules are a few pages of text"

Path = tuple[str | int, ...]
Value = None | bool | int | float | str | list["Value"] | dict[str, "Value"]

_WHOLE_NUMBER = re.compile(r"[-+]?[0-9]{1,18}")
_DECIMAL = re.compile(r"[-+]?[0-9]{1,15}\.[0-9]{1,6}")
_SURROGATE = re.compile("[\ud800-\udfff]")
_WORDS: dict[str, Value] = {"": None, "~": None, "null": None, "true": True, "false": False}


@dataclass(slots=True)
class Document:
    """The data of a file, with the line and column (counted from 1) of the key and the value at each path."""

    data: Value = None
    keys: dict[Path, tuple[int, int]] = field(default_factory=dict)
    values: dict[Path, tuple[int, int]] = field(default_factory=dict)

    def problem(self, path: Path, reason: str, *, at_key: bool = False) -> SchemeProblem:
        """A problem at ``path`` or, if the file does not have it, at the nearest part around it."""
        places = self.keys if at_key else self.values
        near = path
        while near and near not in places:
            near = near[:-1]
            places = self.keys
        line, column = places.get(near) or self.values.get(near) or (1, 1)
        return SchemeProblem(line, column, dotted(path), reason)


def dotted(path: Path) -> str:
    """``('check_ins', 0, 'day')`` as ``check_ins[0].day``."""
    text = ""
    for part in path:
        text += f"[{part}]" if isinstance(part, int) else f".{part}" if text else part
    return text


def read_document(text: str, name: str, *, decimals: bool = False) -> Document:
    """The document in ``text``, where ``decimals`` are numbers if asked for.

    Raises `SchemeError` with the line of what cannot be read.
    """
    if len(text.encode("utf-8", "surrogatepass")) > MAXIMUM_BYTES:
        raise SchemeError(name, [SchemeProblem(1, 1, "", TOO_BIG)])
    try:
        return _Reader(name, decimals=decimals).read(yaml.parse(text, Loader=yaml.SafeLoader))
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        place = (mark.line + 1, mark.column + 1) if mark else (1, 1)
        reason = f"not valid YAML: {error.problem or error.context}"
        raise SchemeError(name, [SchemeProblem(*place, "", reason)]) from error
    except yaml.reader.ReaderError as error:
        line = text.count("\n", 0, error.position) + 1
        column = error.position - (text.rfind("\n", 0, error.position) + 1) + 1
        reason = f"the character U+{error.character:04X} is not allowed in YAML"
        raise SchemeError(name, [SchemeProblem(line, column, "", reason)]) from error


class _Reader:
    """Builds data from the parser's events, one at a time."""

    def __init__(self, name: str, *, decimals: bool) -> None:
        self.name = name
        self.decimals = decimals
        self.document = Document()

    def read(self, events: Iterator[yaml.Event]) -> Document:
        documents = 0
        for event in events:
            if isinstance(event, yaml.DocumentStartEvent):
                documents += 1
                if documents > 1:
                    self.refuse(event, (), "the file holds more than one document; keep one in a file")
            elif isinstance(event, yaml.NodeEvent):
                self.document.data = self.node(event, events, ())
        if documents == 0:
            raise SchemeError(self.name, [SchemeProblem(1, 1, "", "the file is empty")])
        return self.document

    def node(self, event: yaml.NodeEvent, events: Iterator[yaml.Event], path: Path) -> Value:
        self.document.values[path] = _place(event)
        if isinstance(event, yaml.AliasEvent) or event.anchor is not None:
            self.refuse(event, path, "anchors and aliases are not allowed; write the value out")
        if isinstance(event, yaml.ScalarEvent):
            if event.tag is not None:
                self.refuse(event, path, f"the tag {event.tag} is not allowed; write a plain value")
            if _SURROGATE.search(event.value):
                self.refuse(event, path, "holds half of a character (a surrogate); write the whole character")
            return _scalar(event, decimals=self.decimals)
        if len(path) >= MAXIMUM_DEPTH:
            self.refuse(event, path[:4], f"nested deeper than {MAXIMUM_DEPTH} levels")
        if isinstance(event, yaml.CollectionStartEvent) and event.tag is not None:
            self.refuse(event, path, f"the tag {event.tag} is not allowed; write a plain value")
        if isinstance(event, yaml.SequenceStartEvent):
            return self.sequence(events, path)
        return self.mapping(events, path)

    def sequence(self, events: Iterator[yaml.Event], path: Path) -> list[Value]:
        items: list[Value] = []
        while isinstance(event := next(events), yaml.NodeEvent):
            items.append(self.node(event, events, (*path, len(items))))
        return items

    def mapping(self, events: Iterator[yaml.Event], path: Path) -> dict[str, Value]:
        fields: dict[str, Value] = {}
        while isinstance(event := next(events), yaml.NodeEvent):
            if not isinstance(event, yaml.ScalarEvent):
                self.refuse(event, path, "a field name must be plain text")
            name = event.value
            here = (*path, name)
            if name in fields:
                first = self.document.keys[here][0]
                self.refuse(event, here, f"is given twice; the first is on line {first}")
            self.document.keys[here] = _place(event)
            fields[name] = self.node(cast(yaml.NodeEvent, next(events)), events, here)
        return fields

    def refuse(self, event: yaml.Event, path: Path, reason: str) -> NoReturn:
        raise SchemeError(self.name, [SchemeProblem(*_place(event), dotted(path), reason)])


def _place(event: yaml.Event) -> tuple[int, int]:
    mark = event.start_mark
    return (mark.line + 1, mark.column + 1) if mark else (1, 1)


def _scalar(event: yaml.ScalarEvent, *, decimals: bool) -> Value:
    if event.style is not None:
        return event.value
    if event.value in _WORDS:
        return _WORDS[event.value]
    if decimals and _DECIMAL.fullmatch(event.value):
        return float(event.value)
    return int(event.value) if _WHOLE_NUMBER.fullmatch(event.value) else event.value
