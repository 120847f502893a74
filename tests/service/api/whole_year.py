"""A year under the national scheme over HTTP, each form filled in so that nothing is missing."""

import uuid
from typing import Any

from content.forms.context import FormContext
from content.forms.example import example
from content.parts import Values
from content.rules import ContentRules
from schemes.loading import builtin_system
from states.rules import Rulebook
from states.triggers import Trigger
from tests.fixtures.agency import SmallAgency, build_agency
from tests.service.api.conftest import BUSINESS_START, Service, clock_from
from tests.service.api.results import Step, done

_SYSTEM = builtin_system("nasional")
assert _SYSTEM.content is not None
RULES: ContentRules = _SYSTEM.content
BOOK: Rulebook = _SYSTEM.book.model_copy(update={"scheme": "nasional-setahun"})
"""A name of its own, since other tests give the national process other forms."""


async def full_agency(service: Service, name: str, *, employees: int = 2) -> SmallAgency:
    """An agency of its own under the national scheme with all of its forms."""
    agency = await build_agency(
        service.database,
        name=name,
        employees=employees,
        book=BOOK,
        content=RULES,
        clock=clock_from(BUSINESS_START),
    )
    service.others.append(agency)
    return agency


def result(own: str, title: str, *, supports: str | None = None, indicators: int = 1) -> dict[str, Any]:
    """A result of a plan, with indicators of which the first is of quantity.

    ``supports`` is left out for somebody whose superior has no plan to make.
    """
    return {
        "id": own,
        "result": title,
        "kind": "main",
        "approach": "quantitative",
        **({} if supports is None else {"supports": supports}),
        "indicators": [
            {
                "id": f"{own}-i{number}",
                "aspect": "quantity" if number == 1 else "quality",
                "indicator": f"Jumlah {title.lower()} {number}",
                "target": {"number": 12 * number, "unit": "dokumen"},
            }
            for number in range(1, indicators + 1)
        ],
    }


def plan_of(*results: dict[str, Any]) -> dict[str, Any]:
    """A plan with these results, in which nothing is missing."""
    context = FormContext(superior_results=frozenset({"p1"}))
    return {**filled(Trigger.SUBMIT_PLAN, context), "results": list(results)}


def filled(trigger: Trigger, context: FormContext) -> Values:
    """The form of an action, filled in."""
    found = RULES.form_for(trigger)
    assert found is not None
    return example(found[1], RULES, context)


def rating_of(plan: dict[str, Any], **overall: Any) -> dict[str, Any]:
    """A rating of this plan; ``overall`` names other steps."""
    form: dict[str, Any] = filled(Trigger.RATE, FormContext(plan=plan))
    return {**form, "overall": {**form["overall"], "results": "meets", "behaviour": "meets", **overall}}


def meeting(*actions: tuple[str, str]) -> dict[str, Any]:
    """What was agreed when the result was handed over: actions, each until a day."""
    form: dict[str, Any] = filled(Trigger.DELIVER_RESULT, FormContext())
    rows = [
        {"id": f"a{number}", "action": action, "by": "employee", "until": day}
        for number, (action, day) in enumerate(actions, 1)
    ]
    return {**form, "actions": rows}


def up_to_the_rating(agency: SmallAgency, employee: uuid.UUID, plan: dict[str, Any]) -> tuple[Step, ...]:
    """From a submitted plan to the self-assessment; HR opens early what the calendar would open."""
    context = FormContext(plan=plan)
    check_in: tuple[Step, ...] = (
        (agency.officer, "open_check_in", None),
        (employee, "submit_check_in", {"content": filled(Trigger.SUBMIT_CHECK_IN, context)}),
        (agency.rater, "review_check_in", {"content": filled(Trigger.REVIEW_CHECK_IN, context)}),
    )
    return (
        (employee, "submit_plan", {"content": plan}),
        (agency.rater, "approve_plan", None),
        *check_in,
        *check_in,
        (agency.officer, "open_evaluation", None),
        (
            employee,
            "submit_self_assessment",
            {"content": filled(Trigger.SUBMIT_SELF_ASSESSMENT, context)},
        ),
    )


async def drafting(service: Service, agency: SmallAgency, employee: uuid.UUID) -> uuid.UUID:
    """A case whose plan may be drafted."""
    case = await service.launch(agency, employee)
    await service.until_stage(case, "plan_drafting")
    return case


async def rated(
    service: Service, agency: SmallAgency, employee: uuid.UUID, plan: dict[str, Any], **overall: Any
) -> uuid.UUID:
    """A case that was rated, and whose result was not delivered yet."""
    case = await drafting(service, agency, employee)
    rating = {"content": rating_of(plan, **overall)}
    await done(service, case, *up_to_the_rating(agency, employee, plan), (agency.rater, "rate", rating))
    return case


async def delivered(
    service: Service, agency: SmallAgency, employee: uuid.UUID, plan: dict[str, Any], **overall: Any
) -> uuid.UUID:
    """A case whose result was handed over."""
    case = await rated(service, agency, employee, plan, **overall)
    held = {"content": meeting(("Mengikuti pelatihan", "2026-06-01"))}
    await done(service, case, (agency.rater, "deliver_result", held))
    return case
