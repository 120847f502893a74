"""What somebody chose from a list of his scheme, in the language of the reader."""

from content.parts import Words
from content.rules import ContentRules
from translations import Locale


def choice_name(rules: ContentRules, listing: str, name: str, locale: Locale) -> str:
    """The label of a choice; the name itself where the list does not have it."""
    found = rules.lists.get(listing)
    choices = () if found is None else found.choices
    return next((said(each.label, locale) for each in choices if each.name == name), name)


def said(words: Words, locale: Locale) -> str:
    """The words of a scheme in one language."""
    return words.id if locale is Locale.INDONESIAN else words.en
