"""Finds the place in a file that an error of a model is about, and the type that is wanted there.

Pydantic names the chosen alternative of a union inside the location of an error; a file has no such part.
"""

from collections.abc import Iterator, Mapping
from types import UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from pydantic import BaseModel

from schemes.document import Path

DISCRIMINATOR = "kind"
"""The field by which a group of fields says which alternative it is."""


def place_of(location: tuple[str | int, ...], root: type[BaseModel]) -> tuple[Path, Any]:
    """The path in the file of an error's ``location`` in ``root``, and the annotation of what is around its end."""
    path: Path = ()
    annotation: Any = root
    around: Any = None
    for part in location:
        if part == "[key]":
            continue
        annotation, is_alternative = _alternative(annotation, part)
        if is_alternative:
            continue
        around, annotation = annotation, _inside(annotation, part)
        path = (*path, part)
    return path, around


def model_of_annotation(annotation: Any) -> type[BaseModel] | None:
    """The model that an annotation means, if it means one."""
    plain = _plain(annotation)
    return plain if isinstance(plain, type) and issubclass(plain, BaseModel) else None


def alternatives(annotation: Any) -> Iterator[Any]:
    """The types of a union without None, each without ``Annotated``; the type itself where it is no union."""
    while get_origin(annotation) is Annotated:
        annotation = get_args(annotation)[0]
    if get_origin(annotation) in (Union, UnionType):
        for choice in get_args(annotation):
            if choice is not type(None):
                yield from alternatives(choice)
    else:
        yield annotation


def _alternative(annotation: Any, part: str | int) -> tuple[Any, bool]:
    """The annotation that ``part`` goes on from, and whether the part only names an alternative of it."""
    choices = list(alternatives(annotation))
    if len(choices) < 2:
        return (choices[0] if choices else None), False
    for choice in choices:
        if part in _names(choice):
            return choice, True
    return annotation, False


def _names(choice: Any) -> tuple[Any, ...]:
    """How an error's location calls an alternative: by its kind, or by the name of a simple type."""
    if isinstance(choice, type) and issubclass(choice, BaseModel):
        field = choice.model_fields.get(DISCRIMINATOR)
        return get_args(field.annotation) if field and get_origin(field.annotation) is Literal else ()
    return (getattr(choice, "__name__", ""),)


def _inside(annotation: Any, part: str | int) -> Any:
    """The annotation of a part of what ``annotation`` describes."""
    plain = _plain(annotation)
    if isinstance(plain, type) and issubclass(plain, BaseModel):
        field = plain.model_fields.get(str(part))
        return field.annotation if field else None
    inside = get_args(plain)
    if not inside:
        return None
    origin = get_origin(plain)
    return inside[1] if isinstance(origin, type) and issubclass(origin, Mapping) else inside[0]


def _plain(annotation: Any) -> Any:
    """The annotation without ``Annotated`` and without its alternative None."""
    choices = list(alternatives(annotation))
    return choices[0] if len(choices) == 1 else annotation
