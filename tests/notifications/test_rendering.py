"""Every message in every language says what is due and where, and nothing of what it is about."""

import re
import uuid
from dataclasses import replace
from html.parser import HTMLParser
from itertools import product

import pytest
from jinja2 import TemplateNotFound, UndefinedError

from notifications.content import Content, place_of
from notifications.kinds import Kind, kind_of
from notifications.rendering import Message, render
from notifications.samples import duties_of
from notifications.versions import template_names
from states.stages import CLOSED_STAGES, HOLDERS, Capacity, Stage
from store.attending.standing import OF_TEMPLATE
from tests.notifications.contents import PUBLIC_URL, content
from translations import Locale

OF_TASKS = ("task_opened", "reminder", "escalation", "extended", "nudge", "deadline_moved")
OF_DUTIES = ("duty_opened", "duty_reminder", "duty_escalation", "deadline_moved")
OF_NO_STAGE = {
    "finalised": Stage.FINALISED,
    "changed": Stage.CANCELLED,
    "handed_over": Stage.RATING,
    "conflict_declared": Stage.RATING,
    "superior_plan_set": Stage.PLAN_DRAFTING,
    "result_ready": Stage.RESPONSE,
    "receipt_recorded": Stage.COUNTERSIGN,
    "receipt_answered": Stage.RESPONSE,
    "objection_filed": Stage.OBJECTED,
    "objection_ended": Stage.FINALISED,
    "statement_given": Stage.OBJECTION_REVIEW,
    "statement_missing": Stage.OBJECTION_REVIEW,
    "meeting_set": Stage.FEEDBACK_MEETING,
    "meeting_changed": Stage.FEEDBACK_MEETING,
    "meeting_cancelled": Stage.FEEDBACK_MEETING,
}
TEMPLATES = tuple(dict.fromkeys((*OF_TASKS, *OF_DUTIES, *OF_NO_STAGE, *OF_TEMPLATE)))
TASKS = [stage for stage in Stage if HOLDERS.get(stage) not in {None, Capacity.CLOCK}]
LINK = f"{PUBLIC_URL}/appraisals/00000000-0000-0000-0000-000000000002"
WORDS_OF_RESULTS = re.compile(
    r"sangat baik|di bawah ekspektasi|di atas ekspektasi|sesuai ekspektasi|butuh perbaikan|sangat kurang|"
    r"excellent|below expectations|above expectations|\bNIP\b|alasan|reason|token",
    re.IGNORECASE,
)


def link_of(item: Content) -> str:
    return f"{PUBLIC_URL}/{place_of(item.template, item.appraisal_id, item.attended)}"


def rendered(item: Content) -> Message:
    return render(item, PUBLIC_URL)


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


def variants() -> list[Content]:
    open_ones = [
        content(template=template, stage=stage, own_task=own, nudger="Rina Wati")
        for template, stage, own in product(OF_TASKS, TASKS, (True, False))
    ]
    duties = [
        content(template=template, stage=Stage.OBJECTION_REVIEW, duty=duty, own_task=own)
        for template, own in product(OF_DUTIES, (True, False))
        for duty in duties_of(template)
    ]
    return [
        *open_ones,
        *duties,
        *(
            content(template="statement_missing", stage=Stage.OBJECTION_REVIEW, duty=duty)
            for duty in duties_of("statement_missing")
        ),
        *(content(template=name, stage=stage, due_on=None) for name, stage in OF_NO_STAGE.items()),
        *(
            content(template=name, own_task=own, attended=uuid.UUID(int=3))
            for name, own in product(OF_TEMPLATE, (True, False))
        ),
    ]


@pytest.mark.parametrize("locale", tuple(Locale))
@pytest.mark.parametrize(
    "item", variants(), ids=lambda item: f"{item.template}-{item.duty or item.stage}-{item.own_task}"
)
def test_every_message_carries_the_link_the_due_day_and_nothing_forbidden(
    item: Content, locale: Locale
) -> None:
    message = rendered(replace(item, locale=locale))
    html = Words(message.html)
    for body in (message.text, html.words):
        assert link_of(item) in body
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
    stage, duty = OF_NO_STAGE.get(template, Stage.RATING), duties_of(template)[0]
    item = content(template=template, stage=stage, duty=duty, nudger="Rina Wati", locale=locale)
    tags = Words(rendered(item).html).tags
    assert ("html", {"lang": str(locale)}) in tags
    names = [tag for tag, _ in tags]
    assert names.count("title") == names.count("h1") == names.count("main") == names.count("a") == 1
    assert names.count("img") == names.count("script") == 0
    assert [attributes["href"] for tag, attributes in tags if tag == "a"] == [link_of(item)]


