"""The reasons of what follows from a result, as people read them."""

from collections.abc import Mapping

from content.follow_up.outcome import Code, Reason
from content.rules import ContentRules
from service.filled.titles import Titles
from service.filled.values import number
from service.meetings.naming import said
from service.ratings.naming import Names
from translations import Locale, translate
from translations import mark as _

SENTENCES: Mapping[Code, str] = {
    Code.NO_RESULT: _("No result of the appraised year was handed over yet."),
    Code.NOT_FINAL: _("The result is not final yet."),
    Code.UNDER_OBJECTION: _("An objection to the result is open."),
    Code.YEAR_FITS: _("{year}: {predicate}, as it must be."),
    Code.YEAR_DIFFERS: _("{year}: {predicate}, which breaks the row."),
    Code.YEAR_MISSING: _("{year}: no result is known, which breaks the row."),
    Code.YEAR_ON_OTHER_SCALE: _("{year}: the result is on a scale that this scheme does not know."),
    Code.EARLIER_NOT_FINAL: _("{year}: the result is not final yet."),
    Code.EARLIER_UNDER_OBJECTION: _("{year}: an objection to the result is open."),
    Code.ENTRIES_ENOUGH: _("{entry}: {found} noted in the year, {at_least} needed."),
    Code.ENTRIES_MISSING: _("{entry}: only {found} noted in the year, {at_least} needed."),
    Code.COUNTED_ENOUGH: _("{entry}, {counted}: {found} in the year, {at_least} needed."),
    Code.COUNTED_MISSING: _("{entry}, {counted}: only {found} in the year, {at_least} needed."),
    Code.NOT_FUNCTIONAL: _("Not applicable: only functional posts have credit points."),
    Code.NO_LEVEL: _("The name of the post tells no level of a functional post."),
    Code.NO_SHARE: _("The scheme gives no credit points for {predicate}."),
    Code.COMPUTED: _("{months} of 12 months x {share} % ({predicate}) x {a_year} ({level})."),
}
"""The sentence of each kind of reason."""


def reason_in_words(reason: Reason, rules: ContentRules, locale: Locale) -> str:
    """The sentence of a reason with the names that the scheme gives."""
    facts = {name: _value(name, value, rules, locale) for name, value in reason.facts.items()}
    if reason.code in (Code.COUNTED_ENOUGH, Code.COUNTED_MISSING):
        facts["counted"] = _counted(str(reason.facts["entry"]), rules, locale)
    return translate(SENTENCES[reason.code], locale, **facts)


def _value(name: str, value: float | str, rules: ContentRules, locale: Locale) -> str:
    if name == "year":
        return str(value)
    if not isinstance(value, str):
        return number(value, locale)
    if name == "entry" and value in rules.entries:
        return said(rules.entries[value].label, locale)
    if name == "predicate":
        return Names(rules, Titles(), locale).predicate(value)
    points = rules.follow_up.credit_points
    levels = () if points is None else points.levels
    return next((said(each.label, locale) for each in levels if each.name == value), value)


def _counted(entry: str, rules: ContentRules, locale: Locale) -> str:
    kind = rules.entries.get(entry)
    if kind is None or kind.counted is None:
        return entry
    label = said(kind.counted.label, locale)
    return label[0].lower() + label[1:]
