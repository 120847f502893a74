"""The names of absences, and of the rights by which people act."""

from collections.abc import Mapping

from states.absences import AbsenceKind
from states.changes import SubstitutionKind
from translations import Locale, translate
from translations import mark as _

ABSENCES: Mapping[str, str] = {
    AbsenceKind.LEAVE: _("leave"),
    AbsenceKind.STUDY: _("study assignment"),
    AbsenceKind.SECONDMENT: _("assignment outside the agency"),
    AbsenceKind.UNPAID_LEAVE: _("unpaid leave"),
    AbsenceKind.SUSPENDED: _("suspended from service"),
    AbsenceKind.STATE_OFFICIAL: _("state official"),
    AbsenceKind.PRE_RETIREMENT: _("pre-retirement period"),
    AbsenceKind.RETIRED: _("retired"),
    AbsenceKind.DIED: _("died"),
    AbsenceKind.LEFT: _("left the agency"),
}

BASES: Mapping[str, str] = {
    "self": _("in person"),
    "definitive": _("definitive"),
    SubstitutionKind.PLT: _("acting official (Plt.)"),
    SubstitutionKind.PLH: _("daily acting official (Plh.)"),
    SubstitutionKind.DELEGATED: _("delegated"),
    "stepping_in": _("superior stepping in (PP 30/2019 art 46(3))"),
    "top_decider": _("top decider of the agency (PPK or a delegate)"),
    "hr": _("personnel officer"),
}
"""The rights by which somebody holds a capacity."""
_ON_BEHALF = _("{name}, on behalf of {official} ({basis})")
_BY_RIGHT = _("{name} ({basis})")

SUBSTITUTION_STATES: Mapping[str, str] = {
    "active": _("in force"),
    "future": _("not begun yet"),
    "past": _("over"),
}


def absence_name(kind: str, locale: Locale) -> str:
    """The kind of absence in words."""
    return translate(ABSENCES[kind], locale)


def basis_name(basis: str, locale: Locale) -> str:
    """The right in words."""
    return translate(BASES[basis], locale)


def responsible_name(name: str, basis: str, on_behalf_of: str | None, locale: Locale) -> str:
    """The responsible person and whom he stands in for, as written above a signature."""
    right = basis_name(basis, locale)
    if on_behalf_of is not None:
        return translate(_ON_BEHALF, locale, name=name, official=on_behalf_of, basis=right)
    return translate(_BY_RIGHT, locale, name=name, basis=right)


def substitution_state_name(state: str, locale: Locale) -> str:
    """Whether a substitution is in force, in words."""
    return translate(SUBSTITUTION_STATES[state], locale)
