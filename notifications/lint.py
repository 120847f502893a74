"""Refuses message templates that could tell more than what is due, by when, and where to read on."""

from dataclasses import dataclass

from jinja2 import Environment, TemplateSyntaxError, meta, nodes

ALLOWED = frozenset({"name", "stage", "holder", "own_task", "due_on", "link", "rehearsal"})
"""All that a template may print: no rating, no reason, no NIP, no token, nobody's name but the reader's."""

_NAMESPACES = frozenset({"wording", "self"})
_UNESCAPED = frozenset({"safe", "forceescape", "attr", "map"})


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong with a template, and what to do."""

    template: str
    line: int
    text: str

    def __str__(self) -> str:
        return f"{self.template}, line {self.line}: {self.text}"


class TemplateRefused(Exception):
    """A template failed the lint; it cannot be used until it is corrected."""

    def __init__(self, problems: list[Problem]) -> None:
        super().__init__("\n".join(str(problem) for problem in problems))
        self.problems = problems


def lint(name: str, source: str) -> list[Problem]:
    """Everything that is wrong with a template's source; empty when it may be used."""
    try:
        tree = Environment(autoescape=True).parse(source)
    except TemplateSyntaxError as error:
        return [Problem(name, error.lineno, f"{error.message}. Correct the template's syntax.")]
    problems = [*_variables(name, tree), *_attributes(name, tree), *_filters(name, tree)]
    return sorted(problems, key=lambda problem: problem.line)


def _variables(name: str, tree: nodes.Template) -> list[Problem]:
    forbidden = meta.find_undeclared_variables(tree) - ALLOWED - _NAMESPACES
    lines = {node.name: node.lineno for node in reversed(list(tree.find_all(nodes.Name)))}
    return [
        Problem(
            name,
            lines.get(variable, 1),
            f"a message may not print {variable!r}. Use only: {', '.join(sorted(ALLOWED))}.",
        )
        for variable in sorted(forbidden)
    ]


def _attributes(name: str, tree: nodes.Template) -> list[Problem]:
    return [
        Problem(
            name,
            node.lineno,
            f"a message may not look into {_spelt(node.node)} for {node.attr!r}. Remove it.",
        )
        for node in tree.find_all(nodes.Getattr)
        if not (isinstance(node.node, nodes.Name) and node.node.name in _NAMESPACES)
    ]


def _filters(name: str, tree: nodes.Template) -> list[Problem]:
    problems = [
        Problem(name, node.lineno, f"the filter {node.name!r} gets around the escaping. Remove it.")
        for node in tree.find_all(nodes.Filter)
        if node.name in _UNESCAPED
    ]
    problems += [
        Problem(name, node.lineno, "a message may not change the escaping. Remove the autoescape block.")
        for node in tree.find_all(nodes.ScopedEvalContextModifier)
    ]
    return problems


def _spelt(node: nodes.Expr) -> str:
    return repr(node.name) if isinstance(node, nodes.Name) else "a value"
