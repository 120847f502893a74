"""A change in a file that names people by NIP, units by code and cycles by name."""

import datetime as dt
import json
import uuid
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails
from sqlalchemy.ext.asyncio import AsyncConnection

from schemes.document import Document, Value, read_document
from schemes.document import Path as Place
from schemes.problems import SchemeError, SchemeProblem
from schemes.reading import read_text
from schemes.reasons import is_about_the_name, reason_of
from service.wording import readable
from states.changes import (
    CHANGE,
    Absence,
    AdoptCalendar,
    AdoptRules,
    AppointSubstitute,
    Change,
    ChangeKind,
    EndSubstitution,
    Extension,
    MergeUnits,
    Move,
    ReplaceOfficial,
    Return,
)
from states.errors import DomainError
from store.cycle.choosing import units_by_code
from store.operation.moments import agency_time
from store.operation.naming import cycles_by_name, people_by_nip, substitutions_by_official
from translations import Locale, translate

PEOPLE = ("person", "official", "successor", "substitute", "rater", "people")
UNITS = ("unit", "units", "into")
NAMED: Mapping[str, str] = {
    **{f"{name}_nip": name for name in PEOPLE},
    **{f"{name}_code": name for name in UNITS},
    "cycle_name": "cycle",
    "cycle_names": "cycles",
    "substitution_of_nip": "substitution",
}
"""Maps fields of a file to the field of the change that takes the id."""

_MODELS: Mapping[str, type[BaseModel]] = {
    ChangeKind.EXTEND: Extension,
    ChangeKind.REPLACE_OFFICIAL: ReplaceOfficial,
    ChangeKind.APPOINT_SUBSTITUTE: AppointSubstitute,
    ChangeKind.END_SUBSTITUTION: EndSubstitution,
    ChangeKind.ABSENCE: Absence,
    ChangeKind.RETURN: Return,
    ChangeKind.MOVE: Move,
    ChangeKind.MERGE_UNITS: MergeUnits,
    ChangeKind.ADOPT_CALENDAR: AdoptCalendar,
    ChangeKind.ADOPT_RULES: AdoptRules,
}

_Known = Mapping[str, uuid.UUID]


@dataclass(frozen=True, slots=True)
class ChangeFile:
    """The fields of a file and their places in it."""

    name: str
    document: Document
    fields: Mapping[str, Value]
    renamed: dict[str, str] = field(default_factory=dict)
    """For each field of the change that has another name in the file: the name in the file."""

    def refused(self, error: DomainError, locale: Locale) -> SchemeError:
        """The refusal of the core, at the line of the field that it names."""
        reason = translate(error.message, locale, **readable(error.parameters, locale))
        place = () if error.field is None else (error.field,)
        return SchemeError(self.name, [self.problem(place, reason)])

    def problem(self, place: Place, reason: str, *, at_key: bool = False) -> SchemeProblem:
        """A problem at a field of the change, under the field's name in the file."""
        if place and place[0] in self.renamed:
            place = (self.renamed[str(place[0])], *place[1:])
        return self.document.problem(place, reason, at_key=at_key)


def read_change_file(path: Path) -> ChangeFile:
    """The content of the file, YAML or JSON. Raises `SchemeError`, and OSError when the file cannot be read."""
    document = read_document(read_text(path), path.name)
    if not isinstance(document.data, dict):
        problem = document.problem((), "must be a group of fields, such as kind, reason and authority")
        raise SchemeError(path.name, [problem])
    return ChangeFile(path.name, document, document.data)


async def change_in(
    connection: AsyncConnection, agency: uuid.UUID, file: ChangeFile, now: dt.datetime
) -> Change:
    """The change of a file, with names replaced by the agency's ids at the real moment ``now``.

    Raises `SchemeError` with the line of every wrong field.
    """
    fields = {name: value for name, value in file.fields.items() if name not in NAMED}
    problems: list[SchemeProblem] = []
    for name in file.fields:
        if name not in NAMED:
            continue
        if NAMED[name] in fields:
            problems.append(file.document.problem((name,), f"is given as {NAMED[name]} too; keep one"))
            continue
        file.renamed[NAMED[name]] = name
        fields[NAMED[name]] = await _resolved(connection, agency, file, name, now, problems)
    if problems:
        raise SchemeError(file.name, problems)
    return _validated(file, fields)


async def _resolved(
    connection: AsyncConnection,
    agency: uuid.UUID,
    file: ChangeFile,
    name: str,
    now: dt.datetime,
    problems: list[SchemeProblem],
) -> Value:
    """The ids for the names in a field. Unknown names are added to ``problems``."""
    given = file.fields[name]
    many = given if isinstance(given, list) else [given]
    places: list[Place] = [
        (name, number) if isinstance(given, list) else (name,) for number in range(len(many))
    ]
    texts = [str(value).strip() if isinstance(value, str | int) else "" for value in many]
    if name.endswith("_nip"):
        texts = ["".join(each.split()) for each in texts]
    known, missing = await _known(connection, agency, name, texts, now)
    problems += [
        file.document.problem(place, missing)
        for place, each in zip(places, texts, strict=True)
        if each not in known
    ]
    ids: list[Value] = [str(known[each]) for each in texts if each in known]
    return ids if isinstance(given, list) else next(iter(ids), None)


async def _known(
    connection: AsyncConnection, agency: uuid.UUID, name: str, texts: list[str], now: dt.datetime
) -> tuple[_Known, str]:
    if name == "substitution_of_nip":
        moment = (await agency_time(connection, agency, now)).moment(now)
        found = await substitutions_by_official(connection, agency, texts, moment)
        return found, "nobody stands in for an official with this NIP at present"
    find: Callable[[AsyncConnection, uuid.UUID, list[str]], Awaitable[_Known]]
    if name.endswith("_nip"):
        find, missing = people_by_nip, "the agency has nobody with this NIP"
    elif name.endswith("_code"):
        find, missing = units_by_code, "the agency has no unit with this code"
    else:
        find, missing = cycles_by_name, "the agency has no cycle of this name"
    return await find(connection, agency, texts), missing


def _validated(file: ChangeFile, fields: Mapping[str, Value]) -> Change:
    try:
        # Through JSON, because strict mode accepts text for dates and ids only in JSON.
        return CHANGE.validate_json(json.dumps(fields), strict=True)
    except ValidationError as error:
        raise SchemeError(
            file.name, [_finding(file, detail) for detail in error.errors(include_url=False)]
        ) from error


def _finding(file: ChangeFile, detail: ErrorDetails) -> SchemeProblem:
    if detail["type"].startswith("union_tag"):
        return file.document.problem(("kind",), f"must be one of {', '.join(_MODELS)}")
    kind, *place = detail["loc"]
    inner: ErrorDetails = {**detail, "loc": tuple(place)}
    reason = reason_of(inner, _MODELS[str(kind)])
    return file.problem(tuple(place), reason, at_key=is_about_the_name(inner))
