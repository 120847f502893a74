"""What was to be sent and what became of it, over HTTP: by case and by person, and who may see it."""

import asyncio
import uuid
from typing import Any

import pytest
import pytest_asyncio

from notifications.channel import NullChannel
from notifications.relay import Links, Relay
from store.message.channels import ChannelName
from tests.fixtures.agency import SmallAgency
from tests.fixtures.cases import make_due, plan_all
from tests.service.api.changes import drafting, submitted
from tests.service.api.conftest import PLAN, Service


@pytest_asyncio.fixture(loop_scope="session")
async def agency(service: Service) -> SmallAgency:
    return await service.new_agency()


@pytest_asyncio.fixture(loop_scope="session")
async def case(service: Service, agency: SmallAgency) -> uuid.UUID:
    """A plan that waits for its rater; what it had to say was sent."""
    found = await submitted(service, agency, agency.employee)
    await send_all(service)
    return found


async def send_all(service: Service) -> None:
    await plan_all(service.database)
    relay = Relay(service.database, {ChannelName.EMAIL: NullChannel()}, Links("http://kinerja.test"))
    async with asyncio.timeout(30):
        while await relay.relay_due():
            await make_due(service.database)


async def notices(service: Service, person: uuid.UUID, path: str, **wanted: Any) -> dict[str, Any]:
    answer = await service.get(person, f"{path}/notices", **wanted)
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    return found


async def test_hr_sees_whom_a_case_told_what_through_what_and_when(
    service: Service, agency: SmallAgency, case: uuid.UUID
) -> None:
    seen = await notices(service, agency.officer, f"/appraisals/{case}")
    sent = [each for each in seen["items"] if each["channel"] == "email" and each["state"] == "sent"]
    (line,) = [each for each in sent if each["recipient_id"] == str(agency.rater)]
    assert (line["kind"], line["kind_name"], line["stage"]) == ("task", "New task", "plan_review")
    assert (line["state_name"], line["why"], line["waiting"]) == ("Handed over to the provider", None, None)
    message = line["message"]
    assert (message["provider"], message["answer"], message["notices"]) == ("null", "null", 1)
    assert message["address"] == f"{agency.rater}@gladi.invalid"
    assert message["template"] == "task_opened"
    assert message["template_version"] >= 1
    assert [each["outcome_name"] for each in message["attempts"]] == ["taken over"]
    assert message["sent_at"] is not None


async def test_what_was_done_before_it_was_sent_says_so(
    service: Service, agency: SmallAgency, case: uuid.UUID
) -> None:
    seen = await notices(service, agency.officer, f"/appraisals/{case}", state="cancelled")
    (line,) = seen["items"]
    assert (line["recipient_id"], line["stage"]) == (str(agency.employee), "plan_drafting")
    assert (line["reason"], line["why"]) == ("done", "What it asks for was done before it was sent.")
    assert line["message"] is None


async def test_counts_stand_on_top_for_each_channel(
    service: Service, agency: SmallAgency, case: uuid.UUID
) -> None:
    seen = await notices(service, agency.officer, f"/appraisals/{case}")
    counts = {each["channel"]: each for each in seen["counts"]}
    assert list(counts) == ["inbox", "email"]
    assert (counts["email"]["sent"], counts["email"]["cancelled"], counts["email"]["waiting"]) == (1, 1, 0)
    assert counts["inbox"]["sent"] == 2


async def test_what_is_still_to_come_is_shown_with_its_moment_and_audience(
    service: Service, agency: SmallAgency, case: uuid.UUID
) -> None:
    coming = (await notices(service, agency.officer, f"/appraisals/{case}"))["coming"]
    assert [each["kind"] for each in coming][-1] == "escalation"
    assert {each["due_on"] for each in coming} == {"2026-01-31"}
    assert coming[0]["kind_name"] == "Reminder"
    assert coming[0]["audience_names"] == ["rater"]
    assert [each["at"] for each in coming] == sorted(each["at"] for each in coming)


