"""What must hold between the form of a plan and the rest of the program, which reads results and indicators in it."""

from collections.abc import Iterator

from content.forms.fields import Field, PlainField, RowsField
from content.forms.form import RowsSection
from content.plan import fields
from content.rules import ContentRules
from schemes.checks import Finding
from schemes.content_checks.naming import not_one_of
from schemes.document import Path
from states.triggers import Trigger


def plan_findings(content: ContentRules) -> Iterator[Finding]:
    """The plan's form has the rows of results, and in them the rows of indicators."""
    found = content.form_for(Trigger.SUBMIT_PLAN)
    if found is None:
        return
    name, form = found
    rows = {
        section.name: (at, section)
        for at, section in enumerate(form.sections)
        if isinstance(section, RowsSection)
    }
    if content.plan.results not in rows:
        missing = not_one_of(content.plan.results, rows, "sections with rows")
        yield ("forms", name, "sections"), f"{missing}: the results of a plan (plan.results)"
        return
    at, section = rows[content.plan.results]
    inner = [field.name for field in section.fields if isinstance(field, RowsField)]
    if content.plan.indicators not in inner:
        here: Path = ("forms", name, "sections", at, "fields")
        missing = not_one_of(content.plan.indicators, inner, "rows inside a result")
        yield here, f"{missing}: the indicators of a plan (plan.indicators)"


def indicator_fields(content: ContentRules) -> dict[str, PlainField]:
    """The fields of an indicator by their names; empty where the scheme has no plan."""
    return {field.name: field for field in fields.indicator_fields(content)}


def result_fields(content: ContentRules) -> dict[str, Field]:
    """The fields of a result by their names; empty where the scheme has no plan."""
    return {field.name: field for field in fields.result_fields(content)}
