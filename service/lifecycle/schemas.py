from service.answer import Answer


class TransitionLine(Answer):
    """One row of the table of transitions."""

    trigger: str
    name: str
    source: str
    target: str
    by: list[str]
    when: list[str]
    requires: list[str]
    needs_text: bool


class StageLine(Answer):
    """One stage and the capacity that it waits on."""

    stage: str
    name: str
    holder: str | None


class Lifecycle(Answer):
    """The whole lifecycle, and its diagram in Mermaid."""

    stages: list[StageLine]
    transitions: list[TransitionLine]
    mermaid: str
