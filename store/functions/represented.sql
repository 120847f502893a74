-- The official on whose behalf a person acts as a capacity; null where the person acts in his own right or is not
-- the responsible one. Both names go on record.
CREATE OR REPLACE FUNCTION represented(
    person uuid, employee uuid, appraisal uuid, relations_until timestamptz, capacity text, moment timestamptz,
    excluded uuid[]
) RETURNS uuid LANGUAGE sql STABLE AS $$
    SELECT found.on_behalf_of
    FROM responsible(employee, appraisal, relations_until, capacity, moment, excluded) AS found
    WHERE found.holder = person
$$;
