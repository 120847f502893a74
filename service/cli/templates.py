from pathlib import Path
from typing import Annotated

import typer

from notifications.content import Part
from service.cli.problems import FAILED, CommandFailed
from states.stages import Stage
from translations import Locale
from translations import mark as _


def list_templates() -> None:
    """List the templates of messages with their numbers.

    Example: kinerja templates list
    """
    from service.cli.speaking import LOCALE, show_table, spoken
    from service.templates.showing import shown_templates

    show_table(
        spoken(_("Templates of messages")),
        (spoken(_("Name")), spoken(_("Version")), spoken(_("Kinds")), spoken(_("Subject of an example"))),
        [
            (each.name, each.version, ", ".join(each.kinds), each.subject)
            for each in shown_templates(LOCALE.get())
        ],
    )


def preview(
    name: Annotated[str, typer.Argument(help="The template, as `kinerja templates list` names it.")],
    locale: Annotated[
        Locale | None, typer.Option(help="Language of the message; without it that of the command.")
    ] = None,
    form: Annotated[Part, typer.Option(help="Which part of the message.")] = Part.TEXT,
    stage: Annotated[
        Stage | None, typer.Option(help="For which stage, where the words differ between stages.")
    ] = None,
) -> None:
    """Show what a reader would get, with an invented content.

    Example: kinerja templates preview reminder --stage rating --locale en
    """
    from service.cli.speaking import LOCALE, complain
    from service.problems import Invalid, TemplateUnknown
    from service.templates.previewing import part_of
    from service.templates.previewing import preview as previewed

    try:
        message = previewed(name, locale or LOCALE.get(), stage)
    except TemplateUnknown as unknown:
        raise CommandFailed(unknown.message, **unknown.parameters) from unknown
    except Invalid as invalid:
        (finding,) = invalid.errors
        raise CommandFailed(finding.message, **(finding.parameters or {})) from invalid
    complain(_("An example; nobody in it exists."))
    typer.echo(part_of(message, form).rstrip("\n"))


def check(
    directory: Annotated[
        Path | None,
        typer.Argument(exists=True, file_okay=False, help="Templates; without it those of the program."),
    ] = None,
) -> None:
    """Check templates of messages: whatever is wrong is named with file, line and what to do; exit code 1 then.

    Example: kinerja templates check notifications/templates
    """
    from notifications.inspecting import inspect
    from notifications.versions import TEMPLATES, template_names
    from service.cli.speaking import complain, say

    place = directory or TEMPLATES
    problems = inspect(place)
    for problem in problems:
        typer.echo(str(problem))
    if problems:
        complain(_("{count} problems. A template with a problem is not used."), count=len(problems))
        raise typer.Exit(FAILED)
    say(_("{count} templates are in order."), count=len(template_names(place)))
