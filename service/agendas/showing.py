"""The parts of an agenda, in the language of their reader."""

from collections.abc import Iterable

from content.entries import EntryKind
from content.forms.fields import Source, TextField
from content.forms.form import Form
from content.parts import Values
from content.rating.agenda import About, Point, agenda
from content.rating.outcome import Outcome
from content.rules import ContentRules
from service.agendas.schemas import AgendaNote, AgendaPoint
from service.filled.titles import Titles, titles_of
from service.filled.values import label_of, number
from service.filled.written import form_in
from service.wording import in_words
from states.codec import Json
from store.entry.repository import Entry
from translations import Locale

_SOURCES = {
    About.RESULT: Source.RESULTS,
    About.INDICATOR: Source.INDICATORS,
    About.BEHAVIOUR: Source.VALUES,
    About.SKILL: Source.SKILLS,
}


def shown_points(
    written: Json, form: Form, rules: ContentRules, plan: Values | None, locale: Locale
) -> list[AgendaPoint]:
    """What of a written result is to be talked about; nothing where it was rated in words alone."""
    filled = form_in(written)
    if filled is None:
        return []
    kept = written.get("outcome")
    outcome = Outcome.from_data(kept) if isinstance(kept, dict) else None
    titles = titles_of(rules, locale, plan=plan)
    return [_point(each, rules, titles, locale) for each in agenda(form, filled, rules, plan, outcome)]


def shown_notes(notes: Iterable[Entry], rules: ContentRules, titles: Titles) -> list[AgendaNote]:
    """Feedback of the year with its words, and what it is about."""
    return [
        AgendaNote(
            id=note.id,
            noted_on=note.noted_on,
            author=note.author,
            item=note.item,
            title=_title(note.item, titles) if note.item else "",
            words=_words(note, rules.entries.get(note.kind)),
        )
        for note in notes
    ]


def _point(point: Point, rules: ContentRules, titles: Titles, locale: Locale) -> AgendaPoint:
    judged = point.judged
    label = in_words(judged.label, locale)
    name = number(judged.rating, locale)
    if judged.scale is not None and isinstance(judged.rating, str):
        name = label_of(rules, judged.scale, judged.rating, locale) or judged.rating
    return AgendaPoint(
        about=point.about,
        item=point.item,
        title=titles.title(_SOURCES[point.about], point.item) if point.about in _SOURCES else label,
        label=label,
        rating=judged.rating,
        rating_name=name,
        above=judged.standing > 0,
        reason=point.reason,
    )


def _title(item: str, titles: Titles) -> str:
    """How an item is called, whatever kind of thing it is; ids are unique in a case."""
    return next((named[item] for named in titles.of.values() if item in named), item)


def _words(note: Entry, kind: EntryKind | None) -> list[str]:
    """The texts of a note in the order of its fields. One of a kind that the scheme has no more has all its texts."""
    asked = (
        [field.name for field in kind.fields if isinstance(field, TextField)]
        if kind
        else sorted(note.content)
    )
    said = (note.content.get(name) for name in asked)
    return [words for words in said if isinstance(words, str) and words]
