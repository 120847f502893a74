"""What the documents repeat from the code is as the code has it: settings, stages, diagram, example."""

import re

from pydantic import SecretStr

from schemes.loading import builtin_scheme
from schemes.working_days import parse_working_days
from service.configuration.settings import PREFIX, Settings
from service.wording import stage_name
from states.diagram import mermaid
from states.national import national_calendar
from states.rules import DeadlineRule, StageRule, Unit
from states.stages import HOLDERS, Capacity, Stage
from store.cycle.obstacles import SkipReason
from store.launch.outcomes import FailReason, Outcome
from tests.documents import ROOT
from translations import Locale

ARTICLE = re.compile(r"(?:PP|UU|Perpres) \d+/\d+ arts? [\d()-]+(?:(?:,| and) [\d()-]+)*")


def default_of(name: str) -> str:
    default = Settings.model_fields[name].default
    if default in (None, ""):
        return "-"
    return f"`{str(default).lower() if isinstance(default, bool) else default}`"


def test_the_settings_table_has_every_setting_with_its_default() -> None:
    text = (ROOT / "docs" / "operations.md").read_text("utf-8")
    rows = re.findall(rf"^\| `{PREFIX}([A-Z_]+)` \| ([^|]+) \|", text, re.MULTILINE)
    assert {name: default.strip() for name, default in rows} == {
        name.upper(): default_of(name) for name in Settings.model_fields
    }


def test_the_settings_table_marks_every_secret() -> None:
    text = (ROOT / "docs" / "operations.md").read_text("utf-8")
    marked = set(re.findall(rf"^\| `{PREFIX}([A-Z_]+)` \|.*\*secret\*", text, re.MULTILINE))
    secret = {name.upper() for name, field in Settings.model_fields.items() if _holds(field.annotation)}
    assert marked == secret


def _holds(annotation: object) -> bool:
    return SecretStr in {annotation, *getattr(annotation, "__args__", ())}


def test_the_diagram_is_the_one_that_the_table_draws() -> None:
    assert (ROOT / "docs" / "lifecycle.mmd").read_text("utf-8").rstrip() == mermaid().rstrip()


MONTHS = ("January", "February", "March", "April", "May", "June", "July")
LAPSES = {
    "wait": "waits",
    "escalate": "escalates",
    "auto:lapse_delivery": "no signature: to `countersign`",
    "auto:lapse_response": "silence: to `countersign`",
}


WHEN = {"later_period": " in a later period", "closed_period": " for a closed period"}


def stage_rows() -> list[str]:
    """The table of stages in `docs/how-a-case-flows.md`, as the code and the national scheme have it."""
    book = builtin_scheme("nasional")
    rows = []
    for stage in Stage:
        holder = HOLDERS.get(stage)
        capacity = "-" if holder is None else holder.value.replace("_", " ")
        rules = _rules(book.stages.get(stage))
        deadlines = (
            "; ".join(f"{_length(rule)}{_start(rule)}{WHEN.get(name, '')}" for name, rule in rules) or "-"
        )
        sources = (
            "; ".join(f"{'law' if rule.statutory else 'agency'}{_article(rule)}" for _, rule in rules) or "-"
        )
        lapses = "; ".join(dict.fromkeys(LAPSES[rule.on_lapse] for _, rule in rules)) or "-"
        name = stage_name(stage, Locale.INDONESIAN)
        rows.append(f"| `{stage}` | *{name}* | {capacity} | {deadlines} | {sources} | {lapses} |")
    return rows


def _rules(stage: StageRule | None) -> list[tuple[str, DeadlineRule]]:
    return list(stage.rules) if stage else []


def _length(rule: DeadlineRule) -> str:
    if rule.date is None:
        unit = {Unit.CALENDAR_DAYS: "days", Unit.WORKING_DAYS: "working days", Unit.MONTHS: "month"}[
            rule.unit
        ]
        return f"{rule.length} {unit}"
    following = " of the next year" if rule.date.year_offset else ""
    last = (rule.date.month, rule.date.day) == (2, 29)
    return f"{'end of' if last else rule.date.day} {MONTHS[rule.date.month - 1]}{following}"


def _start(rule: DeadlineRule) -> str:
    return {"receipt": " from receipt", "lapse": " from the last day of the lapsed term"}.get(rule.starts, "")


def _article(rule: DeadlineRule) -> str:
    """The article, which only a step of the agency's own may lack."""
    found = ARTICLE.match(rule.article)
    assert found is not None or "the agency adds it" in rule.article, rule.rule
    return "" if found is None else f", {found[0]}"


def test_the_table_of_stages_says_what_the_code_and_the_national_scheme_say() -> None:
    text = (ROOT / "docs" / "how-a-case-flows.md").read_text("utf-8")
    assert re.findall(r"^\| `\w+` \| \*.*$", text, re.MULTILINE) == stage_rows()


def test_the_clock_holds_only_stages_that_open_by_a_date() -> None:
    """The text under the table of stages names these opening days."""
    book = builtin_scheme("nasional")
    clock = [stage for stage, holder in HOLDERS.items() if holder is Capacity.CLOCK]
    assert clock == [Stage.SCHEDULED, Stage.FIRST_HALF, Stage.SECOND_HALF]
    opens = [
        book.stages[Stage.SCHEDULED].opens_next,
        *book.check_ins,
        book.stages[Stage.SECOND_HALF].opens_next,
    ]
    assert [(day.month, day.day) for day in opens if day] == [(1, 2), (6, 1), (11, 1), (12, 15)]


def test_the_example_of_working_days_is_one_that_is_accepted() -> None:
    text = (ROOT / "docs" / "adding.md").read_text("utf-8")
    (example,) = re.findall(r"^```yaml\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)
    days = parse_working_days(example, "hari.yaml")
    assert days.week == "six_day"
    assert all((days.closed, days.working, days.source, days.decreed))
    closed = national_calendar(range(2026, 2029), six_day_week=True).closed
    assert closed.isdisjoint(days.closed)
    assert closed.issuperset(days.working)


def test_the_table_of_launch_outcomes_has_every_outcome_and_reason() -> None:
    text = (ROOT / "docs" / "launching.md").read_text("utf-8")
    rows = re.findall(r"^\| `(\w+)` \| [^|]+ \| ([^|]+) \|$", text, re.MULTILINE)
    assert [outcome for outcome, _ in rows] == [outcome.value for outcome in Outcome]
    named = {outcome: set(re.findall(r"`(\w+)`", reasons)) for outcome, reasons in rows}
    assert named[Outcome.SKIPPED] == {reason.value for reason in SkipReason}
    assert named[Outcome.FAILED] == {reason.value for reason in FailReason}