def test_the_link_carries_nothing_but_the_id_of_the_appraisal() -> None:
    (link,) = re.findall(r"https://\S+", rendered(content()).text)
    assert link == LINK


def test_a_public_url_with_a_path_and_a_slash_is_kept() -> None:
    message = render(content(), "https://contoh.go.id/kinerja/")
    assert "https://contoh.go.id/kinerja/appraisals/0000" in message.text


def test_the_holder_is_told_as_what_and_for_whom_in_general_words() -> None:
    text = rendered(content()).text
    assert "sebagai Pejabat Penilai Kinerja bagi salah seorang pegawai yang Anda nilai" in text


def test_somebody_else_is_told_whom_the_task_waits_on() -> None:
    text = rendered(content(template="escalation", own_task=False)).text
    assert "menunggu Pejabat Penilai Kinerja" in text
    assert "Tugas Anda" not in text


def test_a_task_without_a_due_day_names_none() -> None:
    assert "Batas waktu" not in rendered(content(template="task_opened", due_on=None)).text


def test_a_rehearsal_is_marked_in_the_subject_and_both_bodies() -> None:
    message = rendered(content(rehearsal=True))
    assert message.subject.startswith("[GLADI] Pengingat")
    assert message.text.startswith("Ini gladi")
    assert "Ini gladi" in message.html


def test_a_real_notice_is_not_marked_as_a_rehearsal() -> None:
    message = rendered(content())
    assert "gladi" not in (message.subject + message.text + message.html).lower()


def test_a_name_with_markup_is_text_in_html_and_unchanged_in_plain_text() -> None:
    message = rendered(content(recipient_name="<b>A & B</b>"))
    assert "&lt;b&gt;A &amp; B&lt;/b&gt;" in message.html
    assert "<b>A & B</b>" in message.text


def test_the_plain_text_has_no_more_than_one_empty_line_in_a_row() -> None:
    assert "\n\n\n" not in rendered(content(template="task_opened")).text


def test_an_unknown_template_is_an_error() -> None:
    with pytest.raises(TemplateNotFound):
        rendered(content(template="surprise"))


def test_a_stage_without_words_is_an_error_and_not_an_empty_line() -> None:
    with pytest.raises(UndefinedError):
        rendered(content(stage=Stage.SCHEDULED))


def test_a_reminder_without_a_due_day_is_an_error_and_does_not_say_none() -> None:
    with pytest.raises(UndefinedError, match="does not have"):
        rendered(content(due_on=None))


def test_every_stage_that_somebody_holds_is_among_the_tested_ones() -> None:
    clock = {stage for stage, holder in HOLDERS.items() if holder is Capacity.CLOCK}
    assert set(TASKS) | clock | CLOSED_STAGES == set(Stage)


def test_every_packaged_template_but_the_digest_is_among_the_tested_ones() -> None:
    assert {*TEMPLATES, "digest"} == set(template_names())


@pytest.mark.parametrize("template", TEMPLATES)
def test_every_template_but_the_digest_has_a_kind_by_which_people_choose(template: str) -> None:
    assert kind_of(template, Stage.RATING) in Kind


def test_a_message_says_which_template_in_which_number_it_was_made_of_and_where_it_leads() -> None:
    message = rendered(content())
    assert (message.template, message.link) == ("reminder", LINK)
    assert message.template_version >= 1


def test_a_nudge_names_who_asks_and_as_what() -> None:
    item = content(template="nudge", nudger="Rina Wati, S.H.", nudger_capacity=Capacity.HR)
    assert "Rina Wati, S.H. (pengelola kepegawaian) meminta Anda menindaklanjuti tugas menilai kinerja" in (
        rendered(item).text
    )
    assert "Rina Wati, S.H. (the personnel officer) asks you to appraise performance" in (
        rendered(replace(item, locale=Locale.ENGLISH)).text
    )


def test_a_nudge_without_a_capacity_names_the_person_only() -> None:
    assert (
        "Rina Wati meminta Anda menindaklanjuti"
        in rendered(content(template="nudge", nudger="Rina Wati")).text
    )


def test_a_nudge_of_nobody_is_an_error() -> None:
    with pytest.raises(UndefinedError, match="does not have"):
        rendered(content(template="nudge"))


def test_the_name_of_who_nudges_is_escaped_in_html() -> None:
    message = rendered(content(template="nudge", nudger="<i>Rina</i>"))
    assert "&lt;i&gt;Rina&lt;/i&gt;" in message.html
    assert "<i>" not in message.html
