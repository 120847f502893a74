"""The web application."""

from collections.abc import Sequence
from typing import Any

from fastapi import APIRouter, FastAPI, Security
from fastapi.openapi.utils import get_openapi
from starlette.responses import HTMLResponse, Response

from service.addresses import PREFIX
from service.api import problem_answers
from service.api.actions import endpoints as actions
from service.api.answers import ProblemDocument
from service.api.appraisals import endpoints as appraisals
from service.api.channels import endpoints as channels
from service.api.contacts import endpoints as contacts
from service.api.cycles import endpoints as cycles
from service.api.dependencies import Dependencies
from service.api.distributions import endpoints as distributions
from service.api.drafts import endpoints as drafts
from service.api.earlier_results import endpoints as earlier_results
from service.api.entries import endpoints as entries
from service.api.evidence import endpoints as evidence
from service.api.evidence import receiving
from service.api.examples import add_examples
from service.api.file import endpoints as file
from service.api.follow_up import endpoints as follow_up
from service.api.forms import endpoints as forms
from service.api.health import endpoints as health
from service.api.identity import BEARER
from service.api.improvements import endpoints as improvements
from service.api.inbox import endpoints as inbox
from service.api.incidents import endpoints as incidents
from service.api.landing import endpoints as landing
from service.api.launch import endpoints as launch
from service.api.launch import results as launch_results
from service.api.leniency import endpoints as leniency
from service.api.lifecycle import endpoints as lifecycle
from service.api.mailbox import endpoints as mailbox
from service.api.meetings import endpoints as meetings
from service.api.messages import endpoints as messages
from service.api.metrics import endpoints as metrics
from service.api.middleware import Frame
from service.api.notices import endpoints as notices
from service.api.nudges import endpoints as nudges
from service.api.operations import endpoints as operations
from service.api.operations import reading as operation_reading
from service.api.people import endpoints as people
from service.api.plans import endpoints as plans
from service.api.preferences import endpoints as preferences
from service.api.preflight import endpoints as preflight
from service.api.problems import endpoints as problems
from service.api.public_feedback import endpoints as public_feedback
from service.api.public_feedback import open as public_form
from service.api.ratings import endpoints as ratings
from service.api.receipt import endpoints as receipt
from service.api.relations import endpoints as relations
from service.api.schemes import endpoints as schemes
from service.api.session import endpoints as session
from service.api.skills import endpoints as skills
from service.api.substitutions import endpoints as substitutions
from service.api.surveys import endpoints as surveys
from service.api.tasks import endpoints as tasks
from service.api.teams import endpoints as teams
from service.api.templates import endpoints as templates
from service.api.timeline import endpoints as timeline
from service.api.trainings import endpoints as trainings
from service.api.unsubscribe import endpoints as unsubscribe
from service.api.webhooks import telegram, whatsapp
from service.api.year_reports import endpoints as year_reports
from service.appraisals.request import ActionRequest
from service.channels.schemas import NewPause
from service.contacts.schemas import NewAddress
from service.cycles.schemas import NewCycle
from service.distributions.schemas import NewLevel, NewReason
from service.drafts.schemas import NewDraft
from service.earlier_results.schemas import NewEarlierResults
from service.entries.schemas import NewEntry
from service.evidence.schemas import NewLink
from service.forms.schemas import FilledForm
from service.improvements.schemas import NewEnd, NewTest
from service.inbox.schemas import SeenNotices
from service.launches.request import NewLaunch
from service.meetings.schemas import NewMeeting
from service.nudges.schemas import NewNudges
from service.preferences.schemas import ChangedPreferences, NewPreferences
from service.public_feedback.schemas import ClearedText, NewPublicAnswer, NewPublicLink
from service.surveys.schemas import NewAnswer, NewInvitation, PrepareSurveys
from service.teams.schemas import MembershipEnd, NewMember, NewTeam, NewTeamResult
from service.trainings.schemas import NewTraining
from states.changes import CHANGE

_INDEX = """<!doctype html><html lang="id"><meta charset="utf-8"><title>kinerja</title><h1>kinerja</h1>
<ul><li><a href="/openapi.json">OpenAPI</a></li>
<li><a href="/health/ready">Health</a></li>{mailbox}</ul></html>"""
_MAILBOX = '<li><a href="/mailbox">Mailbox</a></li>'

