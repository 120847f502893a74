"""How a scheme comes from ratings to a predicate, in words."""

from collections.abc import Mapping
from itertools import product

from content.rating.rules import Band, FieldPlace, MatrixMethod, NumericMethod, RatingRules
from content.rules import ContentRules
from content.scales import Scale
from service.filled.values import number
from service.forms.definition import shown_choices
from service.schemes.schemas import SchemePredicate, SchemeRating, SchemeWeights
from service.wording import in_words
from states.triggers import Trigger
from translations import Locale, translate
from translations import mark as _

_CELL = _("Results {results}, behaviour {behaviour}: {predicate}")
_BAND = _("From {least}: {predicate}")
_BAND_IF = _("From {least}, only if “{condition}” is answered with yes: {predicate}")


def shown_rating(rating: RatingRules, rules: ContentRules, locale: Locale) -> SchemeRating:
    """The method with its predicates, and what is rated apart."""
    method = rating.method
    predicates = _labels(rules.scales[rating.predicates], locale)
    if isinstance(method, MatrixMethod):
        follows, weights = _cells(method, rules, predicates, locale), []
    else:
        follows = [_band(band, rules, predicates, locale) for band in method.bands]
        weights = _weights(method, locale)
    return SchemeRating(
        method="matrix" if isinstance(method, MatrixMethod) else "bands",
        article=translate(method.article, locale),
        predicates=shown_choices(rating.predicates, rules, locale),
        follows=follows,
        weights=weights,
        apart=[in_words(each.label, locale) for each in rating.apart],
    )


def _cells(
    method: MatrixMethod, rules: ContentRules, predicates: Mapping[str, str], locale: Locale
) -> list[SchemePredicate]:
    steps = _labels(rules.scales[method.scale], locale)
    return [
        _follows(
            _CELL, method.cells[row][column], predicates, locale, results=steps[row], behaviour=steps[column]
        )
        for row, column in product(steps, steps)
    ]


def _band(band: Band, rules: ContentRules, predicates: Mapping[str, str], locale: Locale) -> SchemePredicate:
    least = number(band.at_least, locale)
    if band.needs is None:
        return _follows(_BAND, band.predicate, predicates, locale, least=least)
    condition = _field_name(band.needs, rules, locale)
    return _follows(_BAND_IF, band.predicate, predicates, locale, least=least, condition=condition)


def _follows(
    sentence: str, predicate: str, predicates: Mapping[str, str], locale: Locale, **parameters: str
) -> SchemePredicate:
    name = predicates[predicate]
    said = translate(sentence, locale, predicate=name, **parameters)
    return SchemePredicate(predicate=predicate, predicate_name=name, in_words=said)


def _weights(method: NumericMethod, locale: Locale) -> list[SchemeWeights]:
    labels = {component.name: in_words(component.label, locale) for component in method.components}
    return [
        SchemeWeights(
            weights=dict(weighting.weights),
            article=translate(weighting.article, locale),
            in_words=", ".join(
                f"{labels[name]} {number(weight, locale)} %" for name, weight in weighting.weights.items()
            ),
        )
        for weighting in method.weightings
    ]


def _labels(scale: Scale, locale: Locale) -> dict[str, str]:
    return {step.name: in_words(step.label, locale) for step in scale.steps}


def _field_name(place: FieldPlace, rules: ContentRules, locale: Locale) -> str:
    """What the rating form calls a field."""
    found = rules.form_for(Trigger.RATE)
    sections = () if found is None else found[1].sections
    fields = (field for section in sections if section.name == place.section for field in section.fields)
    return next((in_words(field.label, locale) for field in fields if field.name == place.field), place.field)
