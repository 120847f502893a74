"""Places from which strengths and weaknesses are read, each with one mistake."""

from tests.schemes.broken_file import Broken


def _source(after: str, old: str, new: str, place: str, reason: str) -> Broken:
    return Broken("tangsel-kompetensi", "follow_up.yaml", after, old, new, f"follow_up.{place}", reason)


SKILLS = (
    _source(
        "kind: rated",
        "section: skills",
        "section: plan",
        "sources[0].place.section",
        "'plan' is not one of the sections of the rating forms",
    ),
    _source(
        "kind: rated",
        "field: level}",
        "field: reason}",
        "sources[0].place.field",
        "'reason' is not a choice of one step of a scale",
    ),
    _source(
        "kind: rated",
        "{section: skills, field: level}",
        "{section: overall, field: recommendation}",
        "sources[0].place.section",
        "'overall' has no part for each thing of skills",
    ),
    _source(
        "kind: rated",
        "weak: [developing, basic]",
        "weak: [developing, poor]",
        "sources[0].weak[1]",
        "'poor' is not one of the steps of the scale",
    ),
    _source(
        "kind: rated",
        "strong: [reference, proficient]",
        "strong: [reference, basic]",
        "sources[0].strong[1]",
        "'basic' makes a weakness already",
    ),
    _source(
        "kind: rated",
        "{section: skills, field: level}",
        "{section: skills, field: level}\n      own: {section: skills, field: stage}",
        "sources[0].own.field",
        "'stage' is not one of the fields of this section",
    ),
    _source(
        "kind: rated",
        "\n      weak: [developing, basic]\n      strong: [reference, proficient]",
        "",
        "sources[0]",
        "says nothing; give weak or strong",
    ),
    _source(
        "kind: input",
        "input: peers",
        "input: public",
        "sources[1].input",
        "'public' is not one of the inputs peers",
    ),
    _source(
        "kind: input",
        "weak_below: 85",
        "weak_below: 110",
        "sources[1].weak_below",
        "110 is more than strong_from, 108",
    ),
    _source(
        "kind: input",
        "input: peers",
        "input: peers\n      weak: [basic]",
        "sources[1].weak",
        "says nothing of a source that is input; remove it",
    ),
    _source(
        "kind: named",
        "strengths: {section: meeting",
        "strengths: {section: talk",
        "sources[2].strengths.section",
        "'talk' is not one of the sections of rating and meeting",
    ),
    _source(
        "kind: named",
        "field: weaknesses}",
        "field: weakness}",
        "sources[2].weaknesses.field",
        "'weakness' is not one of the fields of this section",
    ),
    _source(
        "follow_up:",
        "\n  weaknesses: skills",
        "",
        "sources",
        "needs the list of strengths and weaknesses",
    ),
)
"""What the places, steps and limits of skills cannot be."""
