"""One of several, or some of several: steps, choices and things of the case."""

from collections.abc import Callable

from pydantic import JsonValue

from content.forms.examination import Examination
from content.forms.fields import ChoiceField, ItemField, Source
from content.forms.items import WAITING
from content.forms.mistakes import Path, Reason

OneCheck = Callable[[str, Path], None]


def check_choice(field: ChoiceField, value: JsonValue, path: Path, examination: Examination) -> JsonValue:
    """The value of a choice field: a name of the scale or list, or several."""
    choices = examination.rules.choices_of(field.of)

    def check_one(name: str, place: Path) -> None:
        if name not in choices:
            examination.note(place, Reason.NOT_A_CHOICE, of=field.of)

    return _one_or_many(value, path, examination, many=field.many, check_one=check_one)


def check_item(field: ItemField, value: JsonValue, path: Path, examination: Examination) -> JsonValue:
    """The value of an item field: the id of something in the case, or several."""

    def check_one(item: str, place: Path) -> None:
        reason = _refusal(field.of, item, examination)
        if reason is not None:
            examination.note(place, reason, of=field.of.value)

    checked = _one_or_many(value, path, examination, many=field.many, check_one=check_one)
    if field.required and field.many and isinstance(checked, list) and len(checked) < field.at_least:
        examination.note(path, Reason.TOO_FEW_ITEMS, least=str(field.at_least), count=str(len(checked)))
    return checked


def missing_item(field: ItemField, examination: Examination) -> Reason | None:
    """Why it is a mistake that nothing stands in a required item field; None where nothing could.

    A plan of words has no results to name, and a superior with such a plan none to support. Evidence can be
    handed in, so that it is missing.
    """
    if field.many and field.at_least == 0:
        return None
    match field.of:
        case Source.EVIDENCE:
            return Reason.MISSING
        case Source.SUPERIOR_RESULTS if examination.context.superior_results is None:
            return Reason.MISSING if examination.rules.plan.behind_superior else Reason.SUPERIOR_NOT_READY
        case _:
            return Reason.MISSING if examination.items(field.of) else None


def _refusal(source: Source, item: str, examination: Examination) -> Reason | None:
    if source is not Source.SUPERIOR_RESULTS:
        return None if examination.has(source, item) else Reason.NO_SUCH_ITEM
    if examination.context.superior_results is None:
        waits = item == WAITING and examination.rules.plan.behind_superior
        return None if waits else Reason.SUPERIOR_NOT_READY
    if examination.has(source, item):
        return None
    return Reason.SUPERIOR_READY if item == WAITING else Reason.NO_SUCH_ITEM


def _one_or_many(
    value: JsonValue, path: Path, examination: Examination, *, many: bool, check_one: OneCheck
) -> JsonValue:
    if not many:
        if isinstance(value, str):
            check_one(value, path)
        else:
            examination.note(path, Reason.WRONG_TYPE, expected="text")
        return value
    if not isinstance(value, list):
        examination.note(path, Reason.WRONG_TYPE, expected="list")
        return value
    seen: set[str] = set()
    for place, one in enumerate(value):
        if not isinstance(one, str):
            examination.note((*path, place), Reason.WRONG_TYPE, expected="text")
        elif one in seen:
            examination.note((*path, place), Reason.REPEATED)
        else:
            seen.add(one)
            check_one(one, (*path, place))
    return value
