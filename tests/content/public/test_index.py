"""The index by the national formula: exact, rounded once, in the right category."""

from decimal import Decimal
from fractions import Fraction

import pytest

from content.public.index import Figures, StepCount, counted, figures
from content.public.rules import PublicFeedbackRules
from tests.fixtures.public import ELEMENTS, public_content

CONTENT = public_content()


def rules() -> PublicFeedbackRules:
    assert CONTENT.public_feedback is not None
    return CONTENT.public_feedback


def of(*means: tuple[int, int]) -> Figures:
    """Figures of elements, each with so many answers of 3 and of 4."""
    counts = []
    for element, (threes, fours) in zip(ELEMENTS, means, strict=False):
        counts += [StepCount(element, Fraction(3), threes), StepCount(element, Fraction(4), fours)]
    found = figures(rules(), ELEMENTS, counts)
    assert found is not None
    return found


def test_all_threes_are_75_and_category_c() -> None:
    found = of(*[(4, 0)] * 9)
    assert (found.index, found.category.name) == (Decimal("75.00"), "c")


def test_all_means_of_3_25_are_81_25_and_category_b() -> None:
    found = of(*[(3, 1)] * 9)
    assert (found.index, found.category.name) == (Decimal("81.25"), "b")


def test_the_mean_is_taken_of_the_means_and_not_of_all_answers() -> None:
    # Nine hundred answers of 3 for one element weigh no more than one answer of 4 for the other.
    found = of((900, 0), (0, 1))
    assert found.index == Decimal("87.50")


@pytest.mark.parametrize(
    ("index", "category"),
    (
        ("88.31", "a"),
        ("88.30", "b"),
        ("76.61", "b"),
        ("76.60", "c"),
        ("65.00", "c"),
        ("64.99", "d"),
        ("25.00", "d"),
    ),
)
def test_the_bounds_of_the_categories_are_exact(index: str, category: str) -> None:
    count = StepCount("persyaratan", Fraction(index) / 25, 1)
    found = figures(rules(), ELEMENTS, [count])
    assert found is not None
    assert (found.index, found.category.name) == (Decimal(index), category)


def test_half_a_hundredth_goes_up() -> None:
    found = figures(rules(), ELEMENTS, [StepCount("persyaratan", Fraction("76.605") / 25, 1)])
    assert found is not None
    assert (found.index, found.category.name) == (Decimal("76.61"), "b")


def test_what_is_low_is_to_improve_and_the_worst_comes_first() -> None:
    counts = [StepCount(name, Fraction(4), 1) for name in ELEMENTS if name not in ("waktu", "sarana")]
    counts += [StepCount("waktu", Fraction(3), 1), StepCount("sarana", Fraction(1), 1)]
    found = figures(rules(), ELEMENTS, counts)
    assert found is not None
    assert [each.element for each in found.to_improve] == ["sarana", "waktu"]
    assert [each.element for each in found.elements] == list(ELEMENTS)


def test_of_nothing_there_is_no_index() -> None:
    assert figures(rules(), ELEMENTS, []) is None


def test_places_are_read_by_the_scheme_in_which_they_were_answered() -> None:
    # The first element; the best and the worst step.
    assert counted(CONTENT, [(0, 0, 5), (0, 3, 2)]) == [
        StepCount("persyaratan", Fraction(4), 5),
        StepCount("persyaratan", Fraction(1), 2),
    ]
