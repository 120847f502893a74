"""What must hold in a scheme beyond the types of its fields."""

import datetime as dt
from collections.abc import Callable, Iterator

from schemes.document import Path
from states.rules import DeadlineRule, Ladder, Rulebook, RungKind, StageRule, StartEvent, Unit, YearlyDate
from states.stages import CLOSED_STAGES, HOLDERS, Capacity, Stage
from states.table import PERMISSIONS
from states.triggers import Trigger

Finding = tuple[Path, str]

_DATED_STAGES = (Stage.SCHEDULED, Stage.SECOND_HALF)
_CHECK_IN_STAGES = (Stage.MIDYEAR_REPORT, Stage.MIDYEAR_REVIEW)
_ORDINARY_YEAR = 2001
_OPTIONAL_STAGES: dict[Stage, Callable[[Rulebook], bool]] = {
    Stage.MODERATION: lambda book: book.moderation,
    Stage.PLAN_SCREENING: lambda book: book.plan_screening,
}
"""Stages that a scheme may leave out, each with whether it uses it."""
_STAGES_OF_FIELDS: dict[str, tuple[Stage, ...]] = {
    "after_receipt": (Stage.RESPONSE,),
    "later_period": (Stage.PLAN_DRAFTING, Stage.PLAN_SCREENING, Stage.PLAN_REVIEW),
    "closed_period": (Stage.RATING,),
}


def findings(book: Rulebook, automatic_triggers: frozenset[str]) -> Iterator[Finding]:
    """Every contradiction in ``book`` as the path of a field and what is wrong with it."""
    if "id" not in book.title:
        yield ("title", "id"), "is required: people read Bahasa Indonesia first"
    for name, ladder in book.ladders.items():
        yield from _ladder(("ladders", name), ladder)
    yield from _opening_dates(book)
    yield from _receipt(book)
    yield from _behind_superior(book)
    rules: dict[str, Path] = {}
    for stage in Stage:
        yield from _stage(stage, book)
    for path, rule in book.deadline_rules:
        yield from _deadline(path, rule, book, automatic_triggers)
        if rule.rule in rules:
            yield (*path, "rule"), f"{rule.rule!r} is the name of another deadline; names are unique"
        rules[rule.rule] = path


def _ladder(path: Path, ladder: Ladder) -> Iterator[Finding]:
    if ladder.at.tzinfo is not None:
        yield (*path, "at"), 'carries a time zone; write the local time of day, such as "08:00"'
    seen: set[str] = set()
    for number, rung in enumerate(ladder.rungs):
        here: Path = (*path, "rungs", number)
        if rung.name in seen:
            yield (*here, "name"), f"{rung.name!r} is the name of another rung of this ladder"
        seen.add(rung.name)
        if rung.kind is RungKind.REMINDER and rung.days > 0:
            yield (
                (*here, "days"),
                f"{rung.days} lies after the due day; a reminder needs zero or a negative number",
            )
        if rung.kind is RungKind.ESCALATION and rung.days <= 0:
            yield (*here, "days"), f"{rung.days} lies before the lapse; an escalation needs a positive number"
        if not rung.audience:
            yield (*here, "audience"), "names nobody; list at least one capacity"
        if Capacity.CLOCK in rung.audience:
            yield (*here, "audience"), "the clock reads no messages; list people's capacities"


def _receipt(book: Rulebook) -> Iterator[Finding]:
    rule = book.receipt
    if rule.deemed_after is not None and rule.article is None:
        yield (
            ("receipt", "article"),
            "is required by deemed_after: PP 30/2019 knows no deemed receipt, so name what the agency rests it on",
        )
    if rule.deemed_after is None and rule.article is not None:
        yield ("receipt", "article"), "is the ground of deemed_after; give deemed_after, or remove it"


def _behind_superior(book: Rulebook) -> Iterator[Finding]:
    rule = book.behind_superior
    if rule is not None and (rule.clock == "waits") is (rule.days is None):
        advice = (
            "is required: say how many"
            if rule.days is None
            else "means nothing where the clock runs; remove it"
        )
        yield ("behind_superior", "days"), advice


def _opening_dates(book: Rulebook) -> Iterator[Finding]:
    openings: list[tuple[Path, YearlyDate]] = []
    scheduled, second_half = (book.stages.get(stage) for stage in _DATED_STAGES)
    if scheduled is not None and scheduled.opens_next is not None:
        openings.append((("stages", "scheduled", "opens_next"), scheduled.opens_next))
    openings += [(("check_ins", number), date) for number, date in enumerate(book.check_ins)]
    if second_half is not None and second_half.opens_next is not None:
        openings.append((("stages", "second_half", "opens_next"), second_half.opens_next))
    latest = dt.date.min
    for path, date in openings:
        if path[0] == "check_ins" and date.year_offset:
            yield (*path, "year_offset"), "a check-in lies inside the appraised year; leave year_offset out"
            continue
        day = date.in_year(_ORDINARY_YEAR)
        if day <= latest:
            yield (
                path,
                "is not after the opening date before it (scheduled, then check-ins, then second_half)",
            )
        latest = max(latest, day)


