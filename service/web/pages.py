"""All pages of this face, to be served beside the API."""

from collections.abc import Sequence

from fastapi import APIRouter

from service.public_feedback.giving import Forms
from service.web.public_feedback.endpoints import feedback_pages


def pages(forms: Forms, public_address: str) -> Sequence[APIRouter]:
    """The pages, with what they show and take."""
    return [feedback_pages(forms, secure=public_address.startswith("https://"))]
