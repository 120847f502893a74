"""Names of what a scheme says, on the screen of an operator."""

from collections.abc import Mapping

from content.parts import Words
from content.sight.rules import Kind, Sight
from service.cli.speaking import LOCALE
from translations import Locale
from translations import mark as _

KINDS: Mapping[Kind, str] = {
    Kind.PLAN: _("Plan"),
    Kind.CHECK_IN: _("Check-in"),
    Kind.SELF_ASSESSMENT: _("Self-assessment"),
    Kind.EVIDENCE: _("Evidence"),
    Kind.PROGRESS: _("Progress"),
    Kind.NOTE: _("Notes of the year"),
    Kind.CONFIDENTIAL_NOTE: _("Coaching and counselling (only the two)"),
    Kind.RATING_DRAFT: _("Rating before its delivery"),
    Kind.RATING: _("Delivered rating"),
    Kind.MEETING: _("Notes of the delivery"),
    Kind.INPUT: _("What others say"),
    Kind.LENIENCY: _("How raters differ"),
}

SIGHTS: Mapping[Sight, str] = {
    Sight.VISIBLE: _("sees it"),
    Sight.AGGREGATED: _("only added up"),
    Sight.HIDDEN: "-",
}


def worded(words: Words) -> str:
    """The text in the language of this command."""
    return words.id if LOCALE.get() is Locale.INDONESIAN else words.en
