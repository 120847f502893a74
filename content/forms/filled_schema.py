"""A form as JSON Schema 2020-12 of what somebody hands in, so that an editor or a client knows it beforehand."""

from typing import Final

from content.forms.field_schema import field_schema, row_id
from content.forms.fields import Condition, Field, ItemField, RowsField, Source
from content.forms.form import EachSection, Form, GroupSection, Section
from content.parts import Values
from content.rules import ContentRules

DIALECT: Final = "https://json-schema.org/draft/2020-12/schema"


def filled_schema(form: Form, rules: ContentRules) -> Values:
    """The schema of a filled form. What `check` accepts and gives back is valid.

    It says the shape only: which ids a case knows, sums and what each row must have, `check` alone tells.
    """
    sections = {section.name: _section_schema(section, rules) for section in form.sections}
    return {
        "$schema": DIALECT,
        "title": form.label.id,
        "type": "object",
        "properties": dict(sections),
        "required": [section.name for section in form.sections if _is_needed(section)],
        "additionalProperties": False,
    }


def _section_schema(section: Section, rules: ContentRules) -> Values:
    titles: Values = {"title": section.label.id}
    if section.help is not None:
        titles["description"] = section.help.id
    if isinstance(section, GroupSection):
        return titles | _part_schema(section.fields, rules)
    if isinstance(section, EachSection):
        return titles | {
            "type": "object",
            "additionalProperties": _part_schema(section.fields, rules),
        }
    return titles | _rows_schema(section.fields, section.at_least, section.at_most, rules)


def _rows_schema(fields: tuple[Field, ...], least: int, most: int, rules: ContentRules) -> Values:
    row = _part_schema(fields, rules, id=row_id())
    return {"type": "array", "minItems": least, "maxItems": most, "items": row}


def _part_schema(fields: tuple[Field, ...], rules: ContentRules, **more: Values) -> Values:
    properties: Values = dict(more)
    for field in fields:
        if isinstance(field, RowsField):
            least = field.at_least if field.required else 0
            titles: Values = {"title": field.label.id}
            properties[field.name] = titles | _rows_schema(field.fields, least, field.at_most, rules)
        else:
            properties[field.name] = field_schema(field, rules)
    schema: Values = {
        "type": "object",
        "properties": properties,
        "required": [field.name for field in fields if field.when is None and _must_stand(field)],
        "additionalProperties": False,
    }
    conditions = [_condition(field, field.when) for field in fields if field.when is not None]
    return schema | {"allOf": list(conditions)} if conditions else schema


def _condition(field: Field, when: Condition) -> Values:
    """Asked for, and then needed, only while the other field has one of its values."""
    wanted: Values = {"enum": list(when.among)}
    holds: Values = {"anyOf": [wanted, {"type": "array", "contains": wanted}]}
    condition: Values = {
        "if": {"properties": {when.field: holds}, "required": [when.field]},
        "else": {"not": {"required": [field.name]}},
    }
    if _must_stand(field):
        condition["then"] = {"required": [field.name]}
    return condition


def _must_stand(field: Field) -> bool:
    """Whether the field cannot be left out when it is asked for; of an item field the case decides that."""
    if isinstance(field, RowsField):
        return field.required and field.at_least > 0
    if isinstance(field, ItemField):
        return field.required and field.of is Source.EVIDENCE and (not field.many or field.at_least > 0)
    return field.required


def _is_needed(section: Section) -> bool:
    if isinstance(section, EachSection):
        return False
    if isinstance(section, GroupSection):
        return any(field.when is None and _must_stand(field) for field in section.fields)
    return section.at_least > 0
