from typing import Annotated

import typer

from translations import mark as _


def show(
    name: Annotated[str, typer.Argument(help="A scheme of kinerja, or the path of one.")],
) -> None:
    """Show a scheme as people live it: stages, forms, how a predicate comes about, and who sees what.

    Example: kinerja scheme show samarinda
    """
    from service.cli.scheme_deadlines import show_deadlines
    from service.cli.scheme_forms import show_forms
    from service.cli.scheme_rating import show_rating
    from service.cli.scheme_sight import show_sight
    from service.cli.speaking import LOCALE, say
    from service.cycles.creating import system_named

    system = system_named(name)
    title = system.book.title.get(LOCALE.get().value) or system.book.title["id"]
    say(_("{title} ({scheme})"), title=title, scheme=system.book.key)
    say(_("Rests on: {basis}"), basis="; ".join(system.book.basis))
    show_deadlines(system.book)
    if system.content is None:
        say(_("This scheme says nothing of forms: plans and ratings are words."))
        return
    show_forms(system.content)
    show_rating(system.content)
    show_sight(system.content)
