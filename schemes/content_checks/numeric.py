"""What must hold in a method that computes a score."""

from collections.abc import Iterator

from content.forms.fields import YesNoField
from content.forms.form import Form
from content.rating.rules import Band, InputComponent, NumericMethod
from content.rules import ContentRules
from schemes.checks import Finding
from schemes.content_checks.components import component_findings
from schemes.content_checks.naming import not_one_of, twice
from schemes.content_checks.rate_forms import fields_at, place_findings
from schemes.document import Path

_HERE: Path = ("rating", "method")
_ROUNDING = 1e-9


def numeric_findings(
    method: NumericMethod, predicates: str, forms: dict[str, Form], content: ContentRules
) -> Iterator[Finding]:
    """Components exist in the forms, weights sum to 100, bands descend to 0."""
    names = [component.name for component in method.components]
    yield from twice(
        (((*_HERE, "components", at, "name"), name) for at, name in enumerate(names)), "component"
    )
    for at, component in enumerate(method.components):
        yield from component_findings((*_HERE, "components", at), component, forms, content)
    yield from _weightings(method, names)
    yield from _bands(method.bands, content.scales[predicates].names, forms)


def _weightings(method: NumericMethod, names: list[str]) -> Iterator[Finding]:
    inputs = {each.name for each in method.components if isinstance(each, InputComponent)}
    before: list[set[str]] = []
    for at, weighting in enumerate(method.weightings):
        here: Path = (*_HERE, "weightings", at, "weights")
        for name in weighting.weights:
            if name not in names:
                yield (*here, name), not_one_of(name, names, "components")
        total = sum(weighting.weights.values())
        if abs(total - 100) > _ROUNDING:
            yield here, f"sum to {total:g}; weights sum to 100"
        if any(earlier <= set(weighting.weights) for earlier in before):
            yield here, "never apply: an earlier weighting needs no component that is not here; put it later"
        before.append(set(weighting.weights))
    if all(inputs & weighted for weighted in before):
        yield (*_HERE, "weightings"), "each need an input, which may be absent; give one that needs none"
    for at, name in enumerate(names):
        if not any(name in weighted for weighted in before):
            yield (*_HERE, "components", at, "name"), f"{name!r} has a weight nowhere"


def _bands(bands: tuple[Band, ...], predicates: tuple[str, ...], forms: dict[str, Form]) -> Iterator[Finding]:
    here: Path = (*_HERE, "bands")
    yield from twice(
        (((*here, at, "predicate"), band.predicate) for at, band in enumerate(bands)), "band's predicate"
    )
    for at, band in enumerate(bands):
        if band.predicate not in predicates:
            yield (*here, at, "predicate"), not_one_of(band.predicate, predicates, "predicates")
        if at and band.at_least >= bands[at - 1].at_least:
            yield (*here, at, "at_least"), f"{band.at_least:g} is not below the band before it"
        if band.needs is not None:
            yield from place_findings((*here, at, "needs"), band.needs, forms)
            for _, field in fields_at(band.needs, forms):
                if not isinstance(field, YesNoField):
                    yield (*here, at, "needs", "field"), f"{field.name!r} is not a yes_no field"
    last = len(bands) - 1
    if bands[last].at_least != 0:
        yield (*here, last, "at_least"), "is not 0: every score has a band"
    if bands[last].needs is not None:
        yield (*here, last, "needs"), "has no lower band to fall to; remove it"
