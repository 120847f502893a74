"""Templates that say too much are refused before anybody reads them."""

from pathlib import Path

import pytest

from notifications.lint import TemplateRefused, lint
from notifications.rendering import LintedLoader, environment
from notifications.versions import TEMPLATES

PACKAGED = sorted(path for path in TEMPLATES.rglob("*.jinja"))


@pytest.mark.parametrize("path", PACKAGED, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_every_packaged_template_passes(path: Path) -> None:
    assert lint(path.relative_to(TEMPLATES).as_posix(), path.read_text("utf-8")) == []


def test_both_languages_have_the_same_templates() -> None:
    names = {folder: {path.name for path in (TEMPLATES / folder).iterdir()} for folder in ("id", "en")}
    assert names["id"] == names["en"]
    assert len(names["id"]) > 30


@pytest.mark.parametrize(
    "variable", ("rating", "reason", "nip", "token", "employee_name", "appraisal", "notice")
)
def test_a_variable_that_is_not_allowed_is_refused_with_its_line(variable: str) -> None:
    (problem,) = lint("id/reminder.text.jinja", "Yth. {{ name }}\n{{ " + variable + " }}")
    assert problem.line == 2
    assert repr(variable) in problem.text
    assert "Use only: deemed_days, deemed_unit, due_on, holder, late, late_below, link" in problem.text


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


@pytest.mark.parametrize(
    "source",
    (
        "{{ name.__class__ }}",
        "{{ stage.employee.nip }}",
        "{{ link['x'].y }}",
        "{{ name['__class__'] }}",
        "{{ wording.__class__ }}",
        "{{ wording['DUTIES'] }}",
        "{{ line.rating }}",
        "{{ item.employee }}",
        "{{ loop.cycle }}",
    ),
)
def test_looking_into_a_value_is_refused(source: str) -> None:
    assert any("may not look into" in problem.text for problem in lint("t", source))


@pytest.mark.parametrize(
    "source",
    (
        "{{ name | safe }}",
        "{{ name | urlize }}",
        "{{ name | tojson }}",
        "{% filter safe %}{{ name }}{% endfilter %}",
        "{% autoescape false %}{{ name }}{% endautoescape %}",
        "{% macro shown(it) %}{{ it }}{% endmacro %}",
    ),
)
def test_getting_around_the_escaping_is_refused(source: str) -> None:
    assert any("escaping" in problem.text for problem in lint("t", source))


@pytest.mark.parametrize("source", ("{{ oldest | map(attribute='nip') }}", "{{ sections | sum('x') }}"))
def test_a_filter_that_looks_into_values_is_refused(source: str) -> None:
    (problem,) = lint("t", source)
    assert "Use only: lower, trim, upper." in problem.text


def test_a_name_is_not_printed_where_its_escaping_is_not_certain() -> None:
    (problem,) = lint("id/digest_line.jinja", "{{ stage }}\n{{ nudger }}")
    assert (problem.line, "'nudger' is printed without escaping" in problem.text) == (2, True)
    assert lint("id/x.html.jinja", "{{ nudger }}") == []


def test_html_takes_in_no_plain_text() -> None:
    (problem,) = lint("id/x.html.jinja", "{% include 'id/x.text.jinja' %}")
    assert "'id/x.text.jinja' is not escaped" in problem.text
    assert lint("id/x.text.jinja", "{% include 'id/y.text.jinja' %}") == []


@pytest.mark.parametrize(
    "source", ("{% include name %}", "{% extends stage ~ '.jinja' %}", "{% import link as w %}")
)
def test_a_file_that_is_not_named_outright_is_refused(source: str) -> None:
    assert any("by its name, written out" in problem.text for problem in lint("t", source))


@pytest.mark.parametrize(
    "source",
    (
        "{% for letter in name %}{% endfor %}",
        "{% for line in sections %}{% endfor %}",
        "{% for item in section.lines %}{% endfor %}",
        "{% for a, b in oldest %}{% endfor %}",
    ),
)
def test_a_loop_that_is_not_one_of_the_digest_is_refused(source: str) -> None:
    (problem,) = lint("t.text.jinja", source)
    assert "Use only: for section in sections, for line in section.lines, for item in oldest." in problem.text


def test_the_loops_of_the_digest_may_be_used() -> None:
    source = (
        "{% for section in sections %}{{ section.name }}{% for line in section.lines %}{{ line.count }}"
        "{% endfor %}{% endfor %}{% for item in oldest %}{{ loop.index }} {{ item.link }}\n{% endfor %}"
    )
    assert lint("t", source) == []


@pytest.mark.parametrize("source", ("{{ name() }}", "{{ wording.shout(name) }}", "{{ range(10) }}"))
def test_a_call_is_refused(source: str) -> None:
    assert any("may not call anything" in problem.text for problem in lint("t", source))


@pytest.mark.parametrize(
    "digits",
    ("198701282012081988", "19870128 201208 1 988", "19870128.201208.1.988", "1987-0128-2012-08-1988"),
)
def test_eighteen_digits_in_the_words_are_refused(digits: str) -> None:
    (problem,) = lint("t", f"Yth.\nNomor {digits}")
    assert (problem.line, "18 digits" in problem.text) == (2, True)


@pytest.mark.parametrize(
    "digits", ("12345678901234567", "1234567890123456789", "PP 30/2019", "2027-01-20 2027-01-21")
)
def test_other_numbers_may_stand_there(digits: str) -> None:
    assert lint("t", digits) == []


@pytest.mark.parametrize(
    "words",
    (
        "Predikat Anda Sangat Baik",
        "hasil kerja di atas\nekspektasi",
        "SESUAI EKSPEKTASI",
        "Di bawah ekspektasi",
        "butuh perbaikan",
        "Sangat kurang",
        "Your work exceeds expectations",
        "below expectation",
        "{{ 'Sangat Baik' }}",
        "{% set RESULT = {'a': 'excellent'} %}",
    ),
)
def test_the_words_of_a_result_are_refused_wherever_they_stand(words: str) -> None:
    (problem,) = lint("t", words)
    assert "is a result" in problem.text


@pytest.mark.parametrize(
    "words", ("Mohon dijawab dengan baik.", "Kami harap semuanya baik.", "as you may expect")
)
def test_everyday_words_are_no_result(words: str) -> None:
    assert lint("t", words) == []


@pytest.mark.parametrize(
    "query", ("?token=abc", "&session_id=1", "?kode=1", "?x=1&amp;signature=9", "?NIP=1")
)
def test_what_would_let_somebody_in_is_refused(query: str) -> None:
    assert any(
        "would let whoever has the message in" in problem.text for problem in lint("t", f"/tasks{query}")
    )


@pytest.mark.parametrize(
    "source",
    (
        "{{ link }}?via=mail",
        "{{ link }}/edit",
        "{{ link }}{{ stage }}",
        "{{ link ~ '/x' }}",
        "{% set there = link %}",
        "{{ link | upper }}",
        "{{ item.link }}#top",
    ),
)
def test_a_link_is_printed_as_it_is(source: str) -> None:
    assert any("a link is printed as it is" in problem.text for problem in lint("t", source))


@pytest.mark.parametrize(
    "source", ("{{ link }}", "({{ link }})", "{{ link }}, lalu masuk", '<a href="{{ link }}">')
)
def test_a_link_may_be_followed_by_what_is_no_part_of_it(source: str) -> None:
    assert lint("t", source) == []


@pytest.mark.parametrize(
    "source",
    (
        "http://contoh.go.id",
        "<a href='https://contoh.go.id/x'>",
        "www.contoh.go.id",
        "<a href=//contoh.go.id>",
        "mailto:budi@contoh.go.id",
        '<a href="javascript:alert(1)">',
    ),
)
def test_an_address_that_is_not_the_link_is_refused(source: str) -> None:
    assert any("leads nowhere but to its link" in problem.text for problem in lint("t", source))


@pytest.mark.parametrize(
    "source",
    (
        '<a href="/tasks">',
        '<a href="{{ stage }}">',
        '<a href="{% if stage %}{{ link }}{% endif %}">',
        "<a href=x>",
    ),
)
def test_an_attribute_that_leads_elsewhere_is_refused_with_its_line(source: str) -> None:
    (problem,) = lint("t", f"<p>\n{source}")
    assert (problem.line, "leads somewhere else than the link" in problem.text) == (2, True)


@pytest.mark.parametrize(
    "source",
    ("<img alt=''>", "<SCRIPT>", "<form>", '<p onclick="x()">', "<p style='background:url(x)'>", "<iframe>"),
)
def test_what_loads_or_does_something_is_refused(source: str) -> None:
    assert any("loads or does something" in problem.text for problem in lint("t", source))


def test_a_template_that_cannot_be_parsed_is_refused_with_its_line() -> None:
    (problem,) = lint("id/x.text.jinja", "a\n{% if %}")
    assert str(problem).startswith("id/x.text.jinja, line 2: ")


def test_several_problems_come_in_the_order_of_their_lines() -> None:
    problems = lint("t.text.jinja", "{{ nip }}\n{{ name | safe }}\n{{ rating }}")
    assert [problem.line for problem in problems] == [1, 2, 3]


def test_a_refused_template_cannot_be_loaded(tmp_path: Path) -> None:
    (tmp_path / "bad.text.jinja").write_text("{{ rating }}", "utf-8")
    with pytest.raises(TemplateRefused, match=r"bad\.text\.jinja, line 1: a message may not print 'rating'"):
        environment(LintedLoader(tmp_path)).get_template("bad.text.jinja")
