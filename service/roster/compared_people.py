"""Compares the people of a roster with the people of the agency. Pure."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from service.roster.raters import DecidedRaters, decide_raters
from service.roster.rows import Employment, PersonRow, RefusedRow, Roster, RosterFile, RowProblem
from service.roster.verdicts import FieldChange, Outcome, Vanished, Verdict
from states.nip import mask
from store.person.presence import PastRelation, PersonValues, PresentPerson
from translations import mark as _

_COLUMNS = {
    "unit": "unor_id",
    "name": "nama",
    "title_before": "gelar_depan",
    "title_after": "gelar_belakang",
    "post": "jabatan_nama",
    "post_kind": "jenis_jabatan",
    "echelon": "eselon",
    "grade": "golongan",
    "employment": "jenis_asn",
    "legal_standing": "kedudukan_hukum",
    "post_since": "tmt_jabatan",
    "contract_until": "tanggal_akhir_kontrak",
    "email": "email",
    "phone": "telepon",
}
"""The column of the roster that gives each field of `PersonValues`."""
_LEFT_SERVICE = ("98", "99")


@dataclass(slots=True)
class ComparedPeople:
    """What the import does with the people."""

    verdicts: list[Verdict] = field(default_factory=list)
    to_write: list[tuple[str, PersonValues]] = field(default_factory=list)
    """New and changed people as they will be, by NIP."""
    vanished: list[Vanished] = field(default_factory=list)
    raters: DecidedRaters = field(default_factory=DecidedRaters)


class PeopleComparison:
    """Takes in the people of the agency page by page, then gives the verdicts."""

    def __init__(self, roster: Roster, units: Mapping[str, str]) -> None:
        """``units`` maps every unit that a row may name to the unit that stands for it."""
        self._roster = roster
        self._units = units
        self._silent = [name for name, column in _COLUMNS.items() if column in roster.silent]
        self._not_there = {
            person.nip: RefusedRow(RosterFile.PEOPLE, person.line, person.nip, (_unknown_unit(person),))
            for person in roster.people
            if person.unit_id not in units
        }
        self._people = {p.nip: p for p in roster.people if p.nip not in self._not_there}
        refused = [row for row in roster.refused if row.file is RosterFile.PEOPLE]
        self._refused = [*refused, *self._not_there.values()]
        self._refused_lines = {row.key: row.line for row in reversed(self._refused) if row.key is not None}
        self._present: dict[str, str | None] = {}
        self._changed: dict[str, tuple[PersonValues, tuple[FieldChange, ...]]] = {}
        self._without_email: set[str] = set()
        self._vanished: list[Vanished] = []

    def take_in(self, page: Iterable[PresentPerson]) -> None:
        """Compares people of the agency with their rows."""
        for before in page:
            self._present[before.nip] = before.rater
            person = self._people.get(before.nip)
            if person is None:
                if before.nip not in self._refused_lines and before.legal_standing not in _LEFT_SERVICE:
                    self._vanished.append(Vanished(RosterFile.PEOPLE, before.nip, before.name))
                continue
            after = self._values(person, before)
            if changes := _changes(before, after):
                self._changed[person.nip] = (after, changes)
            if not after.email:
                self._without_email.add(person.nip)

    def finish(self, ordered: Mapping[str, Sequence[PastRelation]]) -> ComparedPeople:
        """The verdicts. Call it once everybody has been taken in."""
        compared = ComparedPeople(vanished=sorted(self._vanished, key=lambda gone: gone.name))
        compared.raters = decide_raters(
            self._people,
            self._present,
            ordered,
            self._refused_lines,
            silent="atasan_nip" in self._roster.silent,
        )
        compared.verdicts = [self._verdict(person, compared) for person in self._people.values()]
        compared.verdicts += [
            Verdict(RosterFile.PEOPLE, row.line, row.key or "", Outcome.REFUSED, (), row.problems)
            for row in self._refused
        ]
        compared.verdicts.sort(key=lambda verdict: verdict.line)
        return compared

    def _verdict(self, person: PersonRow, compared: ComparedPeople) -> Verdict:
        nip = person.nip
        changes: tuple[FieldChange, ...] = ()
        if nip not in self._present:
            outcome = Outcome.NEW
            values = self._values(person, None)
            compared.to_write.append((nip, values))
            without_email = not values.email
        else:
            without_email = nip in self._without_email
            if nip in self._changed:
                values, changes = self._changed[nip]
                compared.to_write.append((nip, values))
            if nip in compared.raters.changed:
                before, after = self._present[nip], compared.raters.changed[nip]
                changes += (FieldChange("atasan_nip", mask(before or ""), mask(after or "")),)
            outcome = Outcome.CHANGED if changes else Outcome.UNCHANGED
        warnings = (
            *person.warnings,
            *self._merged_unit(person),
            *compared.raters.warnings.get(nip, ()),
            *(_no_email(person) if without_email else ()),
        )
        return Verdict(RosterFile.PEOPLE, person.line, nip, outcome, changes, warnings)

    def _values(self, person: PersonRow, before: PersonValues | None) -> PersonValues:
        values = PersonValues(
            unit=self._units[person.unit_id],
            name=person.name,
            title_before=person.title_before,
            title_after=person.title_after,
            post=person.position,
            post_kind=person.position_kind.value,
            echelon=person.echelon.value if person.echelon else "",
            grade=person.grade,
            employment=person.employment.value,
            legal_standing=person.standing.value,
            post_since=person.position_since,
            contract_until=person.contract_until,
            email=person.email,
            phone=person.phone,
        )
        if before is None or not self._silent:
            return values
        kept = replace(values, **{name: getattr(before, name) for name in self._silent})
        # Whoever was taken over as a PNS has no contract any more, whatever an older roster said.
        return kept if kept.employment == Employment.PPPK else replace(kept, contract_until=None)

    def _merged_unit(self, person: PersonRow) -> tuple[RowProblem, ...]:
        into = self._units[person.unit_id]
        if into == person.unit_id:
            return ()
        message = _("The unit {unit} was merged into {into}, where the person is put. Correct the file.")
        parameters = {"unit": person.unit_id, "into": into}
        return (RowProblem(RosterFile.PEOPLE, person.line, "unor_id", "unit_merged", message, parameters),)


def _changes(before: PersonValues, after: PersonValues) -> tuple[FieldChange, ...]:
    return tuple(
        FieldChange(column, _shown(old), _shown(new))
        for name, column in _COLUMNS.items()
        if (old := getattr(before, name)) != (new := getattr(after, name))
    )


def _shown(value: str | dt.date | None) -> str:
    if isinstance(value, dt.date):
        return f"{value:%d-%m-%Y}"
    return value or ""


def _unknown_unit(person: PersonRow) -> RowProblem:
    message = _(
        "The unit {unit} stands neither in the file of units nor in the agency. Add it or correct it."
    )
    parameters = {"unit": person.unit_id}
    return RowProblem(RosterFile.PEOPLE, person.line, "unor_id", "unknown_unit", message, parameters)


def _no_email(person: PersonRow) -> tuple[RowProblem, ...]:
    if any(warning.code == "email_malformed" for warning in person.warnings):
        return ()
    message = _("There is no e-mail address, so notices cannot reach the person. Enter one.")
    return (RowProblem(RosterFile.PEOPLE, person.line, "email", "email_missing", message),)
