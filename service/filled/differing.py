"""What changed between two filled forms, in sentences."""

from collections.abc import Mapping

from pydantic import JsonValue

from content.forms.differences import Alteration, differences
from content.forms.form import Form
from content.parts import Values
from content.plan.fields import title_of
from content.rules import ContentRules
from service.filled.places import Place, place_of
from service.filled.schemas import ShownDifference
from service.filled.titles import Titles
from service.filled.values import value_in_words
from translations import Locale, translate
from translations import mark as _

SENTENCES: Mapping[tuple[Alteration, bool], str] = {
    (Alteration.ADDED, True): _("{where}: added “{after}”"),
    (Alteration.REMOVED, True): _("{where}: removed “{before}”"),
    (Alteration.CHANGED, True): _("{where}: “{before}” became “{after}”"),
    (Alteration.ADDED, False): _("{where}: added"),
    (Alteration.REMOVED, False): _("{where}: removed"),
    (Alteration.CHANGED, False): _("{where}: changed"),
    (Alteration.ORDERED, False): _("{where}: in another order"),
}
"""By what happened, and whether there are words for what stood and stands there."""

IN_WORDS = _("In words")


def shown_differences(
    form: Form, before: Values, after: Values, rules: ContentRules, titles: Titles, locale: Locale
) -> list[ShownDifference]:
    """Each change in the order of the later form. What changed within one field is one change of that field."""
    shown: dict[tuple[str, ...], ShownDifference] = {}
    for difference in differences(before, after):
        place = place_of(form, difference.place, before, after, titles, locale)
        alteration = difference.alteration
        if place.is_whole:
            alteration = _of_field(place)
        # The rows of a list may have changed and stand in another order as well: both are said.
        key = (*place.path, "") if alteration is Alteration.ORDERED else place.path
        shown[key] = _shown(place, alteration, rules, titles, locale)
    return list(shown.values())


def word_differences(before: str | None, after: str | None, locale: Locale) -> list[ShownDifference]:
    """What changed in the words beside a form: all of them are one place."""
    if (before or "") == (after or ""):
        return []
    where = translate(IN_WORDS, locale)
    alteration = Alteration.ADDED if not before else Alteration.CHANGED if after else Alteration.REMOVED
    return [
        ShownDifference(
            place=[],
            kind=alteration,
            where=where,
            before=before,
            after=after,
            in_words=translate(SENTENCES[alteration, True], locale, where=where, before=before, after=after),
        )
    ]


def _of_field(place: Place) -> Alteration:
    if place.before is None:
        return Alteration.ADDED
    return Alteration.REMOVED if place.after is None else Alteration.CHANGED


def _shown(
    place: Place, alteration: Alteration, rules: ContentRules, titles: Titles, locale: Locale
) -> ShownDifference:
    where = " › ".join(place.labels)
    before, after = (_words(place, value, rules, titles, locale) for value in (place.before, place.after))
    worded = {
        Alteration.ADDED: bool(after) and place.is_whole,
        Alteration.REMOVED: bool(before) and place.is_whole,
        Alteration.CHANGED: bool(before and after),
        Alteration.ORDERED: False,
    }[alteration]
    return ShownDifference(
        place=list(place.path),
        kind=alteration,
        where=where,
        before=place.before,
        after=place.after,
        in_words=translate(SENTENCES[alteration, worded], locale, where=where, before=before, after=after),
    )


def _words(place: Place, value: JsonValue, rules: ContentRules, titles: Titles, locale: Locale) -> str:
    if place.field is not None:
        return value_in_words(place.field, value, rules, titles, locale)
    if place.fields and isinstance(value, dict):
        return title_of(value, place.fields)
    return value if isinstance(value, str) else ""
