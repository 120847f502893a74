"""What all content rules are made of: immutable models without unknown fields, names, and words in two languages."""

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, JsonValue

Name = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]{0,39}$")]
"""How a part is called in data: small letters, digits and underscores."""

Article = Annotated[str, Field(min_length=3, max_length=300)]
"""What something rests on: the article, or the agency's own decision."""

Values = dict[str, JsonValue]
"""A filled form, or a part of one."""


class Part(BaseModel):
    """Base of everything that content rules say: immutable, no unknown fields."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Words(Part):
    """One text as people read it."""

    id: Annotated[str, Field(min_length=1, max_length=600)]
    """In Indonesian, which people read first."""
    en: Annotated[str, Field(min_length=1, max_length=600)]
    """In English."""
