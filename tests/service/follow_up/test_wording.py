"""Every reason is put into words in both languages."""

import pytest

from content.follow_up.outcome import Code, Reason
from service.follow_up.wording import SENTENCES, reason_in_words
from tests.schemes.filled import content_of
from translations import Locale

RULES = content_of("gerunggang")


def test_every_code_has_its_sentence() -> None:
    assert set(SENTENCES) == set(Code)


@pytest.mark.parametrize("locale", Locale)
@pytest.mark.parametrize("code", Code)
def test_no_sentence_shows_names_of_the_data(code: Code, locale: Locale) -> None:
    facts: dict[str, int | float | str] = {
        "year": 2026,
        "predicate": "needs_improvement",
        "entry": "complaint",
        "found": 2,
        "at_least": 3,
        "months": 2,
        "share": 75,
        "level": "ahli_pertama",
        "a_year": 12.5,
    }
    said = reason_in_words(Reason(code, holds=False, facts=facts), RULES, locale)
    assert not any(name in said for name in ("needs_improvement", "complaint,", "ahli_pertama", "{"))


def test_what_is_counted_apart_is_named() -> None:
    reason = Reason(
        Code.COUNTED_MISSING, holds=False, facts={"entry": "complaint", "found": 2, "at_least": 3}
    )
    assert reason_in_words(reason, RULES, Locale.INDONESIAN) == (
        "Pengaduan yang ditangani, diselesaikan dalam tiga hari kerja: baru 2 dalam tahun ini, diperlukan 3."
    )
