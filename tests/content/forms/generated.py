"""Forms that an agency might think of, and JSON that somebody might send."""

from typing import Any

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st

from content.forms.context import FormContext
from content.forms.form import Form
from tests.content.forms.schemes import each, field, form, group, rows

patient = settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.too_slow])
"""For tests that draw whole forms, which takes its time on a machine that has other work."""

PLAN: Any = {
    "results": [
        {"id": "h1", "indicators": [{"id": "i1"}, {"id": "i2"}]},
        {"id": "h2", "indicators": [{"id": "i3"}]},
    ]
}
CASES = st.builds(
    FormContext,
    plan=st.sampled_from([None, PLAN]),
    superior_results=st.sampled_from([None, frozenset(), frozenset({"s1", "s2", "s3"})]),
    evidence=st.just(frozenset({"e1", "e2", "e3"})),
    noted=st.just({"observation": 9}),
    echelon=st.sampled_from(["", "21", "41"]),
    post=st.sampled_from(["", "Guru Ahli Muda", "Pengadministrasi Tata Usaha"]),
)
"""Cases in which every form can be filled in."""

SOURCES = ("plan.results", "plan.indicators", "values", "skills", "superior.results", "evidence")
LISTS = ("kinds", "aspects", "values", "expectation")
CHOICES = {
    "kinds": ["main", "additional"],
    "aspects": ["quantity", "quality", "time", "cost"],
    "values": ["akuntabel", "adaptif"],
    "expectation": ["above", "meets", "below"],
}


@st.composite
def plain_fields(draw: st.DrawFn, name: str) -> dict[str, Any]:
    required = draw(st.booleans())
    match draw(st.sampled_from(["text", "number", "target", "choice", "day", "yes_no", "item"])):
        case "text":
            shortest = draw(st.integers(0, 200))
            longest = draw(st.integers(max(1, shortest), 400))
            lines = draw(st.sampled_from(["one", "many"]))
            return field("text", name, required=required, shortest=shortest, longest=longest, lines=lines)
        case "number":
            least = draw(st.none() | st.integers(-50, 50) | st.floats(-50, 50))
            most = draw(st.none() | st.integers(51, 200) | st.floats(51.0, 200))
            decimals = draw(st.integers(0, 4))
            return field("number", name, required=required, at_least=least, at_most=most, decimals=decimals)
        case "target":
            return field(
                "target", name, required=required, allows=draw(st.sampled_from(["number", "text", "both"]))
            )
        case "choice":
            return field(
                "choice", name, required=required, of=draw(st.sampled_from(LISTS)), many=draw(st.booleans())
            )
        case "day":
            return field("day", name, required=required)
        case "yes_no":
            return field(
                "yes_no", name, required=required, must_be=draw(st.sampled_from([None, True, False]))
            )
        case _:
            of, many, least = draw(st.sampled_from(SOURCES)), draw(st.booleans()), draw(st.integers(0, 2))
            if of == "superior.results":
                least = min(least, 1)
            return field("item", name, required=required, of=of, many=many, at_least=least)


@st.composite
def field_lists(draw: st.DrawFn, inner: bool = False) -> list[dict[str, Any]]:
    """Fields of which some are asked for only if another one, wherever it stands, has a value."""
    fields = [draw(plain_fields(f"f{number}")) for number in range(draw(st.integers(1, 5)))]
    for number, one in enumerate(fields):
        deciding = [other for other in fields[:number] if other["kind"] in {"choice", "yes_no"}]
        if draw(st.booleans()) and deciding:
            one["when"] = draw(conditions(draw(st.sampled_from(deciding))))
    if not inner and draw(st.booleans()):
        least = draw(st.integers(0, 3))
        more = draw(field_lists(True))
        fields.append(field("rows", "inner", fields=more, at_least=least, at_most=least + 2))
    return draw(st.permutations(fields))


@st.composite
def conditions(draw: st.DrawFn, deciding: dict[str, Any]) -> dict[str, Any]:
    values: list[Any] = [True, False] if deciding["kind"] == "yes_no" else CHOICES[deciding["of"]]
    among = draw(st.lists(st.sampled_from(values), min_size=1, max_size=2, unique=True))
    return {"field": deciding["name"], "among": among}


@st.composite
def sections(draw: st.DrawFn, name: str) -> dict[str, Any]:
    fields = draw(field_lists())
    match draw(st.sampled_from(["group", "rows", "each"])):
        case "group":
            return group(name, *fields)
        case "rows":
            least = draw(st.integers(0, 3))
            return rows(name, *fields, at_least=least, at_most=draw(st.integers(max(1, least), 6)))
        case _:
            return each(
                name, draw(st.sampled_from(["plan.results", "plan.indicators", "values", "skills"])), *fields
            )


@st.composite
def weighted(draw: st.DrawFn) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    """A section of results whose weights add up, with indicators of certain aspects."""
    decimals = draw(st.integers(0, 2))
    fields = [
        field("number", "weight", at_least=1, at_most=draw(st.integers(20, 100)), decimals=decimals),
        field(
            "rows", "indicators", fields=[field("choice", "aspect", of="aspects"), field("target", "target")]
        ),
    ]
    section = rows("weighted", *fields, at_least=draw(st.integers(0, 4)), at_most=10)
    place = {"section": "weighted", "rows": "indicators", "field": "aspect"}
    aspects = draw(st.lists(st.sampled_from(CHOICES["aspects"]), unique=True, max_size=3))
    checks: list[dict[str, Any]] = [{"kind": "sum", "section": "weighted", "field": "weight", "equals": 100}]
    checks += [{"kind": "each_has", "value": aspect, **place} for aspect in aspects]
    checks += [{"kind": "some_has", "value": "cost", "posts": ["21"], **place}]
    checks += [{"kind": "noted", "entry": "observation", "at_least": 4}]
    return section, checks


@st.composite
def forms(draw: st.DrawFn) -> Form:
    """A form that can be filled in."""
    parts = [draw(sections(f"s{number}")) for number in range(draw(st.integers(1, 3)))]
    checks: list[dict[str, Any]] = []
    if draw(st.booleans()):
        section, checks = draw(weighted())
        parts.append(section)
    return Form.model_validate(form(*parts, checks=checks))


NAMES = st.sampled_from(
    [
        "id",
        "results",
        "behaviour",
        "indicators",
        "kind",
        "supports",
        "weight",
        "target",
        "number",
        "unit",
        "text",
    ]
)
SCALARS = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.integers(min_value=10**18)
    | st.floats()
    | st.text()
    | st.sampled_from(
        ["main", "additional", "quantity", "waiting", "akuntabel", "h1", " h1 ", "", "Cafe\u0301"]
    )
)
JSON = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(NAMES | st.text(), inner, max_size=5),
    max_leaves=25,
)
"""Anything that JSON can say, and the infinite numbers that Python reads from it; often with names of the form."""
