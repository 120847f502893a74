"""Filled forms of the systems that come with the program, to be changed by a test in one place."""

import copy
from collections.abc import Mapping
from typing import Any

from content.forms.checking import check
from content.forms.context import FormContext
from content.forms.example import example
from content.forms.mistakes import Mistake
from content.rating.outcome import Outcome
from content.rating.rated import rated
from content.rules import ContentRules
from schemes.loading import builtin_system
from states.triggers import Trigger

EVIDENCE = frozenset({"e1", "e2"})


def content_of(scheme: str) -> ContentRules:
    content = builtin_system(scheme).content
    assert content is not None
    return content


class Year:
    """The content of one employee's year under a scheme, filled with examples."""

    def __init__(
        self, scheme: str, *, echelon: str = "", post: str = "", noted: Mapping[str, int] | None = None
    ) -> None:
        self.content = content_of(scheme)
        counts = dict.fromkeys(self.content.entries, 12) if noted is None else dict(noted)
        self.before = FormContext(
            superior_results=frozenset({"s1"}), evidence=EVIDENCE, noted=counts, echelon=echelon, post=post
        )
        self.plan: dict[str, Any] = self.example("plan", self.before)

    @property
    def context(self) -> FormContext:
        """What the forms after the plan refer to."""
        return FormContext(
            plan=self.plan,
            superior_results=self.before.superior_results,
            evidence=self.before.evidence,
            noted=self.before.noted,
            echelon=self.before.echelon,
            post=self.before.post,
        )

    def example(self, form: str, context: FormContext | None = None, seed: int = 1) -> dict[str, Any]:
        """A valid filled form that a test may change."""
        found = self._context(form) if context is None else context
        return copy.deepcopy(example(self.content.forms[form], self.content, found, seed=seed))

    def mistakes(self, form: str, filled: dict[str, Any]) -> tuple[Mistake, ...]:
        return check(self.content.forms[form], filled, self.content, self._context(form)).mistakes

    def rated(
        self, filled: dict[str, Any], inputs: Mapping[str, float] | None = None, form: str = "rating"
    ) -> Outcome:
        """What follows from a rating that has no mistakes."""
        checked = check(self.content.forms[form], filled, self.content, self._context(form))
        assert checked.mistakes == ()
        return rated(self.content, checked.values, self._context(form), inputs or {})

    def _context(self, form: str) -> FormContext:
        rules = self.content.forms[form]
        return self.before if rules.trigger is Trigger.SUBMIT_PLAN or rules.basis else self.context
