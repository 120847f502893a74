"""Who studies or works elsewhere while a cycle is launched, as one SQL expression."""

from sqlalchemy import Text, bindparam
from sqlalchemy.dialects.postgresql import JSONB

from states.effects import OTHER_BASES
from states.standing import LegalStanding
from states.triggers import RatingBasis

RATED_ELSEWHERE = """
    COALESCE(
        CASE WHEN person.legal_standing = :study_duty THEN :academic_record END,
        (SELECT :elsewhere ->> absence.kind FROM absence
            WHERE absence.person_id = person.id AND valid_from <= :moment
                AND (valid_until IS NULL OR valid_until > :moment) AND :elsewhere ->> absence.kind IS NOT NULL
            ORDER BY absence.valid_from DESC, absence.id LIMIT 1))
"""
"""The `RatingBasis` of a person who studies or works elsewhere as text (PP 30/2019 arts 43, 44), or NULL.

An expression over rows ``person`` (with ``id`` and ``legal_standing``). `ELSEWHERE_BINDS` binds its parameters but
``moment``, in business time.
"""

ELSEWHERE_BINDS = (
    bindparam("study_duty", LegalStanding.STUDY_DUTY, type_=Text()),
    bindparam("academic_record", RatingBasis.ACADEMIC_RECORD, type_=Text()),
    bindparam("elsewhere", {kind.value: basis.value for kind, basis in OTHER_BASES.items()}, type_=JSONB()),
)
