"""A scheme in the language of its reader."""

from content.entries import EntryKind
from content.forms.form import Form
from content.rules import ContentRules
from service.forms.definition import said, shown_field
from service.schemes.rating import shown_rating
from service.schemes.schemas import SchemeDetail, SchemeEntryKind, SchemeForm, SchemeLine
from service.wording import capacity_name, in_words, trigger_name
from states.rules import Rulebook
from states.triggers import Trigger
from translations import Locale, translate

_TURN = {trigger: turn for turn, trigger in enumerate(Trigger)}


def shown_line(book: Rulebook, locale: Locale, *, in_program: bool, in_use: bool) -> SchemeLine:
    """A version of a scheme, and to whom it is known."""
    return SchemeLine(
        key=book.key,
        scheme=book.scheme,
        version=book.version,
        title=book.title.get("en" if locale is Locale.ENGLISH else "id") or book.title["id"],
        basis=[translate(each, locale) for each in book.basis],
        comes_with_program=in_program,
        in_use=in_use,
    )


def shown_scheme(line: SchemeLine, content: ContentRules | None, locale: Locale) -> SchemeDetail:
    """The same with its forms, its rating and its notes; without these where plans and ratings are words."""
    rules = content or ContentRules()
    in_order = sorted(rules.forms.items(), key=lambda item: (_TURN[item[1].trigger], item[0]))
    return SchemeDetail(
        **line.model_dump(),
        words_only=content is None,
        forms=[_form(name, form, locale) for name, form in in_order],
        rating=None if rules.rating is None else shown_rating(rules.rating, rules, locale),
        entries=[_entry(name, kind, rules, locale) for name, kind in sorted(rules.entries.items())],
    )


def _form(name: str, form: Form, locale: Locale) -> SchemeForm:
    return SchemeForm(
        name=name,
        label=in_words(form.label, locale),
        trigger=form.trigger,
        action=trigger_name(form.trigger, locale),
        basis=form.basis,
        article=_article(form.article, locale),
    )


def _entry(name: str, kind: EntryKind, rules: ContentRules, locale: Locale) -> SchemeEntryKind:
    return SchemeEntryKind(
        name=name,
        label=in_words(kind.label, locale),
        help=said(kind.help, locale),
        by=list(kind.by),
        by_names=[capacity_name(capacity, locale) for capacity in kind.by],
        about=kind.about,
        about_required=kind.about_required,
        confidential=kind.confidential,
        article=_article(kind.article, locale),
        fields=[shown_field(field, rules, locale) for field in kind.fields],
    )


def _article(article: str | None, locale: Locale) -> str | None:
    return None if article is None else translate(article, locale)
