"""Scales, on which something is rated, and lists, from which something is chosen."""

from typing import Annotated

from pydantic import Field

from content.parts import Name, Part, Words


class Step(Part):
    """One step of a scale."""

    name: Name
    label: Words
    meaning: Words | None = None
    """What stands for this step, so that two raters mean the same by it."""
    code: Annotated[int, Field(ge=1, le=9)] | None = None
    """The number in the exchange with SIASN, where 1 is the best step."""
    number: float | None = None
    """What the step counts where numbers are computed."""


class Scale(Part):
    """Steps from the best to the worst."""

    label: Words
    steps: Annotated[tuple[Step, ...], Field(min_length=2, max_length=12)]

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the steps, the best first."""
        return tuple(step.name for step in self.steps)


class Choice(Part):
    """One thing of a list."""

    name: Name
    label: Words
    meaning: Words | None = None
    guides: Annotated[tuple[Words, ...], Field(max_length=12)] = ()
    """What it asks of somebody: the three guides of a value (UU 20/2023 art 4)."""
    group: Words | None = None
    """The heading under which it stands: technical competence, attitude, behaviour."""
    families: tuple[Name, ...] = ()
    """Of a skill: the job families of whom it is asked; none: everybody."""


class Listing(Part):
    """Things without an order of merit: aspects, values, kinds of work."""

    label: Words
    choices: Annotated[tuple[Choice, ...], Field(min_length=1, max_length=60)]

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the choices, in the order of the list."""
        return tuple(choice.name for choice in self.choices)
