"""The right to object and the examination of an objection, in words."""

import datetime as dt
from collections.abc import Mapping

from states.appraisal import Appraisal
from states.stages import Capacity
from states.triggers import DismissalGround, ReopeningGround
from translations import Locale, format_date, translate
from translations import mark as _

DISMISSAL_GROUNDS: Mapping[str, str] = {
    DismissalGround.LATE: _("Filed after the days of PP 30/2019 art 59(1)"),
    DismissalGround.NOT_THE_RESULT: _("Not about the result of an appraisal"),
    DismissalGround.NO_REASONS: _("Without reasons"),
    DismissalGround.DECIDED_BEFORE: _("Decided before, and final"),
}

REOPENING_GROUNDS: Mapping[str, str] = {
    ReopeningGround.COURT_DECISION: _("Binding decision of a court"),
    ReopeningGround.HIGHER_AUTHORITY: _("Binding decision of a higher authority"),
    ReopeningGround.CLERICAL_ERROR: _("Evident clerical error"),
}


def dismissal_ground_name(ground: str | None, locale: Locale) -> str | None:
    """Why an objection is inadmissible, in words; None where nothing is said."""
    return None if ground is None else translate(DISMISSAL_GROUNDS[ground], locale)


def reopening_ground_name(ground: str | None, locale: Locale) -> str | None:
    """Why a settled result is opened again, in words; None where nothing is said."""
    return None if ground is None else translate(REOPENING_GROUNDS[ground], locale)


def term_sentence(due_on: dt.date, by_law: dt.date, locale: Locale) -> str:
    """Until when an objection is in time, and until when by the law alone if that is another day."""
    if due_on == by_law:
        return translate(_("An objection is in time until {due}."), locale, due=format_date(due_on, locale))
    return translate(
        _("An objection is in time until {due}, by the law alone until {law}."),
        locale,
        due=format_date(due_on, locale),
        law=format_date(by_law, locale),
    )


def lateness(appraisal: Appraisal, locale: Locale) -> str:
    """By how many days the objection is late, by the law and with what was added to the term."""
    if not appraisal.objection_late:
        return translate(_("Filed in time."), locale)
    if appraisal.late_by == appraisal.late_by_law:
        return translate(_("Days late: {days}."), locale, days=appraisal.late_by)
    return translate(
        _("Days late: {law} by the law, {extended} with what was added to the term."),
        locale,
        law=appraisal.late_by_law,
        extended=appraisal.late_by,
    )


def hearing(appraisal: Appraisal, side: Capacity, locale: Locale) -> str:
    """How a side has been heard. A statement counts before a silence, and a silence before a question."""
    if side in appraisal.heard:
        return translate(_("Has been heard"), locale)
    if side in appraisal.silent:
        return translate(_("No statement given by the day"), locale)
    if side in appraisal.asked:
        return translate(_("Asked, a statement is awaited"), locale)
    return translate(_("Not asked yet"), locale)
