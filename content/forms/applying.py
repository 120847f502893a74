"""To whom a check applies: holders of posts of some echelons or job families, or everybody."""

from content.forms.context import FormContext
from content.forms.form import EachHasCheck, SomeHasCheck
from content.plan.library import family_of
from content.rules import ContentRules


def applies(check: EachHasCheck | SomeHasCheck, rules: ContentRules, context: FormContext) -> bool:
    """Whether the employee of a case is among those whom ``check`` is for.

    A post that no job family fits is in none, so what a family must have is not asked of its holder.
    """
    if isinstance(check, SomeHasCheck) and check.posts and context.echelon not in check.posts:
        return False
    return not check.families or family_of(context.post, rules) in check.families
