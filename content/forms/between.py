"""What must hold between the fields of a form: sums, what each row has, what was noted."""

from collections.abc import Iterator
from decimal import Decimal
from math import floor

from pydantic import JsonValue

from content.forms.applying import applies
from content.forms.conditions import is_among
from content.forms.context import FormContext
from content.forms.examination import Examination
from content.forms.form import Check, EachHasCheck, NotedCheck, SomeHasCheck, SumCheck
from content.forms.kinds.number import exact, written
from content.forms.mistakes import Path, Reason
from content.parts import Values
from content.plan.library import family_of


def check_between(check: Check, values: Values, examination: Examination) -> None:
    """Note what does not hold, at the section or row where somebody mends it."""
    match check:
        case SumCheck():
            _check_sum(check, values, examination)
        case EachHasCheck():
            _check_each_has(check, values, examination)
        case SomeHasCheck():
            _check_some_has(check, values, examination)
        case NotedCheck():
            _check_noted(check, examination)


def wanted_entries(check: NotedCheck, context: FormContext) -> int:
    """How many entries the period of a case wants: its share of those of a year, rounded down, and at least one."""
    return max(1, floor(check.at_least * context.share))


def _check_noted(check: NotedCheck, examination: Examination) -> None:
    count = examination.context.noted.get(check.entry, 0)
    least = wanted_entries(check, examination.context)
    if count < least:
        examination.note((), Reason.TOO_FEW_NOTED, entry=check.entry, least=str(least), count=str(count))


def _check_sum(check: SumCheck, values: Values, examination: Examination) -> None:
    """Rows without a number count nothing. Where one is wrong or missing, that was noted, and no sum is made."""
    parts = [part for _path, part in _parts(check.section, values)]
    if not parts or any(_spoils(mistake.path, check) for mistake in examination.mistakes):
        return
    total = sum((_number(part.get(check.field)) for part in parts), Decimal(0))
    if total != exact(check.equals):
        examination.note(
            (check.section,),
            Reason.SUM_WRONG,
            field=check.field,
            expected=written(check.equals),
            sum=f"{total.normalize():f}",
        )


def _spoils(path: Path, check: SumCheck) -> bool:
    """Whether a mistake there is about a number to be added up, or about a whole row."""
    return path[:1] == (check.section,) and (len(path) == 2 or path[2:] == (check.field,))


def _check_each_has(check: EachHasCheck, values: Values, examination: Examination) -> None:
    if not applies(check, examination.rules, examination.context):
        return
    for path, part in _parts(check.section, values):
        rows = part.get(check.rows)
        # Rows that are not asked for are absent; rows of a wrong kind were noted.
        if isinstance(rows, list) and not _some_has(rows, check.field, check.value):
            wanted = {"field": check.field, "value": check.value, **_family(check, examination)}
            examination.note((*path, check.rows), Reason.NOT_EACH_HAS, **wanted)


def _check_some_has(check: SomeHasCheck, values: Values, examination: Examination) -> None:
    if not applies(check, examination.rules, examination.context):
        return
    for _path, part in _parts(check.section, values):
        rows = part.get(check.rows)
        if isinstance(rows, list) and _some_has(rows, check.field, check.value):
            return
    wanted = {"rows": check.rows, "field": check.field, "value": check.value, **_family(check, examination)}
    examination.note((check.section,), Reason.NONE_HAS, **wanted)


def _family(check: EachHasCheck | SomeHasCheck, examination: Examination) -> dict[str, str]:
    """Why it is asked of this employee, where it is not asked of everybody."""
    family = family_of(examination.context.post, examination.rules) if check.families else None
    return {} if family is None else {"family": family}


def _some_has(rows: list[JsonValue], field: str, value: str) -> bool:
    return any(isinstance(row, dict) and is_among(row.get(field), (value,)) for row in rows)


def _parts(section: str, values: Values) -> Iterator[tuple[Path, Values]]:
    """The rows of a section, or the parts of an each section, with their paths."""
    found = values.get(section)
    if isinstance(found, list):
        for place, row in enumerate(found):
            if isinstance(row, dict):
                yield (section, place), row
    elif isinstance(found, dict):
        for name, part in found.items():
            if isinstance(part, dict):
                yield (section, name), part


def _number(value: JsonValue) -> Decimal:
    return Decimal(0) if isinstance(value, bool) or not isinstance(value, int | float) else exact(value)
