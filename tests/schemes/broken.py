"""Files of schemes with one mistake each, and how the loader names it."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Broken:
    """A shipped scheme in one file of which the first ``old`` after ``after`` became ``new``."""

    scheme: str
    file: str
    after: str
    old: str
    new: str
    place: str
    reason: str


def forms(after: str, old: str, new: str, place: str, reason: str, scheme: str = "nasional") -> Broken:
    return Broken(scheme, "forms.yaml", after, old, new, place, reason)


def rating(after: str, old: str, new: str, place: str, reason: str, scheme: str = "nasional") -> Broken:
    return Broken(scheme, "rating.yaml", after, old, new, place, reason)


def numeric(after: str, old: str, new: str, place: str, reason: str) -> Broken:
    return Broken("pp30-numerik", "rating.yaml", after, old, new, f"rating.method.{place}", reason)


def follow_up(after: str, old: str, new: str, place: str, reason: str) -> Broken:
    return Broken("gerunggang", "follow_up.yaml", after, old, new, f"follow_up.{place}", reason)


TYPES = (
    forms(
        "\n  plan:",
        "kind: rows",
        "kind: row",
        "forms.plan.sections[0].kind",
        "'row' is not one of group, rows, each",
    ),
    forms(
        "\n  plan:",
        "kind: text\n            name: result",
        "name: result",
        "forms.plan.sections[0].fields[0].kind",
        "is required",
    ),
    forms(
        "\n  plan:",
        "shortest: 5",
        "shortes: 5",
        "forms.plan.sections[0].fields[0].shortes",
        "is not a known field; did you mean shortest?",
    ),
    forms(
        "name: supports",
        "of: superior.results",
        "of: superiors",
        "forms.plan.sections[0].fields[2].of",
        "'superiors' is not one of plan.results, plan.indicators, values, skills, superior.results, evidence",
    ),
    forms(
        "\n  plan:",
        "at_least: 1",
        "at_least: one",
        "forms.plan.sections[0].at_least",
        "'one' is not a whole number",
    ),
    forms(
        "\n  plan:",
        "name: result\n",
        "name: Result\n",
        "forms.plan.sections[0].fields[0].name",
        "small letters",
    ),
    forms(
        "\n  plan:",
        "trigger: submit_plan",
        "trigger: agree",
        "forms.plan.trigger",
        "'agree' is not one of submit_plan",
    ),
    forms(
        "name: letter\n",
        "lines: one",
        "lines: two",
        "forms.plan.sections[0].fields[3].lines",
        "'two' is not one of one, many",
    ),
    forms(
        "berorientasi_pelayanan",
        "en: Service orientation",
        "eng: Service orientation",
        "lists.berakhlak.choices[0].label.eng",
        "did you mean en?",
    ),
    forms("values:", "values: berakhlak", "value: berakhlak", "value", "did you mean values?"),
    forms("\n  expectations:", "code: 1", "code: 0", "scales.expectations.steps[0].code", "0 is below 1"),
    forms(
        "\n  observation:",
        "by: [rater]",
        "by: [clock]",
        "entries.observation.by[0]",
        "'clock' is not one of employee, rater",
    ),
    forms(
        "\n  observation:",
        "about: plan.results",
        "about: evidence",
        "entries.observation.about",
        "'evidence' is not one of",
    ),
    forms(
        "must_be",
        "must_be: true",
        "must_be: yes",
        "forms.rating.sections[0].fields[0].must_be",
        "'yes' is not true or false",
        scheme="samarinda",
    ),
    forms(
        "grade_point_average",
        "at_most: 4",
        "at_most: four",
        "forms.rating_academic_record.sections[0].fields[2].at_most",
        "'four' is not a number",
    ),
    rating(
        "method:", "kind: matrix", "kind: cube", "rating.method.kind", "'cube' is not one of matrix, numeric"
    ),
    rating(
        "method:", "scale: expectations", "skale: expectations", "rating.method.skale", "did you mean scale?"
    ),
    rating(
        "part_years:",
        "part_years: present_rater",
        "part_years: average",
        "rating.part_years",
        "'average' is not one of present_rater, months, longest",
    ),
    rating(
        "excellent:",
        "at_most: 70",
        "at_most: 170",
        "rating.distribution.expected.excellent[0].at_most",
        "170 is above 100",
    ),
    rating(
        "\nsight:",
        "sight: visible",
        "sight: open",
        "sight[0].sight",
        "'open' is not one of visible, aggregated, hidden",
        scheme="samarinda",
    ),
    numeric("kind: plan", "cap: 120", "cap: 0", "components[0].cap", "0 is not above 0"),
    numeric(
        "kind: average",
        "of: {section: behaviour, field: rating}",
        "of: behaviour",
        "components[1].of",
        "'behaviour' is not a group of fields",
    ),
    follow_up("trainings:", "hours: 20", "hours: 0", "trainings[0].hours", "0 is below 1"),
    follow_up("follow_up:", "weaknesses: skills", "weakness: skills", "weakness", "did you mean weaknesses?"),
)
"""What the type of a field refuses."""

NAMES = (
    forms(
        "values:",
        "values: berakhlak",
        "values: akhlak",
        "values",
        "'akhlak' is not one of the lists result_kinds",
    ),
    forms(
        "values:",
        "values: berakhlak",
        "values: berakhlak\nskills: abilities",
        "skills",
        "'abilities' is not one of the lists result_kinds",
    ),
    forms(
        "\n  rating:",
        "of: values",
        "of: skills",
        "forms.rating.sections[1].of",
        "needs the skills: give the top field skills the name of a list",
    ),
    forms(
        "name: teamwork",
        "en: Teamwork}}",
        "en: Teamwork}, families: [teacher]}",
        "lists.skills.choices[8].families",
        "has no effect: only of the skills",
        scheme="gerunggang",
    ),
    forms(
        "name: teamwork",
        "en: Teamwork}}\n\nvalues",
        "en: Teamwork}, families: [nurse]}\n\nskills: skills\nvalues",
        "lists.skills.choices[8].families[0]",
        "'nurse' is not one of the job families of the library teacher",
        scheme="gerunggang",
    ),
    forms(
        "name: health_care",
        "name: teamwork, label: {id: Kerja sama tim, en: Teamwork}}\n\nvalues",
        "name: kolaboratif, label: {id: Kerja sama tim, en: Teamwork}}\n\nskills: skills\nvalues",
        "lists.skills.choices[8].name",
        "'kolaboratif' is also a value",
        scheme="gerunggang",
    ),
    forms(
        "name: kind\n",
        "of: result_kinds",
        "of: kinds",
        "forms.plan.sections[0].fields[1].of",
        "'kinds' is not one of the scales and lists",
    ),
    forms(
        "name: letter\n",
        "field: kind",
        "field: sort",
        "forms.plan.sections[0].fields[3].when.field",
        "'sort' is not one of the fields before it in the same group",
    ),
    forms(
        "name: letter\n",
        "among: [additional]",
        "among: [extra]",
        "forms.plan.sections[0].fields[3].when.among[0]",
        "'extra' is never the answer of kind",
    ),
    forms(
        "name: letter_date",
        "field: kind",
        "field: letter",
        "forms.plan.sections[0].fields[4].when.field",
        "is neither a choice of one thing nor yes_no",
    ),
    forms(
        "name: until_day",
        "not_before: from_day",
        "not_before: from",
        "forms.rating.sections[0].fields[1].not_before",
        "'from' is not one of the days before it in the same group from_day",
        scheme="tangsel-kompetensi",
    ),
    forms(
        "\n  plan:",
        "name: kind\n",
        "name: result\n",
        "forms.plan.sections[0].fields[1].name",
        "'result' is the name of another field",
    ),
    forms(
        "\n  plan:",
        "name: behaviour\n",
        "name: results\n",
        "forms.plan.sections[1].name",
        "'results' is the name of another section",
    ),
    forms(
        "\n  plan:",
        "name: result\n",
        "name: id\n",
        "forms.plan.sections[0].fields[0].name",
        "'id' is what each row is known by",
    ),
    forms(
        "\n  check_in:",
        "trigger: submit_check_in",
        "trigger: submit_plan",
        "forms.check_in.trigger",
        "submit_plan has the form 'plan' already",
    ),
    forms(
        "\n  meeting:",
        "trigger: deliver_result",
        "trigger: deliver_result\n    basis: host_material",
        "forms.meeting.basis",
        "only a rating rests on another basis",
    ),
    forms(
        "\n  plan:",
        "name: results\n",
        "name: outcomes\n",
        "forms.plan.sections",
        "'results' is not one of the sections with rows outcomes",
    ),
    forms(
        "kind: each_has",
        "section: results",
        "section: result",
        "forms.plan.checks[0].section",
        "'result' is not one of the sections with rows or parts",
    ),
    forms(
        "kind: each_has",
        "rows: indicators",
        "rows: targets",
        "forms.plan.checks[0].rows",
        "'targets' is not one of the rows inside this section indicators",
    ),
    forms(
        "kind: each_has",
        "field: aspect",
        "field: target",
        "forms.plan.checks[0].field",
        "'target' is not one of the choices of these rows aspect, subject",
    ),
    forms(
        "kind: each_has",
        "value: quantity",
        "value: amount",
        "forms.plan.checks[0].value",
        "'amount' is not one of the names of aspects",
    ),
    forms(
        "kind: each_has",
        "value: quantity",
        "value: quantity\n        families: [teachr]",
        "forms.plan.checks[0].families[0]",
        "'teachr' is not one of the job families of the library",
        scheme="gerunggang",
    ),
    forms(
        "kind: sum",
        "field: weight",
        "field: result",
        "forms.plan.checks[0].field",
        "'result' is not one of the numbers of this section weight",
        scheme="pp30-numerik",
    ),
    forms(
        "kind: noted",
        "entry: observation",
        "entry: seen",
        "forms.rating.checks[0].entry",
        "'seen' is not one of the entries observation",
        scheme="samarinda",
    ),
    forms(
        "\n  coaching:",
        "confidential: true",
        "about_required: true",
        "entries.coaching.about_required",
        "needs about",
    ),
    forms(
        "\n  complaint:",
        "field: hours",
        "field: matter",
        "entries.complaint.counted.field",
        "'matter' is not one of the number fields: hours",
        scheme="gerunggang",
    ),
    forms(
        "\n  complaint:",
        "counted:",
        "confidential: true\n    counted:",
        "entries.complaint.counted",
        "only two people see entries of this kind",
        scheme="gerunggang",
    ),
    forms(
        "name: result\n",
        "longest: 600",
        "longest: 4",
        "forms.plan.sections[0].fields[0].shortest",
        "5 is more than the longest, 4",
    ),
    forms(
        "grade_point_average",
        "at_least: 0",
        "at_least: 5",
        "forms.rating_academic_record.sections[0].fields[2].at_least",
        "5 is more than at_most, 4",
    ),
    forms(
        "\n  meeting:",
        "at_least: 0",
        "at_least: 20",
        "forms.meeting.sections[1].at_least",
        "20 is more than at_most, 12",
    ),
    forms(
        "\n  predicates:",
        "name: good",
        "name: very_good",
        "scales.predicates.steps[1].name",
        "'very_good' is the name of another step",
    ),
    forms(
        "\n  predicates:",
        "code: 2",
        "code: 1",
        "scales.predicates.steps[1].code",
        "1 is the code of another step",
    ),
    forms(
        "\n  aspects:",
        "name: cost",
        "name: time",
        "lists.aspects.choices[3].name",
        "'time' is the name of another choice",
    ),
    forms(
        "\nlibrary:",
        "aspect: quality",
        "aspect: beauty",
        "library.teacher.indicators[0].aspect",
        "'beauty' is not one of the aspects of the plan's form",
        scheme="gerunggang",
    ),
    forms(
        "\nlibrary:",
        "subject: learning",
        "subject: beauty",
        "library.teacher.indicators[0].subject",
        "'beauty' is not one of the subjects of the plan's form learning, pupils_and_parents",
        scheme="kotabumi-akuntabilitas",
    ),
    forms(
        "\nlibrary:",
        "posts: [guru",
        "posts: [Guru",
        "library.teacher.posts[0]",
        "has capital letters",
        scheme="gerunggang",
    ),
    forms(
        "\nlibrary:",
        "posts: [perawat",
        "posts: [guru",
        "library.health.posts[0]",
        "'guru' is the name of another job family's post",
        scheme="gerunggang",
    ),
    rating(
        "\nrating:",
        "predicates: predicates",
        "predicates: grades",
        "rating.predicates",
        "'grades' is not one of the scales",
    ),
    rating(
        "method:",
        "results: {section: overall",
        "results: {section: total",
        "rating.method.results.section",
        "'total' is not one of the sections of the rating forms",
    ),
    rating(
        "method:",
        "field: results}",
        "field: result}",
        "rating.method.results.field",
        "'result' is not one of the fields of this section results, behaviour",
    ),
    rating(
        "method:",
        "{section: overall, field: behaviour}",
        "{section: overall, field: reason}",
        "rating.method.behaviour.field",
        "'reason' is no choice of one step",
    ),
    rating(
        "cells:",
        "above: very_good}",
        "top: very_good}",
        "rating.method.cells.above",
        "lacks above: every cell of the matrix is given",
    ),
    rating(
        "cells:",
        "above: very_good",
        "above: excellent",
        "rating.method.cells.above.above",
        "'excellent' is not one of the predicates",
    ),
    rating(
        "apart:",
        "scale: expectations",
        "scale: steps",
        "rating.apart[0].scale",
        "'steps' is not one of the scales",
        scheme="samarinda",
    ),
    rating(
        "apart:",
        "field: rating",
        "field: led_project",
        "rating.apart[0].of.field",
        "'led_project' is no choice of the scale expectations",
        scheme="samarinda",
    ),
    rating(
        "levels:",
        "levels: organisation",
        "levels: agency",
        "rating.distribution.levels",
        "'agency' is not one of the scales",
    ),
    rating(
        "expected:", "      excellent:", "      superb:", "rating.distribution.expected", "lacks excellent"
    ),
    rating(
        "expected:",
        "predicates: [very_good]",
        "predicates: [best]",
        "rating.distribution.expected.excellent[0].predicates[0]",
        "'best' is not one of the predicates",
    ),
    rating("good:\n", ", some: true", "", "rating.distribution.expected.good[1]", "expects nothing"),
    rating(
        "\nsight:",
        "kinds: [evidence, note], roles: [rater_superior]",
        "kinds: [rating_draft], roles: [employee]",
        "sight[0]",
        "a rating is not shown to the employee before it is delivered",
        scheme="samarinda",
    ),
    rating(
        "\nsight:",
        "kinds: [evidence, note]",
        "kinds: [confidential_note]",
        "sight[0]",
        "nobody by his role",
        scheme="samarinda",
    ),
    numeric(
        "components:",
        "realised: {section: indicators",
        "realised: {section: behaviour",
        "components[0].realised.field",
        "'realised' is not one of the fields of this section",
    ),
    numeric(
        "components:",
        "weights: weight",
        "weights: share",
        "components[0].weights",
        "'share' is not one of the numbers of a result weight",
    ),
    numeric(
        "components:",
        "lower_is_better: lower_is_better",
        "lower_is_better: mirrored",
        "components[0].lower_is_better",
        "'mirrored' is not one of the yes_no fields",
    ),
    numeric(
        "components:",
        "achievement: achievement",
        "achievement: reached",
        "components[0].achievement",
        "a target may be words, which nothing is divided by",
    ),
    numeric(
        "kind: plan",
        "achievement: achievement",
        "target: aim",
        "components[0].target",
        "'aim' is not one of the targets of an indicator target",
    ),
    numeric(
        "kind: average",
        "field: rating",
        "field: reason",
        "components[1].of.field",
        "'reason' is neither a number nor a choice",
    ),
    numeric("weightings:", "plan: 70", "plan: 60", "weightings[1].weights", "sum to 90; weights sum to 100"),
    numeric(
        "weightings:",
        "survey: 16",
        "poll: 16",
        "weightings[0].weights.poll",
        "'poll' is not one of the components",
    ),
    numeric(
        "bands:", "at_least: 90", "at_least: 110", "bands[1].at_least", "110 is not below the band before it"
    ),
    numeric(
        "bands:", "at_least: 0}", "at_least: 10}", "bands[4].at_least", "is not 0: every score has a band"
    ),
    numeric(
        "bands:",
        "predicate: fair",
        "predicate: cukup",
        "bands[2].predicate",
        "'cukup' is not one of the predicates",
    ),
    numeric(
        "bands:", "field: confirmed", "field: idea", "bands[0].needs.field", "'idea' is not a yes_no field"
    ),
    follow_up(
        "follow_up:", "weaknesses: skills", "weaknesses: gaps", "weaknesses", "'gaps' is not one of the lists"
    ),
    follow_up(
        "trainings:",
        "for_weaknesses: [time_management]",
        "for_weaknesses: [time]",
        "trainings[3].for_weaknesses[0]",
        "'time' is not one of the weaknesses",
    ),
    follow_up(
        "trainings:",
        "name: speaking_with_the_public",
        "name: excellent_service",
        "trainings[1].name",
        "'excellent_service' is the name of another training",
    ),
    follow_up(
        "name: complaints",
        "entry: complaint",
        "entry: complaints",
        "awards[0].needs[0].entry",
        "'complaints' is not one of the entries",
    ),
    follow_up(
        "name: complaints",
        "entry: complaint",
        "entry: counselling",
        "awards[0].needs[0].entry",
        "only two people see entries of this kind",
    ),
    follow_up(
        "name: complaints",
        "entry: complaint",
        "entry: observation",
        "awards[0].needs[0].counted",
        "the kind observation counts no entries apart",
    ),
    follow_up(
        "name: complaints",
        "predicates: [very_good, good]",
        "predicates: [very_good, fair]",
        "awards[0].predicates[1]",
        "'fair' is not one of the predicates",
    ),
    follow_up(
        "nominations:",
        "predicates: [very_good]",
        "predicates: [excellent]",
        "nominations[0].predicates[0]",
        "'excellent' is not one of the predicates",
    ),
    follow_up(
        "awards:",
        "name: complaints",
        "name: talent_pool",
        "awards[0].name",
        "'talent_pool' is the name of another nomination or award",
    ),
    follow_up(
        "improvement:",
        "predicates: [needs_improvement, poor, very_poor]",
        "predicates: [fair, poor, very_poor]",
        "improvement[0].predicates[0]",
        "'fair' is not one of the predicates",
    ),
    follow_up(
        "name: others", "name: others", "name: leaders", "improvement[1].name", "another time to improve"
    ),
    follow_up(
        "name: others",
        "predicates: [poor, very_poor]",
        'echelons: ["11"]\n      predicates: [poor, very_poor]',
        "improvement[1]",
        "others never applies: earlier rules take all whom it means",
    ),
    follow_up(
        "credit_points:",
        "very_poor: 25",
        "worst: 25",
        "credit_points.shares.worst",
        "'worst' is not one of the predicates",
    ),
    follow_up(
        "credit_points:",
        ", very_poor: 25",
        "",
        "credit_points.shares",
        "has no share for the predicate very_poor",
    ),
    follow_up("levels:", "name: terampil", "name: pemula", "credit_points.levels[1].name", "another level"),
    follow_up(
        "levels:",
        "posts: [terampil, pelaksana]",
        "posts: [pemula]",
        "credit_points.levels[1].posts[0]",
        "'pemula' is the name of another level's post",
    ),
    follow_up(
        "report:",
        "problems: {section: overall",
        "problems: {section: whole",
        "report.problems.section",
        "'whole' is not one of the groups of the rating form",
    ),
    follow_up(
        "report:",
        "field: recommendation",
        "field: advice",
        "report.recommendation.field",
        "'advice' is not one of the fields",
    ),
)
"""Names that mean nothing, and numbers that contradict each other."""

PROCESS = (
    Broken(
        "nasional",
        "process.yaml",
        "\n  rating:",
        "ladder: rater",
        "ladder: loud",
        "stages.rating.deadline.ladder",
        "'loud' is not one of the ladders",
    ),
    Broken(
        "samarinda",
        "process.yaml",
        "\ncheck_ins:",
        "check_ins: quarterly",
        "check_ins: weekly",
        "check_ins",
        "'weekly' is not a list",
    ),
    Broken("gerunggang", "process.yaml", "\nversion:", "version: 1", "version: 0", "version", "0 is below 1"),
)
"""Mistakes in the process of a folder."""

ALL = (*TYPES, *NAMES, *PROCESS)
