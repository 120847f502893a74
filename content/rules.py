"""What a scheme says of content: scales, forms, rating, notes, follow-up. Its process is a `states.rules.Rulebook`."""

from collections.abc import Mapping
from typing import Annotated

from pydantic import Field as Limits

from content.entries import EntryKind
from content.follow_up.rules import FollowUpRules
from content.forms.form import Form
from content.inputs.rules import InputRules
from content.parts import Name, Part, Words
from content.public.rules import PublicFeedbackRules
from content.rating.rules import RatingRules
from content.scales import Choice, Listing, Scale
from content.sight.rules import SightRule
from states.triggers import RatingBasis, Trigger


class LibraryIndicator(Part):
    """An indicator that fits a family of jobs, to be taken over into a plan."""

    name: Name
    aspect: Name
    subject: Name | None = None
    """What it is about, where the plan's indicators say so: the results of learning, dealings with parents."""
    indicator: Words
    unit: Words | None = None


class JobFamily(Part):
    """Jobs that are measured by the same things: teachers, nurses, clerks."""

    label: Words
    posts: Annotated[tuple[str, ...], Limits(min_length=1, max_length=60)]
    """Words of which one stands in the name of the post, in small letters."""
    indicators: Annotated[tuple[LibraryIndicator, ...], Limits(min_length=1, max_length=60)]


class PlanRules(Part):
    """What the program must know of a plan beyond its form."""

    results: Name = "results"
    """The rows section that holds the results."""
    indicators: Name = "indicators"
    """The rows inside a result."""
    behind_superior: bool = True
    """Whether a plan may be submitted while the superior's plan is not ready yet."""


class ContentRules(Part):
    """All content rules of one version of a scheme."""

    scales: Mapping[Name, Scale] = {}
    lists: Mapping[Name, Listing] = {}
    values: Name | None = None
    """The list whose choices are the values that behaviour is measured by."""
    skills: Name | None = None
    """The list whose choices are the skills that people are to have."""
    forms: Mapping[Name, Form] = {}
    entries: Mapping[Name, EntryKind] = {}
    library: Mapping[Name, JobFamily] = {}
    plan: PlanRules = PlanRules()
    rating: RatingRules | None = None
    inputs: Mapping[Name, InputRules] = {}
    """What others say, by the name under which a rating reads it."""
    public_feedback: PublicFeedbackRules | None = None
    sight: tuple[SightRule, ...] = ()
    follow_up: FollowUpRules = FollowUpRules()

    def form_for(self, trigger: Trigger, basis: RatingBasis | None = None) -> tuple[str, Form] | None:
        """The form that an action hands in, with its name; None where the scheme has none for it."""
        for name, form in self.forms.items():
            if form.trigger is trigger and form.basis is basis:
                return name, form
        return None

    @property
    def value_choices(self) -> tuple[Choice, ...]:
        """The values with their guides."""
        return () if self.values is None else self.lists[self.values].choices

    @property
    def skill_choices(self) -> tuple[Choice, ...]:
        """The skills of all posts; `content.skills.skills_for` has those of one."""
        return () if self.skills is None else self.lists[self.skills].choices

    def choices_of(self, name: str) -> tuple[str, ...]:
        """The names that may be chosen from a scale or list of this name; none for an unknown one."""
        found = self.scales.get(name) or self.lists.get(name)
        return () if found is None else found.names
