-- The people who are awaited as a capacity on an appraisal at a moment: the responsible person; where there is
-- none, the personnel officers of the agency, so that nothing waits on nobody. A personnel officer who set the
-- result may go on in the rater's place, and is not told as the superior above it.
--
-- A personnel officer neither decides an objection nor countersigns because nobody else is there: then nobody is
-- awaited, and it is an incident. `appeals_superior` is only told of a silent decider, and never acts: the next
-- level above whoever decides now.
-- ROWS 2: without it the planner expects a thousand holders, and reads everybody to find their names.
CREATE OR REPLACE FUNCTION holders_of(
    employee uuid, appraisal uuid, relations_until timestamptz, wanted text, moment timestamptz, excluded uuid[]
) RETURNS SETOF uuid LANGUAGE plpgsql STABLE ROWS 2 AS $$
BEGIN
    IF wanted = 'appeals_superior' THEN
        RETURN QUERY
            SELECT above.holder
            FROM responsible(employee, appraisal, relations_until, 'appeals_officer', moment, excluded) AS deciding
            CROSS JOIN LATERAL responsible(employee, appraisal, relations_until, 'appeals_officer', moment,
                excluded || array_remove(ARRAY[deciding.holder, deciding.on_behalf_of], NULL)) AS above;
        RETURN;
    END IF;
    RETURN QUERY
        SELECT found.holder
        FROM responsible(employee, appraisal, relations_until, wanted, moment, excluded) AS found;
    IF FOUND OR wanted IN ('appeals_officer', 'countersigner')
        OR (wanted = 'rater_superior' AND awaits_countersigning(appraisal))
    THEN
        RETURN;
    END IF;
    RETURN QUERY
        SELECT role_grant.person_id FROM role_grant
        JOIN person ON person.agency_id = role_grant.agency_id
        WHERE person.id = employee AND role_grant.role = 'hr' AND role_grant.person_id <> employee
          AND (wanted IN ('rater', 'hr') OR NOT role_grant.person_id = ANY (excluded));
END
$$;