async def test_a_notice_that_waits_says_until_when(service: Service, agency: SmallAgency) -> None:
    case = await drafting(service, agency, agency.employee)
    new = await notices(service, agency.officer, f"/appraisals/{case}", channel="email")
    assert new["items"][0]["waiting"]["until"] is None
    await plan_all(service.database)
    (line,) = (await notices(service, agency.officer, f"/appraisals/{case}", channel="email"))["items"]
    assert (line["state"], line["reason"]) == ("digesting", "digest")
    assert line["waiting"]["planned_for"] > line["written_at"]
    assert line["waiting"]["channel_paused_since"] is None
    assert line["message"]["sent_at"] is None


async def test_a_notice_that_waits_for_a_paused_channel_says_why(
    service: Service, agency: SmallAgency
) -> None:
    case = await drafting(service, agency, agency.employee)
    await service.run(
        """INSERT INTO channel_pause (id, channel, paused_at, paused_by, reason, resumed_by)
        VALUES (gen_random_uuid(), 'email', now(), 'ops', 'Server pindah', '')"""
    )
    try:
        seen = await notices(service, agency.officer, f"/appraisals/{case}", channel="email")
    finally:
        await service.run("DELETE FROM channel_pause")
    (line,) = seen["items"]
    assert line["waiting"]["pause_reason"] == "Server pindah"
    assert line["waiting"]["channel_paused_since"] is not None


@pytest.mark.parametrize("who", ("employee", "rater"))
async def test_others_than_hr_see_of_a_case_what_went_to_themselves(
    service: Service, agency: SmallAgency, case: uuid.UUID, who: str
) -> None:
    person = getattr(agency, who)
    seen = await notices(service, person, f"/appraisals/{case}")
    assert seen["items"]
    assert {each["recipient_id"] for each in seen["items"]} == {str(person)}
    assert sum(each["sent"] + each["cancelled"] for each in seen["counts"]) == len(seen["items"])


async def test_others_than_hr_see_addresses_masked(
    service: Service, agency: SmallAgency, case: uuid.UUID
) -> None:
    seen = await notices(service, agency.rater, f"/appraisals/{case}", channel="email")
    (line,) = seen["items"]
    assert line["message"]["address"] == f"{str(agency.rater)[0]}***@gladi.invalid"


async def test_a_case_that_one_may_not_see_is_not_found(
    service: Service, agency: SmallAgency, case: uuid.UUID
) -> None:
    for stranger in (agency.employees[1], service.elsewhere.officer, agency.head):
        answer = await service.get(stranger, f"/appraisals/{case}/notices")
        assert (answer.status_code, answer.json()["code"]) == (404, "not_found")


async def test_everybody_sees_what_was_sent_to_himself_of_all_cases(
    service: Service, agency: SmallAgency, case: uuid.UUID
) -> None:
    seen = await notices(service, agency.rater, f"/people/{agency.rater}")
    assert {each["appraisal_id"] for each in seen["items"]} == {str(case)}
    assert {each["recipient_id"] for each in seen["items"]} == {str(agency.rater)}
    assert await notices(service, agency.head, f"/people/{agency.head}") == {
        "counts": [],
        "items": [],
        "next": None,
    }


async def test_hr_sees_what_was_sent_to_anybody_of_the_agency(
    service: Service, agency: SmallAgency, case: uuid.UUID
) -> None:
    mine = await notices(service, agency.rater, f"/people/{agency.rater}", channel="email")
    seen = await notices(service, agency.officer, f"/people/{agency.rater}", channel="email")
    assert [each["id"] for each in seen["items"]] == [each["id"] for each in mine["items"]]
    assert seen["items"][0]["message"]["address"] == f"{agency.rater}@gladi.invalid"


async def test_what_was_sent_to_somebody_else_is_not_found(
    service: Service, agency: SmallAgency, case: uuid.UUID
) -> None:
    for stranger in (agency.superior, agency.employee, service.elsewhere.officer):
        answer = await service.get(stranger, f"/people/{agency.rater}/notices")
        assert (answer.status_code, answer.json()["code"]) == (404, "not_found")
    unknown = await service.get(agency.officer, f"/people/{uuid.uuid4()}/notices")
    assert unknown.status_code == 404


