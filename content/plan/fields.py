"""The fields of the rows of a plan, and by what people recognise a row."""

from collections.abc import Sequence

from content.forms.fields import Field, PlainField, RowsField, TextField
from content.parts import Values
from content.rules import ContentRules
from states.triggers import Trigger


def result_fields(rules: ContentRules) -> tuple[Field, ...]:
    """The fields of a result in the plan's form; none where the scheme has no such form."""
    found = rules.form_for(Trigger.SUBMIT_PLAN)
    sections = () if found is None else found[1].sections
    return next((section.fields for section in sections if section.name == rules.plan.results), ())


def indicator_fields(rules: ContentRules) -> tuple[PlainField, ...]:
    """The fields of an indicator in the plan's form."""
    return next(
        (
            field.fields
            for field in result_fields(rules)
            if isinstance(field, RowsField) and field.name == rules.plan.indicators
        ),
        (),
    )


def title_of(row: Values, fields: Sequence[Field]) -> str:
    """By what people recognise a row: its first words; empty where it has none."""
    said = (row.get(field.name) for field in fields if isinstance(field, TextField))
    return next((words for words in said if isinstance(words, str)), "")
