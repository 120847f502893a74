"""Content rules as an agency might write them, for tests of forms and plans."""

from typing import Any

from content.forms.form import Form
from content.rules import ContentRules
from states.triggers import Trigger


def words(text: str) -> dict[str, str]:
    return {"id": text, "en": text}


def field(kind: str, name: str, **more: Any) -> dict[str, Any]:
    return {"kind": kind, "name": name, "label": words(name), **more}


def group(name: str, *fields: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {"kind": "group", "name": name, "label": words(name), "fields": list(fields), **more}


def rows(name: str, *fields: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {"kind": "rows", "name": name, "label": words(name), "fields": list(fields), **more}


def each(name: str, of: str, *fields: dict[str, Any]) -> dict[str, Any]:
    return {"kind": "each", "name": name, "of": of, "label": words(name), "fields": list(fields)}


def form(*sections: dict[str, Any], trigger: str = "submit_plan", checks: list[Any] | None = None) -> Any:
    return {"label": words("form"), "trigger": trigger, "sections": list(sections), "checks": checks or []}


def listing(*names: str) -> dict[str, Any]:
    return {"label": words("list"), "choices": [{"name": name, "label": words(name)} for name in names]}


def scale(*names: str) -> dict[str, Any]:
    return {"label": words("scale"), "steps": [{"name": name, "label": words(name)} for name in names]}


PLAN = form(
    rows(
        "results",
        field("choice", "kind", of="kinds"),
        field("item", "supports", of="superior.results", when={"field": "kind", "among": ["main"]}),
        field("text", "result", longest=300),
        field("text", "decision", when={"field": "kind", "among": ["additional"]}),
        field("number", "weight", at_least=1, at_most=100),
        field(
            "rows",
            "indicators",
            fields=[
                field("choice", "aspect", of="aspects"),
                field("text", "indicator", lines="one"),
                field("target", "target"),
            ],
            at_least=1,
        ),
        at_least=1,
    ),
    each("behaviour", "values", field("text", "expectation", required=False)),
    checks=[
        {"kind": "sum", "section": "results", "field": "weight", "equals": 100},
        {
            "kind": "each_has",
            "section": "results",
            "rows": "indicators",
            "field": "aspect",
            "value": "quantity",
        },
        {
            "kind": "some_has",
            "section": "results",
            "rows": "indicators",
            "field": "aspect",
            "value": "cost",
            "posts": ["21", "22"],
        },
    ],
)

RATING = form(
    each("results", "plan.results", field("choice", "rating", of="expectation"), field("text", "reason")),
    each("indicators", "plan.indicators", field("number", "realised", decimals=2, at_least=0)),
    each(
        "behaviour",
        "values",
        field("choice", "rating", of="expectation"),
        field("text", "reason", shortest=40, when={"field": "rating", "among": ["above", "below"]}),
        field(
            "item",
            "evidence",
            of="evidence",
            many=True,
            when={"field": "rating", "among": ["above", "below"]},
        ),
    ),
    group("overall", field("choice", "results", of="expectation"), field("yes_no", "free", must_be=True)),
    trigger="rate",
    checks=[{"kind": "noted", "entry": "observation", "at_least": 4}],
)

RULES = ContentRules.model_validate(
    {
        "scales": {"expectation": scale("above", "meets", "below")},
        "lists": {
            "kinds": listing("main", "additional"),
            "aspects": listing("quantity", "quality", "time", "cost"),
            "values": listing("akuntabel", "adaptif"),
            "skills": {
                "label": words("skills"),
                "choices": [
                    {"name": "speaking", "label": words("speaking"), "group": words("attitude")},
                    {"name": "teaching", "label": words("teaching"), "families": ["teachers"]},
                    {"name": "filing", "label": words("Letters"), "families": ["clerks", "archivists"]},
                ],
            },
        },
        "values": "values",
        "skills": "skills",
        "forms": {"plan": PLAN, "rating": RATING},
        "library": {
            "teachers": {
                "label": words("teachers"),
                "posts": ["guru"],
                "indicators": [
                    {
                        "name": "pupils",
                        "aspect": "quantity",
                        "indicator": {"id": "Capaian murid", "en": "Pupils' achievement"},
                        "unit": {"id": "persen", "en": "percent"},
                    }
                ],
            },
            "clerks": {
                "label": words("clerks"),
                "posts": ["tata usaha", "kepala tata usaha sekolah"],
                "indicators": [
                    {"name": "on_time", "aspect": "time", "indicator": {"id": "Tepat waktu", "en": "On time"}}
                ],
            },
        },
    }
)


def form_for(trigger: Trigger) -> Form:
    found = RULES.form_for(trigger)
    assert found is not None
    return found[1]


PLAN_FORM = form_for(Trigger.SUBMIT_PLAN)
RATING_FORM = form_for(Trigger.RATE)
