"""What may be wrong with a filled form, and where."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TypeAlias

Path: TypeAlias = tuple[str | int, ...]
"""Where in a filled form: names of sections and fields, ids of an each section, places of rows counted from 0."""


class Reason(StrEnum):
    """Why a value does not fit. The parameters that go with a reason are named in its line."""

    MISSING = "missing"
    UNKNOWN = "unknown"
    """The form has no such part, or an each section no such item."""
    NOT_ASKED = "not_asked"
    """The condition of the field does not hold, and yet it has a value. ``field``: the one it depends on."""
    WRONG_TYPE = "wrong_type"
    """``expected``: text, number, yes_no, target, list, object, id."""
    UNPRINTABLE = "unprintable"
    """The text has control characters."""
    ONE_LINE = "one_line"
    """The text has several lines where one is meant."""
    TOO_SHORT = "too_short"
    """``least``, ``length``: characters."""
    TOO_LONG = "too_long"
    """``most``, ``length``: characters."""
    TOO_SMALL = "too_small"
    """``least``."""
    TOO_LARGE = "too_large"
    """``most``."""
    TOO_PRECISE = "too_precise"
    """``decimals``: how many there may be."""
    NOT_A_DAY = "not_a_day"
    TOO_EARLY = "too_early"
    """``field``: the day that it may not be before."""
    NOT_A_CHOICE = "not_a_choice"
    """``of``: the scale or list."""
    NO_SUCH_ITEM = "no_such_item"
    """``of``: the source."""
    REPEATED = "repeated"
    TOO_FEW_ITEMS = "too_few_items"
    """``least``, ``count``."""
    TOO_FEW_ROWS = "too_few_rows"
    """``least``, ``count``."""
    TOO_MANY_ROWS = "too_many_rows"
    """``most``, ``count``."""
    WRONG_ID = "wrong_id"
    """The id of a row is not 1 to 40 small letters, digits and hyphens."""
    MUST_BE = "must_be"
    """``value``: the only answer that lets somebody go on."""
    TARGET_WITHOUT_UNIT = "target_without_unit"
    SUPERIOR_NOT_READY = "superior_not_ready"
    """The superior has no plan yet: only waiting for it may be written, where the scheme lets somebody wait."""
    SUPERIOR_READY = "superior_ready"
    """The superior's plan is there, so nobody waits for it any more."""
    SUM_WRONG = "sum_wrong"
    """``field``, ``expected``, ``sum``."""
    NOT_EACH_HAS = "not_each_has"
    """``field``, ``value``: what one inner row of each row must have; ``family`` where only a job family must."""
    NONE_HAS = "none_has"
    """``rows``, ``field``, ``value``: what one inner row of all must have; ``family`` where only a job family must."""
    TOO_FEW_NOTED = "too_few_noted"
    """``entry``, ``least``, ``count``."""
    PREDICATE_WRONG = "predicate_wrong"
    """The predicate is not the one that follows from the ratings."""
    TOO_MUCH = "too_much"
    """``most``: so many parts, or so many characters in all."""
    TOO_DEEP = "too_deep"
    """``most``: levels of lists and objects in one another."""


@dataclass(frozen=True, slots=True)
class Mistake:
    """One thing that is wrong. It never repeats what somebody wrote, but for unknown names in the path."""

    path: Path
    reason: Reason
    parameters: Mapping[str, str] = field(default_factory=dict, hash=False)
