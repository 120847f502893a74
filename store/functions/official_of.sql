-- The official who has a capacity on an appraisal by the relations alone, absence not counted. A relation of the
-- appraisal itself comes before that of the employee, which stands still from `relations_until` on.
CREATE OR REPLACE FUNCTION official_of(
    employee uuid, appraisal uuid, relations_until timestamptz, wanted text, moment timestamptz
) RETURNS uuid LANGUAGE sql STABLE AS $$
    SELECT holder_id FROM assignment
    WHERE employee_id = employee AND capacity = wanted AND (
        (appraisal_id = appraisal AND valid_from <= moment AND (valid_until IS NULL OR valid_until > moment))
        OR (appraisal_id IS NULL AND valid_from <= least(moment, relations_until)
            AND (valid_until IS NULL OR valid_until > least(moment, relations_until))))
    ORDER BY (appraisal_id IS NULL), (kind = 'definitive'), valid_from DESC, id
    LIMIT 1
$$;
