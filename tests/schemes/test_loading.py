import re
from pathlib import Path

import pytest

from schemes.document import MAXIMUM_BYTES
from schemes.loading import (
    AUTOMATIC_TRIGGERS,
    UnknownScheme,
    builtin_names,
    builtin_scheme,
    load_scheme,
    parse_scheme,
)
from schemes.problems import SchemeError, SchemeProblem
from states import table
from states.receipt_evidence import Evidence
from states.rules import Unit
from states.stages import HOLDERS, OPEN_STAGES, Capacity, Stage

FILE = Path(__file__).parents[2] / "schemes" / "nasional" / "process.yaml"
NASIONAL = FILE.read_text("utf-8")


def changed(section: str, old: str, new: str) -> str:
    """The national scheme with the first ``old`` after the line ``section`` replaced."""
    start = NASIONAL.index(f"\n{section}") + 1 if section else 0
    place = NASIONAL.index(old, start)
    return NASIONAL[:place] + new + NASIONAL[place + len(old) :]


def problems(text: str) -> tuple[SchemeProblem, ...]:
    with pytest.raises(SchemeError) as refused:
        parse_scheme(text, "nasional.yaml")
    return refused.value.problems


def line_of(text: str, section: str, part: str = "") -> int:
    """The line, from 1, of the first ``part`` at or after the line ``section``."""
    start = text.index(f"\n{section}") + 1
    return text.count("\n", 0, text.index(part, start)) + 1


def assert_only(text: str, section: str, part: str, field: str, reason: str) -> None:
    (problem,) = problems(text)
    assert (problem.field, problem.reason) == (field, reason)
    assert problem.line == line_of(text, section, part)
    lines = text.split("\n")
    assert 1 <= problem.column <= len(lines[problem.line - 1]) + 1


def test_the_national_scheme_loads_and_names_itself() -> None:
    book = builtin_scheme("nasional")
    assert book.key == "nasional@4"
    assert book.title["id"] == "Penilaian Kinerja ASN (aturan nasional)"
    assert "nasional" in builtin_names()


def test_the_national_scheme_is_one_object_however_often_it_is_asked_for() -> None:
    assert builtin_scheme("nasional") is builtin_scheme("nasional")


def test_a_file_loads_as_the_text_in_it() -> None:
    assert load_scheme(FILE) == parse_scheme(NASIONAL, "nasional.yaml") == builtin_scheme("nasional")


def test_every_open_stage_of_the_national_scheme_has_a_deadline_or_an_opening_date() -> None:
    book = builtin_scheme("nasional")
    for stage in OPEN_STAGES - {Stage.FIRST_HALF}:
        rule = book.stages[stage]
        awaited = rule.opens_next if HOLDERS[stage] is Capacity.CLOCK else rule.deadline
        assert awaited is not None, stage


def test_every_deadline_of_the_national_scheme_reminds_its_holder_unless_hr_alone_holds_it() -> None:
    book = builtin_scheme("nasional")
    for stage, rule in book.stages.items():
        for _, deadline in rule.rules:
            told = {who for rung in book.ladders[deadline.ladder].rungs for who in rung.audience}
            assert HOLDERS[stage] in told, stage


def test_every_deadline_of_the_national_scheme_cites_an_article_but_that_of_the_agencys_own_step() -> None:
    for path, deadline in builtin_scheme("nasional").deadline_rules:
        own_step = path[1:2] == ("moderation",)
        cited = re.search(r"PP 30/2019 arts? \d", deadline.article)
        assert (cited is None) is own_step, path
        assert deadline.statutory or own_step or "agency policy" in deadline.article, path


def test_a_scheme_that_does_not_come_with_the_program_is_named() -> None:
    with pytest.raises(
        UnknownScheme, match=r"'\.\./secrets'.*known are gerunggang, kotabumi-akuntabilitas, nasional"
    ):
        builtin_scheme("../secrets")


