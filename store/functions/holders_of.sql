-- The people who are awaited as a capacity on an appraisal at a moment: the responsible person; where there is
-- none, the personnel officers of the agency, so that nothing waits on nobody. A personnel officer who set the
-- result may go on in the rater's place, and does not sign or decide above it.
-- ROWS 2: without it the planner expects a thousand holders, and reads everybody to find their names.
CREATE OR REPLACE FUNCTION holders_of(
    employee uuid, appraisal uuid, relations_until timestamptz, wanted text, moment timestamptz, excluded uuid[]
) RETURNS SETOF uuid LANGUAGE plpgsql STABLE ROWS 2 AS $$
BEGIN
    RETURN QUERY
        SELECT found.holder
        FROM responsible(employee, appraisal, relations_until, wanted, moment, excluded) AS found;
    IF NOT FOUND THEN
        RETURN QUERY
            SELECT role_grant.person_id FROM role_grant
            JOIN person ON person.agency_id = role_grant.agency_id
            WHERE person.id = employee AND role_grant.role = 'hr' AND role_grant.person_id <> employee
              AND (wanted IN ('rater', 'hr') OR NOT role_grant.person_id = ANY (excluded));
    END IF;
END
$$;
