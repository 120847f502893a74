"""The check of an answer: every mistake at its question."""

import pytest

from content.public.answer import Checked, Mistake, check
from tests.fixtures.public import ELEMENTS, answers, public_content

CONTENT = public_content()


def checked(given: dict[str, str], words: str = "", **changed: object) -> Checked:
    content = public_content(**changed) if changed else CONTENT
    assert content.public_feedback is not None
    return check(content, content.public_feedback, given, words)


def test_an_answer_is_the_places_of_its_steps_in_the_order_of_the_elements() -> None:
    found = checked(answers("baik", persyaratan="sangat_baik", sarana="tidak_baik"), "  Bagus\r\nsekali ")
    assert found.answer is not None
    assert found.answer.steps == (0, 1, 1, 1, 1, 1, 1, 1, 3)
    assert found.answer.words == "Bagus\nsekali"


def test_every_mistake_is_named_at_its_place() -> None:
    given = answers(waktu="5", biaya="")
    del given["prosedur"]
    found = checked({**given, "kepala": "baik"}, "x" * 301)
    assert found.answer is None
    assert found.mistakes == {
        "prosedur": Mistake.MISSING,
        "waktu": Mistake.UNKNOWN_STEP,
        "biaya": Mistake.UNKNOWN_STEP,
        "kepala": Mistake.UNKNOWN_ELEMENT,
        "text": Mistake.TOO_LONG,
    }


@pytest.mark.parametrize("text", ("a\0b", "a\ud800b", "a\x1bb", "a\x7fb"))
def test_what_cannot_be_printed_is_no_text(text: str) -> None:
    assert checked(answers(), text).mistakes == {"text": Mistake.NOT_PRINTABLE}


def test_where_no_text_is_asked_for_none_is_taken() -> None:
    assert checked(answers(), "Bagus", text=None).mistakes == {"text": Mistake.NO_TEXT_ASKED}
    assert checked(answers(), " ", text=None).answer is not None


def test_nothing_at_all_is_nine_mistakes() -> None:
    assert checked({}).mistakes == dict.fromkeys(ELEMENTS, Mistake.MISSING)