def test_the_message_gives_file_line_field_and_reason() -> None:
    text = changed("  rating:", "unit: tanggal", "unit: hari kerja")
    with pytest.raises(SchemeError) as refused:
        parse_scheme(text, "nasional.yaml")
    line = line_of(text, "  rating:", "hari kerja")
    assert str(refused.value) == (
        f"nasional.yaml:{line}: stages.rating.deadline.unit: "
        "'hari kerja' is not one of hari, hari_kerja, bulan, tanggal"
    )


def test_the_column_is_where_the_value_begins() -> None:
    (problem,) = problems(changed("  rating:", "unit: tanggal", "unit: hari kerja"))
    assert problem.column == len("      unit: ") + 1


def test_all_mistakes_are_reported_at_once_in_the_order_of_the_file() -> None:
    text = changed("  agreed:", "ladder: rater", "ladder: loud")
    text = text.replace("rule: delivery", "rule: rating").replace("days: -7", "days: 7", 1)
    found = problems(text)
    assert [problem.field for problem in found] == [
        "ladders.employee.rungs[0].days",
        "stages.feedback_meeting.deadline.rule",
        "stages.agreed.deadline.ladder",
    ]
    assert list(found) == sorted(found)


DATE_1_31 = "{month: 1, day: 31, year_offset: 1}"


@pytest.mark.parametrize(
    ("section", "old", "new", "field", "reason"),
    (
        (
            "  rating:",
            "month: 1",
            "month: 13",
            "stages.rating.deadline.date.month",
            "13 is above 12",
        ),
        ("  countersign:", "length: 7", "length: 0", "stages.countersign.deadline.length", "0 is below 1"),
        (
            "  countersign:",
            "length: 7",
            'length: "7"',
            "stages.countersign.deadline.length",
            "'7' is not a whole number",
        ),
        (
            "  countersign:",
            "length: 7",
            "length: 7.5",
            "stages.countersign.deadline.length",
            "'7.5' is not a whole number",
        ),
        (
            "  countersign:",
            "statutory: true",
            "statutory: yes",
            "stages.countersign.deadline.statutory",
            "'yes' is not true or false",
        ),
        (
            "  countersign:",
            "rule: countersign",
            "rule: Tanda Tangan",
            "stages.countersign.deadline.rule",
            "'Tanda Tangan' must be 2 to 40 small letters, digits and hyphens, with a letter first",
        ),
        (
            "  countersign:",
            "on_lapse: escalate",
            "on_lapse: sign",
            "stages.countersign.deadline.on_lapse",
            "'sign' is not wait, escalate or auto:<trigger>",
        ),
        (
            "  countersign:",
            "article: PP 30/2019 art 50",
            "article: '50'",
            "stages.countersign.deadline.article",
            "'50' is shorter than 3 characters",
        ),
        ("  superior:", '"08:00"', '"8 pagi"', "ladders.superior.at", ""),
        ("  superior:", "name: h-3", f"name: {'h' * 25}", "ladders.superior.rungs[0].name", ""),
        (
            "late_objection:",
            "flag",
            "ignore",
            "late_objection",
            "'ignore' is not one of flag, refuse",
        ),
        ("counting:", "keep", "move", "counting.on_holiday", "'move' is not one of keep, next_working_day"),
        ("  superior:", "kind: reminder", "kind: alarm", "ladders.superior.rungs[0].kind", ""),
        (
            "  superior:",
            "audience: [rater_superior]",
            "audience: rater_superior",
            "ladders.superior.rungs[0].audience",
            "'rater_superior' is not a list",
        ),
        ("check_ins:", "{month: 6, day: 1}", "juni", "check_ins[0]", "'juni' is not a group of fields"),
    ),
)
def test_a_value_of_the_wrong_kind_is_named_with_what_would_be_right(
    section: str, old: str, new: str, field: str, reason: str
) -> None:
    text = changed(section, old, new)
    (problem,) = problems(text)
    assert problem.field == field
    assert problem.line == line_of(text, section, new)
    if reason:
        assert problem.reason == reason


