"""What must hold in the forms of a scheme."""

from collections.abc import Iterator

from content.forms.form import EachSection, Form, RowsSection
from content.rules import ContentRules
from schemes.checks import Finding
from schemes.content_checks.fields import field_findings
from schemes.content_checks.form_checks import check_findings
from schemes.content_checks.naming import twice
from schemes.content_checks.sources import missing_source
from schemes.document import Path
from states.triggers import Trigger


def form_findings(content: ContentRules) -> Iterator[Finding]:
    """Every contradiction in the forms."""
    seen: dict[tuple[object, object], str] = {}
    for name, form in content.forms.items():
        here: Path = ("forms", name)
        other = seen.setdefault((form.trigger, form.basis), name)
        if other != name:
            yield (*here, "trigger"), f"{form.trigger.value} has the form {other!r} already"
        if form.basis is not None and form.trigger is not Trigger.RATE:
            yield (*here, "basis"), "only a rating rests on another basis; remove it"
        yield from _sections(here, form, content)
        for at, check in enumerate(form.checks):
            yield from check_findings((*here, "checks", at), check, form, content)


def _sections(here: Path, form: Form, content: ContentRules) -> Iterator[Finding]:
    places = (((*here, "sections", at, "name"), section.name) for at, section in enumerate(form.sections))
    yield from twice(places, "section")
    for at, section in enumerate(form.sections):
        there: Path = (*here, "sections", at)
        if isinstance(section, EachSection):
            yield from missing_source((*there, "of"), section.of, content)
        in_rows = isinstance(section, RowsSection)
        if isinstance(section, RowsSection) and section.at_least > section.at_most:
            yield (*there, "at_least"), f"{section.at_least} is more than at_most, {section.at_most}"
        yield from field_findings((*there, "fields"), section.fields, content, in_rows=in_rows)
