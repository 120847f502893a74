"""The files of a scheme's folder, and what each may hold."""

from collections.abc import Mapping
from typing import Any

from pydantic import create_model

from content.parts import Part
from content.rules import ContentRules

PROCESS = "process.yaml"
"""Stages, deadlines and ladders: a `states.rules.Rulebook`. The only file that every scheme has."""

SECTIONS: Mapping[str, tuple[str, ...]] = {
    "forms.yaml": ("scales", "lists", "values", "skills", "forms", "entries", "library", "plan"),
    "rating.yaml": ("inputs", "rating", "public_feedback", "sight"),
    "follow_up.yaml": ("follow_up",),
}
"""Which fields of `ContentRules` stand in which file."""


def _file_model(name: str, sections: tuple[str, ...]) -> type[Part]:
    fields: dict[str, Any] = {
        section: (ContentRules.model_fields[section].annotation, ContentRules.model_fields[section])
        for section in sections
    }
    return create_model(name, __base__=Part, __doc__=f"What stands in {name}.", **fields)


CONTENT_FILES: Mapping[str, type[Part]] = {
    name: _file_model(name, sections) for name, sections in SECTIONS.items()
}
"""The model of each file of content."""

FILE_OF: Mapping[str, str] = {section: name for name, sections in SECTIONS.items() for section in sections}
"""The file in which a field of `ContentRules` stands."""
