"""What people read, in Bahasa Indonesia first and English second. Imports nothing of this project."""

from translations.catalogue import mark, translate
from translations.dates import format_date, format_moment
from translations.locales import Locale, negotiate

__all__ = ["Locale", "format_date", "format_moment", "mark", "negotiate", "translate"]