@pytest.mark.parametrize(
    ("new", "reason"),
    (
        ('"25:00"', "'25:00' is not a time of day in quotes, such as \"08:00\""),
        ("8", '8 is not a time of day in quotes, such as "08:00"'),
        ('"08:00+07:00"', 'carries a time zone; write the local time of day, such as "08:00"'),
    ),
)
def test_the_hour_of_a_ladder_is_a_local_time_of_day(new: str, reason: str) -> None:
    assert_only(changed("  hr:", '"08:00"', new), "  hr:", new, "ladders.hr.at", reason)


def test_an_unknown_field_is_refused_at_its_name_with_the_likely_one() -> None:
    text = changed("  countersign:", "length: 7", "length: 7\n      laddre: hr")
    assert_only(
        text,
        "  countersign:",
        "laddre",
        "stages.countersign.deadline.laddre",
        "is not a known field; did you mean ladder?",
    )


def test_an_unknown_field_without_a_likely_one_lists_the_known() -> None:
    text = changed("counting:", "  first_day", "  zzz: 1\n  first_day")
    assert_only(
        text, "counting:", "zzz", "counting.zzz", "is not a known field; known here are first_day, on_holiday"
    )


def test_an_unknown_field_of_a_dated_opening_is_refused_inside_a_list() -> None:
    text = changed("check_ins:", "day: 1}", "day: 1, mont: 7}")
    assert_only(
        text, "check_ins:", "mont: 7", "check_ins[0].mont", "is not a known field; did you mean month?"
    )


def test_an_unknown_stage_is_refused_at_its_name() -> None:
    text = changed("", "\n  rating:\n", "\n  penilaian:\n")
    (problem,) = problems(text)
    assert problem.field == "stages.penilaian"
    assert problem.line == line_of(text, "  penilaian:")
    assert problem.reason.startswith("'penilaian' is not one of scheduled, plan_drafting")


def test_an_unknown_language_of_the_title_is_refused() -> None:
    text = changed("title:", "  en:", "  nl:")
    assert_only(text, "title:", "nl:", "title.nl", "'nl' is not one of id, en")


def test_a_scheme_without_an_indonesian_title_is_refused() -> None:
    text = changed("title:", "  id: Penilaian Kinerja ASN (aturan nasional)\n", "")
    assert_only(text, "title:", "title:", "title.id", "is required: people read Bahasa Indonesia first")


def test_a_missing_field_is_reported_where_it_belongs() -> None:
    text = changed("  countersign:", "      article: PP 30/2019 art 50\n", "")
    assert_only(text, "  countersign:", "deadline:", "stages.countersign.deadline.article", "is required")


def test_a_missing_stage_that_awaits_somebody_is_reported_at_the_stages() -> None:
    start, end = NASIONAL.index("\n  countersign:"), NASIONAL.index("\n  agreed:")
    text = NASIONAL[:start] + NASIONAL[end:]
    assert_only(
        text,
        "stages:",
        "stages:",
        "stages.countersign.deadline",
        "is required: somebody is awaited in this stage",
    )


@pytest.mark.parametrize("stage", ("scheduled", "second_half"))
def test_a_stage_that_waits_on_the_clock_needs_its_opening_date(stage: str) -> None:
    text = re.sub(rf"(\n  {stage}:)\n    opens_next: .*\n", r"\1 {}\n", NASIONAL)
    assert_only(
        text,
        f"  {stage}:",
        "{}",
        f"stages.{stage}.opens_next",
        "is required: the stage waits on the clock",
    )


def test_a_stage_that_waits_on_the_clock_has_no_deadline() -> None:
    start = NASIONAL.index("    deadline:\n      rule: self-assessment")
    block = NASIONAL[start : NASIONAL.index("\n  rating:")]
    text = changed(
        "  scheduled:", "\n\n", "\n" + block.replace("rule: self-assessment", "rule: waiting") + "\n"
    )
    (problem,) = problems(text)
    assert problem.field == "stages.scheduled.deadline"
    assert problem.reason == "nobody is awaited in this stage, so it has no deadline; remove it"


