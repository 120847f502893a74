import uuid

from service.answer import Answer


class SkillCounts(Answer):
    """How the people of a unit stand in one skill, with all units below it."""

    skill: str
    label: str
    group: str | None
    known: int | None
    """Of how many people it is known; null below the minimum."""
    weak: int | None
    """Null where so few people, or all but so few, are weak in it that the count would tell of persons, also by
    subtracting from it what units below show."""
    strong: int | None
    """Null like ``weak``."""
    weak_share: float | None
    """Percent of those of whom it is known."""


class ProgrammeTraining(Answer):
    """A training of the scheme that helps."""

    training: str
    label: str
    hours: int
    families: list[str]
    """The jobs that it is meant for; none: everybody."""


class ProposedProgramme(Answer):
    """A training programme that is proposed, because many people are weak in the same skill."""

    skill: str
    label: str
    people: int
    """So many are weak in it."""
    known: int
    share: float
    """Percent of those of whom it is known."""
    needs_people: int
    needs_share: float
    article: str
    trainings: list[ProgrammeTraining]
    """Those of the scheme that help; empty where it has none yet."""
    words: str
    """Why it is proposed."""


class ServiceArea(Answer):
    """An element of a service that the public finds wanting."""

    element: str
    label: str
    index: float
    """Of 100."""


class ServicePlace(Answer):
    """A unit whose service should improve in something."""

    unit_id: uuid.UUID
    unit: str
    areas: list[ServiceArea]
    """The worst first."""


class AwardCounts(Answer):
    """A recognition that the scheme knows, and to how many people of the unit it would go."""

    award: str
    label: str
    gives: str
    people: int | None
    """Null where so few people, or all but so few, would get it that the count would tell of persons."""


class UnitPicture(Answer):
    """The skills of a unit with all units below it, without a word of anybody in it."""

    cycle_id: uuid.UUID
    unit_id: uuid.UUID
    unit: str
    minimum: int
    """Of fewer people nothing is shown."""
    people: int
    """How many have a delivered result in which skills may be told."""
    complete: bool
    """False while results that were handed over are still being counted."""
    skills: list[SkillCounts]
    programmes: list[ProposedProgramme]
    """The most people first."""
    awards: list[AwardCounts]
    """Who they are stands in the list of personnel officers alone."""
    services: list[ServicePlace]
    """What should improve in the service of the unit and of those below it, as the public found in the year."""
