"""The matrix of kinds and channels, and the language, over HTTP."""

import uuid
from collections.abc import AsyncIterator
from typing import Any

import pytest
import pytest_asyncio

from notifications.kinds import Kind, is_locked
from service.channels.reach import Reach
from store.message.channels import ChannelName
from tests.fixtures.agency import SmallAgency
from tests.service.api.conftest import Service
from tests.service.api.reached import Reached, reached

PATH = "/me/preferences"


@pytest_asyncio.fixture(loop_scope="session")
async def agency(service: Service) -> SmallAgency:
    return await service.new_agency()


@pytest_asyncio.fixture(loop_scope="session")
async def ask(service: Service) -> AsyncIterator[Reached]:
    async with reached(service) as found:
        yield found


async def cells(ask: Reached, person: uuid.UUID, language: str = "en") -> dict[tuple[str, str], Any]:
    answer = await ask("GET", person, PATH, language=language)
    assert answer.status_code == 200, answer.text
    return {(each["kind"], each["channel"]): each for each in answer.json()["cells"]}


def whole(**wanted: bool) -> dict[str, Any]:
    """The matrix with everything wanted but what is named as kind_channel."""
    listed = [
        {"kind": kind, "channel": channel, "wanted": wanted.get(f"{kind}_{channel}", True)}
        for kind in Kind
        for channel in ChannelName
    ]
    return {"locale": "en", "cells": listed}


def cell(kind: str, channel: str, wanted: bool) -> dict[str, Any]:
    return {"kind": kind, "channel": channel, "wanted": wanted}


async def chosen(service: Service, person: uuid.UUID) -> int:
    return int(await service.value("SELECT count(*) FROM preference WHERE person_id = :id", id=person))


async def test_the_matrix_has_every_kind_with_every_channel(ask: Reached, agency: SmallAgency) -> None:
    found = await cells(ask, agency.employee)
    assert set(found) == {(kind.value, channel.value) for kind in Kind for channel in ChannelName}
    assert all(each["wanted"] == each["default"] for each in found.values())
    for (kind, channel), each in found.items():
        assert each["locked"] is is_locked(Kind(kind), ChannelName(channel))
        assert (each["locked_because"] is not None) is each["locked"]


async def test_a_lock_is_explained_in_the_language_of_the_reader(ask: Reached, agency: SmallAgency) -> None:
    english = (await cells(ask, agency.employee))["result", "email"]["locked_because"]
    indonesian = (await cells(ask, agency.employee, "id"))["result", "email"]["locked_because"]
    assert english == "Periods set by law run from the result, so it always comes by e-mail as well."
    assert indonesian not in (None, english)


async def test_a_channel_is_available_where_it_is_set_up_and_reaches_the_person(
    ask: Reached, service: Service, agency: SmallAgency
) -> None:
    answer = await ask("GET", agency.employee, PATH)
    offers = {each["channel"]: (each["configured"], each["available"]) for each in answer.json()["channels"]}
    assert offers == {
        "inbox": (True, True),
        "email": (True, True),
        "whatsapp": (True, False),
        "telegram": (True, False),
        "webhook": (True, False),
    }
    async with reached(service, Reach()) as bare:
        answer = await bare("GET", agency.employee, PATH)
    assert {each["channel"] for each in answer.json()["channels"] if each["configured"]} == {"inbox", "email"}


async def test_an_address_that_is_taken_makes_a_channel_available(ask: Reached, agency: SmallAgency) -> None:
    body = {"channel": "webhook", "address": "pegawai-17", "consent": True}
    assert (await ask("POST", agency.employee, "/me/addresses", body)).status_code == 200
    assert (await cells(ask, agency.employee))["reminder", "webhook"]["available"] is True


async def test_one_cell_is_changed_and_the_rest_stays(
    ask: Reached, service: Service, agency: SmallAgency
) -> None:
    before = await cells(ask, agency.employee)
    answer = await ask("PATCH", agency.employee, PATH, {"cells": [cell("reminder", "email", False)]})
    assert answer.status_code == 200, answer.text
    after = await cells(ask, agency.employee)
    assert after["reminder", "email"]["wanted"] is False
    assert after["reminder", "email"]["default"] is True
    assert {**before, ("reminder", "email"): None} == {**after, ("reminder", "email"): None}
    assert await chosen(service, agency.employee) == 1


