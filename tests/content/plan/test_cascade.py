from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from content.plan.cascade import Support, cascade, supported_by, upwards
from content.rules import ContentRules
from tests.content.forms.generated import JSON
from tests.content.forms.schemes import RULES

SUPERIOR: Any = {"results": [{"id": "s1"}, {"id": "s2"}, {"id": "s3"}]}
SARI: Any = {"results": [{"id": "h1", "supports": "s1"}, {"id": "h2", "supports": "s1"}, {"id": "h3"}]}
BUDI: Any = {"results": [{"id": "h1", "supports": "s2"}, {"id": "h2", "supports": "waiting"}]}
LATE: Any = {"results": [{"id": "h1", "supports": "waiting"}, {"id": "h2", "supports": "waiting"}]}
TEAM = {"sari": SARI, "budi": BUDI, "wati": LATE}


def test_each_result_of_the_superior_is_shown_with_those_who_support_it() -> None:
    assert cascade(SUPERIOR, TEAM, RULES).supports == {
        "s1": (Support("sari", "h1"), Support("sari", "h2")),
        "s2": (Support("budi", "h1"),),
        "s3": (),
    }


def test_a_result_that_nobody_supports_is_named() -> None:
    assert cascade(SUPERIOR, TEAM, RULES).unsupported == ("s3",)


def test_who_waits_for_the_superiors_plan_is_counted() -> None:
    assert cascade({}, TEAM, RULES).waiting == {"budi": 1, "wati": 2}


def test_what_supports_a_result_that_is_gone_is_named() -> None:
    without: Any = {"results": [{"id": "s2"}]}
    assert cascade(without, TEAM, RULES).lost == (Support("sari", "h1"), Support("sari", "h2"))


def test_a_row_may_support_several_results() -> None:
    plans: Any = {"sari": {"results": [{"id": "h1", "supports": ["s1", "s3"]}]}}
    assert cascade(SUPERIOR, plans, RULES).unsupported == ("s2",)


def test_a_plan_shows_upwards_what_it_supports() -> None:
    assert [(row["id"], [one["id"] for one in above]) for row, above in upwards(SARI, SUPERIOR, RULES)] == [
        ("h1", ["s1"]),
        ("h2", ["s1"]),
        ("h3", []),
    ]


def test_a_plan_that_waits_shows_nothing_above() -> None:
    assert [above for _row, above in upwards(BUDI, None, RULES)] == [(), ()]


def test_a_scheme_without_a_plan_form_has_no_cascade() -> None:
    assert cascade(SUPERIOR, TEAM, ContentRules()).unsupported == ("s1", "s2", "s3")


@given(superior=JSON, plans=st.lists(JSON, max_size=3))
def test_every_support_is_counted_once(superior: Any, plans: list[Any]) -> None:
    named = {str(number): {"results": plan} for number, plan in enumerate(plans)}
    seen = cascade({"results": superior}, named, RULES)
    supports = sum(map(len, seen.supports.values())) + len(seen.lost) + sum(seen.waiting.values())
    rows = [row for plan in named.values() for row, _above in upwards(plan, None, RULES)]
    assert supports == sum(len(supported_by(row, RULES)) for row in rows)
