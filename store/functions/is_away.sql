-- Whether an official is away at a moment, so that another must act. Leave of up to a month keeps the post
-- (PP 30/2019 art 28(2)d speaks of more than a month). Months are counted in the agency's zone: from 1 March to
-- 1 April is a month there, and longer in UTC, where it begins in February.
-- Few people have another legal standing than 01. `<> '01'` makes PostgreSQL read the small index of those few.
CREATE OR REPLACE FUNCTION is_away(official uuid, moment timestamptz) RETURNS boolean LANGUAGE sql STABLE AS $$
    SELECT (
        EXISTS (
            SELECT FROM absence WHERE absence.person_id = official
                AND valid_from <= moment AND (valid_until IS NULL OR valid_until > moment)
                AND (absence.kind <> 'leave' OR absence.valid_until > (
                    SELECT (absence.valid_from AT TIME ZONE agency.zone + interval '1 month')
                        AT TIME ZONE agency.zone
                    FROM person JOIN agency ON agency.id = person.agency_id WHERE person.id = official))
        ) OR EXISTS (
            SELECT FROM person WHERE person.id = official AND person.legal_standing <> '01'
                AND person.legal_standing IN ('02', '03', '04', '07', '13', '20', '98', '99')
        )
    )
$$;
