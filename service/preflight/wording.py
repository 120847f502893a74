"""Each cause of problems in words: what is wrong, what to do, and who has to do it."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from store.cycle.causes import Cause, Concern, Severity, severity_of
from store.cycle.obstacles import SkipReason
from translations import Locale, translate
from translations import mark as _


class Fixer(StrEnum):
    """Who has to mend something."""

    HR_DATA = "hr_data"
    """Personnel officers, in the roster."""
    HR_LETTER = "hr_letter"
    """Personnel officers, with a letter that has to be signed."""
    UNIT_HEAD = "unit_head"
    """The head of the unit."""
    NOBODY = "nobody"


SEVERITIES: Mapping[Severity, str] = {
    Severity.BLOCKS: _("Not launched"),
    Severity.WARNS: _("Warning"),
    Severity.EXEMPT: _("Exempt"),
    Severity.NOT_IN_SERVICE: _("Not in service"),
}

FIXERS: Mapping[Fixer, str] = {
    Fixer.HR_DATA: _("Personnel officers, in the roster"),
    Fixer.HR_LETTER: _("Personnel officers, by a letter"),
    Fixer.UNIT_HEAD: _("Head of the unit"),
    Fixer.NOBODY: _("Nobody"),
}

BASES: Mapping[str, str] = {
    "definitive": _("holds the post"),
    "plt": _("acting head (Plt.)"),
    "plh": _("stands in for the time of absence (Plh.)"),
    "delegated": _("by delegation"),
    "stepping_in": _("steps in as the superior (PP 30/2019 art 46(3))"),
}
"""The ground on which somebody acts for a rater."""


@dataclass(frozen=True, slots=True)
class Explanation:
    """A cause in words, still to be translated."""

    wrong: str
    remedy: str
    fixer: Fixer


_NO_REMEDY = _(
    "There is nothing to do; whoever should be appraised all the same has a wrong status in the roster."
)
_SUPERIOR = _("Enter the NIP of the right superior in the roster and import it again.")

EXPLANATIONS: Mapping[Cause, Explanation] = {
    SkipReason.UNIT_MERGED: Explanation(
        _("The person's unit was merged into another one."),
        _("Enter the unit in which the person works now in the roster and import it again."),
        Fixer.HR_DATA,
    ),
    SkipReason.NO_CALENDAR: Explanation(
        _("The person's unit has no time zone, so nothing says when its working days end."),
        _("Give the unit a time zone in the file of units and import it again."),
        Fixer.HR_DATA,
    ),
    SkipReason.OWN_SUPERIOR: Explanation(
        _("The roster names the person as the own superior."), _SUPERIOR, Fixer.HR_DATA
    ),
    SkipReason.SUPERIOR_UNKNOWN: Explanation(
        _("The roster names a superior whom nobody knows."),
        _("Add the superior to the roster, or enter the NIP of the right one, and import it again."),
        Fixer.HR_DATA,
    ),
    SkipReason.SUPERIOR_LOOP: Explanation(
        _("The superiors in the roster go round in a circle."), _SUPERIOR, Fixer.HR_DATA
    ),
    SkipReason.SUPERIOR_DAMAGED: Explanation(
        _("The NIP of the superior in the roster cannot be read."),
        _("Format the column as text, enter the 18 digits of the superior and import the roster again."),
        Fixer.HR_DATA,
    ),
    SkipReason.NO_RATER: Explanation(
        _("Nobody is named who rates the person."),
        _(
            "Enter the superior in the roster and import it again; leave it where somebody outside the agency "
            "rates, as with its head."
        ),
        Fixer.HR_DATA,
    ),
    Concern.LINE_ENDS: Explanation(
        _("The rater cannot act and nobody above can either, so that the personnel officers stand in."),
        _("Appoint an acting official or delegate the rating by a letter, and enter it."),
        Fixer.HR_LETTER,
    ),
    Concern.RATER_AWAY: Explanation(
        _("The rater cannot act, and somebody else rates in the meantime (PP 30/2019 art 46(3)-(4))."),
        _("See whether the one who steps in is right; if not, appoint an acting official or a new rater."),
        Fixer.HR_LETTER,
    ),
    Concern.NO_SUBSTITUTE: Explanation(
        _("A rater is on leave, and nobody is appointed for the time."),
        _("Appoint somebody for the time of the leave (Plh.) by a letter, and enter it."),
        Fixer.HR_LETTER,
    ),
    Concern.RATER_BELOW_PENGAWAS: Explanation(
        _("A rater is below pengawas and rates without a delegation (PP 30/2019 art 1(8))."),
        _("Delegate the rating by a letter and enter it, or name another superior, or correct the echelon."),
        Fixer.HR_LETTER,
    ),
    Concern.RATER_RETIRES: Explanation(
        _("A rater reaches the age of retirement during the year (UU 20/2023 art 55)."),
        _("Name a successor in time; a functional post may end later, by its own rules."),
        Fixer.HR_LETTER,
    ),
    Concern.CONTRACT_ENDS: Explanation(
        _("The person's contract ends before the year does (PP 49/2018 arts 35-37)."),
        _("Enter the new end in the roster once the contract is extended, and import it again."),
        Fixer.HR_DATA,
    ),
    Concern.SPAN_OVER_LIMIT: Explanation(
        _("A rater has more than {span} people."),
        _("Divide the people among more raters; a delegation needs a letter."),
        Fixer.UNIT_HEAD,
    ),
    Concern.VACANT_POST: Explanation(
        _("Nobody who is present holds a structural post in the unit."),
        _("Appoint an acting head (Plt.) by a letter and enter it, or correct the posts in the roster."),
        Fixer.HR_LETTER,
    ),
    Concern.EMAIL_MISSING: Explanation(
        _("The person has no e-mail address, so no reminder arrives."),
        _("Enter the address in the roster and import it again."),
        Fixer.HR_DATA,
    ),
    Concern.TWO_UNITS: Explanation(
        _("The roster names the person in two units."),
        _("Leave one of the two lines in the roster and import it again."),
        Fixer.HR_DATA,
    ),
    SkipReason.UNPAID_LEAVE: Explanation(
        _("The person is on unpaid leave (PP 30/2019 art 23)."), _NO_REMEDY, Fixer.NOBODY
    ),
    SkipReason.SUSPENDED: Explanation(
        _("The person is suspended from service (PP 30/2019 art 23)."), _NO_REMEDY, Fixer.NOBODY
    ),
    SkipReason.STATE_OFFICIAL: Explanation(
        _("The person is a state official (PP 30/2019 art 23)."), _NO_REMEDY, Fixer.NOBODY
    ),
    SkipReason.PRE_RETIREMENT: Explanation(
        _("The person is in the period before retirement (PP 30/2019 art 23)."), _NO_REMEDY, Fixer.NOBODY
    ),
    SkipReason.LEFT_SERVICE: Explanation(_("The person has left the service."), _NO_REMEDY, Fixer.NOBODY),
}


@dataclass(frozen=True, slots=True)
class Explained:
    """A cause in the language of its reader."""

    severity: Severity
    severity_name: str
    wrong: str
    remedy: str
    fixer: Fixer
    fixer_name: str


def explain(cause: Cause, locale: Locale, *, span: int) -> Explained:
    """The cause in words; ``span`` is the limit that the preflight used."""
    found, severity = EXPLANATIONS[cause], severity_of(cause)
    return Explained(
        severity,
        severity_name(severity, locale),
        translate(found.wrong, locale, **({"span": span} if cause is Concern.SPAN_OVER_LIMIT else {})),
        translate(found.remedy, locale),
        found.fixer,
        translate(FIXERS[found.fixer], locale),
    )


def severity_name(severity: Severity, locale: Locale) -> str:
    """The effect of a finding on a launch, in words."""
    return translate(SEVERITIES[severity], locale)


def basis_name(basis: str, locale: Locale) -> str:
    """The ground on which somebody acts, in words; empty if nobody acts."""
    return translate(BASES[basis], locale) if basis else ""
