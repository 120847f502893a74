"""The things of a case that a form has a part for each of, or refers to: their ids."""

from typing import Final

from content.forms.context import FormContext
from content.forms.fields import Source
from content.plan.reading import indicator_ids, result_ids
from content.rules import ContentRules
from content.skills import skills_for

WAITING: Final = "waiting"
"""Stands for a result of the superior while the superior's plan is not ready."""


def items_of(source: Source, rules: ContentRules, context: FormContext) -> tuple[str, ...]:
    """The ids of a source, in the order in which people read them, each once; none where nothing is there yet."""
    match source:
        case Source.RESULTS:
            return () if context.plan is None else result_ids(context.plan, rules)
        case Source.INDICATORS:
            return () if context.plan is None else indicator_ids(context.plan, rules)
        case Source.VALUES:
            return tuple(choice.name for choice in rules.value_choices)
        case Source.SKILLS:
            return tuple(choice.name for choice in skills_for(context.post, rules))
        case Source.SUPERIOR_RESULTS:
            return tuple(sorted(context.superior_results or ()))
        case Source.EVIDENCE:
            return tuple(sorted(context.evidence))
