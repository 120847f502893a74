"""Assembles the commands."""

from typing import Annotated, Any

import typer
from typer.core import TyperGroup

from service.cli import (
    api,
    audit_export,
    audit_verify,
    bounce,
    change_applying,
    change_showing,
    change_steering,
    channel,
    cycle_create,
    cycle_launch,
    cycle_list,
    cycle_pausing,
    cycle_results,
    demo,
    health,
    hours,
    import_roster,
    improvement,
    incidents,
    mailbox,
    migrate,
    nudge,
    preflight,
    public,
    reconcile,
    rehearse,
    result_import,
    role,
    scheme_check,
    scheme_new,
    scheme_schema,
    scheme_show,
    serve,
    simulate,
    survey,
    team,
    templates,
    token,
    unit_picture,
    worker,
    xray,
    year_lists,
)
from service.cli.exiting import run_and_leave
from service.cli.problems import explanation
from service.cli.speaking import LOCALE, err
from translations import Locale


class _Explaining(TyperGroup):
    """Ends a command with a sentence instead of a traceback when the operator can correct the error."""

    def invoke(self, ctx: Any) -> Any:
        try:
            return super().invoke(ctx)
        except Exception as error:
            explained = explanation(error, LOCALE.get())
            if explained is None:
                raise
            sentence, code = explained
            err().print(sentence)
            raise typer.Exit(code) from error


app = typer.Typer(
    cls=_Explaining,
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    help="Performance appraisals of Indonesian civil servants, from plan to final result.",
)


@app.callback()
def choose_language(
    language: Annotated[
        Locale, typer.Option("--language", help="Language of what commands print: id or en.")
    ] = Locale.INDONESIAN,
) -> None:
    """Performance appraisals of Indonesian civil servants, from plan to final result."""
    LOCALE.set(language)


def _group(name: str, purpose: str) -> typer.Typer:
    group = typer.Typer(no_args_is_help=True, rich_markup_mode=None, help=purpose)
    app.add_typer(group, name=name)
    return group


app.command("serve")(serve.serve)
app.command("api")(api.api)
app.command("worker")(worker.worker)
app.command("mailbox")(mailbox.mailbox)
app.command("bounce")(bounce.bounce)
app.command("migrate")(migrate.migrate)
app.command("health")(health.health)
app.command("hours")(hours.hours)
app.command("import-roster")(import_roster.import_roster)
app.command("preflight")(preflight.preflight)
app.command("incidents")(incidents.incidents)
app.command("xray")(xray.xray)
app.command("nudge")(nudge.nudge)
app.command("token")(token.token)
app.command("simulate")(simulate.simulate)
app.command("reconcile")(reconcile.reconcile)
app.command("report")(year_lists.report)
app.command("follow-up")(year_lists.follow_up)
app.command("rehearse")(rehearse.rehearse)
app.command("demo", hidden=True)(demo.demo)

_role = _group("role", "Grant and revoke the roles that people hold for their agency.")
_role.command("grant")(role.grant)
_role.command("revoke")(role.revoke)

_cycle = _group("cycle", "Create, launch and list the yearly cycles of an agency.")
_cycle.command("create")(cycle_create.create)
_cycle.command("launch")(cycle_launch.launch)
_cycle.command("pause")(cycle_pausing.pause)
_cycle.command("resume")(cycle_pausing.resume)
_cycle.command("results")(cycle_results.results)
_cycle.command("list")(cycle_list.list_cycles)

_survey = _group("survey", "Prepare and list closed surveys.")
_survey.command("prepare")(survey.prepare)
_survey.command("list")(survey.list_surveys)
_team = _group("team", "Teams and how their results stand.")
_team.command("list")(team.list_teams)
_unit = _group("unit", "What the results of a unit come to.")
_unit.command("picture")(unit_picture.picture)
_result = _group("result", "Results of years before kinerja.")
_result.command("import")(result_import.import_results)

_change = _group("change", "Preview, apply and follow changes of the organisation and extensions.")
_change.command("preview")(change_applying.preview)
_change.command("apply")(change_applying.apply)
_change.command("list")(change_showing.list_changes)
_change.command("show")(change_showing.show)
_change.command("pause")(change_steering.pause)
_change.command("resume")(change_steering.resume)
_change.command("withdraw")(change_steering.withdraw)
_change.command("rerun")(change_steering.rerun)

_channel = _group("channel", "Look at the channels, and stop and resume them.")
_channel.command("list")(channel.list_channels)
_channel.command("pause")(channel.pause)
_channel.command("resume")(channel.resume)
_channel.command("retry")(channel.retry)

_audit = _group("audit", "Prove that the record is whole, and hand it out.")
_audit.command("verify")(audit_verify.verify)
_audit.command("export")(audit_export.export)

_scheme = _group("scheme", "Look at the systems of appraisal, and work on an agency's own.")
_scheme.command("new")(scheme_new.new)
_scheme.command("check")(scheme_check.check)
_scheme.command("schema")(scheme_schema.schema)
_scheme.command("show")(scheme_show.show)

_public = _group("public", "Ask the public about the service of a unit, and see what it says.")
_public.command("link")(public.link)
_public.command("show")(public.show)

_improvement = _group(
    "improvement", "See times to improve after poor results, and put on record how they ended."
)
_improvement.command("list")(improvement.list_improvements)
_improvement.command("test")(improvement.record)

_templates = _group("templates", "Look at the templates of messages before anybody gets one.")
_templates.command("list")(templates.list_templates)
_templates.command("preview")(templates.preview)
_templates.command("check")(templates.check)


def main() -> None:
    """Runs the command line; exit code 0 for success, 1 for failure, 2 for wrong usage or settings."""
    run_and_leave(lambda: app(prog_name="kinerja"))
