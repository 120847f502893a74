"""What stands where in the file of a case is read from what was done on it."""

from hypothesis import given
from hypothesis import strategies as st

from service.file.course import ACTS, course_of
from states.stages import Stage
from states.triggers import Trigger
from tests.service.acts import act, acts

SUBMIT, REVIEW, RETURN = Trigger.SUBMIT_CHECK_IN, Trigger.REVIEW_CHECK_IN, Trigger.RETURN_CHECK_IN
RATE, DELIVER = Trigger.RATE, Trigger.DELIVER_RESULT


def test_an_empty_case_has_an_empty_file() -> None:
    course = course_of([])
    assert (course.revisions, course.check_ins, course.self_assessment) == ((), (), None)
    assert (course.result, course.meeting) == (None, None)


def test_reports_and_reviews_stand_in_order() -> None:
    course = course_of(acts((SUBMIT, "a"), (REVIEW, "b"), (SUBMIT, "c")))
    assert [each.digest for each in course.check_ins] == ["a", "b", "c"]


def test_a_report_that_was_sent_back_says_so_and_the_next_one_stands_for_itself() -> None:
    course = course_of(acts((SUBMIT, "a"), (RETURN, "why"), (SUBMIT, "b")))
    assert [(each.digest, each.returned) for each in course.check_ins] == [("a", True), ("b", False)]


def test_a_review_without_words_leaves_no_text() -> None:
    assert [each.digest for each in course_of(acts((SUBMIT, "a"), (REVIEW, None))).check_ins] == ["a"]


def test_the_last_self_assessment_counts() -> None:
    course = course_of(
        acts(
            (Trigger.SUBMIT_SELF_ASSESSMENT, "a"),
            (Trigger.RETURN_SELF_ASSESSMENT, "why"),
            (Trigger.SUBMIT_SELF_ASSESSMENT, "b"),
        )
    )
    assert course.self_assessment is not None
    assert (course.self_assessment.digest, course.self_assessment.returned) == ("b", False)


def test_what_came_with_the_delivery_is_the_meeting() -> None:
    course = course_of(acts((RATE, "r"), (DELIVER, "m")))
    assert course.meeting is not None
    assert course.meeting.digest == "m"


def test_a_delivery_without_words_has_no_meeting() -> None:
    assert course_of(acts((RATE, "r"), (DELIVER, None))).meeting is None


def test_the_meeting_of_a_result_that_is_rated_anew_is_over() -> None:
    course = course_of(
        [
            *acts((RATE, "r"), (DELIVER, "m")),
            act(9, Trigger.REOPEN, target=Stage.RATING),
        ]
    )
    assert course.meeting is None


@given(st.lists(st.sampled_from(ACTS), max_size=30))
def test_whatever_was_done_everything_in_the_file_has_a_text(course: list[Trigger]) -> None:
    found = course_of(acts(*((trigger, "a") for trigger in course)))
    parts = (*found.check_ins, found.self_assessment, found.meeting, found.result, found.plan)
    assert all(part is None or part.digest == "a" for part in parts)
