"""Templates that say too much are refused before anybody reads them."""

from pathlib import Path

import pytest

from notifications.lint import TemplateRefused, lint
from notifications.rendering import TEMPLATES, LintedLoader, environment

PACKAGED = sorted(path for path in TEMPLATES.rglob("*.jinja"))


@pytest.mark.parametrize("path", PACKAGED, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_every_packaged_template_passes(path: Path) -> None:
    assert lint(path.name, path.read_text("utf-8")) == []


def test_both_languages_have_the_same_templates() -> None:
    names = {folder: {path.name for path in (TEMPLATES / folder).iterdir()} for folder in ("id", "en")}
    assert names["id"] == names["en"]
    assert len(names["id"]) > 12


@pytest.mark.parametrize(
    "variable", ("rating", "reason", "nip", "token", "employee_name", "appraisal", "notice")
)
def test_a_variable_that_is_not_allowed_is_refused_with_its_line(variable: str) -> None:
    (problem,) = lint("id/reminder.text.jinja", "Yth. {{ name }}\n{{ " + variable + " }}")
    assert problem.line == 2
    assert repr(variable) in problem.text
    assert "Use only: due_on, holder, link" in problem.text


@pytest.mark.parametrize(
    "source",
    (
        "{% if rating > 3 %}x{% endif %}",
        "{% for reason in reasons %}{{ reason }}{% endfor %}",
        "{% set shown = nip %}{{ shown }}",
        "{{ link ~ '?token=' ~ token }}",
        "{% include rating %}",
    ),
)
def test_a_forbidden_variable_is_found_wherever_it_is_used(source: str) -> None:
    assert lint("t", source)


@pytest.mark.parametrize("source", ("{{ name.__class__ }}", "{{ stage.employee.nip }}", "{{ link['x'].y }}"))
def test_looking_into_a_value_is_refused(source: str) -> None:
    assert any("may not look into" in problem.text for problem in lint("t", source))


@pytest.mark.parametrize(
    "source", ("{{ name | safe }}", "{% autoescape false %}{{ name }}{% endautoescape %}")
)
def test_getting_around_the_escaping_is_refused(source: str) -> None:
    assert any("escaping" in problem.text for problem in lint("t", source))


def test_a_template_that_cannot_be_parsed_is_refused_with_its_line() -> None:
    (problem,) = lint("id/x.text.jinja", "a\n{% if %}")
    assert str(problem).startswith("id/x.text.jinja, line 2: ")


def test_several_problems_come_in_the_order_of_their_lines() -> None:
    assert [problem.line for problem in lint("t", "{{ nip }}\n{{ name | safe }}\n{{ rating }}")] == [1, 2, 3]


def test_a_refused_template_cannot_be_loaded(tmp_path: Path) -> None:
    (tmp_path / "bad.text.jinja").write_text("{{ rating }}", "utf-8")
    with pytest.raises(TemplateRefused, match=r"bad\.text\.jinja, line 1: a message may not print 'rating'"):
        environment(LintedLoader(tmp_path)).get_template("bad.text.jinja")
