-- The one person who may act as a capacity on an appraisal at a moment, why (`basis`), and on whose behalf; no row
-- where nobody can be found. PP 30/2019 art 46: the direct superior; the person who stands in for him by a letter;
-- where neither can, the next superior, level by level. Of two letters the one that began last counts. Nobody
-- stands in for a substitute.
--
-- Passed over are the people who may not judge: the employee; those whom the employee rates; the rater, where the
-- superior is asked for; those who had a part in the result (`excluded`), where an objection is to be decided or
-- the result countersigned; as a rater, those who declared a conflict of interest in this appraisal. Absence and substitution count as they are at the moment, also in a period whose
-- relations stand still from `relations_until` on.
--
-- An objection and a countersignature find the top decider of the agency where the line gives nobody; personnel
-- officers never. Whether an acting official (Plt., Plh.) decides objections, says the scheme; a delegate does.
-- `countersigner` is the superior in a decision that only now leads to countersigning, so that the row of the
-- appraisal does not show it yet.
--
-- The absence is that of `is_away`, written out: PostgreSQL never merges a function with a subquery into its caller.
CREATE OR REPLACE FUNCTION responsible(
    employee uuid, appraisal uuid, relations_until timestamptz, wanted text, moment timestamptz, excluded uuid[]
) RETURNS TABLE (holder uuid, basis text, on_behalf_of uuid) LANGUAGE plpgsql STABLE ROWS 1 AS $$
DECLARE
    relation record;
    official uuid;
    above_rater uuid;
    stepped_in_for uuid;
    looked_at record;
    tried uuid[] := '{}';
    seen uuid[] := '{}';
    barred uuid[] := '{}';
    touched uuid[] := '{}';
    countersigning boolean := false;
    acting_decides boolean := true;
    until timestamptz := least(moment, relations_until);
