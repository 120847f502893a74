"""The lines of a report of findings."""

from collections.abc import Iterator, Mapping, Sequence

from service.preflight.wording import Explained, basis_name, explain
from states.nip import mask
from store.cycle.causes import Cause
from store.cycle.preflight import Finding, Named
from store.person.repository import full_name
from translations import Locale, translate
from translations import mark as _

HEADINGS: Mapping[str, str] = {
    "cause": _("Cause"),
    "severity": _("Effect"),
    "what_is_wrong": _("What is wrong"),
    "what_to_do": _("What to do"),
    "who": _("Who"),
    "person_id": _("Person (id)"),
    "name": _("Name"),
    "nip_masked": _("NIP, masked"),
    "post": _("Post"),
    "unit_code": _("Unit code"),
    "unit": _("Organisation unit"),
    "rater": _("Rater"),
    "stand_in": _("Who steps in"),
    "basis": _("On which ground"),
    "people": _("Appraisals concerned"),
}
"""The columns of a report by their keys."""

Cell = str | int


def headings(locale: Locale) -> list[str]:
    """The names of the columns."""
    return [translate(heading, locale) for heading in HEADINGS.values()]


class Lines:
    """Makes lines from findings; each cause is put into words only once."""

    def __init__(self, locale: Locale, span: int) -> None:
        self._locale = locale
        self._span = span
        self._explained: dict[Cause, Explained] = {}

    def of(self, findings: Sequence[Finding]) -> Iterator[list[Cell]]:
        """One line for each finding, in the order of `HEADINGS`."""
        for finding in findings:
            explained = self._explained.get(finding.cause)
            if explained is None:
                explained = explain(finding.cause, self._locale, span=self._span)
                self._explained[finding.cause] = explained
            yield [
                str(finding.cause),
                explained.severity_name,
                explained.wrong,
                explained.remedy,
                explained.fixer_name,
                "" if finding.person is None else str(finding.person.id),
                shown(finding.person),
                mask(finding.nip),
                finding.post,
                finding.unit_code,
                finding.unit_name,
                shown(finding.rater),
                shown(finding.stand_in),
                basis_name(finding.basis, self._locale),
                finding.people,
            ]


def shown(named: Named | None) -> str:
    """The name with its titles; empty for nobody."""
    return "" if named is None else full_name(named.title_before, named.name, named.title_after)
