"""Turns a notice into the words that its reader gets."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from jinja2 import BaseLoader, Environment, FileSystemLoader, StrictUndefined, UndefinedError

from notifications.lint import TemplateRefused, lint
from states.stages import HOLDERS
from store.outbox.notice import DueNotice
from translations import Locale, format_date

TEMPLATES = Path(__file__).parent / "templates"
REHEARSAL_PREFIX = "[GLADI] "

_SEVERAL_EMPTY_LINES = re.compile(r"\n{3,}")


@dataclass(frozen=True, slots=True)
class Message:
    """A rendered notice: one line of subject, plain text, and the same as HTML."""

    subject: str
    text: str
    html: str
    locale: Locale


class LintedLoader(FileSystemLoader):
    """Gives out only templates that pass the lint; `TemplateRefused` for the others."""

    def get_source(self, environment: Environment, template: str) -> tuple[str, str, Callable[[], bool]]:
        """The source of a template that may be used."""
        source, filename, uptodate = super().get_source(environment, template)
        problems = lint(template, source)
        if problems:
            raise TemplateRefused(problems)
        return source, filename, uptodate


def environment(loader: BaseLoader) -> Environment:
    """Strict about missing variables; everything in an HTML template is escaped."""
    # What an HTML template prints is escaped, by its name; plain text must not be.
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
        raise UndefinedError("the template prints a value that this notice does not have")
    return value


@cache
def _packaged() -> Environment:
    return environment(LintedLoader(TEMPLATES))


def render(notice: DueNotice, locale: Locale, public_url: str) -> Message:
    """The notice in the locale; its link below ``public_url`` locates the case and authorises nothing.

    Raises `jinja2.TemplateNotFound` for an unknown template, `jinja2.UndefinedError` for a stage without
    words or a due day that is missing, and `TemplateRefused`.
    """
    holder = HOLDERS.get(notice.stage)
    known: dict[str, object] = {
        "name": notice.recipient_name,
        "stage": notice.stage.value,
        "holder": holder.value if holder else "",
        "own_task": notice.own_task,
        "due_on": format_date(notice.due_on, locale) if notice.due_on else None,
        "link": f"{public_url.rstrip('/')}/appraisals/{notice.appraisal_id}",
        "rehearsal": notice.rehearsal,
    }
    subject, text, html = (
        _packaged().get_template(f"{locale}/{notice.template}.{part}.jinja").render(known)
        for part in ("subject", "text", "html")
    )
    return Message(
        subject=(REHEARSAL_PREFIX if notice.rehearsal else "") + " ".join(subject.split()),
        text=_SEVERAL_EMPTY_LINES.sub("\n\n", text).strip() + "\n",
        html=html,
        locale=locale,
    )
