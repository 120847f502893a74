"""What a notice says in one line of the inbox is the subject of its message."""

import dataclasses
import datetime as dt
import uuid

import pytest

from notifications.content import DIGEST, Content
from notifications.rendering import render, sentence
from notifications.versions import TEMPLATES, template_names
from states.stages import Stage
from translations import Locale

SINGLE = [template for template in template_names(TEMPLATES) if template != DIGEST]


@pytest.mark.parametrize("rehearsal", (False, True))
@pytest.mark.parametrize("locale", tuple(Locale))
@pytest.mark.parametrize("template", SINGLE)
def test_a_sentence_is_the_subject_of_the_message(template: str, locale: Locale, rehearsal: bool) -> None:
    content = Content(
        recipient_name="",
        locale=locale,
        rehearsal=rehearsal,
        template=template,
        stage=Stage.RESPONSE,
        due_on=dt.date(2027, 2, 26),
        nudger="Budi Contoh",
    )
    named = dataclasses.replace(content, recipient_name="Ani Contoh", appraisal_id=uuid.uuid4())
    assert sentence(content) == render(named, "https://kinerja.example").subject


def test_a_sentence_that_was_made_is_kept() -> None:
    content = Content(
        recipient_name="", locale=Locale.ENGLISH, rehearsal=False, template="finalised", stage=Stage.FINALISED
    )
    assert sentence(content) is sentence(dataclasses.replace(content))