_SIGNED_IN = (
    session,
    inbox,
    preferences,
    contacts,
    nudges,
    people,
    cycles,
    launch,
    launch_results,
    preflight,
    distributions,
    leniency,
    teams,
    appraisals,
    plans,
    ratings,
    file,
    receipt,
    meetings,
    trainings,
    surveys,
    follow_up,
    year_reports,
    earlier_results,
    skills,
    improvements,
    timeline,
    entries,
    evidence,
    tasks,
    operations,
    operation_reading,
    relations,
    substitutions,
    incidents,
    lifecycle,
    schemes,
    public_feedback,
    templates,
    notices,
    messages,
    channels,
    forms,
    drafts,
)


_BODIES = (
    ActionRequest,
    NewCycle,
    NewLevel,
    NewReason,
    NewLaunch,
    NewPause,
    SeenNotices,
    NewPreferences,
    ChangedPreferences,
    NewAddress,
    NewNudges,
    NewMeeting,
    NewTraining,
    NewTeam,
    NewMember,
    MembershipEnd,
    NewTeamResult,
    PrepareSurveys,
    NewInvitation,
    NewAnswer,
    NewEarlierResults,
    NewTest,
    NewEnd,
    NewEntry,
    NewLink,
    FilledForm,
    NewDraft,
    NewPublicLink,
    NewPublicAnswer,
    ClearedText,
)
"""Models of the request bodies that endpoints read by hand."""


def create_app(dependencies: Dependencies, pages: Sequence[APIRouter] = ()) -> FastAPI:
    """The application with these dependencies. It answers 503 while a server that it needs is away.

    ``pages`` are those of the other face: they share the frame of all requests, and nothing else of this one.
    """
    app = FastAPI(
        title="kinerja",
        version="1",
        description="Performance appraisals of Indonesian civil servants.",
        # The framework's own documentation pages load scripts from other hosts.
        docs_url=None,
        redoc_url=None,
        redirect_slashes=False,
    )
    app.state.dependencies = dependencies
    problem_answers.install(app)
    # Reaching an endpoint through the framework costs as much as the work itself. So the plain routes stand first
    # and are taken; the framework's routes only document them.
    app.router.routes.append(actions.PLAIN_ROUTE)
    app.router.routes.append(public_form.PLAIN_ROUTE)
    app.include_router(actions.router, prefix=PREFIX)
    signed_in = APIRouter(prefix=PREFIX, dependencies=[Security(BEARER)])
    for noun in _SIGNED_IN:
        signed_in.include_router(noun.router)
    app.include_router(signed_in)
    for open_to_all in (
        health,
        metrics,
        landing,
        mailbox,
        problems,
        unsubscribe,
        whatsapp,
        telegram,
        public_form,
    ):
        app.include_router(open_to_all.router)
    for page in pages:
        app.include_router(page)

    @app.get("/", include_in_schema=False)
    async def index() -> Response:
        return HTMLResponse(_INDEX.format(mailbox=_MAILBOX if dependencies.mailbox else ""))

    larger = {
        whatsapp.PATH: whatsapp.MOST_BYTES,
        f"{PREFIX}{evidence.ADDING}": receiving.MOST_BYTES,
        public_form.PATH: public_form.MOST_BYTES,
    }
    app.add_middleware(Frame, render=problem_answers.render, larger=larger)
    app.openapi = lambda: _openapi(app)  # type: ignore[method-assign]  # as FastAPI documents
    return app


def _openapi(app: FastAPI) -> dict[str, Any]:
    """The OpenAPI document, with the media type of problems and the bodies that are read by hand."""
    if app.openapi_schema:
        return app.openapi_schema
    document = get_openapi(
        title=app.title, version=app.version, description=app.description, routes=app.routes
    )
    schemas = document["components"]["schemas"]
    template = "#/components/schemas/{model}"
    bodies = {model.__name__: model.model_json_schema(ref_template=template) for model in _BODIES}
    bodies[operations.CHANGE_SCHEMA] = CHANGE.json_schema(ref_template=template)
    for name, schema in bodies.items():
        schemas.update(schema.pop("$defs", {}))
        schemas[name] = schema
    add_examples(schemas)
    reference = f"#/components/schemas/{ProblemDocument.__name__}"
    for path in document["paths"].values():
        for operation in path.values():
            # The framework adds an answer of its own that this API never gives.
            if "HTTPValidationError" in str(operation["responses"].get("422", "")):
                del operation["responses"]["422"]
            for described in operation["responses"].values():
                content = described.get("content", {})
                # FastAPI lists problems under the page's media type where the success answer is a page.
                for name in [
                    name for name in content if content[name].get("schema", {}).get("$ref") == reference
                ]:
                    content[problem_answers.MEDIA_TYPE] = content.pop(name)
    for unused in ("HTTPValidationError", "ValidationError"):
        schemas.pop(unused, None)
    app.openapi_schema = document
    return document
