"""How the things of a case are called to which a filled form refers by id."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from pydantic import JsonValue

from content.forms.fields import Source
from content.parts import Values
from content.plan.fields import indicator_fields, result_fields, title_of
from content.plan.reading import identity, indicators_of, results_of
from content.rules import ContentRules
from service.wording import in_words
from translations import Locale


@dataclass(frozen=True, slots=True)
class Titles:
    """Titles by id, for each source of things."""

    of: Mapping[Source, Mapping[str, str]] = field(default_factory=dict)

    def title(self, source: Source, id: str) -> str:
        """How a thing is called; the id itself where it is not known."""
        return self.of.get(source, {}).get(id, id)

    def in_order(self, source: Source, parts: Values) -> Iterator[tuple[str, JsonValue]]:
        """Parts by id as the things stand in the plan or in their list; unknown ones last.

        The database keeps the members of an object in an order of its own.
        """
        known = [id for id in self.of.get(source, {}) if id in parts]
        yield from ((id, parts[id]) for id in dict.fromkeys([*known, *parts]))


def result_titles(plan: Values | None, rules: ContentRules | None) -> dict[str, str]:
    """What the results of a plan say, by id."""
    if plan is None or rules is None:
        return {}
    fields = result_fields(rules)
    return {identity(row): title_of(row, fields) for row in results_of(plan, rules)}


def titles_of(
    rules: ContentRules | None,
    locale: Locale,
    *,
    plan: Values | None,
    above: Mapping[str, str] | None = None,
    evidence: Mapping[str, str] | None = None,
) -> Titles:
    """The titles of all that a form of a case may refer to: its plan, the superior's results, the evidence."""
    if rules is None:
        return Titles()
    return Titles(
        {
            Source.RESULTS: result_titles(plan, rules),
            Source.INDICATORS: dict(_indicators(plan, rules)),
            Source.VALUES: {choice.name: in_words(choice.label, locale) for choice in rules.value_choices},
            Source.SKILLS: {choice.name: in_words(choice.label, locale) for choice in rules.skill_choices},
            Source.SUPERIOR_RESULTS: above or {},
            Source.EVIDENCE: evidence or {},
        }
    )


def _indicators(plan: Values | None, rules: ContentRules) -> Iterator[tuple[str, str]]:
    if plan is not None:
        fields = indicator_fields(rules)
        for _result, row in indicators_of(plan, rules):
            yield identity(row), title_of(row, fields)
