-- Business time at a real moment. The same mapping as `states.clock.Clock.business`, so that a statement that
-- asks for rights needs no second round trip for the clock.
CREATE OR REPLACE FUNCTION business_at(clock jsonb, moment timestamptz) RETURNS timestamptz
LANGUAGE plpgsql IMMUTABLE AS $$
DECLARE
    segment jsonb;
    position integer;
BEGIN
    IF jsonb_array_length(clock) = 0 THEN
        RETURN moment;
    END IF;
    FOR position IN REVERSE jsonb_array_length(clock) - 1 .. 0 LOOP
        segment := clock -> position;
        IF CAST(segment ->> 0 AS timestamptz) <= moment THEN
            RETURN CAST(segment ->> 1 AS timestamptz)
                + (moment - CAST(segment ->> 0 AS timestamptz)) * CAST(segment ->> 2 AS double precision);
        END IF;
    END LOOP;
    RETURN CAST(segment ->> 1 AS timestamptz) - (CAST(segment ->> 0 AS timestamptz) - moment);
END
$$;
