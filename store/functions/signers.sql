-- The people who had a part in the result that a snapshot holds: rated, confirmed, signed, countersigned or decided.
-- Whoever declared a conflict of interest is counted among them, since he decides and countersigns nothing either.
CREATE OR REPLACE FUNCTION signers(snapshot jsonb) RETURNS uuid[] LANGUAGE sql IMMUTABLE AS $$
    SELECT COALESCE(array_agg(CAST(person AS uuid)), '{}')
    FROM (
        SELECT jsonb_array_elements_text(snapshot -> 'result_by')
        UNION ALL
        SELECT jsonb_array_elements_text(snapshot -> 'conflicted')
    ) AS touched(person)
$$;
