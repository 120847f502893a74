"""A message is read by ear, enlarged, without images and without colours, as well as by eye."""

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser
from itertools import pairwise, product

import pytest

from notifications.rendering import render
from notifications.samples import EXAMPLE_URL, sample
from notifications.versions import template_names
from translations import Locale

EVERY = tuple(product(template_names(), Locale))
VOID = {"meta", "hr", "br"}
ENOUGH_CONTRAST = 4.5
"""WCAG 2.2, success criterion 1.4.3 (AA)."""


@dataclass
class Element:
    tag: str
    attributes: dict[str, str | None]
    style: dict[str, str]
    words: str = ""


@dataclass
class Page(HTMLParser):
    """The elements of a message with their words and the styles that they inherit."""

    html: str
    elements: list[Element] = field(default_factory=list)
    open: list[Element] = field(default_factory=list)
    declared: str = ""

    def __post_init__(self) -> None:
        super().__init__()
        self.feed(self.html)
        self.close()

    def handle_decl(self, decl: str) -> None:
        self.declared = decl

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        attributes = dict(attrs)
        inherited = self.open[-1].style if self.open else {}
        own: dict[str, str] = {}
        for rule in (attributes.get("style") or "").split(";"):
            name, _, value = rule.partition(":")
            own[name.strip()] = value.strip()
        element = Element(tag, attributes, inherited | own)
        self.elements.append(element)
        if tag not in VOID:
            self.open.append(element)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop().tag == tag, f"</{tag}> closes another element"

    def handle_data(self, data: str) -> None:
        for element in self.open:
            element.words += data

    def of(self, *tags: str) -> list[Element]:
        return [element for element in self.elements if element.tag in tags]


@pytest.fixture(params=EVERY, ids=lambda each: f"{each[0]}-{each[1]}")
def page(request: pytest.FixtureRequest) -> Page:
    template, locale = request.param
    return Page(render(sample(template, locale), EXAMPLE_URL).html)


def brightness(colour: str) -> float:
    """Relative luminance (WCAG 2.2)."""
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    dark, light = sorted((brightness(one), brightness(other)))
    return (light + 0.05) / (dark + 0.05)


def test_the_contrast_is_computed_as_the_guidelines_do() -> None:
    assert contrast("#000000", "#ffffff") == 21
    assert round(contrast("#777777", "#ffffff"), 2) == 4.48


def test_every_element_is_closed_in_its_order(page: Page) -> None:
    assert page.open == []
    assert page.declared == "DOCTYPE html"


def test_a_reader_for_the_blind_knows_the_language_and_the_title(page: Page) -> None:
    (html,) = page.of("html")
    assert html.attributes["lang"] in {"id", "en"}
    (title,) = page.of("title")
    (heading,) = page.of("h1")
    assert title.words.strip() == heading.words.strip()
    assert len(title.words.strip()) > 10


def test_headings_begin_with_the_first_level_and_leave_none_out(page: Page) -> None:
    levels = [int(element.tag[1]) for element in page.of("h1", "h2", "h3", "h4", "h5", "h6")]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))
    assert all(element.words.strip() for element in page.of("h1", "h2"))


def test_everything_that_is_read_lies_in_the_main_part(page: Page) -> None:
    (body,), (main,) = page.of("body"), page.of("main")
    assert " ".join(body.words.split()) == " ".join(main.words.split())


def test_every_link_says_where_it_leads_and_no_two_say_the_same(page: Page) -> None:
    texts = [" ".join(element.words.split()) for element in page.of("a")]
    assert texts
    assert len(set(texts)) == len(texts)
    assert all(len(text.split()) >= 3 for text in texts)
    assert not [
        text
        for text in texts
        if re.fullmatch(r"(?:klik|click|buka|open) (?:di )?(?:sini|here).*", text, re.I)
    ]


def test_every_link_can_be_told_from_the_text_without_colours(page: Page) -> None:
    for element in page.of("a"):
        assert "text-decoration" not in element.style


def test_every_text_has_enough_contrast(page: Page) -> None:
    for element in page.elements:
        if element.words.strip() and "color" in element.style:
            assert contrast(element.style["color"], element.style["background"]) >= ENOUGH_CONTRAST


def test_nothing_is_shown_by_images_scripts_tables_or_forms(page: Page) -> None:
    assert page.of("img", "svg", "script", "style", "link", "table", "form", "iframe", "object") == []


def test_lists_hold_nothing_but_their_points(page: Page) -> None:
    for html in re.findall(r"<ul[^>]*>(.*?)</ul>", page.html, re.DOTALL):
        assert re.sub(r"<li[^>]*>.*?</li>", "", html, flags=re.DOTALL).strip() == ""
        assert "<li" in html


def test_the_page_can_be_enlarged_and_is_no_wider_than_the_screen(page: Page) -> None:
    (viewport,) = [each for each in page.of("meta") if each.attributes.get("name") == "viewport"]
    assert viewport.attributes["content"] == "width=device-width, initial-scale=1"
    assert all(
        not re.search(r"\bwidth\s*:\s*\d+px", element.attributes.get("style") or "")
        for element in page.elements
    )
