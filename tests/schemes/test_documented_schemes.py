"""The page of each system says what its files say: forms, notes, predicates, limits, trainings."""

import re

import pytest

from content.rating.rules import MatrixMethod, NumericMethod
from schemes.loading import builtin_names, builtin_system
from tests.documents import ROOT
from tests.schemes.filled import content_of

PAGES = {name: (ROOT / "docs" / "schemes" / f"{name}.md").read_text("utf-8") for name in builtin_names()}
RATINGS = {name: content_of(name).rating for name in PAGES}
MATRICES = [name for name, rating in RATINGS.items() if rating and isinstance(rating.method, MatrixMethod)]


def rows_of(page: str) -> list[tuple[str, ...]]:
    lines = re.findall(r"^\| (.+) \|$", page, re.MULTILINE)
    return [tuple(cell.strip() for cell in line.split(" | ")) for line in lines]


def test_every_page_of_a_scheme_has_its_scheme() -> None:
    pages = {path.stem for path in (ROOT / "docs" / "schemes").glob("*.md")} - {"README"}
    assert pages == set(builtin_names())


@pytest.mark.parametrize("name", PAGES)
def test_a_page_calls_the_scheme_and_its_forms_by_their_names(name: str) -> None:
    called = [
        builtin_system(name).book.title["id"],
        *(form.label.id for form in content_of(name).forms.values()),
    ]
    assert [label for label in called if f"**{label}**" not in PAGES[name]] == []


@pytest.mark.parametrize("name", PAGES)
def test_a_page_lists_the_notes_of_the_year(name: str) -> None:
    first = {row[0] for row in rows_of(PAGES[name])}
    assert [
        entry.label.id for entry in content_of(name).entries.values() if entry.label.id not in first
    ] == []


@pytest.mark.parametrize("name", MATRICES)
def test_a_page_has_the_nine_cells(name: str) -> None:
    content = content_of(name)
    assert content.rating is not None
    method = content.rating.method
    assert isinstance(method, MatrixMethod)
    scale = content.scales[method.scale]
    predicates = {step.name: step.label.id for step in content.scales[content.rating.predicates].steps}
    expected = [
        (row.label.id, *(predicates[method.cells[row.name][step.name]] for step in reversed(scale.steps)))
        for row in scale.steps
    ]
    assert set(expected) <= set(rows_of(PAGES[name]))


@pytest.mark.parametrize("name", MATRICES)
def test_a_page_has_a_row_for_each_level_of_the_organisation_with_its_limits(name: str) -> None:
    content = content_of(name)
    assert content.rating is not None
    assert content.rating.distribution is not None
    rows = {row[0]: row[1] for row in rows_of(PAGES[name]) if len(row) == 2}
    for level in content.scales["organisation"].steps:
        limits = content.rating.distribution.expected[level.name]
        numbers = [
            f"{number:g} %" for limit in limits for number in (limit.at_least, limit.at_most) if number
        ]
        assert [number for number in numbers if number not in rows[level.label.id]] == []


@pytest.mark.parametrize(
    ("name", "components"),
    (
        ("pp30-numerik", ("plan", "behaviour", "survey")),
        ("tangsel-evaluasi", ("plan", "behaviour", "team")),
        ("tangsel-kompetensi", ("plan", "competence", "peers")),
    ),
)
def test_the_page_of_a_numeric_method_has_its_bands_and_weights(
    name: str, components: tuple[str, ...]
) -> None:
    content = content_of(name)
    assert content.rating is not None
    method = content.rating.method
    assert isinstance(method, NumericMethod)
    rows = rows_of(PAGES[name])
    predicates = {step.name: step.label.id for step in content.scales["predicates"].steps}
    shown = {row[:2] for row in rows if len(row) == 3}
    assert {(predicates[band.predicate], f"{band.at_least:g}") for band in method.bands} <= shown
    for weighting in method.weightings[:2]:
        weights = [weighting.weights.get(each) for each in components]
        assert any(row[:3] == tuple(f"{each:g} %" if each else "-" for each in weights) for row in rows)


def test_the_page_of_tangerang_selatan_has_results_of_teams_categories_and_what_follows() -> None:
    content = content_of("tangsel-evaluasi")
    rows = {row[0]: row[1] for row in rows_of(PAGES["tangsel-evaluasi"])}
    assert {
        step.label.id: f"{step.number:g}" for step in content.scales["team"].steps
    }.items() <= rows.items()
    assert content.public_feedback is not None
    for category in content.public_feedback.categories:
        assert rows[category.label.id] == f"{category.at_least:g}".replace(".", ",")
    follow = content.follow_up
    named = [each.label.id for each in follow.awards] + [each.label.id for each in follow.nominations]
    named += [each.label.id for each in follow.improvement]
    assert [label for label in named if label not in rows] == []


@pytest.mark.parametrize("name", ("gerunggang", "kotabumi-akuntabilitas", "tangsel-kompetensi"))
def test_a_page_lists_every_training_under_every_weakness_it_helps_with(name: str) -> None:
    content = content_of(name)
    rows = {row[0]: row[1] for row in rows_of(PAGES[name]) if len(row) == 2}
    labels = {choice.name: choice.label.id for choice in content.lists["skills"].choices}
    for training in content.follow_up.trainings:
        for weakness in training.for_weaknesses:
            assert f"{training.label.id} ({training.hours}" in rows[labels[weakness]]


def test_the_page_of_competence_says_what_each_skill_and_each_level_means() -> None:
    content = content_of("tangsel-kompetensi")
    rows = rows_of(PAGES["tangsel-kompetensi"])
    skills = {(row[1], row[2]) for row in rows if len(row) == 4}
    meant = {
        (choice.label.id, choice.meaning.id) for choice in content.skill_choices if choice.meaning is not None
    }
    assert len(meant) == len(content.skill_choices)
    assert meant <= skills
    levels = {(step.label.id, f"{step.number:g}") for step in content.scales["competence"].steps}
    assert levels <= {(row[0], row[2]) for row in rows if len(row) == 3}


def test_the_guide_lists_every_scheme() -> None:
    guide = (ROOT / "docs" / "schemes" / "README.md").read_text("utf-8")
    assert [name for name in builtin_names() if f"[`{name}`]({name}.md)" not in guide] == []
