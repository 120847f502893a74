"""A decision as it is put on record."""

import datetime as dt
from dataclasses import dataclass

from states.appraisal import Appraisal
from states.clock import IDENTITY, Clock
from states.codec import Json
from states.events import Event
from states.rule_context import RuleContext


@dataclass(frozen=True, slots=True)
class Document:
    """A text that becomes an immutable part of the case (see `store.document.repository`)."""

    digest: str
    kind: str
    author: str
    content: Json
    form: str = ""
    """The form that it was filled in by; its author's draft of it ends with the command."""
    sent: Json | None = None
    """The filled form as it came, where the check wrote something in it in another way."""


@dataclass(frozen=True, slots=True)
class Decision:
    """Events that follow a snapshot, with the command or wake that caused them."""

    before: Appraisal
    events: tuple[Event, ...]
    command_id: str
    fingerprint: str
    now: dt.datetime
    """The business moment of the decision."""
    clock: Clock = IDENTITY
    """The clock of the case's cycle. The engine wakes the case by this clock."""
    documents: tuple[Document, ...] = ()
    """The texts that come with the command."""
    told: bool = False
    """Whether the answer already tells the engine, so that nobody else needs to."""
    adopting: RuleContext | None = None
    """The calendar, or version of the scheme, by which the case goes on after a command."""

    def rules_for(self, appraisal: Appraisal, rules: RuleContext) -> RuleContext:
        """The rules that a snapshot of the decision runs under: ``rules`` until it has adopted others."""
        new = self.adopting
        if new is None or (appraisal.rulebook, appraisal.calendar) != (new.book.key, new.calendar.key):
            return rules
        return new