def test_the_check_ins_open_the_first_half_not_a_date_of_its_own() -> None:
    text = changed(
        "",
        "\n  midyear_report:\n",
        "\n  first_half:\n    opens_next: {month: 7, day: 1}\n  midyear_report:\n",
    )
    assert_only(
        text,
        "  first_half:",
        "{month",
        "stages.first_half.opens_next",
        "only scheduled and second_half open on a date of their own; list the dates in check_ins",
    )


@pytest.mark.parametrize("stage", ("finalised", "cancelled"))
def test_a_closed_stage_has_no_rule(stage: str) -> None:
    text = changed("", "\n  suspended:\n", f"\n  {stage}: {{}}\n  suspended:\n")
    assert_only(
        text,
        f"  {stage}:",
        "{}",
        f"stages.{stage}",
        "is a closed stage; nothing is awaited in it, so it has no rule; remove it",
    )


def test_a_working_day_deadline_has_a_length_and_no_date() -> None:
    text = changed("  countersign:", "length: 7", "date: {month: 3, day: 1}")
    found = {(problem.field, problem.reason) for problem in problems(text)}
    assert found == {
        ("stages.countersign.deadline.length", "is required by the unit hari_kerja"),
        ("stages.countersign.deadline.date", "does not go with the unit hari_kerja; give length instead"),
    }


def test_a_fixed_date_has_a_date_and_no_length() -> None:
    text = changed("  rating:", f"date: {DATE_1_31}", "length: 31")
    found = {(problem.field, problem.reason) for problem in problems(text)}
    assert found == {
        ("stages.rating.deadline.date", "is required by the unit tanggal"),
        ("stages.rating.deadline.length", "does not go with the unit tanggal; give date instead"),
    }


def test_a_deadline_names_a_ladder_that_exists() -> None:
    assert_only(
        changed("  agreed:", "ladder: rater", "ladder: loud"),
        "  agreed:",
        "loud",
        "stages.agreed.deadline.ladder",
        "'loud' is not one of the ladders appeals, employee, hr, quiet, rater, statement_employee, statement_rater, "
        "superior",
    )


def test_two_deadlines_do_not_share_a_name() -> None:
    assert_only(
        changed("  agreed:", "rule: report", "rule: countersign"),
        "  agreed:",
        "countersign",
        "stages.agreed.deadline.rule",
        "'countersign' is the name of another deadline; names are unique",
    )


def test_the_clock_fires_only_what_the_table_of_transitions_gives_it() -> None:
    assert_only(
        changed("  agreed:", "on_lapse: escalate", "on_lapse: auto:cancel"),
        "  agreed:",
        "auto:cancel",
        "stages.agreed.deadline.on_lapse",
        "auto:cancel is not one of auto:finalise, auto:lapse_delivery, auto:lapse_response, auto:proceed_to_rating, "
        "auto:report_provisionally",
    )


def test_the_automatic_triggers_are_those_of_the_table() -> None:
    known = {"lapse_delivery", "lapse_response", "finalise", "proceed_to_rating", "report_provisionally"}
    assert known == AUTOMATIC_TRIGGERS == table.AUTOMATIC_TRIGGERS


def test_the_clock_fires_a_trigger_only_in_a_stage_that_knows_it() -> None:
    assert_only(
        changed("  rating:", "on_lapse: escalate", "on_lapse: auto:finalise"),
        "  rating:",
        "auto:finalise",
        "stages.rating.deadline.on_lapse",
        "auto:finalise is possible in agreed, reporting only",
    )


def test_silence_before_receipt_may_not_move_the_case() -> None:
    assert_only(
        changed("  response:", "on_lapse: escalate", "on_lapse: auto:lapse_response"),
        "  response:",
        "auto:lapse_response",
        "stages.response.deadline.on_lapse",
        "silence counts from receipt; only after_receipt may move the case by itself",
    )


