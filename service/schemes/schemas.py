from typing import Literal

from service.answer import Answer
from service.forms.schemas import ChoiceShown, FieldShown


class SchemeLine(Answer):
    """One version of a scheme."""

    key: str
    """`scheme@version`, as a case names it."""
    scheme: str
    version: int
    title: str
    basis: list[str]
    """On what it rests."""
    comes_with_program: bool
    in_use: bool
    """Whether a cycle of my agency goes by it."""


class SchemeList(Answer):
    """The schemes that come with the program, then those that only my agency has."""

    items: list[SchemeLine]


class SchemeForm(Answer):
    """A form of a scheme."""

    name: str
    label: str
    trigger: str
    """The action that hands it in."""
    action: str
    basis: str | None
    """For a rating that rests on something else than a plan."""
    article: str | None


class SchemePredicate(Answer):
    """A line of a rating method: from what a predicate follows."""

    predicate: str
    predicate_name: str
    in_words: str


class SchemeWeights(Answer):
    """What counts how much, in percent."""

    weights: dict[str, float]
    """By the name of the part."""
    article: str
    in_words: str


class SchemeRating(Answer):
    """How a predicate comes about."""

    method: Literal["matrix", "bands"]
    article: str
    predicates: list[ChoiceShown]
    """The best first."""
    follows: list[SchemePredicate]
    """Each cell of the matrix, or each band of scores from the highest."""
    weights: list[SchemeWeights]
    """For bands: the first whose parts are all there applies. None for a matrix."""
    apart: list[str]
    """What is rated beside it and never moves the predicate."""


class SchemeEntryKind(Answer):
    """A kind of note that may be written in the year."""

    name: str
    label: str
    help: str | None
    by: list[str]
    """The capacities that write it."""
    by_names: list[str]
    about: str | None
    """Of which things of the case it may be about one; null: the work as a whole."""
    about_required: bool
    confidential: bool
    """Only two ever read it."""
    article: str | None
    fields: list[FieldShown]


class SchemeDetail(SchemeLine):
    """A version of a scheme with what people fill in under it."""

    words_only: bool
    """It says nothing of forms: plans and ratings are words."""
    forms: list[SchemeForm]
    """In the order of the year."""
    rating: SchemeRating | None
    entries: list[SchemeEntryKind]
