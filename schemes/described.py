"""Reads what is written below the fields of a model, so that an editor can show it."""

import ast
import inspect
import textwrap
from collections.abc import Iterator, Mapping

from pydantic import BaseModel

from schemes.places import alternatives


def descriptions_of(root: type[BaseModel]) -> dict[str, Mapping[str, str]]:
    """The descriptions of fields by model and field, for ``root`` and every model in it."""
    return {model.__name__: _fields_of(model) for model in _models(root, set())}


def _models(model: type[BaseModel], seen: set[type[BaseModel]]) -> Iterator[type[BaseModel]]:
    if model in seen:
        return
    seen.add(model)
    yield model
    for field in model.model_fields.values():
        for inner in _inside(field.annotation):
            yield from _models(inner, seen)


def _inside(annotation: object) -> Iterator[type[BaseModel]]:
    for choice in alternatives(annotation):
        if isinstance(choice, type) and issubclass(choice, BaseModel):
            yield choice
        else:
            for argument in getattr(choice, "__args__", ()):
                yield from _inside(argument)


def _fields_of(model: type[BaseModel]) -> dict[str, str]:
    """The texts below the fields of a model and of the models that it goes on from."""
    found: dict[str, str] = {}
    for base in reversed(model.__mro__):
        if issubclass(base, BaseModel) and base is not BaseModel and _is_written(base):
            found |= dict(_texts(ast.parse(textwrap.dedent(inspect.getsource(base)))))
    return found


def _is_written(model: type[BaseModel]) -> bool:
    """Models of files are put together and stand in no source."""
    return hasattr(inspect.getmodule(model), model.__name__)


def _texts(tree: ast.Module) -> Iterator[tuple[str, str]]:
    (definition,) = (node for node in tree.body if isinstance(node, ast.ClassDef))
    for field, below in zip(definition.body, definition.body[1:], strict=False):
        match field, below:
            case (
                ast.AnnAssign(target=ast.Name(id=name)),
                ast.Expr(value=ast.Constant(value=str(text))),
            ):
                yield name, " ".join(text.split())
