"""Decides everybody's rater from the roster and from what the database has. Pure."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from service.roster.relations import without_circles
from service.roster.rows import PersonRow, RosterFile, RowProblem
from service.roster.verdicts import Changes
from states.nip import mask
from store.person.presence import PastRelation
from translations import mark as _


@dataclass(slots=True)
class DecidedRaters:
    """What becomes of the raters of a roster's people."""

    changed: dict[str, str | None] = field(default_factory=dict)
    """The people whose rater changes, with the new rater; None if the present relation ends."""
    warnings: dict[str, list[RowProblem]] = field(default_factory=dict)
    changes: Changes = field(default_factory=Changes)


def decide_raters(
    people: Mapping[str, PersonRow],
    present: Mapping[str, str | None],
    ordered: Mapping[str, Sequence[PastRelation]],
    refused_lines: Mapping[str, int],
    *,
    silent: bool,
) -> DecidedRaters:
    """The raters of ``people``, by NIP.

    ``present`` maps everybody of the agency to the present rater. ``ordered`` has the history of people whose
    rater an operation set. ``refused_lines`` has the lines of refused rows whose NIP could be read. A superior
    that cannot be used changes nothing: the present rater stays. With ``silent`` this is so for everybody.
    """
    decided = DecidedRaters()
    wanted = {
        nip: _wanted(
            person, people, present, ordered.get(nip, ()), refused_lines, silent, _warner(decided, person)
        )
        for nip, person in people.items()
    }
    kept, circles = without_circles(wanted, present)
    for circle in circles:
        lines = [str(people[nip].line) if nip in people else mask(nip) for nip in circle]
        for nip in circle:
            if nip in people:
                _warner(decided, people[nip])(
                    "superior_loop",
                    _("These lines name each other as superiors in a circle: {chain}. Correct one of them."),
                    chain=" → ".join((*lines, lines[0])),
                )
    decided.changed = {nip: rater for nip, rater in kept.items() if rater != present.get(nip)}
    begun = sum(present.get(nip) is None for nip in decided.changed)
    unchanged = sum(rater is not None and rater == present.get(nip) for nip, rater in kept.items())
    decided.changes = Changes(begun, len(decided.changed) - begun, unchanged)
    return decided


_Warn = Callable[..., None]


def _warner(decided: DecidedRaters, person: PersonRow) -> _Warn:
    def warn(code: str, message: str, **parameters: str) -> None:
        problem = RowProblem(RosterFile.PEOPLE, person.line, "atasan_nip", code, message, parameters)
        decided.warnings.setdefault(person.nip, []).append(problem)

    return warn


def _wanted(
    person: PersonRow,
    people: Mapping[str, PersonRow],
    present: Mapping[str, str | None],
    ordered: Sequence[PastRelation],
    refused_lines: Mapping[str, int],
    silent: bool,
    warn: _Warn,
) -> str | None:
    now = present.get(person.nip)
    superior = person.superior_nip
    if silent or person.superior_unusable:
        if silent and now is None:
            _warn_missing(warn)
        return now
    if superior == now and superior is not None:
        return now
    if superior is not None and superior not in people and superior not in present:
        _warn_unknown(warn, superior, refused_lines)
        return now
    if now is not None and superior in replaced_by_orders(ordered):
        warn(
            "rater_kept",
            _(
                "The personnel office has put {kept} in the place of {given} since; {kept} stays. Correct the file."
            ),
            kept=mask(now),
            given="-" if superior is None else mask(superior),
        )
        return now
    if superior is None:
        _warn_missing(warn)
    return superior


def _warn_missing(warn: _Warn) -> None:
    warn("superior_missing", _("No superior is named. That is right for the head of the agency only."))


def _warn_unknown(warn: _Warn, superior: str, refused_lines: Mapping[str, int]) -> None:
    line = refused_lines.get(superior)
    if line is not None:
        warn(
            "superior_unknown",
            _("The superior {nip} cannot be imported; correct line {line} first."),
            nip=mask(superior),
            line=str(line),
        )
        return
    warn(
        "superior_unknown",
        _(
            "The superior {nip} stands neither in the file nor in the agency. Add the person or correct the number."
        ),
        nip=mask(superior),
    )


def replaced_by_orders(history: Sequence[PastRelation]) -> frozenset[str | None]:
    """The raters that an unbroken series of operations has replaced; None stands for no rater.

    ``history`` begins with the present relation, which an operation set.
    """
    if not history:
        return frozenset()
    replaced: set[str | None] = set()
    later = history[0]
    for earlier in history[1:]:
        if earlier.until is not None and earlier.until < later.since:
            return frozenset({*replaced, None})
        replaced.add(earlier.holder)
        if not earlier.ordered:
            return frozenset(replaced)
        later = earlier
    return frozenset({*replaced, None})