async def test_what_is_left_as_it_is_goes_on_following_its_default(
    ask: Reached, service: Service, agency: SmallAgency
) -> None:
    listed = [
        {"kind": kind, "channel": channel, "wanted": each["wanted"]}
        for (kind, channel), each in (await cells(ask, agency.employee)).items()
    ]
    answer = await ask("PUT", agency.employee, PATH, {"locale": "id", "cells": listed})
    assert (answer.status_code, await chosen(service, agency.employee)) == (200, 0)


async def test_the_whole_matrix_is_replaced(ask: Reached, agency: SmallAgency) -> None:
    answer = await ask("PUT", agency.employee, PATH, whole(change_email=False, task_email=False))
    assert answer.status_code == 200, answer.text
    off = {place for place, each in (await cells(ask, agency.employee)).items() if not each["wanted"]}
    assert off == {("change", "email"), ("task", "email")}
    assert (await cells(ask, agency.employee))["task", "whatsapp"]["wanted"] is True


@pytest.mark.parametrize("method", ("PUT", "PATCH"))
@pytest.mark.parametrize("place", (("result", "email"), ("escalation", "email"), ("task", "inbox")))
async def test_a_locked_cell_that_is_switched_off_is_named_and_nothing_is_changed(
    ask: Reached, service: Service, agency: SmallAgency, method: str, place: tuple[str, str]
) -> None:
    body = whole(**{"_".join(place): False}, reminder_email=False)
    number = next(at for at, each in enumerate(body["cells"]) if (each["kind"], each["channel"]) == place)
    answer = await ask(method, agency.employee, PATH, body)
    assert (answer.status_code, answer.json()["code"]) == (422, "invalid")
    assert [each["field"] for each in answer.json()["errors"]] == [f"/cells/{number}/wanted"]
    assert await chosen(service, agency.employee) == 0


async def test_a_matrix_that_is_not_whole_is_not_put(ask: Reached, agency: SmallAgency) -> None:
    body = whole()
    body["cells"].pop()
    answer = await ask("PUT", agency.employee, PATH, body)
    assert answer.status_code == 422
    assert "nudge by webhook is missing" in answer.json()["errors"][0]["message"]


@pytest.mark.parametrize(
    ("body", "field"),
    (
        ({"cells": [cell("gossip", "email", True)]}, "/cells/0/kind"),
        ({"cells": [cell("task", "pigeon", True)]}, "/cells/0/channel"),
        ({"cells": [{"kind": "task", "channel": "email"}]}, "/cells/0/wanted"),
        ({"cells": [cell("task", "email", True)] * 2}, "/cells/1"),
        ({"locale": "jv"}, "/locale"),
        ({"language": "en"}, "/language"),
    ),
)
async def test_what_cannot_be_used_is_named(ask: Reached, agency: SmallAgency, body: Any, field: str) -> None:
    answer = await ask("PATCH", agency.employee, PATH, body)
    assert (answer.status_code, answer.json()["errors"][0]["field"]) == (422, field)


async def test_the_language_of_messages_is_chosen(
    ask: Reached, service: Service, agency: SmallAgency
) -> None:
    assert (await ask("GET", agency.employee, PATH)).json()["locale"] == "id"
    answer = await ask("PATCH", agency.employee, PATH, {"locale": "en"})
    assert answer.json()["locale"] == "en"
    locale = "SELECT locale FROM person WHERE id = :id"
    assert await service.value(locale, id=agency.employee) == "en"
    assert await service.value(locale, id=agency.rater) == "id"


async def test_nobody_chooses_without_a_sign_in(ask: Reached) -> None:
    for method in ("GET", "PUT", "PATCH"):
        assert (await ask.http.request(method, f"/api/v1{PATH}", json={})).status_code == 401


async def test_a_token_of_somebody_who_is_gone_is_refused(ask: Reached, service: Service) -> None:
    assert (await ask("GET", uuid.uuid4(), PATH)).status_code == 401
