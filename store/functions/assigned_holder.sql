-- The person who holds a capacity for an employee at a moment by the relations alone, absence not counted.
-- A temporary relation comes before the definitive one.
CREATE OR REPLACE FUNCTION assigned_holder(employee uuid, wanted text, moment timestamptz) RETURNS uuid
LANGUAGE sql STABLE AS $$
    SELECT holder_id FROM assignment
    WHERE employee_id = employee AND capacity = wanted AND appraisal_id IS NULL
      AND valid_from <= moment AND (valid_until IS NULL OR valid_until > moment)
    ORDER BY (kind = 'definitive'), valid_from DESC, id
    LIMIT 1
$$;
