"""The things of a case that a form is about or refers to, as its reader recognises them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from content.forms.fields import Field, ItemField, Source, TargetField, nested
from content.forms.form import EachSection, Form
from content.parts import Values
from content.plan.fields import indicator_fields, result_fields, title_of
from content.plan.reading import identity, indicators_of, results_of
from content.rules import ContentRules
from content.scales import Choice
from content.sight.rules import Kind
from content.skills import skills_for
from service.forms.definition import shown_choice
from service.forms.schemas import ItemShown, ItemsShown, TargetShown
from store.evidence.repository import Evidence
from store.plan.context import CaseAround
from translations import Locale

KINDS: dict[Source, Kind | None] = {
    Source.RESULTS: Kind.PLAN,
    Source.INDICATORS: Kind.PLAN,
    Source.VALUES: None,
    Source.SKILLS: None,
    # What the plan is derived from belongs to it: whoever reads the one needs the other to understand it.
    Source.SUPERIOR_RESULTS: Kind.PLAN,
    Source.EVIDENCE: Kind.EVIDENCE,
}
"""As what kind of content the things of a source are seen; None: by everybody who sees the case."""


@dataclass(frozen=True, slots=True)
class Things:
    """Where the things of a case are read from."""

    around: CaseAround
    rules: ContentRules
    superior_rules: ContentRules
    """Those by which the plan of the rater is read."""
    evidence: Sequence[Evidence]


def sources_of(form: Form) -> tuple[Source, ...]:
    """What a form is about or refers to, each once, in the order of `Source`."""
    asked: set[Source] = {section.of for section in form.sections if isinstance(section, EachSection)}
    for section in form.sections:
        asked |= {field.of for field in nested(section.fields) if isinstance(field, ItemField)}
    return tuple(source for source in Source if source in asked)


def shown_items(source: Source, things: Things, locale: Locale) -> ItemsShown:
    """The things of a source."""
    rater = source is Source.SUPERIOR_RESULTS
    around = things.around
    return ItemsShown(
        of=source,
        owner=around.superior if rater else None,
        ready=not rater or around.superior_ready or not around.superior_appraised,
        items=list(_items(source, things, locale)),
    )


def _items(source: Source, things: Things, locale: Locale) -> Iterator[ItemShown]:
    match source:
        case Source.RESULTS:
            yield from _results(things.around.plan, things.rules)
        case Source.INDICATORS:
            yield from _indicators(things.around.plan, things.rules)
        case Source.SUPERIOR_RESULTS:
            yield from _results(things.around.superior_plan, things.superior_rules)
        case Source.VALUES:
            yield from _chosen_from(things.rules.value_choices, locale)
        case Source.SKILLS:
            yield from _chosen_from(skills_for(things.around.post, things.rules), locale)
        case Source.EVIDENCE:
            for piece in things.evidence:
                yield ItemShown(id=str(piece.id), label=piece.title, part_of=piece.item or None)


def _chosen_from(choices: Sequence[Choice], locale: Locale) -> Iterator[ItemShown]:
    for choice in choices:
        shown = shown_choice(choice, locale)
        yield ItemShown(
            id=shown.name,
            label=shown.label,
            meaning=shown.meaning,
            guides=tuple(shown.guides),
            group=shown.group,
        )


def _results(plan: Values | None, rules: ContentRules) -> Iterator[ItemShown]:
    fields = result_fields(rules)
    for row in () if plan is None else results_of(plan, rules):
        yield ItemShown(id=identity(row), label=title_of(row, fields))


def _indicators(plan: Values | None, rules: ContentRules) -> Iterator[ItemShown]:
    fields = indicator_fields(rules)
    for result, row in () if plan is None else indicators_of(plan, rules):
        yield ItemShown(
            id=identity(row), label=title_of(row, fields), part_of=result, target=_target(row, fields)
        )


def _target(row: Values, fields: Sequence[Field]) -> TargetShown | None:
    for field in fields:
        target = row.get(field.name)
        if isinstance(field, TargetField) and isinstance(target, dict):
            number, unit, text = target.get("number"), target.get("unit"), target.get("text")
            return TargetShown(
                number=number if isinstance(number, int | float) else None,
                unit=unit if isinstance(unit, str) else None,
                text=text if isinstance(text, str) else None,
            )
    return None
