-- The people who had a part in the result that a snapshot holds: rated, confirmed, signed, countersigned or decided.
CREATE OR REPLACE FUNCTION signers(snapshot jsonb) RETURNS uuid[] LANGUAGE sql IMMUTABLE AS $$
    SELECT COALESCE(array_agg(CAST(person AS uuid)), '{}')
    FROM jsonb_array_elements_text(snapshot -> 'result_by') AS person
$$;