async def test_pages_follow_each_other(service: Service, agency: SmallAgency, case: uuid.UUID) -> None:
    path = f"/appraisals/{case}"
    whole = [each["id"] for each in (await notices(service, agency.officer, path))["items"]]
    paged, cursor = [], None
    while True:
        wanted = {"limit": 3} | ({"cursor": cursor} if cursor else {})
        page = await notices(service, agency.officer, path, **wanted)
        paged += [each["id"] for each in page["items"]]
        cursor = page["next"]
        if cursor is None:
            break
    assert paged == whole
    assert len(whole) == 4


@pytest.mark.parametrize(
    ("wanted", "field"),
    (
        ({"channel": "pigeon"}, "channel"),
        ({"state": "lost"}, "state"),
        ({"since": "yesterday"}, "since"),
        ({"until": "2026-02-30"}, "until"),
        ({"since": "2026-02-02", "until": "2026-02-01"}, "until"),
    ),
)
async def test_a_wrong_filter_is_named(
    service: Service, agency: SmallAgency, case: uuid.UUID, wanted: dict[str, str], field: str
) -> None:
    answer = await service.get(agency.officer, f"/appraisals/{case}/notices", **wanted)
    assert answer.status_code == 422
    assert [each["field"].endswith(field) for each in answer.json()["errors"]] == [True]


async def test_a_cursor_of_another_list_is_refused(
    service: Service, agency: SmallAgency, case: uuid.UUID
) -> None:
    answer = await service.get(agency.officer, f"/appraisals/{case}/notices", cursor="eA")
    assert (answer.status_code, answer.json()["code"]) == (400, "cursor_invalid")


async def message_of(service: Service, agency: SmallAgency, case: uuid.UUID) -> str:
    seen = await notices(service, agency.officer, f"/appraisals/{case}", channel="email", state="sent")
    address: str = seen["items"][0]["message"]["copy_at"]
    return address.removeprefix("/api/v1")


async def test_the_copy_shows_the_words_as_they_were_sent(
    service: Service, agency: SmallAgency, case: uuid.UUID
) -> None:
    path = await message_of(service, agency, case)
    copy = (await service.get(agency.officer, path)).json()
    assert copy["recipient_id"] == str(agency.rater)
    assert copy["subject"].startswith("[GLADI]")
    assert f"/appraisals/{case}" in copy["text"] or str(case) in copy["text"]
    assert PLAN["text"] not in copy["text"]
    (carried,) = copy["carried"]
    assert (carried["appraisal_id"], carried["stage_name"]) == (str(case), "Plan under review")
    assert [each["answer"] for each in copy["attempts"]] == ["null"]


async def test_the_copy_is_open_to_its_recipient_with_a_masked_address(
    service: Service, agency: SmallAgency, case: uuid.UUID
) -> None:
    copy = (await service.get(agency.rater, await message_of(service, agency, case))).json()
    assert copy["address"] == f"{str(agency.rater)[0]}***@gladi.invalid"


async def test_the_copy_is_not_found_by_anybody_else(
    service: Service, agency: SmallAgency, case: uuid.UUID
) -> None:
    path = await message_of(service, agency, case)
    for stranger in (agency.employee, agency.superior, service.elsewhere.officer):
        answer = await service.get(stranger, path)
        assert (answer.status_code, answer.json()["code"]) == (404, "not_found")
    assert (await service.get(agency.officer, f"/messages/{uuid.uuid4()}")).status_code == 404


async def test_nobody_reads_notices_without_a_sign_in(service: Service, case: uuid.UUID) -> None:
    for path in (
        f"/appraisals/{case}/notices",
        f"/people/{uuid.uuid4()}/notices",
        f"/messages/{uuid.uuid4()}",
    ):
        assert (await service.http.get(f"/api/v1{path}")).status_code == 401
