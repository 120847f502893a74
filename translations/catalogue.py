"""Looks texts up. A message's id is the English sentence itself, with named placeholders: ``{name}``."""

from collections.abc import Mapping
from functools import cache
from importlib.resources import files

from babel.messages.pofile import read_po

from translations.locales import Locale


def mark(message: str) -> str:
    """The message unchanged: marks a text where it is defined, to be translated where it is read.

    Import it as ``_``; the test of the catalogue finds ``_("...")`` and demands an Indonesian text for it.
    """
    return message


def translate(message: str, locale: Locale, /, **parameters: object) -> str:
    """The message in the locale with its placeholders filled; the English text where no translation exists.

    Raises `KeyError` when a placeholder has no parameter. Parameters are inserted as they are: numbers and
    dates must have been formatted before.
    """
    text = message if locale is Locale.ENGLISH else catalogue(locale).get(message, message)
    return text.format_map(parameters)


@cache
def catalogue(locale: Locale) -> Mapping[str, str]:
    """Every translated message of the locale by its English id; read once a process.

    A catalogue is packaged as ``<locale>.po``. Fuzzy and empty entries do not count as translated.
    """
    with (files("translations") / f"{locale}.po").open("rb") as source:
        entries = read_po(source, locale=str(locale), abort_invalid=True)
    texts: dict[str, str] = {}
    for entry in entries:
        if isinstance(entry.id, str) and isinstance(entry.string, str) and entry.string and not entry.fuzzy:
            texts[entry.id] = entry.string
    texts.pop("", None)
    return texts
