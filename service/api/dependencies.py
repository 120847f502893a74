"""The objects that all endpoints of one process share."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated, cast

from fastapi import Depends, Request
from sqlalchemy.ext.asyncio import AsyncEngine
from temporalio.client import Client

from activities.commanding import Commands
from activities.sealing import Seals
from activities.telling import Teller
from service.accounts.hooks import Hooks
from service.accounts.tokens import TokenSigner
from service.appraisals.acting import Acting
from service.channels.reach import Reach
from service.evidence.adding import Adding
from service.evidence.reaching import Links
from service.launches.steering import Launches
from service.nudges.nudging import Nudging
from service.operations.operations import Operations
from service.public_feedback.giving import Forms
from service.public_feedback.linking import Linking
from store.database import autocommit


@dataclass(frozen=True)
class Dependencies:
    """Database, engine and secrets. ``mailbox`` is the directory of the embedded mail sink, if that is used.

    ``hooks`` checks calls and links that come without a sign-in. ``reach`` names the configured channels,
    ``mail_sender`` is the e-mail address from which everything is sent, ``links`` tries the links that are handed in
    as evidence. ``seals`` seals the answers to surveys; without its secret none is taken. ``public_address`` is where
    links that are printed begin.
    """

    database: AsyncEngine
    client: Client
    signer: TokenSigner
    mailbox: Path | None = None
    hooks: Hooks = field(default_factory=Hooks)
    reach: Reach = field(default_factory=Reach)
    mail_sender: str = "kinerja@localhost"
    links: Links = field(default_factory=Links)
    seals: Seals = field(default_factory=Seals)
    public_address: str = "http://127.0.0.1:8080"
    teller: Teller = field(init=False)
    acting: Acting = field(init=False)
    operations: Operations = field(init=False)
    launches: Launches = field(init=False)
    nudging: Nudging = field(init=False)
    evidence: Adding = field(init=False)
    forms: Forms = field(init=False)
    linking: Linking = field(init=False)
    reading: AsyncEngine = field(init=False)
    """The same database, used for single statements."""

    def __post_init__(self) -> None:
        object.__setattr__(self, "teller", Teller(self.database, self.client))
        object.__setattr__(self, "acting", Acting(self.database, Commands(self.database, self.teller)))
        object.__setattr__(self, "operations", Operations(self.database, self.client))
        object.__setattr__(self, "launches", Launches(self.database, self.client))
        object.__setattr__(self, "nudging", Nudging(self.database))
        object.__setattr__(self, "evidence", Adding(self.database, self.links))
        object.__setattr__(self, "forms", Forms(self.database, self.hooks.public_seals))
        linking = Linking(self.database, self.hooks.public_seals, self.public_address)
        object.__setattr__(self, "linking", linking)
        object.__setattr__(self, "reading", autocommit(self.database))


def dependencies_of(request: Request) -> Dependencies:
    """The dependencies of the application that serves the request."""
    return cast(Dependencies, request.app.state.dependencies)


Shared = Annotated[Dependencies, Depends(dependencies_of)]
