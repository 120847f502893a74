-- Whether an official can act for an employee in another's place at a moment. An official who is away or has an
-- acting official in his place cannot: nobody stands in for a substitute. Nobody judges his own superior.
-- The absence is that of `is_away`, written out: PostgreSQL never merges a function with a subquery into its caller.
CREATE OR REPLACE FUNCTION can_stand_in(official uuid, employee uuid, moment timestamptz) RETURNS boolean
LANGUAGE sql STABLE AS $$
    SELECT official <> employee AND NOT (
            EXISTS (
                SELECT FROM absence WHERE absence.person_id = official
                    AND valid_from <= moment AND (valid_until IS NULL OR valid_until > moment)
                    AND (absence.kind <> 'leave' OR absence.valid_until > (
                        SELECT (absence.valid_from AT TIME ZONE agency.zone + interval '1 month')
                            AT TIME ZONE agency.zone
                        FROM person JOIN agency ON agency.id = person.agency_id WHERE person.id = official))
            ) OR EXISTS (
                SELECT FROM person WHERE person.id = official AND person.legal_standing <> '01'
                    AND person.legal_standing IN ('02', '03', '04', '07', '13', '20', '98', '99')
            )
        )
        AND NOT EXISTS (
            SELECT FROM substitution
            WHERE substitution.official_id = official AND substitution.kind <> 'delegated'
                AND valid_from <= moment AND (valid_until IS NULL OR valid_until > moment))
        AND (
            SELECT assignment.holder_id FROM assignment
            WHERE assignment.employee_id = official AND assignment.capacity = 'rater'
                AND assignment.appraisal_id IS NULL
                AND valid_from <= moment AND (valid_until IS NULL OR valid_until > moment)
            ORDER BY (assignment.kind = 'definitive'), valid_from DESC, id
            LIMIT 1
        ) IS DISTINCT FROM employee
$$;
