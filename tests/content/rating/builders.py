"""Small schemes to rate by: the national matrix, and the score of art 41."""

from typing import Any

from content.forms.context import FormContext
from content.parts import Values
from content.rules import ContentRules
from content.scales import Scale

MATRIX_ARTICLE = "PermenPANRB 6/2022"
SCORE_ARTICLE = "PP 30/2019 art 41"

CELLS = {
    "above": {"below": "poor", "meets": "good", "above": "very_good"},
    "meets": {"below": "poor", "meets": "good", "above": "good"},
    "below": {"below": "very_poor", "meets": "needs_improvement", "above": "needs_improvement"},
}
"""The cells of the national scheme, as a scheme's file says them."""


def words(text: str) -> dict[str, str]:
    return {"id": text, "en": text}


def scale(*names: str, numbers: tuple[float, ...] | None = None) -> dict[str, Any]:
    """Steps from the best, with the codes of SIASN."""
    steps = [{"name": name, "label": words(name), "code": code} for code, name in enumerate(names, 1)]
    if numbers is not None:
        steps = [{**step, "number": number} for step, number in zip(steps, numbers, strict=True)]
    return {"label": words("scale"), "steps": steps}


SCALES = {
    "expectation": scale("above", "meets", "below"),
    "predicate": scale(
        "very_good", "good", "needs_improvement", "poor", "very_poor", numbers=(5, 4, 3, 2, 1)
    ),
    "score_predicate": scale("very_good", "good", "fair", "poor", "very_poor"),
    "quality": scale("strong", "steady", "weak", numbers=(100, 80, 50)),
}
PREDICATES = Scale.model_validate(SCALES["predicate"])


def field(name: str, kind: str, **more: Any) -> dict[str, Any]:
    return {"name": name, "label": words(name), "kind": kind, **more}


def section(name: str, kind: str, *fields: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {"name": name, "label": words(name), "kind": kind, "fields": list(fields), **more}


def place(dotted: str) -> dict[str, str]:
    section_name, field_name = dotted.split(".")
    return {"section": section_name, "field": field_name}


MATRIX: dict[str, Any] = {
    "kind": "matrix",
    "article": MATRIX_ARTICLE,
    "results": place("overall.results"),
    "behaviour": place("overall.behaviour"),
    "scale": "expectation",
    "cells": CELLS,
}

PLAN_COMPONENT: dict[str, Any] = {
    "kind": "plan",
    "name": "plan",
    "label": words("SKP"),
    "realised": place("achievement.realised"),
    "weights": "weight",
    "lower_is_better": "less_is_better",
    "article": "PP 30/2019 art 29",
}
BEHAVIOUR_COMPONENT: dict[str, Any] = {
    "kind": "average",
    "name": "behaviour",
    "label": words("Perilaku"),
    "of": place("behaviour.score"),
    "article": "PP 30/2019 art 37",
}
SURVEY_COMPONENT: dict[str, Any] = {
    "kind": "input",
    "name": "survey",
    "label": words("Survei"),
    "input": "survey",
    "article": "PP 30/2019 art 39",
}
WITH_SURVEY = {
    "article": "PP 30/2019 art 41(4)",
    "weights": {"plan": 60, "behaviour": 24, "survey": 16},
}
WITHOUT_SURVEY = {"article": "PP 30/2019 art 41(3)", "weights": {"plan": 70, "behaviour": 30}}

NUMERIC: dict[str, Any] = {
    "kind": "numeric",
    "article": SCORE_ARTICLE,
    "components": [PLAN_COMPONENT, BEHAVIOUR_COMPONENT, SURVEY_COMPONENT],
    "weightings": [WITH_SURVEY, WITHOUT_SURVEY],
    "bands": [
        {"predicate": "very_good", "at_least": 110, "needs": place("innovation.confirmed")},
        {"predicate": "good", "at_least": 90},
        {"predicate": "fair", "at_least": 70},
        {"predicate": "poor", "at_least": 50},
        {"predicate": "very_poor", "at_least": 0},
    ],
}

RATE_FORM = {
    "label": words("rating"),
    "trigger": "rate",
    "sections": [
        section("overall", "group", field("results", "choice", of="expectation")),
        section("effort", "each", field("quality", "choice", of="quality"), of="plan.results"),
    ],
}


def rules_of(method: dict[str, Any], predicates: str = "predicate", **rating: Any) -> ContentRules:
    return ContentRules.model_validate(
        {
            "scales": SCALES,
            "forms": {"rating": RATE_FORM},
            "rating": {"predicates": predicates, "method": method, **rating},
        }
    )


MATRIX_RULES = rules_of(MATRIX)
NUMERIC_RULES = rules_of(NUMERIC, "score_predicate")


def overall(results: str, behaviour: str) -> Values:
    return {"overall": {"results": results, "behaviour": behaviour}}


def indicator(name: str, target: Values, **more: Any) -> Values:
    return {"id": name, "aspect": "quantity", "indicator": "Jumlah laporan", "target": target, **more}


def number(value: float) -> Values:
    return {"number": value, "unit": "laporan"}


def plan_of(*results: tuple[float | None, list[Values]]) -> Values:
    """A plan of pairs of a weight and indicators; the results are called h1, h2 and so on."""
    rows: list[Any] = [
        {"id": f"h{place}", "result": "Laporan tersusun", "indicators": indicators}
        | ({} if weight is None else {"weight": weight})
        for place, (weight, indicators) in enumerate(results, 1)
    ]
    return {"results": rows}


ONE_HUNDRED = FormContext(plan=plan_of((100, [indicator("i1", number(100))])))
"""A plan of one indicator whose target is 100, so that what is realised is the achievement in percent."""


def scored(plan: float, behaviour: float, *, innovation: bool | None = None) -> Values:
    """A filled form that achieves so many percent of `ONE_HUNDRED`, and the behaviour at a number."""
    filled: Values = {
        "achievement": {"i1": {"realised": plan}},
        "behaviour": {"adaptif": {"score": behaviour}},
    }
    return filled if innovation is None else {**filled, "innovation": {"confirmed": innovation}}