BEGIN
    IF wanted = 'employee' THEN
        holder := employee;
        basis := 'self';
        RETURN NEXT;
        RETURN;
    END IF;
    IF wanted = 'countersigner' THEN
        countersigning := true;
        wanted := 'rater_superior';
    END IF;
    IF wanted IN ('rater', 'rater_superior', 'appeals_officer') IS NOT TRUE THEN
        RETURN;
    END IF;
    IF wanted <> 'rater' THEN
        official := official_of(employee, appraisal, relations_until, 'rater', moment);
        SELECT (
            SELECT assignment.holder_id FROM assignment
            WHERE assignment.employee_id = official AND assignment.capacity = 'rater'
                AND assignment.appraisal_id IS NULL
                AND valid_from <= moment AND (valid_until IS NULL OR valid_until > moment)
            ORDER BY (assignment.kind = 'definitive'), valid_from DESC, id
            LIMIT 1
        ) AS superior, (
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
        ) AS away, letter.substitute_id, letter.kind
        INTO looked_at
        FROM (SELECT) AS one LEFT JOIN LATERAL (
            SELECT substitution.substitute_id, substitution.kind FROM substitution
            WHERE substitution.official_id = official
                AND valid_from <= moment AND (valid_until IS NULL OR valid_until > moment)
            ORDER BY valid_from DESC, id DESC LIMIT 1
        ) AS letter ON true;
        above_rater := looked_at.superior;
        IF wanted = 'appeals_officer' THEN
            touched := excluded;
            acting_decides := COALESCE((
                SELECT scheme.content -> 'objection' IS NULL
                    OR COALESCE(
                        CAST(scheme.content -> 'objection' ->> 'acting_official_decides' AS boolean), false)
                FROM appraisal AS objected JOIN scheme ON scheme.key = objected.snapshot ->> 'rulebook'
                WHERE objected.id = appraisal), true);
        ELSIF looked_at.away OR looked_at.kind IS NOT NULL OR above_rater = employee THEN
            barred := ARRAY(
                SELECT rating.holder
                FROM responsible(employee, appraisal, relations_until, 'rater', moment, excluded) AS rating);
        ELSIF official IS NOT NULL THEN
            barred := ARRAY[official];
        END IF;
        -- Before there is a result nobody has a part in it, and nothing is looked up. `awaits_countersigning`,
        -- written out: a call costs more than what it looks up.
        IF wanted = 'rater_superior' AND cardinality(excluded) > 0 THEN
            countersigning := countersigning OR EXISTS (
                SELECT FROM appraisal AS rated
                WHERE rated.id = appraisal AND (rated.stage = 'countersign' OR (
                    rated.stage = 'suspended' AND rated.snapshot -> 'suspension' ->> 'source' = 'countersign')));
            IF countersigning THEN
                touched := excluded;
            END IF;
        END IF;
        barred := barred || touched;
    END IF;

    LOOP
        SELECT assignment.id, assignment.holder_id, assignment.kind, assignment.appraisal_id INTO relation
        FROM assignment
        WHERE assignment.employee_id = employee AND assignment.capacity = wanted AND (
            (assignment.appraisal_id = appraisal
                AND valid_from <= moment AND (valid_until IS NULL OR valid_until > moment))
            OR (assignment.appraisal_id IS NULL
                AND valid_from <= until AND (valid_until IS NULL OR valid_until > until)))
            AND assignment.id <> ALL (tried)
        ORDER BY (assignment.appraisal_id IS NULL), (assignment.kind = 'definitive'), valid_from DESC, id
        LIMIT 1;
        official := relation.holder_id;
        -- A declared conflict leaves a relation of the appraisal itself: without one nothing is looked up.
        IF wanted = 'rater' AND relation.appraisal_id IS NOT NULL AND cardinality(barred) = 0 THEN
            barred := ARRAY(
                SELECT CAST(jsonb_array_elements_text(declared.snapshot -> 'conflicted') AS uuid)
                FROM appraisal AS declared WHERE declared.id = appraisal);
        END IF;
        EXIT WHEN official IS NULL OR relation.kind = 'definitive';
        IF NOT official = ANY (barred) AND can_stand_in(official, employee, moment)
            AND (acting_decides OR relation.kind NOT IN ('plt', 'plh'))
        THEN
            SELECT NULLIF(assignment.holder_id, official) INTO on_behalf_of FROM assignment
            WHERE assignment.employee_id = employee AND assignment.capacity = wanted
                AND assignment.appraisal_id IS NULL AND assignment.kind = 'definitive'
                AND valid_from <= until AND (valid_until IS NULL OR valid_until > until)
            ORDER BY valid_from DESC, id LIMIT 1;
            -- What he does in the name of somebody who had a part in the result, is done by that one.
            IF on_behalf_of IS NULL OR NOT on_behalf_of = ANY (touched) THEN
                holder := official;
                basis := relation.kind;
                RETURN NEXT;
                RETURN;
            END IF;
            on_behalf_of := NULL;
        END IF;
        tried := tried || relation.id;
    END LOOP;
    official := COALESCE(official, above_rater);

    -- Relations that run in a circle end where somebody comes a second time.
    WHILE official IS NOT NULL AND NOT official = ANY (seen) LOOP
        SELECT (
            SELECT assignment.holder_id FROM assignment
            WHERE assignment.employee_id = official AND assignment.capacity = 'rater'
                AND assignment.appraisal_id IS NULL
                AND valid_from <= moment AND (valid_until IS NULL OR valid_until > moment)
            ORDER BY (assignment.kind = 'definitive'), valid_from DESC, id
            LIMIT 1
        ) AS superior, (
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
        ) AS away, letter.substitute_id, letter.kind
        INTO looked_at
        FROM (SELECT) AS one LEFT JOIN LATERAL (
            SELECT substitution.substitute_id, substitution.kind FROM substitution
            WHERE substitution.official_id = official
                AND valid_from <= moment AND (valid_until IS NULL OR valid_until > moment)
            ORDER BY valid_from DESC, id DESC LIMIT 1
        ) AS letter ON true;
        IF official <> employee AND NOT official = ANY (barred) THEN
            IF looked_at.substitute_id IS NOT NULL AND NOT looked_at.substitute_id = ANY (barred)
                AND can_stand_in(looked_at.substitute_id, employee, moment)
                AND (acting_decides OR looked_at.kind = 'delegated')
            THEN
                holder := looked_at.substitute_id;
                basis := looked_at.kind;
                on_behalf_of := official;
                RETURN NEXT;
                RETURN;
            END IF;
            -- Whoever delegated can act himself; whoever has an acting official in his place cannot.
            IF NOT looked_at.away AND (looked_at.kind IS NULL OR looked_at.kind = 'delegated')
                AND looked_at.superior IS DISTINCT FROM employee
            THEN
                holder := official;
                basis := CASE WHEN stepped_in_for IS NULL THEN 'definitive' ELSE 'stepping_in' END;
                on_behalf_of := stepped_in_for;
                RETURN NEXT;
                RETURN;
            END IF;
            stepped_in_for := COALESCE(stepped_in_for, official);
        END IF;
        seen := seen || official;
        official := looked_at.superior;
    END LOOP;

    IF wanted = 'rater_superior' AND NOT countersigning THEN
        countersigning := awaits_countersigning(appraisal);
    END IF;
    IF wanted = 'appeals_officer' OR countersigning THEN
        holder := top_decider(employee, moment, barred);
        IF holder IS NOT NULL THEN
            basis := 'top_decider';
            RETURN NEXT;
        END IF;
    END IF;
END
$$;
