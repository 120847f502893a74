"""What must hold between the fields of a form, said before somebody hands it in."""

from content.forms.applying import applies
from content.forms.between import wanted_entries
from content.forms.context import FormContext
from content.forms.form import Check, EachHasCheck, Form, NotedCheck, SomeHasCheck, SumCheck
from content.forms.kinds.number import written
from content.forms.mistakes import Reason
from content.parts import Words
from content.plan.library import family_of
from content.rules import ContentRules
from service.forms.naming import Names
from service.forms.schemas import CheckShown
from service.forms.wording import REASONS
from service.problems import FieldError
from service.problems.wording import finding_sentence
from service.wording import in_words
from translations import Locale
from translations import mark as _

_SUM = _("“{field}” must add up to {expected}.")
_EACH_HAS = _("Each row of “{section}” must have “{value}” as “{field}” in one row of “{rows}”.")


def shown_checks(form: Form, rules: ContentRules, context: FormContext, locale: Locale) -> list[CheckShown]:
    """What a case asks for beyond single fields; what is asked of other posts is left out."""
    return [
        _shown(check, form, rules, context, locale)
        for check in form.checks
        if not isinstance(check, EachHasCheck | SomeHasCheck) or applies(check, rules, context)
    ]


def _shown(check: Check, form: Form, rules: ContentRules, context: FormContext, locale: Locale) -> CheckShown:
    message, parameters = _sentence(check, context)
    said = Names(rules, form).said(parameters)
    if "section" in said:
        labels = {section.name: section.label for section in form.sections}
        said["section"] = labels.get(parameters["section"], parameters["section"])
    return CheckShown(
        section=None if isinstance(check, NotedCheck) else check.section,
        message=finding_sentence(FieldError("", message, said), locale),
        family=_family(check, rules, context, locale),
        article=check.article,
    )


def _sentence(check: Check, context: FormContext) -> tuple[str, dict[str, str]]:
    match check:
        case SumCheck():
            return _SUM, {"field": check.field, "expected": written(check.equals)}
        case EachHasCheck():
            wanted = {"rows": check.rows, "field": check.field, "value": check.value}
            return _EACH_HAS, {"section": check.section, **wanted}
        case SomeHasCheck():
            return REASONS[Reason.NONE_HAS], {
                "rows": check.rows,
                "field": check.field,
                "value": check.value,
            }
        case NotedCheck():
            least = str(wanted_entries(check, context))
            return REASONS[Reason.TOO_FEW_NOTED], {"entry": check.entry, "least": least}


def _family(check: Check, rules: ContentRules, context: FormContext, locale: Locale) -> str | None:
    """The job family that it is asked of; None where it is asked of everybody or by echelon."""
    if not isinstance(check, EachHasCheck | SomeHasCheck) or not check.families:
        return None
    family = family_of(context.post, rules)
    label: Words | None = None if family is None else rules.library[family].label
    return None if label is None else in_words(label, locale)