def _stage(stage: Stage, book: Rulebook) -> Iterator[Finding]:
    here: Path = ("stages", stage.value)
    if stage in CLOSED_STAGES:
        if stage in book.stages:
            yield here, "is a closed stage; nothing is awaited in it, so it has no rule; remove it"
        return
    rule = book.stages.get(stage, StageRule())
    if stage in _DATED_STAGES and rule.opens_next is None:
        yield (*here, "opens_next"), "is required: the stage waits on the clock"
    if stage not in _DATED_STAGES and rule.opens_next is not None:
        advice = "list the dates in check_ins" if stage is Stage.FIRST_HALF else "remove it"
        yield (
            (*here, "opens_next"),
            f"only {' and '.join(_DATED_STAGES)} open on a date of their own; {advice}",
        )
    if HOLDERS[stage] is Capacity.CLOCK and rule.deadline is not None:
        yield (*here, "deadline"), "nobody is awaited in this stage, so it has no deadline; remove it"
    if rule.deadline is None and _needs_deadline(stage, book):
        yield (*here, "deadline"), "is required: somebody is awaited in this stage"
    if stage is Stage.RESPONSE and rule.after_receipt is None:
        yield (*here, "after_receipt"), "is required: the response counts from receipt"
    for name, stages in _STAGES_OF_FIELDS.items():
        if getattr(rule, name) is not None and stage not in stages:
            yield (*here, name), f"belongs to {' and '.join(stages)} only; remove it"


def _needs_deadline(stage: Stage, book: Rulebook) -> bool:
    if HOLDERS[stage] is Capacity.CLOCK:
        return False
    if stage is Stage.REPORTING:
        # A scheme without it lets every result but an agreed one be final at once.
        return False
    if stage in _OPTIONAL_STAGES:
        return _OPTIONAL_STAGES[stage](book)
    return bool(book.check_ins) or stage not in _CHECK_IN_STAGES


def _deadline(
    path: Path, rule: DeadlineRule, book: Rulebook, automatic_triggers: frozenset[str]
) -> Iterator[Finding]:
    fixed = rule.unit is Unit.FIXED_DATE
    wanted, unwanted = ("date", "length") if fixed else ("length", "date")
    if getattr(rule, wanted) is None:
        yield (*path, wanted), f"is required by the unit {rule.unit.value}"
    if getattr(rule, unwanted) is not None:
        yield (*path, unwanted), f"does not go with the unit {rule.unit.value}; give {wanted} instead"
    if rule.ladder not in book.ladders:
        yield (
            (*path, "ladder"),
            f"{rule.ladder!r} is not one of the ladders {', '.join(sorted(book.ladders))}",
        )
    if rule.starts is StartEvent.LAPSE and path != ("stages", Stage.COUNTERSIGN.value, "deadline"):
        yield (
            (*path, "starts"),
            "lapse starts the deadline in countersign only: it follows a term that has lapsed",
        )
    after_receipt = path[-1] == "after_receipt"
    if after_receipt and rule.starts is not StartEvent.RECEIPT:
        yield (*path, "starts"), "must be receipt in after_receipt"
    if not after_receipt and rule.starts is StartEvent.RECEIPT:
        yield (*path, "starts"), "receipt starts the deadline in response.after_receipt only"
    if rule.automatic_trigger is not None:
        yield from _automatic(path, rule.automatic_trigger, automatic_triggers)


def _automatic(path: Path, trigger: str, automatic_triggers: frozenset[str]) -> Iterator[Finding]:
    here: Path = (*path, "on_lapse")
    if trigger not in automatic_triggers:
        yield (
            here,
            f"auto:{trigger} is not one of {', '.join(f'auto:{t}' for t in sorted(automatic_triggers))}",
        )
        return
    stages = [at for (at, known), by in PERMISSIONS.items() if known == trigger and Capacity.CLOCK in by]
    if path == ("provisional_report",):
        if trigger != Trigger.REPORT_PROVISIONALLY:
            yield here, f"auto:{Trigger.REPORT_PROVISIONALLY.value} is all that the clock can do here"
        return
    if path[0] != "stages":
        yield here, "nobody's answer is given by the clock; write escalate"
        return
    stage = Stage(str(path[1]))
    if stages and stage not in stages:
        yield here, f"auto:{trigger} is possible in {', '.join(stages)} only"
    elif stage is Stage.RESPONSE and path[-1] == "deadline":
        yield here, "silence counts from receipt; only after_receipt may move the case by itself"
