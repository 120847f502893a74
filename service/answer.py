"""The base of all answers that the API and the command line show."""

from pydantic import BaseModel, ConfigDict


class Answer(BaseModel):
    """An answer to a request, which the API returns and the command line prints."""

    model_config = ConfigDict(frozen=True, from_attributes=True, use_attribute_docstrings=True)
