"""What follows from results, as a scheme describes it. Every rule says on what it rests and what it gives."""

from typing import Annotated, Literal

from pydantic import Field as Limits

from content.parts import Article, Name, Part, Words
from content.rating.rules import FieldPlace

Posts = Annotated[tuple[str, ...], Limits(max_length=60)]
"""Words of which one stands in the name of the post, in small letters."""


class Training(Part):
    """Something that somebody may choose to learn."""

    name: Name
    label: Words
    hours: Annotated[int, Limits(ge=1, le=1000)]
    """Lesson hours (*jam pelajaran*)."""
    for_weaknesses: tuple[Name, ...] = ()
    """Choices of the list of weaknesses that it helps with."""
    families: tuple[Name, ...] = ()
    """Job families that it is meant for; none: everybody."""


class SkillSource(Part):
    """Where a result says how good somebody is at each thing of the list of weaknesses."""

    kind: Literal["rated", "input", "named"]
    """``rated``: a choice for each skill in the rating form; ``input``: the means of a survey that asks for skills;
    ``named``: strengths and weaknesses chosen from the list."""
    place: FieldPlace | None = None
    """Of ``rated``: the field in a section that has a part for each skill."""
    own: FieldPlace | None = None
    """Of ``rated``: where the self-assessment says the same, from which the gap is counted. Absent: at the same place,
    or in its part for each skill, on the same scale."""
    input: Name | None = None
    """Of ``input``: the survey."""
    strengths: FieldPlace | None = None
    """Of ``named``: the fields in the rating or the meeting form that choose several of the list."""
    weaknesses: FieldPlace | None = None
    weak: tuple[Name, ...] = ()
    """Of ``rated``: the steps that make a weakness."""
    strong: tuple[Name, ...] = ()
    weak_below: float | None = None
    """Of ``input``: a mean below this is a weakness."""
    strong_from: float | None = None


class ProgrammeRules(Part):
    """When a training programme is proposed for a whole unit: both are reached."""

    people: Annotated[int, Limits(ge=3, le=1000)] = 5
    """So many people of the unit are weak in the same skill."""
    share: Annotated[float, Limits(gt=0, le=100)] = 30
    """Percent of those of whom it is known."""
    article: Article


class EntriesNeeded(Part):
    """So many entries of a kind in the year: projects that were led."""

    entry: Name
    at_least: Annotated[int, Limits(ge=1, le=1000)] = 1
    counted: bool = False
    """Only those that the kind counts apart: complaints that were handled fast."""


class Nomination(Part):
    """For what somebody is proposed who had these predicates in so many years running."""

    name: Name
    label: Words
    gives: Words
    """What it may lead to; a person always decides."""
    predicates: Annotated[tuple[Name, ...], Limits(min_length=1)]
    years: Annotated[int, Limits(ge=1, le=5)] = 2
    """The appraised year and those right before it; a missing year breaks the row."""
    needs: tuple[EntriesNeeded, ...] = ()
    """In the appraised year."""
    article: Article


class Award(Part):
    """A recognition for something that was counted in the year."""

    name: Name
    label: Words
    gives: Words
    needs: Annotated[tuple[EntriesNeeded, ...], Limits(min_length=1)]
    predicates: tuple[Name, ...] = ()
    """Only with one of these; none: with any."""
    article: Article


class ImprovementRules(Part):
    """A time to improve after a poor result (PP 30/2019 arts 57 and 58): the first rule that fits applies."""

    name: Name
    label: Words
    echelons: tuple[str, ...] = ()
    """Echelons to whose holders it applies; none: to everybody whom no earlier rule names."""
    predicates: Annotated[tuple[Name, ...], Limits(min_length=1)]
    months: Annotated[int, Limits(ge=1, le=24)] = 6
    leads_to: Words
    """What comes after a competency test that was not passed."""
    article: Article


class CreditLevel(Part):
    """A level of functional posts and its coefficient of a year."""

    name: Name
    label: Words
    posts: Annotated[Posts, Limits(min_length=1)]
    a_year: Annotated[float, Limits(gt=0, le=1000)]


class CreditPointRules(Part):
    """Credit points (*angka kredit*) of functional posts: months / 12 x share x coefficient (PermenPANRB 1/2023)."""

    shares: dict[Name, Annotated[float, Limits(ge=0, le=1000)]]
    """Percent of the coefficient, by predicate."""
    levels: Annotated[tuple[CreditLevel, ...], Limits(min_length=1, max_length=20)]
    decimals: Annotated[int, Limits(ge=0, le=4)] = 2
    article: Article


class ReportRules(Part):
    """Where the rating form holds what the report asks for beside score and predicate (PP 30/2019 art 51(2))."""

    problems: FieldPlace | None = None
    recommendation: FieldPlace | None = None


class FollowUpRules(Part):
    """Everything that follows from a result."""

    weaknesses: Name | None = None
    """The list from which strengths and weaknesses are named: the skills."""
    sources: tuple[SkillSource, ...] = ()
    """Where strengths and weaknesses are read; a skill is weak if one source says so, and strong if one says so and
    none says weak."""
    trainings: tuple[Training, ...] = ()
    programme: ProgrammeRules | None = None
    nominations: tuple[Nomination, ...] = ()
    awards: tuple[Award, ...] = ()
    improvement: tuple[ImprovementRules, ...] = ()
    credit_points: CreditPointRules | None = None
    report: ReportRules = ReportRules()
    article: Article | None = None
