"""The base of all that the faces show."""

from pydantic import BaseModel, ConfigDict


class Answer(BaseModel):
    """What somebody asked for, as the API answers it and the command line prints it."""

    model_config = ConfigDict(frozen=True, from_attributes=True, use_attribute_docstrings=True)
