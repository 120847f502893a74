"""The link in a digest on the real application and a real PostgreSQL."""

import uuid
from collections.abc import AsyncIterator
from html.parser import HTMLParser

import pytest
from sqlalchemy.ext.asyncio import AsyncEngine

from notifications.kinds import Kind
from notifications.unsubscribing import SWITCHED_OFF, UnsubscribeTokens, unsubscribe_url
from service.accounts.hooks import Hooks
from store.message.channels import ChannelName
from store.preference.repository import chosen_by
from tests.fixtures.agency import SmallAgency, build_agency
from tests.service.api.hooked import SECRET, Hooked, hooked

FORM = {"List-Unsubscribe": "One-Click"}


@pytest.fixture
async def agency(database: AsyncEngine) -> SmallAgency:
    return await build_agency(database, employees=2)


@pytest.fixture
async def app(database: AsyncEngine) -> AsyncIterator[Hooked]:
    async with hooked(database) as found:
        yield found


def link(person: uuid.UUID, secret: str = SECRET) -> str:
    return unsubscribe_url("", secret, person)


async def choices(database: AsyncEngine, person: uuid.UUID) -> dict[tuple[str, ChannelName], bool]:
    async with database.connect() as connection:
        return dict(await chosen_by(connection, person))


OFF = {(kind.value, ChannelName.EMAIL): False for kind in SWITCHED_OFF}


class Forms(HTMLParser):
    """The methods of the forms of a page, and their fields."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.methods: list[str | None] = []
        self.fields: dict[str | None, str | None] = {}
        self.feed(page)

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        found = dict(attributes)
        if tag == "form":
            self.methods.append(found.get("method"))
        if tag == "input":
            self.fields[found.get("name")] = found.get("value")


async def test_one_click_of_a_mail_program_switches_off_what_may_be(
    app: Hooked, database: AsyncEngine, agency: SmallAgency
) -> None:
    answer = await app.http.post(link(agency.employee), data=FORM)
    assert answer.status_code == 200
    assert await choices(database, agency.employee) == OFF
    assert await choices(database, agency.employees[1]) == {}


def test_the_page_names_the_kinds_that_are_switched_off() -> None:
    """A kind more needs another sentence on the page."""
    assert set(SWITCHED_OFF) == {Kind.TASK, Kind.REMINDER, Kind.CHANGE, Kind.FEEDBACK}


async def test_a_second_click_is_harmless(app: Hooked, database: AsyncEngine, agency: SmallAgency) -> None:
    for _ in range(2):
        assert (await app.http.post(link(agency.employee), data=FORM)).status_code == 200
    assert await choices(database, agency.employee) == OFF


async def test_the_form_may_come_in_parts(app: Hooked, database: AsyncEngine, agency: SmallAgency) -> None:
    parts = b'--b\r\nContent-Disposition: form-data; name="List-Unsubscribe"\r\n\r\nOne-Click\r\n--b--\r\n'
    headers = {"Content-Type": "multipart/form-data; boundary=b"}
    assert (await app.http.post(link(agency.employee), content=parts, headers=headers)).status_code == 200
    assert await choices(database, agency.employee) == OFF


async def test_looking_at_the_page_changes_nothing_and_says_what_stays(
    app: Hooked, database: AsyncEngine, agency: SmallAgency
) -> None:
    answer = await app.http.get(link(agency.employee))
    assert answer.status_code == 200
    assert "your results and what follows from them, objections, what is late" in answer.text
    assert await choices(database, agency.employee) == {}


async def test_the_button_of_the_page_sends_what_a_mail_program_does(
    app: Hooked, agency: SmallAgency
) -> None:
    forms = Forms((await app.http.get(link(agency.employee))).text)
    assert (forms.methods, forms.fields) == (["post"], FORM)


async def test_the_page_loads_nothing_and_tells_nobody_where_it_was(app: Hooked, agency: SmallAgency) -> None:
    headers = (await app.http.get(link(agency.employee))).headers
    assert headers["content-security-policy"] == "default-src 'none'; form-action 'self'"
    assert headers["referrer-policy"] == "no-referrer"
    assert headers["cache-control"] == "no-store"


async def test_the_page_names_nobody(app: Hooked, agency: SmallAgency) -> None:
    text = (await app.http.get(link(agency.employee))).text
    assert "Employee" not in text
    assert str(agency.employee) not in text


async def test_the_page_speaks_indonesian(app: Hooked, agency: SmallAgency) -> None:
    answer = await app.http.get(link(agency.employee), headers={"Accept-Language": "id"})
    assert '<html lang="id">' in answer.text
    assert "Hentikan" in answer.text


@pytest.mark.parametrize("body", ({}, {"List-Unsubscribe": "x"}))
async def test_a_post_without_the_field_changes_nothing(
    app: Hooked, database: AsyncEngine, agency: SmallAgency, body: dict[str, str]
) -> None:
    answer = await app.http.post(link(agency.employee), data=body)
    assert answer.status_code == 422
    assert answer.json()["errors"][0]["field"] == "/List-Unsubscribe"
    assert await choices(database, agency.employee) == {}


@pytest.mark.parametrize("token", ("x", "A" * 43, UnsubscribeTokens("a stranger's").make(uuid.UUID(int=1))))
@pytest.mark.parametrize("method", ("GET", "POST"))
async def test_a_forged_link_leads_nowhere(app: Hooked, token: str, method: str) -> None:
    answer = await app.http.request(
        method, f"/api/v1/unsubscribe/{token}", data=FORM if method == "POST" else None
    )
    assert (answer.status_code, answer.json()["code"]) == (404, "not_found")


async def test_the_link_of_somebody_who_is_gone_is_taken_quietly(app: Hooked) -> None:
    assert (await app.http.post(link(uuid.uuid4()), data=FORM)).status_code == 200


async def test_the_link_signs_nobody_in(app: Hooked, agency: SmallAgency) -> None:
    token = link(agency.employee).rpartition("/")[2]
    answer = await app.http.get("/api/v1/me", headers={"Authorization": f"Bearer {token}"})
    assert answer.status_code == 401


async def test_without_a_secret_there_is_no_such_link(database: AsyncEngine, agency: SmallAgency) -> None:
    async with hooked(database, Hooks()) as app:
        assert (await app.http.get(link(agency.employee))).status_code == 404


async def test_the_log_does_not_have_the_token(app: Hooked, agency: SmallAgency) -> None:
    await app.http.post(link(agency.employee), data=FORM)
    assert '"route": "/api/v1/unsubscribe/{token}"' in app.log.getvalue()
    assert link(agency.employee).rpartition("/")[2] not in app.log.getvalue()
