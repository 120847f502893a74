"""What a template's own words may not contain: results, personal numbers, addresses, active content."""

import re
from collections.abc import Iterator

from jinja2 import nodes

_LITERALS = (
    (
        re.compile(r"(?<!\d)\d(?:[ .\-/]?\d){17}(?!\d)"),
        "18 digits read like a NIP, which no message may hold. Remove them.",
    ),
    (
        re.compile(
            r"\b(?:sangat\s+baik|di\s*atas\s+ekspektasi|sesuai\s+ekspektasi|di\s*bawah\s+ekspektasi"
            r"|butuh\s+perbaikan|sangat\s+kurang|misconduct|very\s+good|excellent|outstanding"
            r"|(?:above|below|meets?|exceeds?)\s+expectations?|needs?\s+improvement|very\s+poor|unsatisfactory)\b",
            re.IGNORECASE,
        ),
        "{found!r} is a result, which is read after signing in only. Remove it.",
    ),
    (
        re.compile(
            r"[?&;][\w.\-]*(?:token|key|kunci|secret|rahasia|sandi|kode|code|auth|sig|otp|pass|jwt|session|nip)[\w.\-]*=",
            re.IGNORECASE,
        ),
        "{found!r} would let whoever has the message in. Remove it: a link locates, it does not authorise.",
    ),
    (
        re.compile(
            r"\b(?:https?|ftp|javascript|data|mailto|tel):(?=\S)|\bwww\.|(?<![\w:])//\w", re.IGNORECASE
        ),
        "a message leads nowhere but to its link. Print {{{{ link }}}} instead of {found!r}.",
    ),
    (
        re.compile(
            r"<\s*(?:script|img|picture|svg|iframe|object|embed|form|input|button|link|style|base|video|audio)\b"
            r"|\son\w+\s*=|\burl\s*\(|http-equiv",
            re.IGNORECASE,
        ),
        "{found!r} loads or does something, which mail programs block and readers cannot trust. Remove it.",
    ),
)
_LEADS = re.compile(r"\b(?:href|src|srcset|action|background|poster|cite)\s*=\s*[\"']?", re.IGNORECASE)


def literal_problems(tree: nodes.Template) -> Iterator[tuple[int, str]]:
    """Everything in the template's own words that is not allowed, each with its line."""
    for data in tree.find_all(nodes.TemplateData):
        yield from _in_text(data.data, data.lineno)
    for constant in tree.find_all(nodes.Const):
        if isinstance(constant.value, str):
            yield from _in_text(constant.value, constant.lineno)
    yield from _leading_elsewhere(tree)


def _in_text(text: str, line: int) -> Iterator[tuple[int, str]]:
    for pattern, advice in _LITERALS:
        for match in pattern.finditer(text):
            yield line + text.count("\n", 0, match.start()), advice.format(found=match[0].strip())


def _leading_elsewhere(tree: nodes.Template) -> Iterator[tuple[int, str]]:
    """An attribute that leads somewhere must be followed by a printed link and by nothing else."""
    for output in tree.find_all(nodes.Output):
        for place, node in enumerate(output.nodes):
            if not isinstance(node, nodes.TemplateData):
                continue
            for match in _LEADS.finditer(node.data):
                following = output.nodes[place + 1] if place + 1 < len(output.nodes) else None
                if match.end() < len(node.data) or not _prints_link(following):
                    yield (
                        node.lineno + node.data.count("\n", 0, match.start()),
                        f"{match[0].strip()!r} leads somewhere else than the link. Follow it with {{{{ link }}}}.",
                    )


def _prints_link(node: nodes.Node | None) -> bool:
    match node:
        case nodes.Name(name="link") | nodes.Getattr(node=nodes.Name(name="item"), attr="link"):
            return True
    return False
