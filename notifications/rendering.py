"""Turns content into the words that its reader gets."""

import re
from collections.abc import Callable
from dataclasses import asdict, dataclass
from functools import cache, lru_cache
from pathlib import Path

from jinja2 import BaseLoader, Environment, FileSystemLoader, StrictUndefined, UndefinedError

from notifications import digest
from notifications.content import DIGEST, Content, Part, holder_of, owed, place_of
from notifications.days import in_words
from notifications.digest import Told, Totals
from notifications.lint import TemplateRefused, lint
from notifications.versions import TEMPLATES, present_versions
from translations import Locale

REHEARSAL_PREFIX = "[GLADI] "

_SEVERAL_EMPTY_LINES = re.compile(r"\n{3,}")


@dataclass(frozen=True, slots=True)
class Message:
    """Rendered content: one line of subject, plain text, and the same as HTML."""

    subject: str
    text: str
    html: str
    locale: Locale
    template: str
    """The template that was used; for a digest of one case, that case's own template."""
    template_version: int
    link: str
    """Where the reader goes on: to the case, to what is asked beside it or, from a digest, to the list of tasks."""


class LintedLoader(FileSystemLoader):
    """Loads only templates that pass the lint; raises `TemplateRefused` for the others."""

    def get_source(self, environment: Environment, template: str) -> tuple[str, str, Callable[[], bool]]:
        """The source of a template that may be used."""
        source, filename, uptodate = super().get_source(environment, template)
        problems = lint(template, source)
        if problems:
            raise TemplateRefused(problems)
        return source, filename, uptodate


def environment(loader: BaseLoader) -> Environment:
    """Strict about missing variables. Everything that an HTML template prints is escaped; plain text must not be."""
    return Environment(
        loader=loader,
        autoescape=lambda name: name is not None and name.endswith(".html.jinja"),  # noqa: S701  # text templates are not HTML
        undefined=StrictUndefined,
        finalize=_known,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )


def _known(value: object) -> object:
    if value is None:
        raise UndefinedError("the template prints a value that this message does not have")
    return value


@cache
def _environment_of(directory: Path) -> Environment:
    return environment(LintedLoader(directory))


class _Fragments:
    """The parts of a digest in one language. They are cached, because they say the same to many readers."""

    def __init__(self, environment: Environment, locale: Locale) -> None:
        self._line, self._item, self._summary = (
            environment.get_template(f"{locale}/digest_{name}.jinja") for name in ("line", "item", "summary")
        )

    @lru_cache(maxsize=4096)  # noqa: B019  # there is one for each language, for as long as the process lives
    def line(self, told: Told) -> str:
        return self._line.render(line=told).strip()

    @lru_cache(maxsize=4096)  # noqa: B019
    def item(self, told: Told) -> str:
        return self._item.render(item=told).strip()

    @lru_cache(maxsize=4096)  # noqa: B019
    def summary(self, totals: Totals) -> str:
        return " ".join(self._summary.render(asdict(totals)).split())


@cache
def _wording_of(directory: Path, locale: Locale) -> digest.Wording:
    return _Fragments(_environment_of(directory), locale)


def render(
    content: Content, public_url: str, directory: Path = TEMPLATES, *, number: int | None = None
) -> Message:
    """The content in its locale. Links below ``public_url`` locate a case or a list and authorise nothing.

    A digest of one case becomes that case's own message. ``number`` is the template's version, by default the
    present one. Raises `jinja2.TemplateNotFound` if the template is unknown, `jinja2.UndefinedError` if a stage has
    no words or a value is missing, `ValueError` if a digest is empty, `KeyError` if the template has no number, and
    `TemplateRefused`.
    """
    content = digest.as_single(content)
    base = public_url.rstrip("/")
    gathered = content.template == DIGEST
    place = "tasks" if gathered else place_of(content.template, content.appraisal_id, content.attended)
    link = f"{base}/{place}"
    known = (
        _known_of(content)
        | {"link": link}
        | (digest.shown(content, base, _wording_of(directory, content.locale)) if gathered else {})
    )
    subject, text, html = (
        _environment_of(directory)
        .get_template(f"{content.locale}/{content.template}.{part}.jinja")
        .render(known)
        for part in Part
    )
    return Message(
        subject=_as_subject(subject, content),
        text=_SEVERAL_EMPTY_LINES.sub("\n\n", text).strip() + "\n",
        html=html,
        locale=content.locale,
        template=content.template,
        template_version=present_versions(directory)[content.template] if number is None else number,
        link=link,
    )


@lru_cache(maxsize=4096)
def sentence(content: Content, directory: Path = TEMPLATES) -> str:
    """What a single notice says in one line: the subject of its message. The rest is not rendered.

    Sentences are cached: one that names no reader and no case is the same for many. Raises what `render` raises.
    """
    template = _environment_of(directory).get_template(
        f"{content.locale}/{content.template}.{Part.SUBJECT}.jinja"
    )
    return _as_subject(template.render(_known_of(content)), content)


def _as_subject(rendered: str, content: Content) -> str:
    return (REHEARSAL_PREFIX if content.rehearsal else "") + " ".join(rendered.split())


def _known_of(content: Content) -> dict[str, object]:
    """What every template may print, besides its link."""
    return {
        "name": content.recipient_name,
        "stage": owed(content.stage, content.duty, content.awaits) if content.stage else "",
        "holder": holder_of(content.stage, content.duty) if content.stage else "",
        "own_task": content.own_task,
        "due_on": in_words(content.due_on, content.locale) if content.due_on else None,
        "time": content.time,
        "place": content.place,
        "nudger": content.nudger,
        "nudger_role": content.nudger_capacity.value if content.nudger_capacity else "",
        "rehearsal": content.rehearsal,
        "received_on": in_words(content.received_on, content.locale) if content.received_on else None,
        "deemed_days": content.deemed_after.length if content.deemed_after else None,
        "deemed_unit": content.deemed_after.unit.value if content.deemed_after else "",
    }
