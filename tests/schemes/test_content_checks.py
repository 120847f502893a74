"""What must hold in content rules that no shipped scheme is near enough to break in one place."""

from collections.abc import Callable
from typing import Any

import pytest
from pydantic import ValidationError

from content.rules import ContentRules
from schemes.content_checks.findings import content_findings
from schemes.document import dotted
from schemes.loading import builtin_names
from tests.fixtures.public import public_content
from tests.schemes.filled import content_of

Change = Callable[[dict[str, Any]], None]


def found(scheme: str, change: Change) -> dict[str, str]:
    """The findings in a scheme's content after a change of its data, by their places."""
    data = content_of(scheme).model_dump(mode="json")
    change(data)
    return {dotted(path): reason for path, reason in content_findings(ContentRules.model_validate(data))}


def with_method(scheme: str, **fields: Any) -> dict[str, str]:
    return found(scheme, lambda data: data["rating"]["method"].update(fields))


def test_shipped_content_has_no_contradiction() -> None:
    for scheme in builtin_names():
        assert found(scheme, lambda data: None) == {}


def test_a_part_for_each_value_needs_values() -> None:
    reasons = found("nasional", lambda data: data.update(values=None))
    assert reasons["forms.plan.sections[1].of"].startswith("needs the values")


def test_a_part_for_each_result_needs_a_plan() -> None:
    def without_plan(data: dict[str, Any]) -> None:
        del data["forms"]["plan"]

    reasons = found("nasional", without_plan)
    assert reasons["forms.rating.sections[0].of"] == "needs a plan: no form has the trigger submit_plan"
    assert reasons["entries.progress.about"] == "needs a plan: no form has the trigger submit_plan"


def test_a_list_and_a_scale_do_not_share_a_name() -> None:
    def shared(data: dict[str, Any]) -> None:
        data["lists"]["predicates"] = data["lists"]["aspects"]

    assert "is the name of a scale, too" in found("nasional", shared)["lists.predicates"]


def test_the_indicators_are_rows_inside_the_results() -> None:
    reasons = found("nasional", lambda data: data["plan"].update(indicators="measures"))
    (place,) = (place for place in reasons if place.startswith("forms.plan"))
    assert place == "forms.plan.sections[0].fields"
    assert "the indicators of a plan (plan.indicators)" in reasons[place]


def test_the_matrix_reads_one_rating_and_not_many() -> None:
    reasons = with_method("nasional", results={"section": "results", "field": "rating"})
    assert "has many parts; the matrix needs one rating" in reasons["rating.method.results.section"]


def test_the_matrix_needs_its_rating_in_every_rating_form() -> None:
    def without(data: dict[str, Any]) -> None:
        overall = data["forms"]["rating_host_material"]["sections"][1]
        overall["fields"] = [field for field in overall["fields"] if field["name"] != "results"]

    reasons = found("nasional", without)
    assert reasons == {
        "rating.method.results": "is not in the form 'rating_host_material', so that no predicate follows from it"
    }


def test_the_matrix_needs_its_rating_always() -> None:
    def optional(data: dict[str, Any]) -> None:
        data["forms"]["rating"]["sections"][2]["fields"][0]["required"] = False

    assert "may be left out in 'rating'" in found("nasional", optional)["rating.method.results.field"]


def test_a_row_of_the_matrix_has_all_its_cells() -> None:
    cells = content_of("nasional").model_dump()["rating"]["method"]["cells"]
    del cells["below"]
    assert with_method("nasional", cells=cells) == {
        "rating.method.cells": "lacks below: every cell of the matrix is given"
    }


def weightings(*weights: dict[str, float]) -> list[dict[str, Any]]:
    return [{"article": "PP 30/2019 art 41", "weights": each} for each in weights]


def test_a_weighting_that_an_earlier_one_hides_is_refused() -> None:
    given = weightings(
        {"plan": 70, "behaviour": 30},
        {"plan": 60, "behaviour": 24, "survey": 16},
        {"material_results": 70, "material_conduct": 30},
    )
    reasons = with_method("pp30-numerik", weightings=given)
    assert reasons["rating.method.weightings[1].weights"].startswith("never apply")


def test_some_weighting_needs_no_input() -> None:
    reasons = with_method("pp30-numerik", weightings=weightings({"plan": 60, "behaviour": 24, "survey": 16}))
    assert "which may be absent" in reasons["rating.method.weightings"]
    assert reasons["rating.method.components[3].name"] == "'material_results' has a weight nowhere"


def test_the_last_band_asks_for_nothing() -> None:
    def asking(data: dict[str, Any]) -> None:
        bands = data["rating"]["method"]["bands"]
        bands[-1]["needs"] = bands[0]["needs"]

    assert found("pp30-numerik", asking) == {
        "rating.method.bands[4].needs": "has no lower band to fall to; remove it"
    }


