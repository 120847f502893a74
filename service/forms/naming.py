"""What the names in a mistake stand for, in the words of the scheme."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from content.forms.fields import ChoiceField, Field, nested
from content.forms.form import Form
from content.parts import Words
from content.rules import ContentRules


@dataclass(frozen=True, slots=True)
class Names:
    """Finds the words for names of one form. What the scheme does not know stays as it is."""

    rules: ContentRules
    form: Form | None = None
    """None for fields that stand in no form, such as those of an entry."""

    def said(self, parameters: Mapping[str, str]) -> dict[str, str | Words]:
        """The parameters of a mistake with labels instead of names."""
        return {name: self._label(name, value, parameters) or value for name, value in parameters.items()}

    def _label(self, kind: str, name: str, parameters: Mapping[str, str]) -> Words | None:
        match kind:
            case "field" | "rows":
                return next((field.label for field in self._called(name)), None)
            case "value":
                return next(self._chosen(parameters.get("field", ""), name), None)
            case "entry":
                entry = self.rules.entries.get(name)
                return None if entry is None else entry.label
            case "family":
                family = self.rules.library.get(name)
                return None if family is None else family.label
            case "predicate" if self.rules.rating is not None:
                steps = self.rules.scales[self.rules.rating.predicates].steps
                return next((step.label for step in steps if step.name == name), None)
            case "of":
                listed = self.rules.scales.get(name) or self.rules.lists.get(name)
                return None if listed is None else listed.label
            case _:
                return None

    def _called(self, name: str) -> Iterator[Field]:
        for section in () if self.form is None else self.form.sections:
            yield from (field for field in nested(section.fields) if field.name == name)

    def _chosen(self, field_name: str, name: str) -> Iterator[Words]:
        for field in self._called(field_name):
            if isinstance(field, ChoiceField):
                yield from (label for choice, label in self._choices_of(field) if choice == name)

    def _choices_of(self, field: ChoiceField) -> Iterator[tuple[str, Words]]:
        if field.of in self.rules.scales:
            yield from ((step.name, step.label) for step in self.rules.scales[field.of].steps)
        elif field.of in self.rules.lists:
            yield from ((choice.name, choice.label) for choice in self.rules.lists[field.of].choices)
