"""Stages of one case and the people who act in it."""

from enum import StrEnum


class Stage(StrEnum):
    """Where an appraisal (*penilaian kinerja*) stands."""

    SCHEDULED = "scheduled"
    """*Belum dibuka*: launched, the planning window has not opened."""
    PLAN_DRAFTING = "plan_drafting"
    """*Penyusunan SKP*: the employee drafts the plan (PP 30/2019 arts 8-13)."""
    PLAN_SCREENING = "plan_screening"
    """*Reviu SKP*: optional, the Pengelola Kinerja reviews the SKP before it is agreed (art 8(4))."""
    PLAN_REVIEW = "plan_review"
    """*Penetapan SKP*: the rater sets the SKP that both agreed on, or returns it (art 24(1), (4)).

    Arts 14-20 say for which post who approves it.
    """
    FIRST_HALF = "first_half"
    """*Pelaksanaan*: work and documentation until the next check-in opens (art 26)."""
    MIDYEAR_REPORT = "midyear_report"
    """*Penyusunan laporan pemantauan*: the employee reports progress, for the monitoring of art 27."""
    MIDYEAR_REVIEW = "midyear_review"
    """*Pemantauan*: the rater monitors, at least once each semester (art 27(1))."""
    SECOND_HALF = "second_half"
    """*Pelaksanaan*: work after the last check-in until evaluation opens."""
    SELF_ASSESSMENT = "self_assessment"
    """*Penilaian diri*: the employee measures his own performance (art 29)."""
    RATING = "rating"
    """*Penilaian*: the rater evaluates results (art 35(2)) and behaviour (art 37(2))."""
    MODERATION = "moderation"
    """*Penelaahan instansi*: the agency confirms or returns the rating, a step of its own that no article knows.

    It is not the work of the *Tim Penilai Kinerja*, which advises the PPK from results (art 48(1)).
    """
    FEEDBACK_MEETING = "feedback_meeting"
    """*Penyampaian hasil penilaian*: the rater signs and delivers the result (art 49(1)-(2))."""
    RESPONSE = "response"
    """*Tanggapan pegawai*: the employee signs, or objects, after receipt (arts 49(3), 59(1))."""
    COUNTERSIGN = "countersign"
    """*Penetapan oleh atasan Pejabat Penilai Kinerja*: a signature is missing after its 14 days (art 50)."""
    AGREED = "agreed"
    """*Hasil ditandatangani*: signed by both, to be reported (art 51(1))."""
    REPORTING = "reporting"
    """*Pelaporan hasil penilaian*: set by the rater's superior, or decided; to be reported (art 51(1))."""
    OBJECTED = "objected"
    """*Keberatan diajukan* (art 59(1)): whether it can be examined is to be decided."""
    OBJECTION_REVIEW = "objection_review"
    """*Keberatan diperiksa*: both sides are heard, then decided (art 59(2)-(4))."""
    SUSPENDED = "suspended"
    """*Ditangguhkan*: the clock stands still and keeps its remainder."""
    FINALISED = "finalised"
    """*Final*: the result is settled; HR may reopen with a reason."""
    CANCELLED = "cancelled"
    """*Dibatalkan*: nothing ever happens again."""


class Capacity(StrEnum):
    """The capacity in which somebody acts."""

    EMPLOYEE = "employee"
    """*Pegawai yang dinilai*."""
    RATER = "rater"
    """*Pejabat Penilai Kinerja* (art 46(1))."""
    RATER_SUPERIOR = "rater_superior"
    """*Atasan Pejabat Penilai Kinerja*, for stepping in and countersigning (arts 46(3), 50)."""
    APPEALS_OFFICER = "appeals_officer"
    """*Atasan Pejabat Penilai Kinerja yang memeriksa keberatan*: decides it, and never set the result (art 59)."""
    APPEALS_SUPERIOR = "appeals_superior"
    """*Atasan dari atasan Pejabat Penilai Kinerja yang memeriksa keberatan*: told when he is silent."""
    HR = "hr"
    """*Pengelola kepegawaian*."""
    CLOCK = "clock"
    """Time itself, as far as the scheme lets it act."""


CLOSED_STAGES = frozenset({Stage.FINALISED, Stage.CANCELLED})
"""Stages in which nothing is awaited."""

OPEN_STAGES = frozenset(Stage) - CLOSED_STAGES
"""Stages in which somebody, or an opening date, is awaited."""

RUNNING_STAGES = OPEN_STAGES - {Stage.SUSPENDED}
"""Open stages whose clock runs."""

HOLDERS: dict[Stage, Capacity] = {
    Stage.SCHEDULED: Capacity.CLOCK,
    Stage.PLAN_DRAFTING: Capacity.EMPLOYEE,
    Stage.PLAN_SCREENING: Capacity.HR,
    Stage.PLAN_REVIEW: Capacity.RATER,
    Stage.FIRST_HALF: Capacity.CLOCK,
    Stage.MIDYEAR_REPORT: Capacity.EMPLOYEE,
    Stage.MIDYEAR_REVIEW: Capacity.RATER,
    Stage.SECOND_HALF: Capacity.CLOCK,
    Stage.SELF_ASSESSMENT: Capacity.EMPLOYEE,
    Stage.RATING: Capacity.RATER,
    Stage.MODERATION: Capacity.HR,
    Stage.FEEDBACK_MEETING: Capacity.RATER,
    Stage.RESPONSE: Capacity.EMPLOYEE,
    Stage.COUNTERSIGN: Capacity.RATER_SUPERIOR,
    Stage.AGREED: Capacity.RATER,
    Stage.REPORTING: Capacity.RATER,
    Stage.OBJECTED: Capacity.APPEALS_OFFICER,
    Stage.OBJECTION_REVIEW: Capacity.APPEALS_OFFICER,
    Stage.SUSPENDED: Capacity.HR,
}
"""Who is awaited in each open stage; the clock only where an opening date is certain."""
