import json
from pathlib import Path
from typing import Annotated

import typer

from translations import mark as _


def new(
    name: Annotated[str, typer.Argument(help="How the scheme is called: small letters, digits and hyphens.")],
    source: Annotated[
        str, typer.Option("--from", help="A scheme of kinerja, or a folder, to begin from.")
    ] = "nasional",
    into: Annotated[
        Path, typer.Option(help="The folder in which the folder of the scheme is made.")
    ] = Path(),
) -> None:
    """Begin a scheme of your own: a folder that passes the check, with schemas by which an editor completes it.

    Example: kinerja scheme new daerah --from samarinda
    """
    from schemes.json_schema import json_schema
    from schemes.loading import parse_system
    from schemes.starting import SCHEMA_FOLDER, schema_file, started_from
    from service.cli.problems import CommandFailed
    from service.cli.scheme_finding import texts_of
    from service.cli.speaking import say

    folder = into / name
    if folder.exists():
        raise CommandFailed(_("{path} is there already; nothing was changed."), path=folder)
    texts = started_from(texts_of(source), name)
    system = parse_system(texts, name)
    (folder / SCHEMA_FOLDER).mkdir(parents=True)
    for file, text in texts.items():
        (folder / file).write_text(text, "utf-8")
        (folder / schema_file(file)).write_text(json.dumps(json_schema(file), indent=1) + "\n", "utf-8")
    say(
        _(
            "{scheme} was written to {path}: {files}. Give it its own title, then run `kinerja scheme check {path}`."
        ),
        scheme=system.book.key,
        path=folder,
        files=", ".join(texts),
    )
