"""Circles in what stands below what."""

from hypothesis import given
from hypothesis import strategies as st

from service.roster.relations import circles


def test_a_tree_has_no_circle() -> None:
    assert circles({"a": None, "b": "a", "c": "b", "d": "a"}) == []


def test_a_parent_outside_the_file_ends_the_walk() -> None:
    assert circles({"a": "elsewhere"}) == []


def test_oneself_is_no_circle_here_because_it_is_reported_apart() -> None:
    assert circles({"a": "a", "b": "a"}) == []


def test_two_circles_are_found_each_once() -> None:
    found = circles({"a": "b", "b": "a", "c": "d", "d": "e", "e": "c", "f": "a"})
    assert found == [("a", "b"), ("c", "d", "e")]


@given(st.dictionaries(st.integers(0, 12), st.none() | st.integers(0, 12)))
def test_somebody_reaches_oneself_exactly_when_in_a_circle(links: dict[int, int | None]) -> None:
    parents = {str(node): None if parent is None else str(parent) for node, parent in links.items()}
    in_circle = {member for circle in circles(parents) for member in circle}
    for start in parents:
        here = parents[start]
        for _ in parents:
            if here is None or here == start:
                break
            here = parents.get(here)
        assert (here == start and parents[start] != start) == (start in in_circle)
