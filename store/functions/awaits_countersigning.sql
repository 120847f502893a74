-- Whether a result waits, or waited until it was suspended, for the signature of the rater's superior (PP 30/2019
-- art 50).
CREATE OR REPLACE FUNCTION awaits_countersigning(asked uuid) RETURNS boolean LANGUAGE sql STABLE AS $$
    SELECT EXISTS (
        SELECT FROM appraisal
        WHERE appraisal.id = asked AND (appraisal.stage = 'countersign' OR (
            appraisal.stage = 'suspended' AND appraisal.snapshot -> 'suspension' ->> 'source' = 'countersign')))
$$;
