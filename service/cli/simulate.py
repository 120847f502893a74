from typing import Annotated

import typer


def simulate(
    people: Annotated[int, typer.Option(min=1, max=1_000_000, help="How many employees.")] = 1_000,
    year: Annotated[int, typer.Option(min=2019, max=2043, help="The year that is appraised.")] = 2026,
    scheme: Annotated[str, typer.Option(help="A scheme of kinerja, or a YAML file.")] = "nasional",
) -> None:
    """Run a year of invented people through an agency's rules, to see what a scheme does before it is used.

    Needs no server: only the rules, the calendar and scripted people.

    Example: kinerja simulate --people 5000 --year 2027 --scheme daerah.yaml
    """
    from service.cli.speaking import progress_bar, say, show_table, spoken
    from service.cycles.creating import system_named
    from service.rehearsal.simulating import simulate_agency
    from service.wording import STAGES
    from states.rule_context import RuleContext
    from store.cycle.calendars import calendar_of
    from translations import mark as _

    rules = RuleContext(system_named(scheme).book, calendar_of(year, "Asia/Jakarta"))
    with progress_bar() as progress:
        bar = progress.add_task(spoken(_("Simulating")), total=people)
        agency = simulate_agency(
            people, year, rules, progress=lambda done: progress.update(bar, completed=done)
        )
    say(
        _("{count} appraisal-years with {events} events in {seconds} s: {rate} a second"),
        count=agency.appraisals,
        events=agency.events,
        seconds=f"{agency.seconds:.2f}",
        rate=f"{agency.per_second:.0f}",
    )
    show_table(
        spoken(_("Outcomes")),
        (spoken(_("Outcome")), spoken(_("Appraisals"))),
        [(outcome, count) for outcome, count in agency.outcomes.most_common()],
    )
    show_table(
        spoken(_("Days in each stage")),
        (
            spoken(_("Stage")),
            spoken(_("Stays")),
            spoken(_("Median")),
            spoken(_("90 of 100 within")),
            spoken(_("Longest")),
        ),
        [
            (
                spoken(STAGES[stage]),
                spread.cases,
                round(spread.median, 1),
                round(spread.ninth_decile, 1),
                round(spread.longest, 1),
            )
            for stage, spread in agency.spreads().items()
        ],
    )
