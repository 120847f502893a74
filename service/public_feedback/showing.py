"""What the public is asked and what it said, in the language of the reader."""

from collections.abc import Mapping, Sequence

from content.parts import Words
from content.public.index import Figures
from content.public.periods import Period
from content.rules import ContentRules
from service.public_feedback.asking import Asked
from service.public_feedback.giving import Form
from service.public_feedback.names import Names
from service.public_feedback.schemas import (
    ElementResult,
    FormElement,
    FormStep,
    FormText,
    PeriodResult,
    PublicForm,
    ShownText,
    WaitingText,
)
from store.public_feedback.texts import PublicText
from translations import Locale


def in_words(words: Words, locale: Locale) -> str:
    """A scheme's words in the language."""
    return words.en if locale is Locale.ENGLISH else words.id


def shown_form(form: Form, locale: Locale) -> PublicForm:
    """A form as it is filled in. The steps stand from the worst to the best, as the national survey numbers them."""
    asked, rules = form.asked, form.asked.rules
    text = rules.text
    return PublicForm(
        agency=asked.place.agency,
        unit=asked.place.unit,
        label=in_words(rules.label, locale),
        help=_optional(rules.help, locale),
        elements=[
            FormElement(
                name=each.name, label=in_words(each.label, locale), meaning=_optional(each.meaning, locale)
            )
            for each in asked.content.lists[rules.elements].choices
        ],
        steps=[
            FormStep(name=step.name, label=in_words(step.label, locale))
            for step in reversed(asked.content.scales[rules.scale].steps)
        ],
        text=None
        if text is None
        else FormText(
            label=in_words(text.label, locale), help=_optional(text.help, locale), longest=text.longest
        ),
        nonce=form.nonce,
    )


def shown_period(
    asked: Asked, period: Period, figures: Figures, answers: int, locale: Locale, *, finished: bool
) -> PeriodResult:
    """A period with its figures."""
    labels = element_labels(asked.content, locale)
    return PeriodResult(
        period=period.name,
        begins=period.begins,
        ends=period.ends,
        finished=finished,
        answers=answers,
        index=float(figures.index),
        category=figures.category.name,
        category_label=in_words(figures.category.label, locale),
        elements=[
            ElementResult(
                name=each.element,
                label=labels.get(each.element, each.element),
                mean=float(each.mean),
                index=float(each.index),
                improve=each.improve,
            )
            for each in figures.elements
        ],
        to_improve=[each.element for each in figures.to_improve],
    )


def element_labels(content: ContentRules, locale: Locale) -> Mapping[str, str]:
    """The elements of the present form; one of an older form is shown by its name."""
    rules = content.public_feedback
    if rules is None:
        return {}
    return {each.name: in_words(each.label, locale) for each in content.lists[rules.elements].choices}


def shown_texts(texts: Sequence[PublicText], names: Names) -> list[ShownText]:
    """Cleared texts, masked once more: people who came since are named in nothing old either."""
    return [ShownText(day=each.day, text=names.masked(each.words or "")) for each in texts]


def shown_waiting(each: PublicText, names: Names) -> WaitingText:
    """A text for whoever decides about it."""
    return WaitingText(
        id=each.id,
        unit_id=each.unit_id,
        unit=each.unit,
        day=each.day,
        state=each.state,
        text=None if each.words is None else names.masked(each.words),
    )


def _optional(words: Words | None, locale: Locale) -> str | None:
    return None if words is None else in_words(words, locale)
