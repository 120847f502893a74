"""What the checks between fields make an example say, part by part."""

import math
from collections.abc import Mapping
from decimal import Decimal

from pydantic import JsonValue

from content.forms.applying import applies
from content.forms.context import FormContext
from content.forms.fields import NumberField
from content.forms.form import EachHasCheck, Form, Section, SomeHasCheck, SumCheck
from content.forms.kinds.number import exact
from content.forms.samples.part import Wish
from content.forms.samples.values import json_number, range_of, whole
from content.rules import ContentRules


def parts_needed(section: Section, form: Form) -> int:
    """How many rows a section needs so that its sums can come out."""
    return max((_fewest(check, section) for check in _sums(section, form)), default=0)


def wishes_for(
    section: Section, form: Form, count: int, rules: ContentRules, context: FormContext
) -> tuple[Wish, ...]:
    """One wish for each of so many parts of the section."""
    shares = {check.field: _shares(check, section, count) for check in _sums(section, form)}
    asked = [
        check
        for check in form.checks
        if isinstance(check, EachHasCheck | SomeHasCheck) and applies(check, rules, context)
    ]
    return tuple(
        Wish(_numbers(shares, number), _rows(section, asked, first=number == 0)) for number in range(count)
    )


def _numbers(shares: Mapping[str, tuple[Decimal, ...]], number: int) -> dict[str, JsonValue]:
    return {name: json_number(numbers[number]) for name, numbers in shares.items()}


def _rows(
    section: Section, asked: list[EachHasCheck | SomeHasCheck], *, first: bool
) -> dict[str, tuple[Wish, ...]]:
    """What all have stands in each part, what one has in the first."""
    rows: dict[str, tuple[Wish, ...]] = {}
    for check in asked:
        if check.section != section.name or (isinstance(check, SomeHasCheck) and not first):
            continue
        rows[check.rows] = (*rows.get(check.rows, ()), Wish({check.field: check.value}))
    return rows


def _sums(section: Section, form: Form) -> list[SumCheck]:
    return [check for check in form.checks if isinstance(check, SumCheck) and check.section == section.name]


def _fewest(check: SumCheck, section: Section) -> int:
    _least, most, _step = _range(check, section)
    return math.ceil(exact(check.equals) / most) if most > 0 else 0


def _shares(check: SumCheck, section: Section, count: int) -> tuple[Decimal, ...]:
    """The sum in so many numbers, as alike as their smallest step lets them be; the first take what is left."""
    least, _most, step = _range(check, section)
    steps = int((exact(check.equals) - least * count) / step)
    each, left = divmod(steps, count) if count else (0, 0)
    return tuple(least + step * (each + (number < left)) for number in range(count))


def _range(check: SumCheck, section: Section) -> tuple[Decimal, Decimal, Decimal]:
    for field in section.fields:
        if field.name == check.field and isinstance(field, NumberField):
            least, most = range_of(field)
            if field.at_most is None:
                most = max(least, exact(check.equals))
            return least, most, whole(field.decimals)
    return Decimal(0), exact(check.equals), Decimal(1)
