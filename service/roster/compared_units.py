"""Compares the units of a roster with the units of the agency. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from service.roster.relations import without_circles
from service.roster.rows import Roster, RosterFile, RowProblem, UnitRow
from service.roster.verdicts import FieldChange, Outcome, Vanished, Verdict
from store.person.presence import PresentUnit
from translations import mark as _


@dataclass(slots=True)
class ComparedUnits:
    """What the import does with the units."""

    verdicts: list[Verdict] = field(default_factory=list)
    to_write: list[UnitRow] = field(default_factory=list)
    """New and changed units, as they will be."""
    vanished: list[Vanished] = field(default_factory=list)
    heirs: dict[str, str] = field(default_factory=dict)
    """Every unit that a row may name, with the unit that stands for it: itself, unless it was merged."""


def compare_units(roster: Roster, present: Iterable[PresentUnit]) -> ComparedUnits:
    """The verdict for every unit of the roster that can be read."""
    known = {unit.code: unit for unit in present}
    given = {unit.unit_id: unit for unit in roster.units}
    compared = ComparedUnits(heirs=_heirs(known, given))
    parents, doubts = _parents(given, known, silent="unor_atasan_id" in roster.silent)
    for unit in roster.units:
        before = known.get(unit.unit_id)
        unit = _with_what_is_known(unit, before, roster.silent, parents[unit.unit_id])
        warnings = (*unit.warnings, *doubts.get(unit.unit_id, ()), *_zone_warnings(unit))
        changes = () if before is None else _changes(unit, before)
        outcome = Outcome.NEW if before is None else Outcome.CHANGED if changes else Outcome.UNCHANGED
        if outcome is not Outcome.UNCHANGED:
            compared.to_write.append(unit)
        compared.verdicts.append(
            Verdict(RosterFile.UNITS, unit.line, unit.unit_id, outcome, changes, warnings)
        )
    if given:
        refused = {row.key for row in roster.refused if row.file is RosterFile.UNITS}
        compared.vanished = [
            Vanished(RosterFile.UNITS, unit.code, unit.name)
            for unit in known.values()
            if unit.heir is None and unit.code not in given and unit.code not in refused
        ]
    return compared


def _heirs(known: dict[str, PresentUnit], given: dict[str, UnitRow]) -> dict[str, str]:
    heirs = dict(zip(given, given, strict=True))
    for code, unit in known.items():
        passed = {code}
        while unit.heir is not None and unit.heir not in passed:
            passed.add(unit.heir)
            unit = known[unit.heir]
        heirs[code] = unit.code
    return heirs


def _parents(
    given: dict[str, UnitRow], known: dict[str, PresentUnit], *, silent: bool
) -> tuple[dict[str, str | None], dict[str, list[RowProblem]]]:
    """The parent that every unit of the file will have, and the doubts about it."""
    present = {code: unit.parent for code, unit in known.items()}
    wanted: dict[str, str | None] = {}
    doubts: dict[str, list[RowProblem]] = {}

    def doubt(unit: UnitRow, code: str, message: str, /, **parameters: str) -> None:
        problem = RowProblem(RosterFile.UNITS, unit.line, "unor_atasan_id", code, message, parameters)
        doubts.setdefault(unit.unit_id, []).append(problem)

    for code, unit in given.items():
        unusable = silent or any(warning.code == "own_parent" for warning in unit.warnings)
        wanted[code] = present.get(code) if unusable else unit.parent_id
        if not silent and unit.parent_id is not None and unit.parent_id not in known | given:
            wanted[code] = present.get(code)
            doubt(
                unit,
                "parent_unknown",
                _(
                    "The parent unit {unit} stands neither in the file nor in the agency. Add it or correct it."
                ),
                unit=unit.parent_id,
            )
    kept, circles = without_circles(wanted, present)
    for circle in circles:
        for code in circle:
            if code in given:
                doubt(
                    given[code],
                    "parent_loop",
                    _("These units stand below each other in a circle: {chain}. Correct one of them."),
                    chain=" → ".join((*circle, circle[0])),
                )
    return kept, doubts


def _with_what_is_known(
    unit: UnitRow, before: PresentUnit | None, silent: frozenset[str], parent: str | None
) -> UnitRow:
    if before is None:
        return replace(unit, parent_id=parent)
    return replace(
        unit,
        parent_id=parent,
        kind=before.kind if "jenis_unit" in silent else unit.kind,
        zone=before.zone if "zona_waktu" in silent else unit.zone,
    )


def _zone_warnings(unit: UnitRow) -> tuple[RowProblem, ...]:
    if unit.zone:
        return ()
    message = _("The unit has no time zone, so nobody in it can be launched. Enter it in zona_waktu.")
    return (RowProblem(RosterFile.UNITS, unit.line, "zona_waktu", "no_zone", message),)


def _changes(unit: UnitRow, before: PresentUnit) -> tuple[FieldChange, ...]:
    pairs = (
        ("unor_nama", before.name, unit.name),
        ("unor_atasan_id", before.parent or "", unit.parent_id or ""),
        ("jenis_unit", before.kind, unit.kind),
        ("zona_waktu", before.zone, unit.zone),
    )
    return tuple(FieldChange(*pair) for pair in pairs if pair[1] != pair[2])