def test_a_caller_may_narrow_what_the_clock_fires() -> None:
    with pytest.raises(SchemeError) as refused:
        parse_scheme(NASIONAL, "x.yaml", automatic_triggers=frozenset({"lapse_response"}))
    assert [problem.field for problem in refused.value.problems] == [
        "stages.feedback_meeting.deadline.on_lapse"
    ]


def test_a_self_assessment_may_proceed_by_itself_if_the_agency_says_so() -> None:
    text = changed("  self_assessment:", "on_lapse: escalate", "on_lapse: auto:proceed_to_rating")
    rule = parse_scheme(text, "x.yaml").stages[Stage.SELF_ASSESSMENT].deadline
    assert rule is not None
    assert rule.automatic_trigger == "proceed_to_rating"


def test_receipt_starts_only_the_deadline_after_receipt() -> None:
    text = changed("  countersign:", "starts: lapse", "starts: receipt")
    assert_only(
        text,
        "  countersign:",
        "receipt",
        "stages.countersign.deadline.starts",
        "receipt starts the deadline in response.after_receipt only",
    )


def test_the_deadline_after_receipt_starts_with_it() -> None:
    text = changed("  response:", "starts: receipt", "starts: stage_entered")
    assert_only(
        text,
        "  response:",
        "stage_entered",
        "stages.response.after_receipt.starts",
        "must be receipt in after_receipt",
    )


def test_the_response_needs_a_deadline_after_receipt() -> None:
    start = NASIONAL.index("    after_receipt:")
    text = NASIONAL[:start] + NASIONAL[NASIONAL.index("\n  countersign:") :]
    (problem,) = problems(text)
    assert problem.field == "stages.response.after_receipt"
    assert problem.reason == "is required: the response counts from receipt"
    assert problem.line == line_of(text, "  response:")


def test_only_the_response_has_a_deadline_after_receipt() -> None:
    text = changed("  countersign:", "    deadline:", "    after_receipt:")
    fields = {problem.field for problem in problems(text)}
    assert {"stages.countersign.after_receipt", "stages.countersign.deadline"} <= fields


def test_a_reminder_lies_before_the_due_day() -> None:
    assert_only(
        changed("  hr:", "days: -1", "days: 1"),
        "  hr:",
        "1,",
        "ladders.hr.rungs[0].days",
        "1 lies after the due day; a reminder needs zero or a negative number",
    )


@pytest.mark.parametrize("days", (0, -1))
def test_an_escalation_lies_after_the_due_day(days: int) -> None:
    assert_only(
        changed("  hr:", "days: 5", f"days: {days} "),
        "  hr:",
        f"days: {days} ",
        "ladders.hr.rungs[3].days",
        f"{days} lies before the lapse; an escalation needs a positive number",
    )


@pytest.mark.parametrize(
    ("audience", "reason"),
    (
        ("[]", "names nobody; list at least one capacity"),
        ("[clock]", "the clock reads no messages; list people's capacities"),
    ),
)
def test_a_rung_tells_people(audience: str, reason: str) -> None:
    text = changed("  superior:", "[rater_superior]", audience)
    assert_only(text, "  superior:", audience, "ladders.superior.rungs[0].audience", reason)


def test_two_rungs_of_a_ladder_do_not_share_a_name() -> None:
    text = changed("  hr:", "name: h-0", "name: h-1")
    (problem,) = problems(text)
    assert problem.field == "ladders.hr.rungs[1].name"
    assert problem.reason == "'h-1' is the name of another rung of this ladder"


OUT_OF_ORDER = "is not after the opening date before it (scheduled, then check-ins, then second_half)"


@pytest.mark.parametrize(
    ("dates", "number"),
    (
        ("  - {month: 7, day: 1}\n  - {month: 4, day: 1}\n", 1),
        ("  - {month: 7, day: 1}\n  - {month: 7, day: 1}\n", 1),
        ("  - {month: 1, day: 2}\n", 0),
    ),
)
def test_check_ins_open_one_after_the_other(dates: str, number: int) -> None:
    text = re.sub(r"(\ncheck_ins:\n)(  - .*\n)+", lambda found: found[1] + dates, NASIONAL)
    (problem,) = problems(text)
    assert (problem.field, problem.reason) == (f"check_ins[{number}]", OUT_OF_ORDER)
    assert problem.line == line_of(text, "check_ins:") + 1 + number


