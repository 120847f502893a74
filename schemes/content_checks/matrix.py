"""What must hold in a matrix of two ratings."""

from collections.abc import Iterator

from content.forms.fields import ChoiceField
from content.forms.form import Form, GroupSection
from content.rating.rules import FieldPlace, MatrixMethod
from content.rules import ContentRules
from schemes.checks import Finding
from schemes.content_checks.naming import not_one_of
from schemes.content_checks.rate_forms import fields_at, place_findings
from schemes.document import Path

_HERE: Path = ("rating", "method")


def matrix_findings(
    method: MatrixMethod, predicates: str, forms: dict[str, Form], content: ContentRules
) -> Iterator[Finding]:
    """Every cell is given and is a predicate; both ratings are asked for in every rating form."""
    if method.scale not in content.scales:
        yield (*_HERE, "scale"), not_one_of(method.scale, content.scales, "scales")
        return
    yield from _place((*_HERE, "results"), method.results, method.scale, forms)
    yield from _place((*_HERE, "behaviour"), method.behaviour, method.scale, forms)
    steps = content.scales[method.scale].names
    yield from _rows((*_HERE, "cells"), list(method.cells), steps)
    for row, cells in method.cells.items():
        yield from _rows((*_HERE, "cells", row), list(cells), steps)
        for column, predicate in cells.items():
            if predicate not in content.scales[predicates].names:
                known = content.scales[predicates].names
                yield (*_HERE, "cells", row, column), not_one_of(predicate, known, "predicates")


def _rows(here: Path, given: list[str], steps: tuple[str, ...]) -> Iterator[Finding]:
    for step in steps:
        if step not in given:
            yield here, f"lacks {step}: every cell of the matrix is given"
    for name in given:
        if name not in steps:
            yield (*here, name), not_one_of(name, steps, "steps of the scale")


def _place(here: Path, place: FieldPlace, scale: str, forms: dict[str, Form]) -> Iterator[Finding]:
    missing = list(place_findings(here, place, forms))
    yield from missing
    if missing:
        return
    for name, form in forms.items():
        found = list(fields_at(place, {name: form}))
        if not found:
            yield here, f"is not in the form {name!r}, so that no predicate follows from it"
        for section, field in found:
            if not isinstance(section, GroupSection):
                yield (*here, "section"), f"{section.name!r} has many parts; the matrix needs one rating"
            elif not isinstance(field, ChoiceField) or field.many or field.of != scale:
                yield (*here, "field"), f"{field.name!r} is no choice of one step of the scale {scale}"
            elif not field.required or field.when is not None:
                yield (
                    (*here, "field"),
                    f"{field.name!r} may be left out in {name!r}; the matrix needs it always",
                )
