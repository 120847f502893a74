"""The SQL of the check before a launch: one query for each cause, over the same people as the launch."""

from typing import Any

from sqlalchemy import ARRAY, BindParameter, Integer, Text, Uuid, bindparam

from store.cycle.causes import CAUSES, Cause, Concern
from store.cycle.obstacles import LAUNCH_OBSTACLE, NOTHING_TO_REPAIR, OBSTACLE_BINDS
from store.cycle.selection import BINDS, CHOSEN_UNITS, IS_CHOSEN
from store.person.standing import NOT_ACTIVE

PENGAWAS_OR_ABOVE = ("11", "12", "21", "22", "31", "32", "41", "42")
"""Echelons of *pejabat pengawas* (IV) and of everybody above them (PP 30/2019 art 1(8))."""

HIGH_OFFICE = ("11", "12", "21", "22")
"""Echelons of the high offices (*JPT*)."""

RETIREMENT_AGE, RETIREMENT_AGE_OF_HIGH_OFFICE = 58, 60
"""Years (UU 20/2023 art 55); functional posts have rules of their own, none of them below 58."""

_NOW = "valid_from <= :moment AND (valid_until IS NULL OR valid_until > :moment)"
_THEN = (
    "valid_from <= least(CAST(:moment AS timestamptz), entrant.relations_until)"
    " AND (valid_until IS NULL"
    " OR valid_until > least(CAST(:moment AS timestamptz), entrant.relations_until))"
)
_REPRESENTED = f"""EXISTS (
        SELECT FROM substitution WHERE official_id = person.id AND {_NOW} AND NOT is_away(substitute_id, :moment))"""

# Whoever has an appraisal on record is started, whatever happened to him since: the launch decides by the same rule.
# The resolver is asked only if the official is away: otherwise the official himself is the answer.
PEOPLE = f"""
    {CHOSEN_UNITS}, entrant AS MATERIALIZED (
        SELECT person.id, person.unit_id, person.email, person.employment, person.contract_until,
            appraisal.id AS appraisal, appraisal.relations_until,
            appraisal.started_at IS NOT NULL AS running,
            CASE WHEN appraisal.id IS NULL THEN {LAUNCH_OBSTACLE} END AS obstacle
        FROM person
        JOIN unit ON unit.id = person.unit_id
        LEFT JOIN appraisal
            ON appraisal.cycle_id = :cycle AND appraisal.employee_id = person.id AND appraisal.period = 1
        WHERE person.agency_id = :agency AND {IS_CHOSEN}
    ), rated AS MATERIALIZED (
        SELECT entrant.id, entrant.unit_id, entrant.appraisal, entrant.relations_until, relation.holder_id AS rater,
            relation.kind <> 'definitive' AND relation.letter <> '' AS appointed
        FROM entrant LEFT JOIN LATERAL (
            SELECT holder_id, kind, letter FROM assignment
            WHERE assignment.employee_id = entrant.id AND capacity = 'rater' AND (
                (appraisal_id = entrant.appraisal AND {_NOW}) OR (appraisal_id IS NULL AND {_THEN}))
            ORDER BY (appraisal_id IS NULL), (kind = 'definitive'), valid_from DESC, assignment.id LIMIT 1
        ) AS relation ON true
        WHERE entrant.obstacle IS NULL
    ), rater AS MATERIALIZED (
        SELECT rater AS id, count(*) AS people, count(*) FILTER (WHERE NOT appointed) AS by_post
        FROM rated WHERE rater IS NOT NULL GROUP BY rater
    ), stray AS (
        SELECT id FROM person WHERE agency_id = :agency AND {NOT_ACTIVE}
        UNION
        SELECT person_id FROM absence JOIN person ON person.id = person_id AND person.agency_id = :agency
    ), away AS MATERIALIZED (
        SELECT id FROM stray WHERE is_away(id, :moment)
    ), stepping_in AS MATERIALIZED (
        SELECT rated.id, rated.unit_id, rated.rater, found.holder, found.basis
        FROM rated LEFT JOIN LATERAL
            responsible(rated.id, rated.appraisal, rated.relations_until, 'rater', :moment, '{{}}') AS found ON true
        WHERE rated.rater IS NULL OR rated.rater IN (SELECT id FROM away)
    )"""  # noqa: S608  # put together from constants, all values are bound
"""The parts of ``WITH RECURSIVE`` on which every cause rests."""

_NO_STAND_IN = "CAST(NULL AS uuid) AS stand_in, '' AS basis"
_NO_RATER = f"CAST(NULL AS uuid) AS rater, {_NO_STAND_IN}"
_ENTRANTS = f"SELECT id AS person, unit_id, {_NO_RATER}, 1 AS people FROM entrant"  # noqa: S608  # the constant above
_RATERS = f"SELECT person.id AS person, person.unit_id, {_NO_RATER}"
_WHO_RATE = "FROM rater JOIN person ON person.id = rater.id"
_WANTED = "COALESCE(obstacle <> ALL(:nothing_to_repair), true)"

