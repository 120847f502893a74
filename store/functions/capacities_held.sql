-- Those of the wanted capacities that a person holds on an appraisal at a moment.
-- Only what is asked for is looked up: each capacity costs a look at the relations. Nobody acts or sees as
-- `appeals_superior`.
CREATE OR REPLACE FUNCTION capacities_held(
    person uuid, employee uuid, appraisal uuid, relations_until timestamptz, wanted text[], moment timestamptz,
    excluded uuid[]
) RETURNS text[] LANGUAGE plpgsql STABLE AS $$
DECLARE
    held text[] := '{}';
    capacity text;
    present uuid;
BEGIN
    FOREACH capacity IN ARRAY wanted LOOP
        IF capacity = 'employee' THEN
            IF person = employee THEN
                held := held || capacity;
            END IF;
        ELSIF capacity = 'hr' THEN
            IF EXISTS (
                SELECT FROM role_grant JOIN person AS appraised ON appraised.agency_id = role_grant.agency_id
                WHERE appraised.id = employee AND role_grant.person_id = person AND role_grant.role = 'hr'
            ) THEN
                held := held || capacity;
            END IF;
        ELSIF person <> employee AND capacity <> 'appeals_superior' THEN
            present := (
                SELECT found.holder
                FROM responsible(employee, appraisal, relations_until, capacity, moment, excluded) AS found);
            IF present = person OR (present IS NULL AND person IN (
                SELECT holder
                FROM holders_of(employee, appraisal, relations_until, capacity, moment, excluded) AS holder))
            THEN
                held := held || capacity;
            END IF;
        END IF;
    END LOOP;
    RETURN held;
END
$$;
