from fastapi import APIRouter
from starlette.responses import Response

from service.api.answers import answer, problems
from service.api.dependencies import Shared
from service.api.identity import Language, SignedIn
from service.api.session.schemas import Me, OpenTasks
from service.appraisals.asker import asker_of
from service.problems import NotSignedIn
from service.wording import capacity_name
from store.appraisal.tasks import task_counts
from store.person.repository import full_name, myself

router = APIRouter(tags=["session"])


@router.get("/me", response_model=Me, responses=problems(401, 503), operation_id="me")
async def me(identity: SignedIn, shared: Shared, locale: Language) -> Response:
    """Who I am, my roles, and how many tasks wait on me."""
    async with shared.reading.connect() as connection:
        found = await myself(connection, identity.person, identity.agency)
        if found is None:
            raise NotSignedIn("invalid")
        counts = await task_counts(connection, asker_of(identity))
    return answer(
        Me(
            id=found.id,
            name=found.name,
            full_name=full_name(found.title_before, found.name, found.title_after),
            post=found.post,
            nip=found.nip,
            unit_id=found.unit_id,
            unit=found.unit,
            agency_id=found.agency_id,
            agency=found.agency,
            roles=list(found.roles),
            tasks=[
                OpenTasks(
                    capacity=count.capacity,
                    capacity_name=capacity_name(count.capacity, locale),
                    open=count.open,
                    overdue=count.overdue,
                )
                for count in counts
            ],
        )
    )