def test_a_check_in_after_the_evaluation_opens_puts_that_out_of_order() -> None:
    (problem,) = problems(changed("check_ins:", "month: 11, day: 1}", "month: 12, day: 20}"))
    assert (problem.field, problem.reason) == ("stages.second_half.opens_next", OUT_OF_ORDER)


def test_a_check_in_lies_inside_the_year() -> None:
    text = changed("check_ins:", "day: 1}", "day: 1, year_offset: 1}")
    assert_only(
        text,
        "check_ins:",
        "1}",
        "check_ins[0].year_offset",
        "a check-in lies inside the appraised year; leave year_offset out",
    )


def test_check_ins_on_days_of_ones_own_are_allowed() -> None:
    dates = "".join(f"  - {{month: {month}, day: 1}}\n" for month in (4, 7, 10))
    text = re.sub(r"(\ncheck_ins:\n)(  - .*\n)+", lambda found: found[1] + dates, NASIONAL)
    assert [date.month for date in parse_scheme(text, "x.yaml").check_ins] == [4, 7, 10]


def test_a_scheme_without_check_ins_needs_no_rules_for_them() -> None:
    text = re.sub(r"\ncheck_ins:\n(  - .*\n)+", "\ncheck_ins: []\n", NASIONAL)
    start, end = text.index("\n  midyear_report:"), text.index("\n  second_half:")
    book = parse_scheme(text[:start] + text[end:], "x.yaml")
    assert Stage.MIDYEAR_REVIEW not in book.stages


def test_moderation_needs_its_deadline_only_when_it_is_on() -> None:
    start, end = NASIONAL.index("\n  moderation:"), NASIONAL.index("\n  feedback_meeting:")
    text = NASIONAL[:start] + NASIONAL[end:]
    assert Stage.MODERATION not in parse_scheme(text, "x.yaml").stages
    (problem,) = problems(text.replace("\nmoderation: false", "\nmoderation: true"))
    assert problem.field == "stages.moderation.deadline"


def test_a_field_that_is_given_twice_is_refused_with_the_first_line() -> None:
    text = changed("  countersign:", "length: 7", "length: 7\n      length: 9")
    first = line_of(text, "  countersign:", "length: 7")
    assert_only(
        text,
        "  countersign:",
        "length: 9",
        "stages.countersign.deadline.length",
        f"is given twice; the first is on line {first}",
    )


@pytest.mark.parametrize(
    ("value", "reason"),
    (
        ("&seven 7", "anchors and aliases are not allowed; write the value out"),
        ("*seven", "anchors and aliases are not allowed; write the value out"),
        ("!!int 7", "the tag tag:yaml.org,2002:int is not allowed; write a plain value"),
        ("!!python/object/apply:os.getcwd []", "the tag tag:yaml.org,2002:python/object/apply:os.getcwd"),
        ("!!set {a}", "the tag tag:yaml.org,2002:set is not allowed"),
        ('"\\ud800"', "holds half of a character"),
    ),
)
def test_nothing_but_plain_values_is_read(value: str, reason: str) -> None:
    text = changed("  countersign:", "length: 7", f"length: {value}")
    (problem,) = problems(text)
    assert problem.field == "stages.countersign.deadline.length"
    assert problem.reason.startswith(reason)
    assert problem.line == line_of(text, "  countersign:", value)


def test_a_bomb_of_aliases_is_refused_at_its_first_anchor() -> None:
    layers = ["a0: &a0 [x, x]"] + [f"a{n}: &a{n} [*a{n - 1}, *a{n - 1}]" for n in range(1, 60)]
    (problem,) = problems("\n".join(layers))
    assert (problem.line, problem.column) == (1, 5)


