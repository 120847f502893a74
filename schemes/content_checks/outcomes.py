"""What must hold in nominations, awards, credit points, times to improve and the report."""

from collections.abc import Iterable, Iterator

from content.follow_up.rules import CreditPointRules, EntriesNeeded, FollowUpRules, ImprovementRules
from content.forms.form import GroupSection
from content.rating.rules import FieldPlace
from content.rules import ContentRules
from schemes.checks import Finding
from schemes.content_checks.naming import not_one_of, twice
from schemes.document import Path
from states.triggers import Trigger

_HERE: Path = ("follow_up",)


def outcome_findings(content: ContentRules) -> Iterator[Finding]:
    """They name predicates, kinds of entries and fields that exist, each by a name of its own."""
    rules = content.follow_up
    yield from _unique(content)
    yield from _shadowed(rules.improvement)
    if content.rating is None:
        if content.form_for(Trigger.RATE) is None and rules != FollowUpRules(
            weaknesses=rules.weaknesses, trainings=rules.trainings, article=rules.article
        ):
            yield _HERE, "rests on predicates, but there are no rating rules (rating)"
        return
    for at, nomination in enumerate(rules.nominations):
        here: Path = (*_HERE, "nominations", at)
        yield from _predicates((*here, "predicates"), nomination.predicates, content)
        yield from _needs((*here, "needs"), nomination.needs, content)
    for at, award in enumerate(rules.awards):
        here = (*_HERE, "awards", at)
        yield from _predicates((*here, "predicates"), award.predicates, content)
        yield from _needs((*here, "needs"), award.needs, content)
    for at, improvement in enumerate(rules.improvement):
        yield from _predicates((*_HERE, "improvement", at, "predicates"), improvement.predicates, content)
    if rules.credit_points is not None:
        yield from _credit_points(rules.credit_points, content)
    yield from _report(content)


def _unique(content: ContentRules) -> Iterator[Finding]:
    rules = content.follow_up
    # Nominations and awards stand in one list and are asked for by name.
    named: list[tuple[Path, str]] = [
        ((*_HERE, "nominations", at, "name"), each.name) for at, each in enumerate(rules.nominations)
    ]
    named += (((*_HERE, "awards", at, "name"), each.name) for at, each in enumerate(rules.awards))
    yield from twice(named, "nomination or award")
    yield from twice(
        (((*_HERE, "improvement", at, "name"), each.name) for at, each in enumerate(rules.improvement)),
        "time to improve",
    )


def _predicates(here: Path, predicates: Iterable[str], content: ContentRules) -> Iterator[Finding]:
    known = _known(content)
    for at, predicate in enumerate(predicates):
        if predicate not in known:
            yield (*here, at), not_one_of(predicate, known, "predicates")


def _known(content: ContentRules) -> tuple[str, ...]:
    return () if content.rating is None else content.choices_of(content.rating.predicates)


def _needs(here: Path, needs: Iterable[EntriesNeeded], content: ContentRules) -> Iterator[Finding]:
    for at, need in enumerate(needs):
        kind = content.entries.get(need.entry)
        if kind is None:
            yield (*here, at, "entry"), not_one_of(need.entry, content.entries, "entries")
        elif kind.confidential:
            yield (
                (*here, at, "entry"),
                "only two people see entries of this kind, so nothing follows from them",
            )
        elif need.counted and kind.counted is None:
            yield (*here, at, "counted"), f"the kind {need.entry} counts no entries apart"


def _shadowed(rules: Iterable[ImprovementRules]) -> Iterator[Finding]:
    """A rule that never applies, because earlier ones take everybody whom it means."""
    taken: list[ImprovementRules] = []
    for at, rule in enumerate(rules):
        for echelon in rule.echelons or (None,):
            before = [
                each
                for each in taken
                if not each.echelons or (echelon is not None and echelon in each.echelons)
            ]
            left = set(rule.predicates).difference(*(each.predicates for each in before))
            if left:
                break
        else:
            yield (
                (*_HERE, "improvement", at),
                f"{rule.name} never applies: earlier rules take all whom it means",
            )
        taken.append(rule)


def _credit_points(rules: CreditPointRules, content: ContentRules) -> Iterator[Finding]:
    here: Path = (*_HERE, "credit_points")
    known = _known(content)
    for name in rules.shares:
        if name not in known:
            yield (*here, "shares", name), not_one_of(name, known, "predicates")
    for name in known:
        if name not in rules.shares:
            yield (*here, "shares"), f"has no share for the predicate {name}"
    yield from twice(
        (((*here, "levels", at, "name"), level.name) for at, level in enumerate(rules.levels)), "level"
    )
    yield from twice(
        (
            ((*here, "levels", at, "posts", number), post)
            for at, level in enumerate(rules.levels)
            for number, post in enumerate(level.posts)
        ),
        "level's post",
    )


def _report(content: ContentRules) -> Iterator[Finding]:
    report = content.follow_up.report
    for name, place in (("problems", report.problems), ("recommendation", report.recommendation)):
        if place is not None:
            yield from _place((*_HERE, "report", name), place, content)


def _place(here: Path, place: FieldPlace, content: ContentRules) -> Iterator[Finding]:
    found = content.form_for(Trigger.RATE)
    groups = (
        {section.name: section for section in found[1].sections if isinstance(section, GroupSection)}
        if found
        else {}
    )
    section = groups.get(place.section)
    if section is None:
        yield (*here, "section"), not_one_of(place.section, groups, "groups of the rating form")
        return
    fields = [field.name for field in section.fields]
    if place.field not in fields:
        yield (*here, "field"), not_one_of(place.field, fields, "fields")
