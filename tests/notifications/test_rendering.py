"""Every message in every language says what is due and where, and nothing of what it is about."""

import re
from html.parser import HTMLParser
from itertools import product

import pytest
from jinja2 import TemplateNotFound, UndefinedError

from notifications.rendering import Message, render
from states.stages import CLOSED_STAGES, HOLDERS, Capacity, Stage
from store.outbox.notice import DueNotice
from tests.notifications.envelopes import PUBLIC_URL, notice
from translations import Locale

TEMPLATES = ("task_opened", "reminder", "escalation", "extended", "finalised", "changed", "handed_over")
TASKS = [stage for stage in Stage if HOLDERS.get(stage) not in {None, Capacity.CLOCK}]
LINK = f"{PUBLIC_URL}/appraisals/00000000-0000-0000-0000-000000000002"
WORDS_OF_RESULTS = re.compile(
    r"sangat baik|di bawah ekspektasi|di atas ekspektasi|sesuai ekspektasi|butuh perbaikan|sangat kurang|"
    r"excellent|below expectations|above expectations|\bNIP\b|alasan|reason|token",
    re.IGNORECASE,
)


def rendered(item: DueNotice, locale: Locale = Locale.INDONESIAN) -> Message:
    return render(item, locale, PUBLIC_URL)


class Words(HTMLParser):
    """What a reader sees of an HTML message, and how it is built."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.words = ""
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.words += data


def variants() -> list[DueNotice]:
    open_ones = [
        notice(template=template, stage=stage, own_task=own)
        for template, stage, own in product(TEMPLATES[:4], TASKS, (True, False))
    ]
    return [
        *open_ones,
        notice(template="finalised", stage=Stage.FINALISED, due_on=None),
        notice(template="changed", stage=Stage.CANCELLED, due_on=None),
        notice(template="handed_over", stage=Stage.RATING, due_on=None),
    ]


@pytest.mark.parametrize("locale", tuple(Locale))
@pytest.mark.parametrize("item", variants(), ids=lambda item: f"{item.template}-{item.stage}-{item.own_task}")
def test_every_message_carries_the_link_the_due_day_and_nothing_forbidden(
    item: DueNotice, locale: Locale
) -> None:
    message = rendered(item, locale)
    html = Words(message.html)
    for body in (message.text, html.words):
        assert LINK in body
        assert "Budi Santoso" in body
        assert not WORDS_OF_RESULTS.search(body)
        assert not re.search(r"\d{18}", body)
        assert "{" not in body
    assert not WORDS_OF_RESULTS.search(message.subject)
    if item.due_on:
        day = {"id": "Rabu, 20 Januari 2027", "en": "Wednesday, 20 January 2027"}[locale]
        assert day in message.text
        assert day in html.words
    assert "\n" not in message.subject
    assert 10 < len(message.subject) < 100


@pytest.mark.parametrize("locale", tuple(Locale))
@pytest.mark.parametrize("template", TEMPLATES)
def test_the_html_names_its_language_and_title_and_has_one_heading_and_one_link(
    template: str, locale: Locale
) -> None:
    stage = Stage.FINALISED if template == "finalised" else Stage.RATING
    tags = Words(rendered(notice(template=template, stage=stage), locale).html).tags
    assert ("html", {"lang": str(locale)}) in tags
    names = [tag for tag, _ in tags]
    assert names.count("title") == names.count("h1") == names.count("main") == names.count("a") == 1
    assert names.count("img") == names.count("script") == 0
    assert [attributes["href"] for tag, attributes in tags if tag == "a"] == [LINK]


def test_the_link_carries_nothing_but_the_id_of_the_appraisal() -> None:
    (link,) = re.findall(r"https://\S+", rendered(notice()).text)
    assert link == LINK


def test_a_public_url_with_a_path_and_a_slash_is_kept() -> None:
    message = render(notice(), Locale.INDONESIAN, "https://contoh.go.id/kinerja/")
    assert "https://contoh.go.id/kinerja/appraisals/0000" in message.text


def test_the_holder_is_told_as_what_and_for_whom_in_general_words() -> None:
    text = rendered(notice()).text
    assert "sebagai pejabat penilai bagi salah seorang pegawai yang Anda nilai" in text


def test_somebody_else_is_told_whom_the_task_waits_on() -> None:
    text = rendered(notice(template="escalation", own_task=False)).text
    assert "menunggu pejabat penilai" in text
    assert "Tugas Anda" not in text


def test_a_task_without_a_due_day_names_none() -> None:
    assert "Batas waktu" not in rendered(notice(template="task_opened", due_on=None)).text


def test_a_rehearsal_is_marked_in_the_subject_and_both_bodies() -> None:
    message = rendered(notice(rehearsal=True))
    assert message.subject.startswith("[GLADI] Pengingat")
    assert message.text.startswith("Ini gladi")
    assert "Ini gladi" in message.html


def test_a_real_notice_is_not_marked_as_a_rehearsal() -> None:
    message = rendered(notice())
    assert "gladi" not in (message.subject + message.text + message.html).lower()


def test_a_name_with_markup_is_text_in_html_and_unchanged_in_plain_text() -> None:
    message = rendered(notice(recipient_name="<b>A & B</b>"))
    assert "&lt;b&gt;A &amp; B&lt;/b&gt;" in message.html
    assert "<b>A & B</b>" in message.text


def test_the_plain_text_has_no_more_than_one_empty_line_in_a_row() -> None:
    assert "\n\n\n" not in rendered(notice(template="task_opened")).text


def test_an_unknown_template_is_an_error() -> None:
    with pytest.raises(TemplateNotFound):
        rendered(notice(template="surprise"))


def test_a_stage_without_words_is_an_error_and_not_an_empty_line() -> None:
    with pytest.raises(UndefinedError):
        rendered(notice(stage=Stage.SCHEDULED))


def test_a_reminder_without_a_due_day_is_an_error_and_does_not_say_none() -> None:
    with pytest.raises(UndefinedError, match="does not have"):
        rendered(notice(due_on=None))


def test_every_stage_that_somebody_holds_is_among_the_tested_ones() -> None:
    clock = {stage for stage, holder in HOLDERS.items() if holder is Capacity.CLOCK}
    assert set(TASKS) | clock | CLOSED_STAGES == set(Stage)
