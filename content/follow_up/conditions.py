"""The conditions of which nominations and awards are made."""

from collections.abc import Iterable, Iterator

from content.follow_up.facts import Counted, Facts, Settled
from content.follow_up.outcome import Code, Reason
from content.follow_up.rules import EntriesNeeded

_OWN = {Settled.NOT_FINAL: Code.NOT_FINAL, Settled.UNDER_OBJECTION: Code.UNDER_OBJECTION}
_EARLIER = {
    Settled.NOT_FINAL: Code.EARLIER_NOT_FINAL,
    Settled.UNDER_OBJECTION: Code.EARLIER_UNDER_OBJECTION,
}


def year_reason(facts: Facts, year: int, predicates: Iterable[str]) -> Reason:
    """Whether a year has one of these predicates for good; of what is not final no predicate is told."""
    found = facts.results.get(year)
    if found is None:
        missing = Code.NO_RESULT if year == facts.year else Code.YEAR_MISSING
        return Reason(missing, holds=False, facts={"year": year})
    if found.settled is not Settled.FINAL:
        codes = _OWN if year == facts.year else _EARLIER
        return Reason(codes[found.settled], holds=False, facts={"year": year})
    if found.predicate is None:
        return Reason(Code.YEAR_ON_OTHER_SCALE, holds=False, facts={"year": year})
    fits = found.predicate in tuple(predicates)
    code = Code.YEAR_FITS if fits else Code.YEAR_DIFFERS
    return Reason(code, fits, {"year": year, "predicate": found.predicate})


def final_reason(facts: Facts) -> Reason | None:
    """Why the result of the appraised year cannot be built on yet; None if it can, whatever it is."""
    found = facts.results.get(facts.year)
    if found is None:
        return Reason(Code.NO_RESULT, holds=False, facts={"year": facts.year})
    if found.settled is Settled.FINAL:
        return None
    return Reason(_OWN[found.settled], holds=False, facts={"year": facts.year})


def entry_reasons(facts: Facts, needs: Iterable[EntriesNeeded]) -> Iterator[Reason]:
    """Whether so many entries of each kind were noted in the year."""
    for need in needs:
        counted = facts.entries.get(need.entry, Counted())
        found = counted.within if need.counted else counted.entries
        enough = found >= need.at_least
        codes = (
            (Code.COUNTED_MISSING, Code.COUNTED_ENOUGH)
            if need.counted
            else (Code.ENTRIES_MISSING, Code.ENTRIES_ENOUGH)
        )
        said: dict[str, int | float | str] = {"entry": need.entry, "found": found, "at_least": need.at_least}
        yield Reason(codes[enough], enough, said)
