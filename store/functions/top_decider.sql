-- Who decides at the end of the line: of the people whom the agency has named (the PPK, or whoever acts for him by
-- delegation) the first who is present, is not the employee nor stands anywhere below him, and is not `barred`.
CREATE OR REPLACE FUNCTION top_decider(employee uuid, moment timestamptz, barred uuid[]) RETURNS uuid
LANGUAGE sql STABLE AS $$
    SELECT named.person_id
    FROM person AS appraised
    JOIN role_grant AS named ON named.agency_id = appraised.agency_id AND named.role = 'top_decider'
    JOIN person AS decider ON decider.id = named.person_id AND decider.agency_id = appraised.agency_id
    WHERE appraised.id = employee AND NOT named.person_id = ANY (barred)
        AND can_stand_in(named.person_id, employee, moment)
        AND NOT EXISTS (
            WITH RECURSIVE above AS (
                SELECT named.person_id AS id
                UNION
                SELECT assigned_holder(above.id, 'rater', moment) FROM above WHERE above.id IS NOT NULL
            ) SELECT FROM above WHERE above.id = employee)
    ORDER BY named.granted_at, decider.nip
    LIMIT 1
$$;