def test_an_average_of_steps_needs_their_numbers() -> None:
    def by_steps(data: dict[str, Any]) -> None:
        field = data["forms"]["rating"]["sections"][1]["fields"][0]
        data["forms"]["rating"]["sections"][1]["fields"][0] = {
            "kind": "choice",
            "of": "organisation",
            **{name: field[name] for name in ("name", "label", "help")},
        }

    reasons = found("pp30-numerik", by_steps)
    assert reasons["rating.method.components[1].of.field"].startswith("'rating' is neither a number")


def test_months_need_the_numbers_of_the_predicates() -> None:
    def by_months(data: dict[str, Any]) -> None:
        data["rating"]["part_years"] = "months"
        data["scales"]["predicates"]["steps"][2]["number"] = None

    assert found("nasional", by_months) == {
        "scales.predicates.steps[2].number": "is required: rating.part_years counts months on these numbers"
    }


def test_two_ratings_apart_do_not_share_a_name() -> None:
    def shared(data: dict[str, Any]) -> None:
        data["rating"]["apart"][1]["name"] = "process"

    assert "is the name of another rating apart" in found("gerunggang", shared)["rating.apart[1].name"]


def test_a_limit_does_not_contradict_itself() -> None:
    def contradicting(data: dict[str, Any]) -> None:
        data["rating"]["distribution"]["expected"]["poor"][1].update(at_least=80, at_most=20)

    reasons = found("nasional", contradicting)
    assert reasons == {"rating.distribution.expected.poor[1].at_least": "80 is more than at_most, 20"}


def suggesting(**fields: Any) -> dict[str, str]:
    """The findings in the numeric scheme with thresholds that were changed."""

    def change(data: dict[str, Any]) -> None:
        data["rating"]["suggestion"] = {
            "article": "Peraturan Wali Kota 12/2027",
            "achievement": data["rating"]["method"]["components"][0],
            "scale": "predicates",
            "thresholds": [{"step": "good", "at_least": 90}, {"step": "poor", "at_least": 0}],
            **fields,
        }

    return found("pp30-numerik", change)


def test_a_suggestion_on_thresholds_is_in_order() -> None:
    assert suggesting() == {}


@pytest.mark.parametrize(
    ("fields", "place", "reason"),
    (
        ({"scale": "grades"}, "scale", "'grades' is not one of the scales"),
        (
            {"thresholds": [{"step": "best", "at_least": 90}, {"step": "poor", "at_least": 0}]},
            "thresholds[0].step",
            "'best' is not one of the steps of the scale",
        ),
        (
            {
                "thresholds": [
                    {"step": "good", "at_least": 50},
                    {"step": "fair", "at_least": 50},
                    {"step": "poor", "at_least": 0},
                ]
            },
            "thresholds[1].at_least",
            "50 is not below the threshold before it",
        ),
        (
            {"thresholds": [{"step": "good", "at_least": 90}, {"step": "poor", "at_least": 10}]},
            "thresholds[1].at_least",
            "is not 0: every achievement has a step",
        ),
        (
            {"thresholds": [{"step": "good", "at_least": 90}, {"step": "good", "at_least": 0}]},
            "thresholds[1].step",
            "'good' is the name of another threshold's step",
        ),
    ),
)
def test_thresholds_that_suggest_nothing_are_refused(fields: dict[str, Any], place: str, reason: str) -> None:
    assert reason in suggesting(**fields)[f"rating.suggestion.{place}"]


def test_a_training_needs_a_list_of_weaknesses() -> None:
    reasons = found("gerunggang", lambda data: data["follow_up"].update(weaknesses=None))
    assert reasons["follow_up.trainings[0].for_weaknesses[0]"].endswith("there are no weaknesses")


def test_a_rating_without_any_rating_form_has_nothing_to_rate_on() -> None:
    def without(data: dict[str, Any]) -> None:
        for name in ("rating", "rating_academic_record", "rating_host_material"):
            del data["forms"][name]

    assert "has no form to rate on" in found("nasional", without)["rating.method"]


def test_a_survey_about_skills_asks_something_of_every_post() -> None:
    def give_families(data: dict[str, Any]) -> None:
        for choice in data["lists"]["skills"]["choices"]:
            choice["families"] = ["health"]

    assert "nothing would be asked" in found("tangsel-kompetensi", give_families)["inputs.peers.asks"]


def found_in_public(change: Change) -> dict[str, str]:
    data = public_content().model_dump(mode="json")
    change(data["public_feedback"])
    return {dotted(path): reason for path, reason in content_findings(ContentRules.model_validate(data))}


def test_every_index_of_the_public_has_a_category() -> None:
    def higher(rules: dict[str, Any]) -> None:
        rules["categories"][-1]["at_least"] = 30

    place = "public_feedback.categories[3].at_least"
    assert place not in found_in_public(lambda rules: None)
    assert "which would have no category" in found_in_public(higher)[place]


def test_what_the_public_says_is_no_kind_of_input() -> None:
    data = public_content().model_dump(mode="json")
    data["inputs"]["masyarakat"] = {**data["public_feedback"], "kind": "public_feedback"}
    with pytest.raises(ValidationError, match="'survey', 'team'"):
        ContentRules.model_validate(data)
