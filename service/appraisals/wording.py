"""On what an appraisal rests, in words."""

from collections.abc import Mapping

from states.triggers import RatingBasis
from translations import Locale, translate
from translations import mark as _

BASES: Mapping[str, str] = {
    RatingBasis.ACADEMIC_RECORD: _("Study duty: rated on the academic record (PP 30/2019 art 43)"),
    RatingBasis.HOST_MATERIAL: _("Assignment elsewhere: rated on the host's material (PP 30/2019 art 44)"),
}


def rating_basis_name(basis: str | None, locale: Locale) -> str | None:
    """The basis of the rating in words; None where that is a plan."""
    return None if basis is None else translate(BASES[basis], locale)