def test_deep_nesting_is_refused() -> None:
    (problem,) = problems("scheme: " + "[" * 5_000 + "]" * 5_000)
    assert problem.reason == "nested deeper than 16 levels"


@pytest.mark.parametrize("text", ("", "# only a comment\n"))
def test_an_empty_file_is_refused(text: str) -> None:
    assert problems(text) == (SchemeProblem(1, 1, "", "the file is empty"),)


@pytest.mark.parametrize("text", ("hello", "- a\n- b\n", "7", "null"))
def test_a_file_that_is_no_group_of_fields_is_refused(text: str) -> None:
    (problem,) = problems(text)
    assert (problem.line, problem.field) == (1, "")
    assert problem.reason.endswith("is not a group of fields")


def test_a_second_document_is_refused() -> None:
    text = NASIONAL + "---\nscheme: other\n"
    (problem,) = problems(text)
    assert problem.line == NASIONAL.count("\n") + 1
    assert "more than one document" in problem.reason


def test_a_field_whose_name_is_a_list_is_refused() -> None:
    (problem,) = problems("? [a, b]\n: c\n")
    assert problem.reason == "a field name must be plain text"


def test_broken_yaml_is_refused_at_its_place() -> None:
    text = changed("  countersign:", "length: 7", "length: [7")
    (problem,) = problems(text)
    assert problem.reason.startswith("not valid YAML: ")
    assert problem.line >= line_of(text, "  countersign:", "length: [7")


def test_a_control_character_is_refused_at_its_place() -> None:
    text = changed("  countersign:", "length: 7", "length: \x07")
    (problem,) = problems(text)
    assert problem.reason == "the character U+0007 is not allowed in YAML"
    assert problem.line == line_of(text, "  countersign:", "\x07")
    assert problem.column == len("      length: ") + 1


def test_a_huge_text_is_refused_before_it_is_read() -> None:
    (problem,) = problems("#" * (MAXIMUM_BYTES + 1))
    assert problem.reason == "the file is larger than 256 KB; rules are a few pages of text"


def test_a_huge_file_is_refused_also_when_it_is_cut_inside_a_character(tmp_path: Path) -> None:
    huge = tmp_path / "huge.yaml"
    huge.write_bytes(b"#" + "é".encode() * MAXIMUM_BYTES)
    with pytest.raises(SchemeError, match="larger than 256 KB"):
        load_scheme(huge)


def test_a_file_that_is_not_utf_8_is_refused_with_its_line(tmp_path: Path) -> None:
    latin = tmp_path / "latin.yaml"
    latin.write_bytes(b"scheme: x1\ntitle: caf\xe9\n")
    with pytest.raises(SchemeError, match=r"latin.yaml:2: the byte 0xe9 is not UTF-8"):
        load_scheme(latin)


def test_a_file_with_a_byte_order_mark_loads(tmp_path: Path) -> None:
    marked = tmp_path / "marked.yaml"
    marked.write_bytes(b"\xef\xbb\xbf" + NASIONAL.encode())
    assert load_scheme(marked).key == "nasional@4"


