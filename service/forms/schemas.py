from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, JsonValue

from content.forms.fields import Source
from content.forms.mistakes import Reason
from service.answer import Answer
from service.entries.schemas import CountedEntries, EntryLine
from service.evidence.schemas import EvidenceLine


class FilledForm(BaseModel):
    """What somebody has filled in so far of a form."""

    model_config = ConfigDict(
        strict=True,
        extra="forbid",
        use_attribute_docstrings=True,
    )

    content: dict[str, JsonValue]
    """Sections by name, as the form's JSON Schema says; anything may still be missing."""


class Finding(Answer):
    """Something that is missing or wrong."""

    field: str
    """JSON pointer into the body."""
    place: str
    """The same as a reader finds it: section, row and field; empty for the form as a whole."""
    reason: Reason
    message: str
    """What is wrong, and what to do."""


class FormCheck(Answer):
    """What is missing in a filled form, and where."""

    complete: bool
    """It may be handed in as it is."""
    missing: list[Finding]
    """All of it, in the order of the form."""


class FormLine(Answer):
    """A form of the case."""

    name: str
    label: str
    trigger: str
    """The action that hands it in."""
    action: str
    article: str | None
    fillable: bool
    """I may fill it in, now or ahead of its stage."""
    due: bool
    """I may hand it in now."""


class FormList(Answer):
    """The forms of a case, in the order in which they are handed in; none where its scheme asks for words only."""

    items: list[FormLine]


class ChoiceShown(Answer):
    """Something that may be chosen."""

    name: str
    label: str
    meaning: str | None
    guides: list[str]
    """What it asks of somebody."""
    group: str | None = None
    """The heading under which it stands."""


class ConditionShown(Answer):
    """When a field is asked for: another field of the same part has one of these values."""

    field: str
    among: list[str | bool]


class FieldShown(Answer):
    """A field of a form. What does not belong to its kind is null."""

    kind: Literal["text", "number", "target", "choice", "day", "yes_no", "item", "rows"]
    name: str
    label: str
    help: str | None
    required: bool
    when: ConditionShown | None
    """Null: always asked for."""
    lines: Literal["one", "many"] | None = None
    shortest: int | None = None
    longest: int | None = None
    at_least: float | None = None
    """Of a number; of items or rows their count."""
    at_most: float | None = None
    decimals: int | None = None
    unit: str | None = None
    allows: Literal["number", "text", "both"] | None = None
    many: bool | None = None
    must_be: bool | None = None
    not_before: str | None = None
    """The day field of the same part before which this day may not be."""
    choices: list[ChoiceShown] | None = None
    of: Source | None = None
    """Of which things of the case one is chosen; they stand in ``items``."""
    fields: "list[FieldShown] | None" = None
    """Of each row."""


class SectionShown(Answer):
    """A section of a form."""

    kind: Literal["group", "rows", "each"]
    name: str
    label: str
    help: str | None
    fields: list[FieldShown]
    at_least: int | None = None
    """Rows."""
    at_most: int | None = None
    of: Source | None = None
    """Of what it has a part for each."""


class TargetShown(Answer):
    """A target of the plan."""

    number: float | None
    unit: str | None
    text: str | None


class ItemShown(Answer):
    """Something that stands in the case."""

    id: str
    label: str
    part_of: str | None = None
    """The result to which an indicator belongs, or the row of the plan that something is evidence for."""
    meaning: str | None = None
    guides: tuple[str, ...] = ()
    group: str | None = None
    """The heading under which a skill stands."""
    target: TargetShown | None = None


class ItemsShown(Answer):
    """The things of one kind."""

    of: Source
    owner: str | None
    """Whose plan it is, for the results of the rater."""
    ready: bool
    """False while the rater's plan is not set: then only ``waiting`` can be chosen, where the scheme lets it."""
    items: list[ItemShown]


class AtHand(Answer):
    """What there is about one thing of the case, the newest first."""

    item: str
    """A row of the plan, a value or a skill; empty for the work as a whole."""
    notes: list[EntryLine]
    evidence: list[EvidenceLine]


class LibraryIndicatorShown(Answer):
    """An indicator that fits the employee's post, to be taken over into the plan."""

    name: str
    aspect: str
    aspect_name: str
    subject: str | None
    subject_name: str | None
    indicator: str
    unit: str | None


class CheckShown(Answer):
    """Something that must hold beyond a single field."""

    section: str | None
    """Where; null for what is noted outside of the form."""
    message: str
    family: str | None
    """The job family of which it is asked, where not everybody must."""
    article: str | None


class FormShown(FormLine):
    """A form with everything that is needed to fill it in."""

    scheme: str
    """The key of the scheme version that it belongs to."""
    sections: list[SectionShown]
    checks: list[CheckShown]
    """What must hold between the fields, for this case."""
    json_schema: Annotated[dict[str, JsonValue], Field(description="Of a filled form (JSON Schema 2020-12).")]
    example: Annotated[dict[str, JsonValue], Field(description="Filled in as it could be, for this case.")]
    items: list[ItemsShown]
    """What the form is about or refers to."""
    at_hand: list[AtHand]
    """What was noted in the year and handed in as evidence, item by item, as far as I may see it. For a form that
    looks back on the year."""
    counts: list[CountedEntries]
    """How many notes there are of the kinds that the scheme counts. For a form that looks back on the year."""
    library: list[LibraryIndicatorShown]
    """Indicators that fit the employee's post, for a plan."""
