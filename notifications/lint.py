"""Refuses message templates that could tell more than what is due, by when, and where to read on."""

from collections.abc import Iterator
from dataclasses import dataclass

from jinja2 import Environment, TemplateSyntaxError, meta, nodes

from notifications.lint_literals import literal_problems

ALLOWED = frozenset(
    {
        "name",
        "stage",
        "holder",
        "own_task",
        "due_on",
        "link",
        "rehearsal",
        "nudger",
        "nudger_role",
        "received_on",
        "deemed_days",
        "deemed_unit",
        "time",
        "place",
        # Of a digest:
        "summary",
        "sections",
        "oldest",
        "others",
        "tasks",
        "late",
        "late_below",
        "waiting_below",
    }
)
"""All that a template may print: no rating, no reason, no NIP, no token, and no name but the reader's and the
nudger's."""

ATTRIBUTES = {
    "section": frozenset({"name", "lines"}),
    "line": frozenset({"template", "stage", "holder", "own_task", "news", "count", "due_on"}),
    "item": frozenset({"number", "words", "link", "template", "stage", "news", "due_on"}),
    "loop": frozenset({"index", "first", "last"}),
}
"""What may be looked up in the parts of a digest."""

REPEATED = {"section": "sections", "line": "section.lines", "item": "oldest"}
"""The only loops that are allowed: the loop's variable, and what it goes through."""

PERSONAL = frozenset({"name", "nudger", "place"})
"""Texts that people chose themselves. They are printed only where they are certain to be escaped."""

FILTERS = frozenset({"trim", "upper", "lower"})

_NAMESPACES = frozenset({"wording", "self"})
_PRINTED_AS_IT_IS = "a link is printed as it is, by itself. Put nothing to it and compute nothing with it."


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
    """Everything that is wrong with a template's source; empty if it may be used."""
    try:
        tree = Environment(autoescape=True).parse(source)
    except TemplateSyntaxError as error:
        return [Problem(name, error.lineno, f"{error.message}. Correct the template's syntax.")]
    found = [
        *_variables(tree),
        *_personal(name, tree),
        *_attributes(tree),
        *_loops(tree),
        *_filters(tree),
        *_escaping(tree),
        *_references(name, tree),
        *_links(tree),
        *literal_problems(tree),
    ]
    return [Problem(name, line, text) for line, text in sorted(dict.fromkeys(found))]


_Found = Iterator[tuple[int, str]]


def _variables(tree: nodes.Template) -> _Found:
    forbidden = meta.find_undeclared_variables(tree) - ALLOWED - _NAMESPACES - ATTRIBUTES.keys()
    lines = {node.name: node.lineno for node in reversed(list(tree.find_all(nodes.Name)))}
    for variable in sorted(forbidden):
        yield (
            lines.get(variable, 1),
            f"a message may not print {variable!r}. Use only: {', '.join(sorted(ALLOWED))}.",
        )


def _personal(name: str, tree: nodes.Template) -> _Found:
    """Finds personal texts in fragments: a fragment's own name decides its escaping, not the file that includes it."""
    if name.endswith((".html.jinja", ".text.jinja", ".subject.jinja")):
        return
    for node in tree.find_all(nodes.Name):
        if node.name in PERSONAL:
            yield (
                node.lineno,
                f"{node.name!r} is printed without escaping here. Print it in the .html, .text and .subject "
                "files themselves.",
            )


def _attributes(tree: nodes.Template) -> _Found:
    for node in tree.find_all(nodes.Getattr):
        owner = node.node.name if isinstance(node.node, nodes.Name) else None
        known = (
            not node.attr.startswith("_")
            if owner in _NAMESPACES
            else node.attr in ATTRIBUTES.get(owner or "", ())
        )
        if not known:
            yield (
                node.lineno,
                f"a message may not look into {_spelt(node.node)} for {node.attr!r}. Remove it.",
            )
    for each in tree.find_all(nodes.Getitem):
        if not (isinstance(each.node, nodes.Getattr) and _spelt(each.node.node) == "'wording'"):
            yield (
                each.lineno,
                f"a message may not look into {_spelt(each.node)}. Look words up in wording only.",
            )


def _loops(tree: nodes.Template) -> _Found:
    for node in tree.find_all(nodes.For):
        through = _path(node.iter)
        target = node.target.name if isinstance(node.target, nodes.Name) else ""
        if REPEATED.get(target) != through:
            allowed = ", ".join(f"for {each} in {of}" for each, of in REPEATED.items())
            yield node.lineno, f"a message may not repeat this. Use only: {allowed}."


def _filters(tree: nodes.Template) -> _Found:
    for node in tree.find_all(nodes.Filter):
        if node.name not in FILTERS:
            yield (
                node.lineno,
                f"the filter {node.name!r} is not known to keep the escaping. Use only: "
                f"{', '.join(sorted(FILTERS))}.",
            )


def _escaping(tree: nodes.Template) -> _Found:
    for modifier in tree.find_all(nodes.EvalContextModifier):
        yield modifier.lineno, "a message may not change the escaping. Remove the autoescape block."
    for macro in tree.find_all((nodes.Macro, nodes.CallBlock)):
        yield macro.lineno, "a macro gets around the escaping. Use an include."
    for call in tree.find_all(nodes.Call):
        if not (isinstance(call.node, nodes.Getattr) and _spelt(call.node.node) == "'self'"):
            yield call.lineno, "a message may not call anything. Remove the call."


def _references(name: str, tree: nodes.Template) -> _Found:
    for node in tree.find_all((nodes.Extends, nodes.Include, nodes.Import, nodes.FromImport)):
        named = getattr(node, "template", None)
        if not isinstance(named, nodes.Const) or not isinstance(named.value, str):
            yield node.lineno, "another file is taken in by its name, written out. Write the name."
        elif name.endswith(".html.jinja") and named.value.endswith((".text.jinja", ".subject.jinja")):
            yield (
                node.lineno,
                f"{named.value!r} is not escaped. Take in only HTML, or a fragment without names.",
            )


def _links(tree: nodes.Template) -> _Found:
    printed = set()
    for output in tree.find_all(nodes.Output):
        for place, node in enumerate(output.nodes):
            if not _is_link(node):
                continue
            printed.add(id(node))
            following = output.nodes[place + 1] if place + 1 < len(output.nodes) else None
            text = following.data[:1] if isinstance(following, nodes.TemplateData) else ""
            if (following is not None and not isinstance(following, nodes.TemplateData)) or (
                text.isalnum() or text in tuple("?&/=#%.:;@-_~+")
            ):
                yield node.lineno, _PRINTED_AS_IT_IS
    for node in (*tree.find_all(nodes.Name), *tree.find_all(nodes.Getattr)):
        if _is_link(node) and id(node) not in printed:
            yield node.lineno, _PRINTED_AS_IT_IS


def _is_link(node: nodes.Node) -> bool:
    return isinstance(node, nodes.Name | nodes.Getattr) and _path(node) in {"link", "item.link"}


def _path(node: nodes.Node) -> str:
    match node:
        case nodes.Name(name=name):
            return str(name)
        case nodes.Getattr(node=nodes.Name(name=name), attr=attribute):
            return f"{name}.{attribute}"
    return ""


def _spelt(node: nodes.Node) -> str:
    return repr(node.name) if isinstance(node, nodes.Name) else "a value"
