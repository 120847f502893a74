"""An attacker who reads every picture of a tree of units learns of no group below the minimum."""

import itertools
from collections.abc import Mapping, Sequence
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from content.follow_up.suppression import MINIMUM, Tally, Tree, shown

People = Mapping[int, Tally]


@st.composite
def organisations(draw: st.DrawFn) -> tuple[Tree[int], People]:
    """A tree of up to seven units with few and with many people in each."""
    parents = [
        (unit, None if unit == 0 else draw(st.integers(0, unit - 1)))
        for unit in range(draw(st.integers(1, 7)))
    ]
    people = {}
    for unit, _parent in parents:
        of = draw(st.integers(0, 12))
        people[unit] = Tally(draw(st.integers(0, of)), of)
    return Tree.of(0, parents), people


def inside(tree: Tree[int], unit: int) -> frozenset[int]:
    """The unit with all that is below it."""
    below = (each for each, above in tree.upwards if above == unit)
    return frozenset({unit}).union(*(inside(tree, each) for each in below))


def tally(units: frozenset[int], people: People) -> Tally:
    return sum((people.get(unit, Tally()) for unit in units), Tally())


def follows(wanted: frozenset[int], told: Sequence[frozenset[int]], units: Sequence[int]) -> bool:
    """Whether a count for the wanted units follows from the told ones, by any adding, subtracting and multiplying."""
    rows = [[Fraction(unit in group) for unit in units] for group in told]
    target = [Fraction(unit in wanted) for unit in units]
    for place in range(len(units)):
        pivot = next((row for row in rows if row[place]), None)
        if pivot is None:
            continue
        rows = [row for row in rows if row is not pivot]
        rows = [_without(row, pivot, place) for row in rows]
        target = _without(target, pivot, place)
    return not any(target)


def _without(row: list[Fraction], pivot: list[Fraction], place: int) -> list[Fraction]:
    share = row[place] / pivot[place]
    return [mine - share * theirs for mine, theirs in zip(row, pivot, strict=True)]


def told_too_much(tree: Tree[int], people: People, counts: Mapping[int, int]) -> list[frozenset[int]]:
    """Every group of units whose count an attacker can compute, and which tells of fewer people than the minimum."""
    units = sorted(unit for unit in inside(tree, tree.top) if people.get(unit, Tally()).of)
    told = [inside(tree, unit) for unit in counts]
    groups = (
        frozenset(chosen)
        for size in range(1, len(units) + 1)
        for chosen in itertools.combinations(units, size)
    )
    return [group for group in groups if follows(group, told, units) and not tally(group, people).may_be_told]


@settings(deadline=None, max_examples=150)
@given(organisations())
def test_no_adding_and_subtracting_tells_of_fewer_people_than_the_minimum(
    organisation: tuple[Tree[int], People],
) -> None:
    tree, people = organisation
    counts = shown(tree, people)
    assert told_too_much(tree, people, counts) == []
    for unit, count in counts.items():
        whole = tally(inside(tree, unit), people)
        assert count == whole.counted
        assert MINIMUM <= count <= whole.of - MINIMUM


@settings(deadline=None, max_examples=150)
@given(organisations())
def test_what_a_unit_shows_depends_on_nothing_above_or_beside_it(
    organisation: tuple[Tree[int], People],
) -> None:
    tree, people = organisation
    counts = shown(tree, people)
    for unit in inside(tree, tree.top):
        alone = Tree.of(unit, tree.upwards)
        assert shown(alone, people).get(unit) == counts.get(unit)


def test_the_attack_succeeds_where_each_unit_only_looks_at_itself() -> None:
    """So the test above can fail: naively both counts would be shown, and their difference is one person."""
    tree = Tree.of(0, [(0, None), (1, 0)])
    people = {0: Tally(1, 4), 1: Tally(5, 10)}
    naive = {
        unit: tally(inside(tree, unit), people).counted
        for unit in (0, 1)
        if tally(inside(tree, unit), people).may_be_shown
    }
    assert naive == {0: 6, 1: 5}
    assert told_too_much(tree, people, naive) == [frozenset({0})]
    assert shown(tree, people) == {1: 5}


@pytest.mark.parametrize(
    ("counted", "of", "is_shown"),
    (
        (0, 10, False),
        (2, 10, False),
        (3, 10, True),
        (7, 10, True),
        (8, 10, False),
        (10, 10, False),
        (3, 5, False),
        (3, 6, True),
    ),
)
def test_a_count_and_its_complement_are_at_least_the_minimum(counted: int, of: int, is_shown: bool) -> None:
    assert shown(Tree.of("U", [("U", None)]), {"U": Tally(counted, of)}) == (
        {"U": counted} if is_shown else {}
    )


def test_people_of_small_units_count_in_the_unit_above() -> None:
    tree = Tree.of(0, [(0, None), (1, 0), (2, 0), (3, 0)])
    people = {1: Tally(2, 4), 2: Tally(2, 4), 3: Tally(5, 10)}
    assert shown(tree, people) == {3: 5, 0: 9}


def test_a_unit_hides_its_count_where_one_person_would_remain() -> None:
    tree = Tree.of(0, [(0, None), (1, 0)])
    assert shown(tree, {0: Tally(0, 1), 1: Tally(5, 10)}) == {1: 5}


def test_nobody_remains_where_all_people_are_below() -> None:
    tree = Tree.of(0, [(0, None), (1, 0), (2, 0)])
    assert shown(tree, {1: Tally(5, 10), 2: Tally(3, 9)}) == {1: 5, 2: 3, 0: 8}


def test_a_tree_of_many_levels_is_read_to_its_end() -> None:
    depth = 3_000
    tree = Tree.of(0, [(unit, unit - 1 if unit else None) for unit in range(depth)])
    assert shown(tree, {depth - 1: Tally(4, 9)})[0] == 4
