"""Circles in what stands below what."""

from hypothesis import given
from hypothesis import strategies as st

from service.roster.relations import circles, without_circles

LINKS = st.dictionaries(st.sampled_from("abcdefgh"), st.none() | st.sampled_from("abcdefgh"))


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


def test_without_a_circle_everybody_gets_what_is_wanted() -> None:
    assert without_circles({"a": None, "b": "a"}, {}) == ({"a": None, "b": "a"}, [])


def test_new_members_of_a_circle_get_nobody() -> None:
    kept, opened = without_circles({"a": "b", "b": "a", "c": "a"}, {})
    assert (kept, opened) == ({"a": None, "b": None, "c": "a"}, [("a", "b")])


def test_a_circle_is_opened_by_keeping_what_is_there() -> None:
    kept, opened = without_circles({"a": "b", "b": "a"}, {"a": None, "b": "a"})
    assert (kept, len(opened)) == ({"a": None, "b": "a"}, 1)


def test_a_circle_through_somebody_outside_the_file_is_seen() -> None:
    kept, opened = without_circles({"a": "b"}, {"b": "c", "c": "a"})
    assert (kept, len(opened)) == ({"a": None}, 1)


def test_opening_one_circle_may_not_close_another() -> None:
    kept, opened = without_circles({"a": "b", "b": "a", "c": "a"}, {"a": "c", "b": None, "c": None})
    assert circles({"a": "c", "b": None, "c": None} | kept) == []
    assert len(opened) == 2


@given(LINKS, LINKS)
def test_nothing_that_is_written_ever_goes_round(
    wanted: dict[str, str | None], present: dict[str, str | None]
) -> None:
    wanted = {who: parent for who, parent in wanted.items() if who != parent}
    present = {who: None if circles(present) or parent == who else parent for who, parent in present.items()}
    kept, opened = without_circles(wanted, present)
    assert circles({**present, **kept}) == []
    assert kept.keys() == wanted.keys()
    assert bool(opened) or kept == wanted
