"""Years running, and what breaks them (PP 30/2019 art 53)."""

from collections.abc import Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from content.follow_up.facts import Counted, Facts, Settled, Source, YearResult
from content.follow_up.nominations import nominations
from content.follow_up.outcome import Code, FollowUp
from content.follow_up.rules import Nomination
from content.parts import Words
from tests.schemes.filled import content_of

SAID = Words(id="Talenta", en="Talent")
PREDICATES = ("very_good", "good", "needs_improvement", "poor", "very_poor")


def rule(years: int = 2, *predicates: str) -> Nomination:
    return Nomination.model_validate(
        {
            "name": "talent_pool",
            "label": SAID,
            "gives": SAID,
            "predicates": predicates or ("very_good",),
            "years": years,
            "article": "PP 30/2019 art 53(1)",
        }
    )


def final(predicate: str | None) -> YearResult:
    return YearResult(predicate, Settled.FINAL, Source.APPRAISAL)


def facts(by_year: Mapping[int, str], **entries: int) -> Facts:
    results = {year: final(name) for year, name in by_year.items()}
    return Facts(2026, results, {kind: Counted(count) for kind, count in entries.items()})


def found(asked: Nomination, known: Facts) -> FollowUp:
    (only,) = nominations((asked,), known)
    return only


def codes(asked: Nomination, known: Facts) -> list[tuple[Code, bool]]:
    return [(reason.code, reason.holds) for reason in found(asked, known).reasons]


def test_very_good_two_years_running_is_proposed_for_the_talent_pool() -> None:
    assert found(rule(), facts({2025: "very_good", 2026: "very_good"})).met


def test_one_good_year_breaks_the_row_and_says_so() -> None:
    known = facts({2025: "good", 2026: "very_good"})
    assert not found(rule(), known).met
    assert codes(rule(), known) == [(Code.YEAR_FITS, True), (Code.YEAR_DIFFERS, False)]


def test_a_missing_year_breaks_the_row() -> None:
    known = facts({2024: "very_good", 2026: "very_good"})
    assert codes(rule(), known) == [(Code.YEAR_FITS, True), (Code.YEAR_MISSING, False)]


def test_an_older_row_counts_for_nothing() -> None:
    assert not found(rule(), facts({2024: "very_good", 2025: "very_good", 2026: "good"})).met


@pytest.mark.parametrize(
    ("settled", "code"),
    ((Settled.NOT_FINAL, Code.NOT_FINAL), (Settled.UNDER_OBJECTION, Code.UNDER_OBJECTION)),
)
def test_what_is_not_final_counts_for_nothing_and_no_predicate_is_told(settled: Settled, code: Code) -> None:
    known = Facts(2026, {2026: YearResult("very_good", settled, Source.APPRAISAL), 2025: final("very_good")})
    first = found(rule(), known).reasons[0]
    assert (first.code, first.holds, dict(first.facts)) == (code, False, {"year": 2026})


def test_an_earlier_year_under_objection_counts_for_nothing() -> None:
    contested = YearResult("very_good", Settled.UNDER_OBJECTION, Source.APPRAISAL)
    known = Facts(2026, {2026: final("very_good"), 2025: contested})
    assert codes(rule(), known)[1] == (Code.EARLIER_UNDER_OBJECTION, False)


def test_a_result_on_another_scale_counts_for_nothing() -> None:
    known = Facts(2026, {2026: final("very_good"), 2025: final(None)})
    assert codes(rule(), known)[1] == (Code.YEAR_ON_OTHER_SCALE, False)


def test_nothing_is_known_before_a_result() -> None:
    assert codes(rule(1), facts({})) == [(Code.NO_RESULT, False)]


@pytest.mark.parametrize(("projects", "met"), ((0, False), (1, True), (2, True)))
def test_who_led_a_project_is_proposed_for_a_higher_post_in_samarinda(projects: int, met: bool) -> None:
    rules = {each.name: each for each in content_of("samarinda").follow_up.nominations}
    assert found(rules["higher_post"], facts({2026: "good"}, project=projects)).met is met


@pytest.mark.parametrize("name", ("nasional", "samarinda", "gerunggang", "pp30-numerik"))
@pytest.mark.parametrize(
    ("before", "now", "proposed"),
    (
        ("very_good", "very_good", {"talent_pool"}),
        ("good", "good", {"competency"}),
        ("good", "very_good", set()),
        ("very_good", "good", set()),
        ("poor", "poor", set()),
    ),
)
def test_each_shipped_scheme_has_the_two_years_of_article_53(
    name: str, before: str, now: str, proposed: set[str]
) -> None:
    known = facts({2025: before, 2026: now})
    met = {each.name for each in nominations(content_of(name).follow_up.nominations, known) if each.met}
    assert met & {"talent_pool", "competency"} == proposed


YEARS = st.dictionaries(st.integers(2019, 2026), st.sampled_from(PREDICATES))


@given(YEARS, st.integers(1, 5), st.sets(st.sampled_from(PREDICATES), min_size=1))
def test_it_is_met_if_and_only_if_every_year_of_the_row_has_one_of_the_predicates(
    known: dict[int, str], years: int, wanted: set[str]
) -> None:
    row = [known.get(2026 - back) for back in range(years)]
    outcome = found(rule(years, *sorted(wanted)), facts(known))
    assert outcome.met is all(each in wanted for each in row)
    assert [reason.holds for reason in outcome.reasons] == [each in wanted for each in row]