def test_a_missing_file_is_an_error_of_the_file_system(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        load_scheme(tmp_path / "absent.yaml")


def test_a_long_value_is_shortened_in_the_message() -> None:
    (problem,) = problems(changed("  countersign:", "unit: hari_kerja", f"unit: {'x' * 500}"))
    assert len(problem.reason) < 120


def test_units_keep_the_words_of_the_law() -> None:
    assert [unit.value for unit in Unit] == ["hari", "hari_kerja", "bulan", "tanggal"]


def test_the_national_scheme_begins_with_the_opening_and_deems_nothing() -> None:
    receipt = builtin_scheme("nasional").receipt
    assert (receipt.starts_with, receipt.deemed_after, receipt.article) == (Evidence.SEEN, None, None)


def without_receipt() -> str:
    start = NASIONAL.index("\nreceipt:\n") + 1
    return NASIONAL[:start] + NASIONAL[NASIONAL.index("\n# Art 59(2)-(3)") :]


def test_a_scheme_that_says_nothing_of_receipt_waits_for_an_acknowledgement() -> None:
    book = parse_scheme(without_receipt(), "scheme.yaml")
    assert (book.receipt.starts_with, book.receipt.deemed_after) == (Evidence.ACKNOWLEDGED, None)


def test_a_scheme_that_says_nothing_of_receipt_is_stored_as_before_there_was_anything_to_say() -> None:
    book = parse_scheme(without_receipt(), "scheme.yaml")
    stored = book.model_dump(mode="json")
    assert "receipt" not in stored
    assert type(book).model_validate(stored) == book


def test_what_a_scheme_says_of_receipt_is_stored_and_comes_back() -> None:
    book = parse_scheme(with_receipt(DEEMED), "scheme.yaml")
    assert book.receipt.deemed_after is not None
    assert (book.receipt.deemed_after.unit, book.receipt.deemed_after.length) == (Unit.WORKING_DAYS, 5)
    assert type(book).model_validate(book.model_dump(mode="json")) == book


DEEMED = """  starts_with: acknowledged
  deemed_after: {unit: hari_kerja, length: 5}
  article: Peraturan Wali Kota 12/2027 pasal 7
"""


def with_receipt(lines: str) -> str:
    return changed("receipt:\n", "  starts_with: seen\n", lines)


@pytest.mark.parametrize(
    ("lines", "field", "reason"),
    (
        (
            "  deemed_after: {unit: hari_kerja, length: 5}\n",
            "receipt.article",
            "is required by deemed_after: PP 30/2019 knows no deemed receipt, so name what the agency rests it on",
        ),
        (
            "  article: Peraturan 7\n",
            "receipt.article",
            "is the ground of deemed_after; give deemed_after, or remove it",
        ),
        (
            "  starts_with: delivered\n",
            "receipt.starts_with",
            "'delivered' is not one of seen, acknowledged",
        ),
        (
            DEEMED.replace("hari_kerja", "bulan"),
            "receipt.deemed_after.unit",
            "'bulan' is not one of hari, hari_kerja",
        ),
        (DEEMED.replace("length: 5", "length: 0"), "receipt.deemed_after.length", "0 is below 1"),
        (DEEMED.replace("length: 5", "length: 91"), "receipt.deemed_after.length", "91 is above 90"),
        (DEEMED.replace(", length: 5", ""), "receipt.deemed_after.length", "is required"),
        (
            DEEMED.replace("deemed_after", "deemed_afer"),
            "receipt.deemed_afer",
            "is not a known field; did you mean deemed_after?",
        ),
    ),
)
def test_what_is_wrong_with_the_receipt_is_said(lines: str, field: str, reason: str) -> None:
    assert (field, reason) in [(problem.field, problem.reason) for problem in problems(with_receipt(lines))]


@pytest.mark.parametrize(
    ("lines", "reason"),
    (
        ("behind_superior: {clock: waits}\n", "is required: say how many"),
        (
            "behind_superior: {clock: runs, days: 5}\n",
            "means nothing where the clock runs; remove it",
        ),
    ),
)
def test_only_a_clock_that_waits_has_days(lines: str, reason: str) -> None:
    text = changed("moderation:", "moderation:", f"{lines}moderation:")
    assert ("behind_superior.days", reason) in [(each.field, each.reason) for each in problems(text)]


def test_a_clock_that_waits_and_a_declaration_of_conflicts_are_read_and_come_back() -> None:
    more = "behind_superior: {clock: waits, days: 5}\nconflict_declaration: true\n"
    book = parse_scheme(changed("moderation:", "moderation:", f"{more}moderation:"), "scheme.yaml")
    assert book.behind_superior is not None
    assert (book.behind_superior.days, book.conflict_declaration) == (5, True)
    assert type(book).model_validate(book.model_dump(mode="json")) == book
