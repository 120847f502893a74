"""The nine cells of PermenPANRB 6/2022, written here by hand from the table of the law."""

from itertools import pairwise, product

import pytest

from content.forms.context import FormContext
from content.forms.mistakes import Mistake, Reason
from content.parts import Values
from content.rating.claimed import claim_mistakes
from content.rating.rated import rated
from content.rating.unrated import Unrated
from content.rules import ContentRules
from tests.content.rating.builders import MATRIX_ARTICLE, MATRIX_RULES, PREDICATES, overall

NO_PLAN = FormContext()

# results, behaviour, predicate
NINE_CELLS = [
    ("above", "below", "poor"),
    ("above", "meets", "good"),
    ("above", "above", "very_good"),
    ("meets", "below", "poor"),
    ("meets", "meets", "good"),
    ("meets", "above", "good"),
    ("below", "below", "very_poor"),
    ("below", "meets", "needs_improvement"),
    ("below", "above", "needs_improvement"),
]


@pytest.mark.parametrize(("results", "behaviour", "predicate"), NINE_CELLS)
def test_two_ratings_meet_in_one_cell(results: str, behaviour: str, predicate: str) -> None:
    outcome = rated(MATRIX_RULES, overall(results, behaviour), NO_PLAN)
    assert (outcome.predicate, outcome.results, outcome.behaviour) == (predicate, results, behaviour)
    assert outcome.score is None


def test_the_nine_cells_are_all_there_are() -> None:
    steps = MATRIX_RULES.scales["expectation"].names
    assert {cell[:2] for cell in NINE_CELLS} == set(product(steps, steps))


def test_only_one_cell_gives_very_good() -> None:
    assert [cell[:2] for cell in NINE_CELLS if cell[2] == "very_good"] == [("above", "above")]


def test_the_working_names_both_ratings_the_cell_and_the_article() -> None:
    (cell,) = rated(MATRIX_RULES, overall("meets", "above"), NO_PLAN).working
    assert cell.name == "cell"
    assert cell.numbers == {"results": "meets", "behaviour": "above"}
    assert (cell.result, cell.article) == ("good", MATRIX_ARTICLE)


def test_the_law_never_makes_better_results_or_behaviour_a_worse_predicate() -> None:
    """In the matrix as the law has it, each step up in one rating keeps or betters the predicate."""
    rank = {name: place for place, name in enumerate(PREDICATES.names)}
    steps = MATRIX_RULES.scales["expectation"].names
    given = {cell[:2]: rank[cell[2]] for cell in NINE_CELLS}
    for better, worse in pairwise(steps):
        for other in steps:
            assert given[better, other] <= given[worse, other]
            assert given[other, better] <= given[other, worse]


def test_bad_behaviour_caps_the_predicate_however_good_the_results_are() -> None:
    outcome = rated(MATRIX_RULES, overall("above", "below"), NO_PLAN)
    assert outcome.predicate == "poor"


@pytest.mark.parametrize(
    ("filled", "mistakes"),
    (
        ({}, [("overall.results", Reason.MISSING), ("overall.behaviour", Reason.MISSING)]),
        ({"overall": {"results": "above"}}, [("overall.behaviour", Reason.MISSING)]),
        ({"overall": {"behaviour": "above"}}, [("overall.results", Reason.MISSING)]),
        ({"overall": {"results": None, "behaviour": "above"}}, [("overall.results", Reason.MISSING)]),
        (overall("superb", "above"), [("overall.results", Reason.NOT_A_CHOICE)]),
        (overall("above", "superb"), [("overall.behaviour", Reason.NOT_A_CHOICE)]),
        ({"overall": []}, [("overall.results", Reason.MISSING), ("overall.behaviour", Reason.MISSING)]),
        ({"overall": "x"}, [("overall.results", Reason.MISSING), ("overall.behaviour", Reason.MISSING)]),
        ({"overall": {"results": 1, "behaviour": True}}, [("overall.results", Reason.NOT_A_CHOICE)]),
    ),
)
def test_without_both_ratings_there_is_no_predicate(
    filled: Values, mistakes: list[tuple[str, Reason]]
) -> None:
    with pytest.raises(Unrated) as refused:
        rated(MATRIX_RULES, filled, NO_PLAN)
    assert [(".".join(map(str, each.path)), each.reason) for each in refused.value.mistakes] == mistakes


def test_a_refusal_says_the_place_and_nothing_that_somebody_wrote() -> None:
    with pytest.raises(Unrated, match=r"^overall\.results: not_a_choice$"):
        rated(MATRIX_RULES, overall("Budi malas", "above"), NO_PLAN)


def test_a_scheme_without_rating_rules_rates_nobody() -> None:
    with pytest.raises(ValueError, match="no rating rules"):
        rated(ContentRules(), overall("above", "above"), NO_PLAN)


def test_a_predicate_that_the_matrix_does_not_give_is_a_mistake_at_its_place() -> None:
    outcome = rated(MATRIX_RULES, overall("meets", "meets"), NO_PLAN)
    path = ("overall", "predicate")
    assert claim_mistakes("very_good", outcome, path) == (
        Mistake(path, Reason.PREDICATE_WRONG, {"follows": "good"}),
    )


def test_the_predicate_that_follows_is_no_mistake() -> None:
    outcome = rated(MATRIX_RULES, overall("meets", "meets"), NO_PLAN)
    assert claim_mistakes("good", outcome, ("overall", "predicate")) == ()
