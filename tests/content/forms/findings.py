"""What a check finds, in few words."""

from typing import Any

from content.forms.checking import check
from content.forms.context import FormContext
from content.forms.form import Form
from content.forms.mistakes import Path, Reason
from content.rules import ContentRules
from tests.content.forms.schemes import RULES, form, group

NOTHING = FormContext()

Found = list[tuple[Path, Reason]]


def found(
    filled: Any, under: Any, context: FormContext = NOTHING, rules: ContentRules = RULES
) -> list[tuple[Path, Reason]]:
    """Places and reasons, for a form or for what may be read as one."""
    written = under if isinstance(under, Form) else Form.model_validate(under)
    return [(mistake.path, mistake.reason) for mistake in check(written, filled, rules, context).mistakes]


def kept(filled: Any, under: Any, context: FormContext = NOTHING) -> Any:
    """The values that a check gives back."""
    written = under if isinstance(under, Form) else Form.model_validate(under)
    return check(written, filled, RULES, context).values


def found_in(field: dict[str, Any], value: Any, context: FormContext = NOTHING) -> list[tuple[Path, Reason]]:
    """What is wrong with one field's value; places are told from the field on."""
    whole = found({"part": {field["name"]: value}}, form(group("part", field)), context)
    return [(path[2:], reason) for path, reason in whole]


def kept_in(field: dict[str, Any], value: Any, context: FormContext = NOTHING) -> Any:
    """How one field's value is kept; None where nothing is."""
    return kept({"part": {field["name"]: value}}, form(group("part", field)), context)["part"].get(
        field["name"]
    )