_CONCERNS: dict[Concern, str] = {
    Concern.LINE_ENDS: """
        SELECT id AS person, unit_id, rater, holder AS stand_in, '' AS basis, 1 AS people
        FROM stepping_in WHERE holder IS NULL""",
    Concern.RATER_AWAY: """
        SELECT id AS person, unit_id, rater, holder AS stand_in, basis, 1 AS people
        FROM stepping_in WHERE holder IS NOT NULL""",
    Concern.NO_SUBSTITUTE: f"""
        {_RATERS}, rater.people {_WHO_RATE}
        WHERE EXISTS (SELECT FROM absence WHERE person_id = person.id AND kind = 'leave' AND {_NOW})
            AND NOT {_REPRESENTED}""",
    Concern.RATER_BELOW_PENGAWAS: f"""
        {_RATERS}, rater.by_post AS people {_WHO_RATE}
        WHERE rater.by_post > 0 AND person.echelon <> ALL(:pengawas_or_above)""",
    Concern.RATER_RETIRES: f"""
        {_RATERS}, rater.people {_WHO_RATE}
        WHERE CAST(left(person.nip, 4) AS int) + CASE WHEN person.echelon = ANY(:high_office)
                THEN :retirement_age_of_high_office ELSE :retirement_age END = :year
            AND person.id NOT IN (SELECT id FROM away)""",  # noqa: S608  # constants, all values are bound
    Concern.CONTRACT_ENDS: f"""
        {_ENTRANTS} WHERE employment = 'PPPK' AND contract_until < make_date(:year, 12, 31) AND {_WANTED}""",
    Concern.SPAN_OVER_LIMIT: f"""
        {_RATERS}, rater.people {_WHO_RATE} WHERE rater.people > :span""",
    Concern.VACANT_POST: f"""
        SELECT CAST(NULL AS uuid) AS person, unit_id, {_NO_RATER}, people
        FROM (SELECT unit_id, count(*) AS people FROM rated GROUP BY unit_id) AS manned
        WHERE NOT EXISTS (
            SELECT FROM person
            WHERE person.unit_id = manned.unit_id AND post_kind IN ('1', '3') AND echelon <> ''
                AND (person.id NOT IN (SELECT id FROM away) OR {_REPRESENTED}))""",  # noqa: S608  # constants, all values are bound
    Concern.EMAIL_MISSING: f"""
        {_ENTRANTS} WHERE email = '' AND ({_WANTED} OR id IN (SELECT id FROM rater))""",  # noqa: S608  # constants, all values are bound
    Concern.TWO_UNITS: f"""
        {_ENTRANTS} WHERE {_WANTED} AND EXISTS (
            SELECT FROM roster_finding WHERE person_id = entrant.id AND cause = :two_units)""",
}


def finding_of(cause: Cause) -> str:
    """A query for the rows ``person, unit_id, rater, stand_in, basis, people`` of one cause.

    ``person`` is NULL where a unit is what is wrong; ``people`` is how many appraisals are concerned.
    """
    if isinstance(cause, Concern):
        return _CONCERNS[cause]
    return f"{_ENTRANTS} WHERE obstacle = :{cause}"


def findings_of(causes: tuple[Cause, ...] = CAUSES) -> str:
    """The rows of several causes, each with its ``cause``."""
    queries = (
        f"SELECT CAST(:{cause} AS text) AS cause, found.* FROM ({finding_of(cause)}) AS found"  # noqa: S608  # names of parameters
        for cause in causes
    )
    return " UNION ALL ".join(queries)


FINDING_BINDS: tuple[BindParameter[Any], ...] = (
    *BINDS,
    *OBSTACLE_BINDS,
    *(bindparam(cause.value, cause.value, type_=Text()) for cause in CAUSES),
    bindparam("nothing_to_repair", sorted(NOTHING_TO_REPAIR), type_=ARRAY(Text())),
    bindparam("pengawas_or_above", PENGAWAS_OR_ABOVE, type_=ARRAY(Text())),
    bindparam("high_office", HIGH_OFFICE, type_=ARRAY(Text())),
    bindparam("retirement_age", RETIREMENT_AGE, type_=Integer()),
    bindparam("retirement_age_of_high_office", RETIREMENT_AGE_OF_HIGH_OFFICE, type_=Integer()),
    bindparam("cycle", type_=Uuid()),
    bindparam("agency", type_=Uuid()),
    bindparam("span", type_=Integer()),
    bindparam("year", type_=Integer()),
)
"""The parameters of all causes and of the parts that these rest on. Each cause fills the parameter of its own name. The
caller gives only ``moment`` (business time), ``cycle``, ``agency``, ``span``, ``year`` and those of a selection.
"""
